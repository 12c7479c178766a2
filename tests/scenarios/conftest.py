"""The stories run over every store: in memory, on SQLite, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.app.ports import LobbyStore
from server.db import open_store
from tests.support.databases import EVERY_DATABASE, postgresql, postgresql_url, sqlite_url
from tests.support.hall import Hall
from tests.support.memory_store import MemoryStore

__all__ = ["postgresql", "postgresql_url", "sqlite_url"]

MEMORY = "memory"


@pytest.fixture(params=[MEMORY, *EVERY_DATABASE])
def store(request: pytest.FixtureRequest) -> Iterator[LobbyStore]:
    """Each story gets an empty one of its own."""
    if request.param == MEMORY:
        yield MemoryStore()
        return
    with open_store(request.getfixturevalue(request.param)) as store:
        yield store.lobbies


@pytest.fixture
def hall(store: LobbyStore) -> Hall:
    return Hall(store)
