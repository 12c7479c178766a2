"""Fixtures: a running server with a small hall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.running_server import RunningServer
from tests.support.small_catalogue import SMALL


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path, SMALL) as running:
        yield running
