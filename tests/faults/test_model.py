"""The hall beside a model of it, for any run of presses and faults: in memory, on SQLite, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from server.db import Store, open_store
from tests.support.databases import READY, PostgreSQL
from tests.support.hall import Hall
from tests.support.memory_store import MemoryStore
from tests.support.modelled_hall import ModelledHall
from tests.support.promises import RecordFigure

STEPS = 60
FAULTS, RELEASE = pytest.mark.faults, pytest.mark.release


def _run(make_hall: Callable[[], Hall], runs: int) -> None:
    machine = type("Machine", (ModelledHall,), {"make_hall": staticmethod(make_hall)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),  # a run of sixty steps takes minutes to shorten
        ),
    )


class Fresh:
    """A database for each run; the one before is closed."""

    def __init__(self, url: Callable[[], str]) -> None:
        self._url = url
        self._open: Store | None = None

    def __call__(self) -> Hall:
        self.close()
        self._open = open_store(self._url())
        return Hall(self._open.lobbies)

    def close(self) -> None:
        if self._open is not None:
            self._open.close()


@pytest.mark.parametrize("runs", [20, pytest.param(60, marks=FAULTS), pytest.param(3_000, marks=RELEASE)])
def test_the_hall_in_memory_is_the_model(runs: int, figure: RecordFigure) -> None:
    _run(lambda: Hall(MemoryStore()), runs)
    figure("P2", "", f"model: {runs} runs of up to {STEPS} steps in memory, every state the model's")


@pytest.mark.parametrize("runs", [pytest.param(15, marks=FAULTS), pytest.param(500, marks=RELEASE)])
def test_the_hall_on_sqlite_is_the_model(tmp_path: Path, runs: int, figure: RecordFigure) -> None:
    numbers = count()
    fresh = Fresh(lambda: f"sqlite:///{tmp_path / f'{next(numbers)}.sqlite'}")
    _run(fresh, runs)
    fresh.close()
    figure("P2", "", f"model: {runs} runs of up to {STEPS} steps on SQLite, every state the model's")


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
@pytest.mark.parametrize("runs", [pytest.param(8, marks=FAULTS), pytest.param(300, marks=RELEASE)])
def test_the_hall_on_postgresql_is_the_model(postgresql: PostgreSQL, runs: int, figure: RecordFigure) -> None:
    fresh = Fresh(lambda: postgresql.url(postgresql.new_database(READY)))
    _run(fresh, runs)
    fresh.close()
    figure("P2", "", f"model: {runs} runs of up to {STEPS} steps on PostgreSQL, every state the model's")
