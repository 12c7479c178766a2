"""A simulated day: repeatable, run by the real lobby, and true about what each rule costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.app.catalogue_file.reading import read_catalogue
from server.domain.catalogue import Catalogue
from server.simulation.bound import least_mean_wait
from server.simulation.day import Day
from server.simulation.demand import Assumptions, a_day
from server.simulation.rules import RULES
from server.simulation.running import Run, run
from server.simulation.scoring import EVERYBODY, Score, score

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
SAMPLE = Path("server/sample/mpp-badung-sample.toml")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(SAMPLE.read_text(), version=1, today=MONDAY)


@pytest.fixture(scope="module")
def day(catalogue: Catalogue) -> Day:
    return a_day(catalogue, MONDAY, visits=1500, seed=7)


@pytest.fixture(scope="module")
def scores(day: Day) -> dict[str, Score]:
    return {name: score(name, [run(day, rule)]) for name, rule in RULES.items()}


def test_the_same_seed_gives_the_same_day_and_the_same_waits(catalogue: Catalogue) -> None:
    first, second = (a_day(catalogue, MONDAY, visits=200, seed=3) for _ in range(2))
    assert first == second
    assert run(first, RULES["head_start"]) == run(second, RULES["head_start"])
    assert a_day(catalogue, MONDAY, visits=200, seed=4).arrivals != first.arrivals


def test_every_visitor_who_got_a_number_is_called_or_counted_as_never_called(day: Day) -> None:
    found = run(day, RULES["head_start"])
    first = [wait for wait in found.waits if wait.first_stop]
    assert len(first) + found.turned_away == len(day.arrivals)


def test_officers_pause_on_friday_while_the_hall_prays(catalogue: Catalogue) -> None:
    friday = a_day(catalogue, FRIDAY, visits=600, seed=1)
    called = [
        w.called.astimezone(friday.shifts[0].start.tzinfo) for w in run(friday, RULES["first_come"]).waits if w.called
    ]
    begun_in_break = [at for at in called if at.hour == 12]
    others = [at for at in called if at.hour == 10]
    assert len(begun_in_break) < len(others) / 5


def test_nobody_announces_the_friday_break_because_the_hours_carry_it(catalogue: Catalogue) -> None:
    friday = a_day(catalogue, FRIDAY, visits=600, seed=1)
    breaks = [pause for shift in friday.shifts for pause in shift.pauses if pause.of_hours]
    assert breaks
    assert all(pause.announced is None for pause in breaks)
    over = [(wait.told, wait.minutes) for wait in run(friday, RULES["head_start"]).waits if wait.minutes and wait.told]
    long = [(told, minutes) for told, minutes in over if minutes > 90]
    assert long
    assert sum(told.sure.low <= minutes <= told.sure.high for told, minutes in long) > len(long) / 2


def test_a_rule_that_knows_no_service_time_leaves_the_mean_wait_of_all_where_it_was(scores: dict[str, Score]) -> None:
    """Who is called earlier pays nobody; the sum only moves from one to another (Kleinrock's conservation law)."""
    means = [scores[rule].waits[EVERYBODY].mean for rule in ("first_come", "strict_priority", "head_start")]
    assert max(means) - min(means) < 0.1 * max(means)


def test_head_start_helps_priority_visitors_and_spares_the_regular(scores: dict[str, Score]) -> None:
    fifo, mine, strict = (scores[rule].waits for rule in ("first_come", "head_start", "strict_priority"))
    assert mine["priority"].mean < 0.6 * fifo["priority"].mean
    assert mine["regular"].mean <= strict["regular"].mean
    assert mine["regular"].mean < 1.2 * fifo["regular"].mean


def test_a_fixed_ratio_makes_priority_visitors_wait_longer_once_they_are_many(catalogue: Catalogue) -> None:
    """Six in ten have priority, but only every third call is theirs."""
    crowded = a_day(catalogue, MONDAY, visits=1500, seed=7, assumed=Assumptions(priority=0.6))
    ratio = score("ratio_1_2", [run(crowded, RULES["ratio_1_2"])]).waits
    mine = score("head_start", [run(crowded, RULES["head_start"])]).waits
    assert ratio["priority"].mean > ratio["regular"].mean
    assert mine["priority"].mean < mine["regular"].mean


def test_nobody_beats_the_bound_not_even_who_knows_every_service_time(day: Day, scores: dict[str, Score]) -> None:
    bound = least_mean_wait(day)
    assert 0 < bound < scores["shortest_first"].waits[EVERYBODY].mean < scores["first_come"].waits[EVERYBODY].mean


def test_no_officer_rests_while_somebody_waits_whom_they_may_call(catalogue: Catalogue) -> None:
    """With one long line and no pauses, a counter's time is spent with visitors."""
    day = a_day(catalogue, MONDAY, visits=400, seed=2, assumed=Assumptions(crowd=1.0, no_show=0, load=9.0))
    quiet = replace(day, shifts=tuple(replace(shift, pauses=()) for shift in day.shifts))
    found: Run = run(quiet, RULES["head_start"])
    for counter, present in found.present.items():
        if found.worked.get(counter, timedelta(0)) > timedelta(hours=6):
            assert present - found.worked[counter] < timedelta(minutes=12), counter  # before the first visitor came
