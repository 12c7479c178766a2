"""Whether a number that is taken now will probably still be called today."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.catalogue import Catalogue
from server.domain.hours import Calendar, Hours, Span
from server.domain.lobby import Lobby
from shared.vocabulary import CounterId, TooLate
from tests.support.builders import (
    KTP,
    NINE,
    ONE,
    TODAY,
    TWO,
    a_catalogue,
    a_counter,
    a_lobby,
    a_service,
    issue,
    minutes,
)

THREE = NINE + timedelta(hours=6)  # 15:00 in the hall, when it closes


def a_hall(
    waiting: int, at: datetime, open_counters: tuple[CounterId, ...] = (ONE,), hours: Hours | None = None
) -> Lobby:
    """KTP with two counters and ten minutes for each visitor."""
    lobby = a_lobby(catalogue=two_counters(hours), open_counters=open_counters, now=at - minutes(1))
    for _ in range(waiting):
        issue(lobby, now=at)
    return lobby


def two_counters(hours: Hours | None = None) -> Catalogue:
    return a_catalogue([a_service(KTP, hours=hours)], [a_counter(ONE, KTP), a_counter(TWO, KTP)])


def late(lobby: Lobby, now: datetime) -> TooLate | None:
    return lobby.too_late(KTP, now, lobby.estimate(KTP, now))


def test_with_time_enough_before_closing_a_number_comes_in_time() -> None:
    assert late(a_hall(3, THREE - minutes(60)), THREE - minutes(60)) is None


def test_with_the_counters_that_are_open_the_turn_would_come_after_closing() -> None:
    at = THREE - minutes(50)
    assert late(a_hall(6, at), at) is TooLate.CLOSING, "an hour of work for one counter, half an hour for two"


def test_where_not_even_all_counters_can_serve_who_waits_the_day_is_full() -> None:
    at = THREE - minutes(50)
    assert late(a_hall(12, at), at) is TooLate.CAPACITY


def test_while_no_counter_is_open_the_day_is_full_only_by_what_all_together_can_do() -> None:
    at = THREE - minutes(50)
    assert late(a_hall(6, at, ()), at) is None
    assert late(a_hall(12, at, ()), at) is TooLate.CAPACITY


def test_after_closing_nobody_is_told_that_it_is_late() -> None:
    lobby = a_hall(12, THREE - minutes(5))
    assert late(lobby, THREE + minutes(1)) is None


def test_a_break_is_not_the_end_of_the_day_and_is_not_worked_in() -> None:
    hours = Hours({day: (Span(time(8), time(12)), Span(time(14), time(15))) for day in range(5)})
    before_noon = NINE + timedelta(hours=2, minutes=50)  # ten minutes, the break, and an hour
    assert late(a_hall(4, before_noon, hours=hours), before_noon) is None
    assert late(a_hall(9, before_noon, hours=hours), before_noon) is TooLate.CLOSING


def test_who_has_priority_is_judged_with_the_head_start() -> None:
    at = THREE - minutes(50)
    lobby = a_hall(6, at)
    assert lobby.too_late_for_priority(KTP, at) is None
    full = a_hall(40, at - minutes(120))
    assert full.too_late_for_priority(KTP, at) is TooLate.CAPACITY, "a head start has its bound"


def test_a_service_that_never_closes_is_never_late() -> None:
    always = Hours({day: (Span(time.min, time.max),) for day in range(7)})
    assert late(a_hall(100, NINE, hours=always), NINE) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 25), st.integers(1, 5), st.integers(1, 180))
def test_one_more_ahead_never_makes_it_earlier(ahead: int, more: int, left: int) -> None:
    at = THREE - minutes(left)
    order = [None, TooLate.CLOSING, TooLate.CAPACITY]
    fewer, many = late(a_hall(ahead, at), at), late(a_hall(ahead + more, at), at)
    assert order.index(fewer) <= order.index(many)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        pytest.param(NINE, ["24 00:00-07:00", "25 00:00-07:00", "26 00:00-04:00"], id="Monday: and a short Thursday"),
        pytest.param(NINE + timedelta(days=3), ["30 00:00-07:00", "01 00:00-07:00", "02 00:00-07:00"], id="a holiday"),
    ],
)
def test_the_next_days_are_those_that_open(now: datetime, days: list[str]) -> None:
    friday, thursday = TODAY + timedelta(days=4), TODAY + timedelta(days=3)
    calendar = Calendar(special={friday: (), thursday: (Span(time(8), time(12)),)})
    catalogue = a_catalogue(calendar=calendar)
    found = catalogue.openings.next_days(now, catalogue.services[KTP].hours)
    assert [f"{day.opens_at:%d %H:%M}-{day.closes_at:%H:%M}" for day in found] == days
    assert all(day.opens_at.tzinfo is UTC for day in found)
