"""Fixtures of the database tests: a store on SQLite and on PostgreSQL, for each test a fresh one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.db import Store, open_store
from tests.support.databases import (
    EVERY_DATABASE,
    empty_postgresql_url,
    empty_sqlite_url,
    postgresql,
    postgresql_url,
    sqlite_url,
)

__all__ = ["empty_postgresql_url", "empty_sqlite_url", "postgresql", "postgresql_url", "sqlite_url"]


@pytest.fixture(params=EVERY_DATABASE)
def url(request: pytest.FixtureRequest) -> str:
    address: str = request.getfixturevalue(request.param)
    return address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened
