"""Counters open, pause and close, and officers sit down and leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.vocabulary import CounterState, ErrorCode, OfficerId, PauseReason
from tests.support.builders import AYU, CITRA, KTP, ONE, SUPERVISOR
from tests.support.hall import Hall


def test_a_paused_counter_calls_nobody_until_it_opens_again(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.pauses(ONE, PauseReason.PRAYER)
    assert hall.refusal(lambda: hall.calls_next(ONE)) is ErrorCode.COUNTER_NOT_OPEN
    hall.opens(ONE)
    assert hall.calls_next(ONE) == ticket


def test_a_closed_counter_cannot_be_paused(hall: Hall) -> None:
    hall.closes(ONE)
    assert hall.refusal(lambda: hall.pauses(ONE)) is ErrorCode.COUNTER_NOT_OPEN
    assert hall.seated(ONE) == AYU


@pytest.mark.parametrize("verb", [Hall.pauses, Hall.closes, Hall.leaves])
def test_nobody_is_left_standing_at_a_counter(hall: Hall, verb: Callable[[Hall, str], None]) -> None:
    hall.takes_number(KTP)
    hall.calls_next(ONE)
    assert hall.refusal(lambda: verb(hall, ONE)) is ErrorCode.COUNTER_BUSY
    assert hall.counter_state(ONE) is CounterState.OPEN


def test_an_officer_who_leaves_closes_the_counter(hall: Hall) -> None:
    hall.leaves(ONE)
    assert hall.counter_state(ONE) is CounterState.CLOSED
    assert hall.seated(ONE) is None
    assert hall.refusal(lambda: hall.opens(ONE)) is ErrorCode.WRONG_STATE


def test_an_officer_sits_at_counters_of_the_own_agency_only(hall: Hall) -> None:
    hall.leaves(ONE)
    assert hall.refusal(lambda: hall.sits(CITRA, ONE)) is ErrorCode.FORBIDDEN
    assert hall.refusal(lambda: hall.sits(OfficerId("nobody"), ONE)) is ErrorCode.FORBIDDEN
    hall.sits(SUPERVISOR, ONE)
    assert hall.seated(ONE) == SUPERVISOR


def test_signing_in_again_changes_nothing(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.sits(AYU, ONE)
    assert hall.counter_state(ONE) is CounterState.OPEN
    assert hall.in_hand(ONE) == ticket
