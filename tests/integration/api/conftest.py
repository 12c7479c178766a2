"""Fixtures: one running server for a whole module, on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.databases import EVERY_DATABASE, READY, postgresql
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import SMALL

__all__ = ["postgresql"]


@pytest.fixture(scope="module", params=EVERY_DATABASE)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("api")
    if request.param == "sqlite_url":
        with RunningServer(folder, SMALL, generous=True) as running:
            yield running
        return
    cluster = request.getfixturevalue("postgresql")
    name = cluster.new_database(READY)
    with RunningServer(folder, SMALL, generous=True, url=cluster.url(name)) as running:
        yield running
    cluster.drop(name)
