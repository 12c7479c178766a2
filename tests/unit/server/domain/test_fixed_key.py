"""The fixed key: nobody starves, nobody swaps, equals leave as they came. And what a booked visit counts from."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.calling import HeadStart, counts_as_arrived, key_at_issue
from server.domain.lobby import Lobby
from shared.vocabulary import Priority, ServiceId
from tests.support.builders import AKTA, DESK, KTP, NINE, ONE, TWO, a_lobby, call, issue, leg_of, minutes

MOST = HeadStart().most
comings = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from([KTP, KTP, KTP, AKTA]), st.sampled_from(Priority), st.booleans()),
    min_size=2,
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(comings)
def test_no_starvation_nobody_who_comes_later_than_a_head_start_is_called_first(
    coming: list[tuple[int, str, Priority, bool]],
) -> None:
    _, called, _ = _a_day(coming)
    for later, earlier in ((b, a) for i, a in enumerate(called) for b in called[:i]):
        assert later[0] - earlier[0] < MOST + timedelta(microseconds=1), "overtaken by more than a head start"


@settings(max_examples=150, deadline=None)
@given(comings)
def test_no_flip_two_waiting_tickets_never_swap(coming: list[tuple[int, str, Priority, bool]]) -> None:
    lobby, now, before = a_lobby(open_counters=[ONE, TWO]), NINE, list[str]()
    for gap, service, priority, calls in coming:
        now += minutes(gap)
        issue(lobby, service, priority=priority, now=now)  # type: ignore[arg-type]
        if calls and lobby.in_hand(ONE) is None:
            lobby.serve(ONE, call(lobby, now=now).id, now, DESK)
        line = [leg.id for leg in lobby.waiting_for(ONE, 100)]
        assert [leg for leg in before if leg in line] == [leg for leg in line if leg in before]
        before = [*line]


@settings(max_examples=150, deadline=None)
@given(comings)
def test_equals_leave_in_arrival_order(coming: list[tuple[int, str, Priority, bool]]) -> None:
    _, called, _ = _a_day(coming)
    for service in (KTP, AKTA):
        for priority in Priority:
            equals = [(arrival, order) for arrival, order, *kind in called if kind == [service, priority]]
            assert equals == sorted(equals)


def _a_day(
    coming: list[tuple[int, str, Priority, bool]],
) -> tuple[Lobby, list[tuple[datetime, int, ServiceId, Priority]], datetime]:
    """One counter; whoever it calls is served for as long as the next one takes to come. Then the line empties."""
    lobby, now = a_lobby(open_counters=[ONE]), NINE
    called = []

    def next_one() -> None:
        leg = call(lobby, now=now)
        lobby.serve(ONE, leg.id, now, DESK)
        called.append((leg.arrival, leg.order, leg.service, lobby.visit_of(leg.id).priority))

    for gap, service, priority, calls in coming:
        now += minutes(gap)
        issue(lobby, service, priority=priority, now=now)  # type: ignore[arg-type]
        if calls:
            next_one()
    while lobby.waiting_count(ONE):
        now += minutes(10)
        next_one()
    return lobby, called, now


def test_an_estimate_that_jumps_lets_no_equal_overtake() -> None:
    """A bus arrives between two priority visitors: the second would get a head start of an hour and a half."""
    lobby = a_lobby(open_counters=[ONE])
    issue(lobby, priority=Priority.PRIORITY)
    for _ in range(20):
        issue(lobby)
    issue(lobby, priority=Priority.PRIORITY, now=NINE + minutes(1))
    first, second = leg_of(lobby, "A-001"), leg_of(lobby, "A-022")
    assert first.effective_at == NINE - minutes(15)
    assert second.effective_at == first.effective_at
    assert [lobby.visit_of(leg.id).ticket for leg in lobby.line(KTP)][:2] == ["A-001", "A-022"]


def test_a_key_is_cut_to_the_last_equals_and_only_where_there_is_a_head_start() -> None:
    assert key_at_issue(NINE, minutes(60), None) == NINE - minutes(60)
    assert key_at_issue(NINE, minutes(60), NINE - minutes(20)) == NINE - minutes(20)
    assert key_at_issue(NINE, minutes(0), NINE - minutes(20)) == NINE


@pytest.mark.parametrize(
    ("checks_in", "counts_from"),
    [
        pytest.param(-30, 0, id="early: from its booked time"),
        pytest.param(0, 0, id="on time"),
        pytest.param(10, 0, id="late within the grace"),
        pytest.param(11, 11, id="late beyond it: as a walk-in"),
    ],
)
def test_a_booked_visit_counts_from_its_booked_time_unless_it_is_late(checks_in: int, counts_from: int) -> None:
    assert counts_as_arrived(NINE, NINE + minutes(checks_in), minutes(10)) == NINE + minutes(counts_from)


@given(st.lists(st.integers(-90, 90), min_size=2, max_size=10))
def test_a_booked_visit_never_gains_by_coming_later(checks_in: list[int]) -> None:
    keys = [counts_as_arrived(NINE, NINE + minutes(one), minutes(10)) for one in sorted(checks_in)]
    assert all(earlier <= later for earlier, later in pairwise(keys))
