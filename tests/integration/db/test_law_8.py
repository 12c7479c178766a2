"""Law 8 on real databases: after any run of verbs, in batches of any size, the disk gives back what memory holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from server.db import Store, open_store
from tests.support.databases import PostgreSQL
from tests.support.memory_store import MemoryStore
from tests.support.twin_store import TwinStore
from tests.unit.server.domain.any_days import AnyDays
from tests.unit.server.domain.any_islands import AnyIslands

FreshStore = Callable[[], Store]
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a long story told short takes minutes on a database


class OnDisk(AnyDays):
    """The same people press the same keys; a database is asked whether it would tell the same."""

    def __init__(self, fresh_store: FreshStore) -> None:
        self._disk = fresh_store()
        self._twin = TwinStore(self._disk.lobbies)
        super().__init__()

    def empty_store(self) -> MemoryStore:
        return self._twin

    def teardown(self) -> None:
        self._twin.flush()
        assert self._twin.compared, "nothing was compared"
        self._disk.close()


class AnyDaysOnDisk(OnDisk):
    """A hall whose server never goes."""


class AnyIslandsOnDisk(OnDisk, AnyIslands):
    """A hall whose kiosks go on without it."""


@pytest.fixture
def on_sqlite(tmp_path: Path) -> FreshStore:
    numbers, empty = count(), tmp_path / "empty.sqlite"
    open_store(f"sqlite:///{empty}").close()

    def fresh() -> Store:
        file = tmp_path / f"{next(numbers)}.sqlite"
        shutil.copy(empty, file)
        return open_store(f"sqlite:///{file}")

    return fresh


@pytest.fixture
def on_postgresql(postgresql: PostgreSQL) -> Iterator[FreshStore]:
    with ExitStack() as databases:

        def fresh() -> Store:
            databases.close()
            name = postgresql.ready_database()
            databases.callback(postgresql.take_back, name)
            return open_store(postgresql.url(name))

        yield fresh


def test_law_8_sqlite_gives_back_what_memory_holds(on_sqlite: FreshStore) -> None:
    _press(AnyDaysOnDisk, on_sqlite, days=12)


def test_law_8_sqlite_gives_back_islands(on_sqlite: FreshStore) -> None:
    _press(AnyIslandsOnDisk, on_sqlite, days=8)


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_law_8_postgresql_gives_back_what_memory_holds(on_postgresql: FreshStore) -> None:
    _press(AnyDaysOnDisk, on_postgresql, days=5)


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_law_8_postgresql_gives_back_islands(on_postgresql: FreshStore) -> None:
    _press(AnyIslandsOnDisk, on_postgresql, days=3)


@pytest.mark.faults
@pytest.mark.parametrize("machine", [AnyDaysOnDisk, AnyIslandsOnDisk])
def test_law_8_sqlite_gives_back_what_memory_holds_after_many_more_days(
    on_sqlite: FreshStore, machine: type[OnDisk]
) -> None:
    _press(machine, on_sqlite, days=50)


@pytest.mark.faults
@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
@pytest.mark.parametrize("machine", [AnyDaysOnDisk, AnyIslandsOnDisk])
def test_law_8_postgresql_gives_back_what_memory_holds_after_many_more_days(
    on_postgresql: FreshStore, machine: type[OnDisk]
) -> None:
    _press(machine, on_postgresql, days=20)


def _press(machine: type[OnDisk], fresh_store: FreshStore, days: int) -> None:
    class OnFreshStores(machine):  # type: ignore[valid-type, misc]
        def __init__(self) -> None:
            super().__init__(fresh_store)

    run_state_machine_as_test(
        OnFreshStores,
        settings=settings(
            max_examples=days,
            stateful_step_count=60,
            deadline=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
