"""Clearing: once a day, in small steps, and never because of a clock that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from server.app.ports import StorageError
from server.app.retention import DataClass, Kept, RetentionMistakeError, Run, due_since, kept, next_due
from server.care.caretaker import Moment
from server.care.clearing import AGAIN, BELIEVED, Clearing
from shared.vocabulary import Words

ZONE = "Asia/Makassar"  # eight hours ahead: 03:15 there is 19:15 the day before
DUE = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
NOTHING = Words("", "")


class Cellar:
    """Rows that are to go, and what was asked."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.asked: list[int] = []
        self.fails = False

    def step(self, now: datetime, days: int, at_most: int) -> int:
        if self.fails:
            raise StorageError("the disk is full")
        erased = min(self.rows, at_most)
        self.rows -= erased
        self.asked.append(erased)
        return erased


class RunsInMemory:
    def __init__(self) -> None:
        self.runs: list[Run] = []

    def last(self) -> Mapping[str, Run]:
        return {run.data: run for run in self.runs}

    def record(self, data: str, began_at: datetime, ended_at: datetime, erased: int) -> None:
        self.runs.append(Run(data, began_at, ended_at, erased, erased))


def a_class(id_: str, cellar: Cellar, least: int | None = None) -> DataClass:
    return DataClass(id_, NOTHING, NOTHING, 30, least, cellar.step)


class Broom:
    def __init__(self, *results: bool) -> None:
        self.results = [*results]
        self.sweeps = 0

    def __call__(self) -> bool:
        self.sweeps += 1
        return self.results.pop(0) if self.results else True


def clearing(
    runs: RunsInMemory, *cellars: Cellar, newest: datetime | None = DUE, sweep: Callable[[], bool] = lambda: True
) -> Clearing:
    classes = [Kept(a_class(f"class-{number}", cellar), 30) for number, cellar in enumerate(cellars)]
    return Clearing(classes, runs, lambda: ZONE, lambda: newest, sweep, at_once=10)


def at(seconds: float) -> Moment:
    return Moment(DUE + timedelta(seconds=seconds), 1000.0 + seconds)


def test_one_small_step_each_round_until_nothing_is_left() -> None:
    runs, first, second = RunsInMemory(), Cellar(25), Cellar(3)
    duty = clearing(runs, first, second)
    for second_ in range(10):
        duty.look(at(second_))
    assert (first.asked, second.asked) == ([10, 10, 5, 0], [3, 0])
    assert [(run.data, run.erased) for run in runs.runs] == [("class-0", 25), ("class-1", 3)]


def test_the_files_are_swept_after_each_run_until_nobody_is_in_the_way() -> None:
    broom = Broom(False, False, True)
    duty = clearing(RunsInMemory(), Cellar(5), Cellar(0), sweep=broom)
    for second in range(3):  # two classes, three steps
        duty.look(at(second))
    assert broom.sweeps == 0, "what is still to be erased comes first"
    for second in range(3, 20):
        duty.look(at(second))
    assert broom.sweeps == 3


def test_once_a_day_also_after_a_night_without_power() -> None:
    runs, cellar = RunsInMemory(), Cellar(0)
    duty = clearing(runs, cellar, newest=DUE + timedelta(days=2))
    for moment in (0, 70, 3600, 80_000):
        duty.look(at(moment))
    assert len(runs.runs) == 1
    duty.look(at(24 * 3600 + 1))
    assert len(runs.runs) == 2
    restarted = clearing(runs, cellar, newest=DUE + timedelta(days=2))
    restarted.look(at(24 * 3600 + 90))
    assert len(runs.runs) == 2, "it was done today"
    restarted.look(at(3 * 24 * 3600))
    assert len(runs.runs) == 3, "the server was off at the time"


def test_a_clock_that_is_far_ahead_erases_nothing() -> None:
    runs, cellar = RunsInMemory(), Cellar(10)
    clearing(runs, cellar, newest=DUE - BELIEVED - timedelta(days=1)).look(at(0))
    clearing(runs, cellar, newest=None).look(at(0))
    assert (cellar.asked, runs.runs) == ([], [])


def test_a_database_that_did_not_do_it_is_asked_again_later() -> None:
    runs, cellar = RunsInMemory(), Cellar(5)
    duty = clearing(runs, cellar)
    cellar.fails = True
    duty.look(at(0))
    cellar.fails = False
    duty.look(at(1))
    assert not cellar.asked
    duty.look(at(AGAIN))
    duty.look(at(AGAIN + 1))
    assert (cellar.asked, len(runs.runs)) == ([5, 0], 1)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (DUE - timedelta(seconds=1), DUE - timedelta(days=1)),
        (DUE, DUE),
        (DUE + timedelta(hours=23), DUE),
    ],
)
def test_a_run_is_due_when_the_service_date_has_turned(now: datetime, due: datetime) -> None:
    assert due_since(now, ZONE) == due
    assert next_due(now, ZONE) == due + timedelta(days=1)


@pytest.mark.parametrize("wanted", [{"none": 5}, {"fixed": 5}, {"open": 9}])
def test_a_clock_that_cannot_be_is_refused(wanted: dict[str, int]) -> None:
    classes = [a_class("fixed", Cellar(0)), a_class("open", Cellar(0), least=10)]
    with pytest.raises(RetentionMistakeError, match=next(iter(wanted))):
        kept(classes, wanted)
    assert [one.days for one in kept(classes, {"open": 10})] == [30, 10]
