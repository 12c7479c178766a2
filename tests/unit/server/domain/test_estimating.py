"""How long it takes: ranges of minutes that grow with the line, and learn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.domain.catalogue import Catalogue
from server.domain.estimating import Forecast, remaining
from server.domain.issuing import Choice
from server.domain.lobby import Lobby
from server.domain.outlook import Lessons
from server.domain.pace import Seen
from server.domain.stops import AloneWait, one_at_a_time
from shared.vocabulary import CounterId, LegId, Need, Outcome, PauseReason, ServiceId
from tests.support.builders import (
    AKTA,
    BUDI,
    DESK,
    KTP,
    NINE,
    ONE,
    PKB,
    THREE,
    TODAY,
    TWO,
    a_catalogue,
    a_lobby,
    call,
    finish,
    issue,
    minutes,
)


def test_a_visitor_in_hand_takes_the_rest_of_the_usual_time_and_never_nothing() -> None:
    assert remaining(10, 4) == 6
    assert remaining(10, 25) == 3.5


def test_everyone_in_a_line_waits_at_least_as_long_as_who_stands_before_them() -> None:
    lobby = a_lobby([f"A-{number:03d}" for number in range(1, 15)])
    told = [told for leg in lobby.line(KTP) if (told := lobby.estimate_of(leg.id, NINE)) is not None]
    assert len(told) == 14
    for ends in (
        [one.sure.low for one in told],
        [one.likely.low for one in told],
        [one.likely.high for one in told],
        [one.sure.high for one in told],
    ):
        assert ends == sorted(ends)
        assert ends[-1] > ends[0]


def test_what_is_in_hand_counts_until_it_is_nearly_done() -> None:
    lobby = a_lobby(open_counters=[ONE])
    issue(lobby)
    lobby.serve(ONE, call(lobby).id, NINE, DESK)
    assert expected(lobby, KTP) == 10
    assert expected(lobby, KTP, 9) == 3.5


def test_a_counter_that_pauses_is_expected_back() -> None:
    lobby = a_lobby(open_counters=[ONE])
    lobby.pause(ONE, PauseReason.REST, NINE, DESK)
    assert expected(lobby, KTP) == 10
    assert expected(lobby, KTP, 3) == 7


def test_a_colleague_shortens_the_wait() -> None:
    lobby = a_lobby(["A-001", "A-002", "A-003"], open_counters=[ONE])
    alone = expected(lobby, KTP)
    lobby.sit(TWO, BUDI, take_over=False, now=NINE, actor=DESK)
    lobby.open(TWO, NINE, DESK)
    assert expected(lobby, KTP) < alone


def test_a_leg_kept_for_one_counter_is_estimated_by_that_counter() -> None:
    lobby = a_lobby(["A-001"])
    serving = lobby.serve(ONE, call(lobby).id, NINE, DESK)

    kept = lobby.transfer(ONE, serving.id, KTP, new_leg=LegId("n"), only_counter=TWO, now=NINE, actor=DESK)
    assert lobby.estimate_of(kept.id, NINE) is not None
    lobby.close(TWO, NINE, DESK)
    assert lobby.estimate_of(kept.id, NINE) is None
    assert lobby.estimate(KTP, NINE) is not None


def test_what_services_really_take_today_shows_in_the_minutes() -> None:
    lobby = a_lobby([f"A-{number:03d}" for number in range(1, 13)], open_counters=[ONE])
    now = NINE
    for _ in range(8):
        lobby.serve(ONE, call(lobby, now=now).id, now, DESK)
        now += minutes(25)
        finish(lobby, now=now)
    assert expected(lobby, KTP, 200) > 4 * 18, "four wait, and each took 25 minutes instead of 10"


def test_the_same_weekday_of_earlier_weeks_is_believed_from_the_first_minute() -> None:
    fresh = a_lobby(["A-001", "A-002"], open_counters=[ONE])
    usual: dict[ServiceId, Seen] = {KTP: (300, minutes(300 * 30))}
    state = (fresh.visits.values(), fresh.counters.values(), fresh.sequences)
    taught = Lobby.restore(fresh.catalogue, TODAY, *state, lessons=Lessons(usual=usual))
    assert expected(taught, KTP) > 2 * expected(fresh, KTP)
    assert expected(taught, AKTA) > 0


def test_a_visitor_keeps_what_was_told_and_it_is_held_against_the_first_call() -> None:
    lobby = a_lobby(["A-001"], open_counters=[ONE])
    told = issue(lobby).last_leg.forecast
    assert told == lobby.estimate_of(LegId("l2"), NINE)
    lobby.serve(ONE, call(lobby).id, NINE, DESK)
    finish(lobby, now=NINE + minutes(40))
    called = call(lobby, now=NINE + minutes(41))
    assert (called.forecast, called.first_called_at) == (told, NINE + minutes(41))
    missed = lobby.mark_missed(ONE, called.id, NINE + minutes(50), DESK)
    back = lobby.return_(ONE, missed.id, NINE + minutes(51), DESK)
    assert (back.forecast, back.first_called_at) == (told, NINE + minutes(41)), "the first call is the one promised"


def expected(lobby: Lobby, service: ServiceId, after: float = 0) -> float:
    told: Forecast | None = lobby.estimate(service, NINE + minutes(after))
    assert told is not None
    return told.expected


def test_a_need_is_estimated_by_the_counters_that_meet_it() -> None:
    """Counter 1 is free and cannot take a wheelchair; counter 2 has just called somebody."""
    lobby = a_lobby(catalogue=_where(ONE, can_serve=frozenset()))
    issue(lobby)
    call(lobby, TWO)
    wheelchair = issue(lobby, needs=(Need.WHEELCHAIR,)).last_leg
    assert wheelchair.forecast is not None
    assert wheelchair.forecast.expected == 10
    assert _still(lobby, wheelchair.id, NINE + minutes(4)) == 6
    regular = issue(lobby).last_leg
    assert regular.forecast is not None
    assert regular.forecast.expected == 10, "played as if counter 1 took the wheelchair: too long, never too short"


def test_a_counter_that_helps_out_is_in_the_estimate() -> None:
    """Counter 3 serves PKB and helps with KTP: three wait, and three counters are free."""
    alone, helped = (_three_wait(catalogue) for catalogue in (a_catalogue(), _where(THREE, helps=(KTP,))))
    assert _still(alone, LegId("l3"), NINE) == 10
    assert _still(helped, LegId("l3"), NINE) == 0
    assert [call(helped, counter).service for counter in (ONE, TWO, THREE)] == [KTP, KTP, KTP]


def test_it_helps_nobody_before_its_own_line_is_short() -> None:
    """Two who asked for PKB before, five minutes each, must be called before only one is left of its own."""
    lobby = _three_wait(_where(THREE, helps=(KTP,), helps_below=2), own=2)
    assert _still(lobby, LegId("l5"), NINE) == 10, "counters 1 and 2 are faster"
    for counter in (ONE, TWO):
        lobby.close(counter, NINE, DESK)
    assert _still(lobby, LegId("l3"), NINE) == 10
    assert _still(lobby, LegId("l5"), NINE) == 50, "twice ten minutes each: its own who come go between"


def test_its_own_who_came_a_little_later_go_before_who_is_helped_out() -> None:
    lobby = _three_wait(_where(THREE, helps=(KTP,), helping_minutes=15))
    issue(lobby, PKB, now=NINE + minutes(10))
    for counter in (ONE, TWO):
        lobby.close(counter, NINE + minutes(10), DESK)
    assert _still(lobby, LegId("l1"), NINE + minutes(10)) == 5
    assert call(lobby, THREE, now=NINE + minutes(10)).service == PKB


def test_a_visitor_who_asks_for_what_the_helping_counter_lacks_is_told_what_holds_without_help() -> None:
    catalogue = _where(THREE, helps=(KTP,), can_serve=frozenset())
    lobby = _three_wait(catalogue)
    asks = issue(lobby, needs=(Need.WHEELCHAIR,)).last_leg
    assert _still(lobby, asks.id, NINE) == 10
    for counter in (ONE, TWO):
        lobby.close(counter, NINE, DESK)
    assert lobby.estimate_of(asks.id, NINE) is None
    assert lobby.estimate(KTP, NINE) is not None


def test_a_further_stop_is_told_when_the_visitor_is_free_for_it() -> None:
    """Both counters are free, but nobody is at two at once: ten minutes for KTP come before PKB."""
    lobby = a_lobby()
    visit = issue(lobby, KTP, further=[Choice(PKB, LegId("tax"))])
    told = [leg.forecast.expected for leg in visit.legs if leg.forecast]
    assert told == [0, 10]
    hand = call(lobby, ONE, now=NINE + minutes(1))
    assert lobby.is_held(lobby.leg(LegId("tax")))
    assert _still(lobby, LegId("tax"), NINE + minutes(4)) == 7
    lobby.serve(ONE, hand.id, NINE + minutes(4), DESK)
    lobby.finish(ONE, hand.id, Outcome.SOLVED, NINE + minutes(8), DESK)
    assert _still(lobby, LegId("tax"), NINE + minutes(8)) == 0


def test_a_stop_whose_line_is_longer_than_the_other_takes_is_told_its_line() -> None:
    lobby = a_lobby()
    for _ in range(6):
        issue(lobby, PKB)
    visit = issue(lobby, KTP, further=[Choice(PKB, LegId("tax"))])
    assert [leg.forecast and leg.forecast.expected for leg in visit.legs] == [0, 30]


def test_a_stop_that_an_officer_adds_is_told_and_scored_from_then_on() -> None:
    lobby = a_lobby()
    issue(lobby)
    hand = call(lobby, ONE)
    lobby.serve(ONE, hand.id, NINE, DESK)
    added = lobby.add_stop(ONE, hand.id, PKB, new_leg=LegId("tax"), now=NINE + minutes(4), actor=DESK)
    assert added.forecast is not None
    assert added.forecast.expected == 6
    assert added.forecast == lobby.estimate_of(LegId("tax"), NINE + minutes(4))


def test_nothing_is_told_of_a_stop_that_waits_for_another_to_be_done() -> None:
    catalogue = a_catalogue()
    services = {**catalogue.services, PKB: replace(catalogue.services[PKB], after=(KTP,))}
    visit = issue(a_lobby(catalogue=replace(catalogue, services=services)), further=[Choice(PKB, LegId("tax"))])
    assert [leg.forecast is None for leg in visit.legs] == [False, True]


waits_alone = st.builds(AloneWait, st.floats(0, 200), st.floats(0, 60), st.floats(0, 10))


@given(st.lists(waits_alone, min_size=1, max_size=6), st.floats(0, 60), st.floats(0, 100))
def test_a_visitor_of_several_stops_is_never_at_two_and_never_sooner_for_a_longer_line(
    stops: list[AloneWait], busy: float, more: float
) -> None:
    alone = {LegId(str(place)): own for place, own in enumerate(stops)}
    told = one_at_a_time(alone, busy)
    assert all(told[stop] >= max(own.wait, min(busy, told[stop])) for stop, own in alone.items())
    in_turn = sorted(told, key=lambda stop: told[stop])
    for earlier, later in pairwise(in_turn):
        assert told[later] >= told[earlier] + alone[earlier].takes - 1e-6 or alone[earlier].takes == 0
    first = LegId("0")
    longer = {**alone, first: replace(alone[first], wait=alone[first].wait + more)}
    assert one_at_a_time(longer, busy)[first] >= told[first] - 1e-6


def _three_wait(catalogue: Catalogue, own: int = 0) -> Lobby:
    """`own`: how many asked for PKB before them."""
    lobby = a_lobby(catalogue=catalogue)
    for service in [PKB] * own + [KTP] * 3:
        issue(lobby, service)
    return lobby


def test_the_wait_of_a_waiting_visitor_shrinks_as_people_are_called() -> None:
    lobby = a_lobby([f"A-{number:03d}" for number in range(1, 10)], open_counters=(ONE,))
    last, now = LegId("l9"), NINE
    told = [_still(lobby, last, now)]
    for _ in range(8):
        call(lobby, now=now)
        hand = lobby.in_hand(ONE)
        assert hand is not None
        lobby.serve(ONE, hand.id, now, DESK)
        now += minutes(10)
        finish(lobby, now=now)
        told.append(_still(lobby, last, now))
    assert told == [80, 70, 60, 50, 40, 30, 20, 10, 0]


def test_what_was_told_a_moment_ago_is_not_told_again_once_something_happened() -> None:
    line = [f"A-{number:03d}" for number in range(1, 61)]
    asked, fresh = a_lobby(line, open_counters=(ONE, TWO)), a_lobby(line, open_counters=(ONE, TWO))
    last = LegId("l60")
    before = _still(asked, last, NINE)
    for lobby in (asked, fresh):
        lobby.close(TWO, NINE, DESK)
    assert _still(asked, last, NINE) == _still(fresh, last, NINE) > before


def test_a_pause_that_is_announced_lengthens_the_wait_and_runs_down() -> None:
    lobby = a_lobby(["A-001"], open_counters=(ONE,))
    lobby.pause(ONE, PauseReason.MEAL, NINE, DESK)
    waits = [_still(lobby, LegId("l1"), NINE + minutes(gone)) for gone in (0, 10, 30)]
    assert waits == [40, 30, 10]
    lobby.open(ONE, NINE + minutes(30), DESK)
    assert _still(lobby, LegId("l1"), NINE + minutes(30)) == 0


def _still(lobby: Lobby, leg: LegId, now: datetime) -> float:
    told = lobby.estimate_of(leg, now)
    assert told is not None
    return told.expected


def _where(counter: CounterId, **differs: Any) -> Catalogue:
    usual = a_catalogue()
    return replace(usual, counters={**usual.counters, counter: replace(usual.counters[counter], **differs)})
