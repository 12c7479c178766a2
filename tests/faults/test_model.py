"""The hall beside a model of it, for any run of presses and faults: in memory, on SQLite, on PostgreSQL, and behind
sockets whose wires break."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from server.db import Store, open_store
from tests.support.builders import KTP
from tests.support.databases import READY, PostgreSQL
from tests.support.hall import Hall
from tests.support.memory_store import MemoryStore
from tests.support.modelled_hall import ModelledHall
from tests.support.promises import RecordFigure
from tests.support.wired_hall import WiredHall

STEPS = 60
FIRST_BROKEN = 3  # wires, before anything else happens: no run is without
MOST_RESTARTS = 3  # half a second each, and a run may be made of nothing else
FAULTS, RELEASE = pytest.mark.faults, pytest.mark.release


class WiresThatBreak(ModelledHall):
    """And at any moment a program loses its connection: before, within or after a request or its reply."""

    restarts = 0

    @initialize(seed=st.integers(0, 1_000_000))
    def begin(self, seed: int) -> None:
        assert isinstance(self.hall, WiredHall)
        self.hall.breaks_wires(Random(seed))
        while self.hall.broken < FIRST_BROKEN:
            self.takes_number(KTP)

    @precondition(lambda self: self.restarts < MOST_RESTARTS)
    @rule()
    def server_restarts(self) -> None:
        self.restarts += 1
        super().server_restarts()


def _run(make_hall: Callable[[], Hall], runs: int, model: type[RuleBasedStateMachine] = ModelledHall) -> None:
    machine = type("Machine", (model,), {"make_hall": staticmethod(make_hall)})
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


@pytest.mark.parametrize("runs", [pytest.param(6, marks=FAULTS), pytest.param(200, marks=RELEASE)])
def test_the_hall_behind_wires_that_break_is_the_model(tmp_path: Path, runs: int, figure: RecordFigure) -> None:
    halls: list[WiredHall] = []
    broken = 0

    def close_the_last() -> int:
        if not halls:
            return 0
        halls[-1].close()
        return halls[-1].broken

    def another() -> WiredHall:
        nonlocal broken
        broken += close_the_last()
        folder = tmp_path / str(len(halls))
        folder.mkdir()
        halls.append(WiredHall(folder))
        return halls[-1]

    try:
        _run(another, runs, WiresThatBreak)
    finally:
        broken += close_the_last()
    figure(
        "P2",
        "",
        f"model: {runs} runs of up to {STEPS} steps over sockets, {broken} wires broken, every state the model's",
    )
