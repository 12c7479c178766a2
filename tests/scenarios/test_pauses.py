"""Pauses announced ahead, begun, and called off: nobody is promised a counter that will be empty."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from server.app.ports import LobbyStore
from server.domain.hours import Hours, Span
from server.domain.lobby import Lobby
from server.domain.pauses import MINUTE, PlannedPause
from shared.vocabulary import CounterState, ErrorCode, PauseReason
from tests.support.builders import (
    AKTA,
    AYU,
    DESK,
    KTP,
    NINE,
    ONE,
    PKB,
    THREE,
    TWO,
    a_catalogue,
    a_counter,
    a_lobby,
    a_service,
)
from tests.support.hall import Hall


def usual(hall: Hall) -> int:
    told = hall.estimate(AKTA)
    assert told is not None
    return told.likely.high


@pytest.fixture
def alone(hall: Hall) -> Hall:
    """Only the second counter is open."""
    hall.closes(ONE)
    hall.closes(THREE)
    return hall


def test_an_announced_pause_is_in_the_estimates_and_in_every_store(alone: Hall) -> None:
    for _ in range(3):
        alone.takes_number(AKTA)
    before = usual(alone)
    alone.announces_pause(TWO, ahead=5, lasts=60)
    assert usual(alone) >= before + 45
    alone.restarts()
    assert alone.next_pause(TWO) == PlannedPause(PauseReason.MEAL, NINE + 5 * MINUTE, 60 * MINUTE)
    assert alone.counter_state(TWO) is CounterState.OPEN
    alone.calls_off_pause(TWO)
    assert alone.next_pause(TWO) is None
    assert usual(alone) == before


def test_a_pause_taken_about_its_time_lasts_as_announced_and_is_announced_no_more(alone: Hall) -> None:
    alone.announces_pause(TWO, ahead=30, lasts=45)
    alone.passes(20)
    alone.pauses(TWO, PauseReason.MEAL)
    alone.restarts()
    assert alone.next_pause(TWO) is None
    assert alone.paused_until(TWO) == alone.now + 45 * MINUTE
    alone.passes(50)
    alone.opens(TWO)
    assert alone.paused_until(TWO) is None


def test_a_short_pause_long_before_leaves_the_announced_one_standing(alone: Hall) -> None:
    alone.announces_pause(TWO, ahead=120, lasts=45)
    alone.pauses(TWO, PauseReason.PRAYER)
    assert alone.paused_until(TWO) == alone.now + 15 * MINUTE
    alone.passes(10)
    alone.opens(TWO)
    assert alone.next_pause(TWO) == PlannedPause(PauseReason.MEAL, NINE + 120 * MINUTE, 45 * MINUTE)


def test_a_second_announcement_stands_in_place_of_the_first(alone: Hall) -> None:
    alone.announces_pause(TWO, ahead=120, lasts=45)
    alone.announces_pause(TWO, ahead=10, lasts=5, reason=PauseReason.REST)
    assert alone.next_pause(TWO) == PlannedPause(PauseReason.REST, NINE + 10 * MINUTE, 5 * MINUTE)


def test_a_break_of_the_opening_hours_is_in_the_estimates_without_a_word_from_anybody(store: LobbyStore) -> None:
    week = Hours(dict.fromkeys(range(5), (Span(time(8), time(12)), Span(time(13), time(15)))))
    catalogue = a_catalogue([a_service(KTP, hours=week)], [a_counter(ONE, KTP)])
    hall = Hall(store, catalogue, now=NINE + timedelta(hours=2, minutes=35))
    for _ in range(3):
        hall.takes_number(KTP)
    told = hall.estimate(KTP)
    assert told is not None
    assert told.expected == 85, "two before the break, and nobody until one o'clock"
    hall.calls_next(ONE)
    hall.restarts()
    assert hall.estimate(KTP) == told, "the hours say it again"
    hall.passes(20)
    after_calling = hall.estimate(KTP)
    assert after_calling is not None
    assert after_calling.expected >= 65


def test_nothing_is_called_off_that_was_not_announced(hall: Hall) -> None:
    assert hall.refusal(lambda: hall.calls_off_pause(ONE)) is ErrorCode.WRONG_STATE


@pytest.mark.parametrize(("ahead", "lasts"), [(-1, 10), (13 * 60, 10), (10, 0), (10, 5 * 60)])
def test_a_pause_has_times_that_a_day_knows(ahead: float, lasts: float) -> None:
    lobby: Lobby = a_lobby([])
    with pytest.raises(Exception, match=ErrorCode.WRONG_STATE.value):
        lobby.announce_pause(ONE, PauseReason.REST, timedelta(minutes=ahead), timedelta(minutes=lasts), NINE, DESK)


def test_whoever_sits_down_next_has_announced_nothing(hall: Hall) -> None:
    hall.announces_pause(ONE, ahead=30, lasts=20)
    hall.leaves(ONE)
    assert hall.refusal(lambda: hall.announces_pause(ONE, ahead=30, lasts=20)) is ErrorCode.WRONG_STATE
    hall.sits(AYU, ONE)
    hall.opens(ONE)
    assert hall.next_pause(ONE) is None


def test_the_wait_of_who_stands_before_the_pause_stays_as_it_was(alone: Hall) -> None:
    before = usual(alone)
    alone.announces_pause(TWO, ahead=60, lasts=60)
    assert usual(alone) == before
    assert alone.estimate(PKB) is None
