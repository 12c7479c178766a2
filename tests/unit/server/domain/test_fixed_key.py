"""The fixed key: nobody starves, nobody swaps, equals leave as they came. And what a booked visit counts from."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.calling import ROOM, HeadStart, Placed, counts_as_arrived, key_at_issue
from server.domain.calling_order import CallingOrder
from server.domain.errors import RefusedError
from server.domain.issuing import Choice
from server.domain.lobby import Lobby
from server.domain.outlook import waited_for_first_call
from server.domain.visit import Leg
from shared.vocabulary import FollowKey, Language, LegId, Priority, ServiceId, VisitId
from tests.support.builders import (
    AKTA,
    DESK,
    KIOSK,
    KTP,
    NINE,
    ONE,
    TWO,
    a_catalogue,
    a_counter,
    a_lobby,
    a_service,
    call,
    issue,
    leg_of,
    minutes,
)

MOST = HeadStart().most
GRACE = CallingOrder().booked_grace
booked = st.sampled_from([None, None, None, -20, -5, 0, 5, 10, 15])
"""Of who had booked, how many minutes after the booked time they check in."""
Coming = tuple[int, ServiceId, Priority, bool, int | None]
comings = st.lists(
    st.tuples(
        st.integers(0, 12), st.sampled_from([KTP, KTP, KTP, AKTA]), st.sampled_from(Priority), st.booleans(), booked
    ),
    min_size=2,
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(comings)
def test_no_starvation_nobody_who_comes_later_than_a_head_start_is_called_first(
    coming: list[Coming],
) -> None:
    _, called, _ = _a_day(coming)
    for later, earlier in ((b, a) for i, a in enumerate(called) for b in called[:i]):
        assert later.arrival - earlier.arrival <= MOST, "overtaken by more than a head start"
        assert later.came_at - earlier.arrival <= MOST + GRACE, "who had booked gains at most the grace"


@settings(max_examples=150, deadline=None)
@given(comings)
def test_no_flip_two_waiting_tickets_never_swap(coming: list[Coming]) -> None:
    lobby, now, before = a_lobby(open_counters=[ONE, TWO]), NINE, list[str]()
    for gap, service, priority, calls, late in coming:
        now += minutes(gap)
        issue(lobby, service, priority=priority, now=now, booked_for=_booked_for(late, now))
        if calls and lobby.in_hand(ONE) is None:
            lobby.serve(ONE, call(lobby, now=now).id, now, DESK)
        line = [leg.id for leg in lobby.waiting_for(ONE, 100)]
        assert [leg for leg in before if leg in line] == [leg for leg in line if leg in before]
        before = [*line]


@settings(max_examples=150, deadline=None)
@given(comings)
def test_equals_leave_in_arrival_order(coming: list[Coming]) -> None:
    """Who waits together, that is: who had booked may check in when an equal with a later time was called already."""
    lobby, called, _ = _a_day(coming)
    for service in (KTP, AKTA):
        for priority in Priority:
            equals = [leg for leg in called if leg.service == service and lobby.visits[leg.visit].priority is priority]
            for first, then in combinations(equals, 2):
                met = first.called_at is not None and then.came_at < first.called_at
                assert not met or (first.arrival, first.order) < (then.arrival, then.order)


def _booked_for(late: int | None, now: datetime) -> datetime | None:
    return None if late is None else now - minutes(late)


def _a_day(coming: list[Coming]) -> tuple[Lobby, list[Leg], datetime]:
    """One counter; whoever it calls is served for as long as the next one takes to come. Then the line empties."""
    lobby, now = a_lobby(open_counters=[ONE]), NINE
    called = []

    def next_one() -> None:
        leg = call(lobby, now=now)
        lobby.serve(ONE, leg.id, now, DESK)
        called.append(leg)

    for gap, service, priority, calls, late in coming:
        now += minutes(gap)
        issue(lobby, service, priority=priority, now=now, booked_for=_booked_for(late, now))
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
    assert second.effective_at == first.effective_at + minutes(1) / ROOM
    assert [lobby.visit_of(leg.id).ticket for leg in lobby.line(KTP)][:2] == ["A-001", "A-022"]


def test_a_key_is_cut_to_the_last_equals_and_only_where_there_is_a_head_start() -> None:
    assert key_at_issue(NINE, minutes(60), None) == NINE - minutes(60)
    equal = Placed(NINE - minutes(5), NINE - minutes(20))
    assert key_at_issue(NINE, minutes(60), equal) == NINE - minutes(20) + minutes(5) / ROOM
    assert key_at_issue(NINE, minutes(0), equal) == NINE


def test_whoever_arrives_between_two_equals_stands_between_them() -> None:
    """Also where the later of them was cut to the key of the earlier one."""
    first = Placed(NINE, NINE - minutes(15))
    second = Placed(NINE + minutes(2), key_at_issue(NINE + minutes(2), minutes(90), first))
    between = key_at_issue(NINE + minutes(1), minutes(15), first, second)
    assert first.key < between < second.key


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


def test_who_booked_and_is_on_time_stands_where_the_booked_time_does() -> None:
    lobby = a_lobby(["A-001", "A-002", "A-003"])  # at 08:57, 08:58 and 08:59
    issue(lobby, booked_for=NINE - minutes(1.5))
    assert [lobby.visit_of(leg.id).ticket for leg in lobby.line(KTP)] == ["A-001", "A-002", "A-004", "A-003"]


def test_who_booked_and_comes_too_late_stands_behind_everybody() -> None:
    lobby = a_lobby(["A-001"])
    late = issue(lobby, booked_for=NINE - minutes(11))
    assert lobby.ahead(late.legs[0].id) == 1
    assert late.legs[0].arrival == NINE


def test_who_booked_and_comes_early_is_called_early_only_where_nobody_else_waits() -> None:
    lobby = a_lobby()
    early = issue(lobby, booked_for=NINE + minutes(30))
    walk_in = issue(lobby, now=NINE + minutes(5))
    assert call(lobby, ONE, NINE + minutes(6)).visit == walk_in.id
    assert call(lobby, TWO, NINE + minutes(6)).visit == early.id


def test_neither_hours_nor_quota_turn_away_who_booked() -> None:
    lobby = a_lobby(catalogue=a_catalogue([a_service(KTP, daily_quota=1)], [a_counter(ONE, KTP)]), open_counters=[ONE])
    issue(lobby)
    with pytest.raises(RefusedError):
        issue(lobby)
    before_opening = NINE + timedelta(hours=22, minutes=55)
    assert issue(lobby, booked_for=NINE).ticket == "A-002"
    assert issue(lobby, now=before_opening, booked_for=before_opening + minutes(10)).ticket == "A-003"


def test_a_call_says_that_the_time_booked_counts_and_who_came_before() -> None:
    lobby = a_lobby(["A-001", "A-002"])
    issue(lobby, booked_for=NINE - minutes(5))
    leg = call(lobby)
    why = lobby.reasons[leg.id]
    assert why["booked_for"] == (NINE - minutes(5)).isoformat()
    assert (why["passed_over"], why["passed_booked"], why["passed"]) == (2, 2, "A-001:booked A-002:booked")


def test_a_forecast_told_at_check_in_is_held_against_the_wait_since_then() -> None:
    lobby = a_lobby()
    early = issue(lobby, booked_for=NINE + minutes(30)).legs[0]
    assert (early.came_at, early.since, early.forecast is not None) == (NINE, NINE, True)
    assert waited_for_first_call(call(lobby, now=NINE + minutes(4))) == 4


def test_several_stops_of_who_booked_all_count_from_the_booked_time() -> None:
    lobby = a_lobby()
    visit = lobby.issue(
        KTP,
        visit=VisitId("v1"),
        leg=LegId("l1"),
        key=FollowKey("k1"),
        language=Language.INDONESIAN,
        priority=Priority.REGULAR,
        needs=(),
        now=NINE,
        actor=KIOSK,
        further=[Choice(AKTA, LegId("l2"))],
        booked_for=NINE - minutes(5),
    )
    assert [leg.arrival for leg in visit.legs] == [NINE - minutes(5)] * 2
