"""Breaks that stand in the opening hours: who is told a wait does not hear minutes in which nobody calls."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.breaks import Breaks, with_those, without
from server.domain.catalogue import Catalogue
from server.domain.hours import Hours, Span
from server.domain.lobby import Lobby
from server.domain.outlook import Lessons, PastWait
from server.domain.profiles import WorkProfiles
from shared.vocabulary import CounterId, PauseReason, ServiceId
from tests.support.builders import (
    DESK,
    KTP,
    NINE,
    ONE,
    PKB,
    SEATS,
    TODAY,
    TWO,
    a_catalogue,
    a_counter,
    a_lobby,
    a_service,
    call,
    issue,
    minutes,
)

MORNING, AFTERNOON = Span(time(8), time(12)), Span(time(13), time(15))
LUNCH = Hours(dict.fromkeys(range(7), (MORNING, AFTERNOON)))
THROUGH = Hours(dict.fromkeys(range(7), (Span(time(8), time(15)),)))
NOON = NINE + timedelta(hours=3)
BREAK = (NOON, NOON + timedelta(hours=1))
BEFORE = NOON - minutes(30)
TEN = 10  # minutes that each takes


def a_hall(ktp: Hours = LUNCH, pkb: Hours = LUNCH, *, both_at_one: bool = False) -> Catalogue:
    """Counter one for KTP (and PKB, where `both_at_one`), counter two for PKB."""
    return a_catalogue(
        [a_service(KTP, hours=ktp), a_service(PKB, "T", hours=pkb)],
        [a_counter(ONE, KTP, PKB) if both_at_one else a_counter(ONE, KTP), a_counter(TWO, PKB)],
    )


def with_ahead(ahead: int, at: datetime = BEFORE, *, open_counters: tuple[CounterId, ...] = (ONE, TWO)) -> Lobby:
    lobby = a_lobby(catalogue=a_hall(), open_counters=open_counters, now=at - minutes(1))
    for _ in range(ahead):
        issue(lobby, now=at)
    return lobby


def expected(lobby: Lobby, now: datetime, service: ServiceId = KTP) -> float:
    told = lobby.estimate(service, now)
    assert told is not None
    return told.expected


def breaks_of(catalogue: Catalogue) -> Breaks:
    return Breaks(catalogue, WorkProfiles(catalogue), TODAY)


def test_a_counter_has_a_break_while_all_that_it_offers_is_closed() -> None:
    assert breaks_of(a_hall()).of(ONE) == (BREAK,)
    assert breaks_of(a_hall(pkb=THROUGH, both_at_one=True)).of(ONE) == ()
    late = Hours({0: (Span(time(8), time(12, 30)), AFTERNOON)})
    assert breaks_of(a_hall(pkb=late, both_at_one=True)).of(ONE) == ((NOON + minutes(30), BREAK[1]),)
    assert breaks_of(a_hall(ktp=THROUGH)).of(ONE) == ()


def test_waits_stand_still_while_every_counter_that_may_call_has_a_break() -> None:
    assert breaks_of(a_hall()).shared(KTP) == (BREAK,)
    assert breaks_of(a_hall(ktp=THROUGH, both_at_one=True)).shared(PKB) == (), "the first counter calls on"
    helped = a_catalogue([a_service(KTP, hours=LUNCH), a_service(PKB, "T", hours=THROUGH)])
    assert breaks_of(helped).shared(KTP) == (BREAK,)


def test_whoever_would_be_called_in_the_break_is_called_after_it() -> None:
    waits = [expected(with_ahead(ahead), BEFORE) for ahead in (2, 3, 4)]
    assert waits == [20, 90, 100]


def test_the_range_leaps_over_the_break_where_a_wait_may() -> None:
    told = with_ahead(2).estimate(KTP, BEFORE)
    assert told is not None
    assert told.sure.low < 30
    assert told.sure.high > 90
    after = with_ahead(4).estimate(KTP, BEFORE)
    assert after is not None
    assert after.sure.high - after.sure.low < 90, "as wide as ten minutes of work before and after, and no wider"


def test_other_days_and_hours_without_a_break_are_told_as_ever() -> None:
    hall = a_lobby(catalogue=a_hall(ktp=THROUGH), open_counters=(ONE,), now=BEFORE - minutes(1))
    for _ in range(4):
        issue(hall, now=BEFORE)
    assert expected(hall, BEFORE) == 40


def test_in_the_break_everybody_waits_for_its_end_unless_an_officer_works_on() -> None:
    lobby = with_ahead(3)
    assert expected(lobby, NOON + minutes(20)) == 40 + 30
    call(lobby, ONE, now=NOON + minutes(20))
    assert expected(lobby, NOON + minutes(20)) == 10 + 20
    told = lobby.estimate(KTP, NOON + minutes(20))
    assert told is not None
    assert told.middle < 40


def test_an_officer_who_opens_in_the_break_works() -> None:
    lobby = with_ahead(3, open_counters=(TWO,))
    lobby.sit(ONE, SEATS[ONE], take_over=False, now=NOON + minutes(10), actor=DESK)
    lobby.open(ONE, NOON + minutes(10), DESK)
    assert expected(lobby, NOON + minutes(20)) == 30


def test_a_pause_begun_in_the_break_does_not_end_before_it() -> None:
    lobby = with_ahead(0)
    lobby.pause(ONE, PauseReason.PRAYER, NOON, DESK)
    assert expected(lobby, NOON + minutes(5)) == 55


@pytest.mark.parametrize(("ahead", "lasts", "wait"), [(20, 90, 120), (30, 60, 90), (15, 20, 100), (40, 60, 100)])
def test_a_pause_announced_about_the_break_is_the_same_one(ahead: int, lasts: int, wait: float) -> None:
    lobby = with_ahead(3)
    lobby.announce_pause(ONE, PauseReason.PRAYER, minutes(ahead), minutes(lasts), BEFORE, DESK)
    assert expected(lobby, BEFORE) == wait


def test_a_pause_announced_for_another_time_comes_beside_the_break() -> None:
    lobby = with_ahead(4)
    lobby.announce_pause(ONE, PauseReason.REST, minutes(0), minutes(10), BEFORE, DESK)
    assert expected(lobby, BEFORE) == 110


def test_a_wait_over_the_break_teaches_what_was_worked_of_it() -> None:
    catalogue = a_hall()
    over = PastWait(KTP, TODAY, NOON - minutes(10), 80, 90)  # ten minutes before the break, and ten or twenty after
    plain = PastWait(KTP, TODAY, NINE, 20, 30)
    told = [
        Lobby.restore(catalogue, TODAY, (), (), {}, lessons=Lessons(waits=[wait] * 100)).outlook.record.forecast(20)
        for wait in (over, plain)
    ]
    assert told[0] == told[1]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(0, 20), st.integers(-40, 50))
def test_one_more_ahead_is_never_told_less(ahead: int, more: int, after_noon: int) -> None:
    now = NOON + minutes(after_noon)
    fewer, many = (with_ahead(count, BEFORE - minutes(60)).estimate(KTP, now) for count in (ahead, ahead + more))
    assert fewer is not None
    assert many is not None
    for one, other in ((fewer.likely, many.likely), (fewer.sure, many.sure)):
        assert one.low <= other.low
        assert one.high <= other.high
    assert (fewer.expected, fewer.middle) <= (many.expected, many.middle)


@given(st.floats(0, 500), st.lists(st.integers(1, 100), max_size=6))
def test_what_was_taken_off_comes_back(worked: float, lengths: list[int]) -> None:
    edges = [sum(lengths[:place]) for place in range(1, len(lengths) + 1)]
    stills = [(float(start), float(end)) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    assert without(with_those(worked, stills), stills) == pytest.approx(worked)
