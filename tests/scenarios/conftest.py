"""The stories run over every store that is registered here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

import pytest

from server.app.ports import LobbyStore
from tests.support.hall import Hall
from tests.support.memory_store import MemoryStore

StoreFactory = Callable[[], AbstractContextManager[LobbyStore]]
"""Each story gets an empty store of its own, and closes it."""

STORES = [
    pytest.param(lambda: nullcontext(MemoryStore()), id="memory"),
]


@pytest.fixture(params=STORES)
def hall(request: pytest.FixtureRequest) -> Iterator[Hall]:
    make: StoreFactory = request.param
    with make() as store:
        yield Hall(store)
