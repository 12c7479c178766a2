"""The laws of the trade: whatever people press, in whatever order, the lobby stays right."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from server.domain.lobby import Lobby
from shared.vocabulary import (
    Priority,
)
from tests.support.builders import (
    DESK,
    NINE,
    ONE,
    TODAY,
    TWO,
    a_catalogue,
    a_lobby,
    call,
    issue,
    minutes,
)
from tests.unit.server.domain.any_days import RULE, AnyDays

if TYPE_CHECKING:
    from _typeshed import TraceFunction


test_laws_3_4_8_11_hold_whatever_people_press = AnyDays.TestCase
test_laws_3_4_8_11_hold_whatever_people_press.settings = settings(
    max_examples=40, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.faults
def test_laws_3_4_8_11_hold_also_for_many_more_days() -> None:
    run_state_machine_as_test(
        AnyDays,
        settings=settings(
            max_examples=300, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_law_3_numbers_come_from_the_sequence_that_was_stored() -> None:
    lobby = Lobby.restore(a_catalogue(), TODAY, (), (), {"A": 41})
    assert issue(lobby).ticket == "A-042"
    assert lobby.take_changes().sequences == {"A": 42}


def test_law_11_nobody_starves_behind_a_stream_of_priority_visitors() -> None:
    lobby = a_lobby(["A-001"], open_counters=[ONE])
    now = NINE
    called = []
    while "A-001" not in called:
        issue(lobby, priority=Priority.PRIORITY, now=now)
        called.append(lobby.visit_of(call(lobby, now=now).id).ticket)
        hand = lobby.in_hand(ONE)
        assert hand is not None
        lobby.serve(ONE, hand.id, now, DESK)
        now += minutes(5)
    assert now - NINE <= RULE.most + minutes(5)


@pytest.mark.parametrize("verb", ["issue", "call_next", "estimate", "ahead"])
def test_law_14_a_command_costs_the_same_in_a_full_hall(verb: str) -> None:
    """Counted in lines of Python, so that the test cannot be slow or lucky."""
    assert _lines_run(verb, a_hall_of(2_000)) == _lines_run(verb, a_hall_of(100))


def a_hall_of(people: int) -> Lobby:
    lobby = a_lobby(open_counters=[ONE, TWO])
    for _ in range(people):
        issue(lobby)
    serving = call(lobby)
    lobby.serve(ONE, serving.id, NINE, DESK)
    return lobby


def _lines_run(verb: str, lobby: Lobby) -> int:
    last = list(lobby.visits.values())[-1].last_leg.id
    commands: dict[str, Callable[[], object]] = {
        "issue": lambda: issue(lobby),
        "call_next": lambda: call(lobby),
        "estimate": lambda: lobby.estimate_of(last, NINE),
        "ahead": lambda: lobby.ahead(last),
    }
    lines = 0

    def count(frame: FrameType, happened: str, argument: object) -> TraceFunction:
        nonlocal lines
        lines += happened == "line"
        return count

    before = sys.gettrace()
    gc.disable()  # hypothesis looks on while garbage is collected, in lines of Python
    sys.settrace(count)
    try:
        commands[verb]()
    finally:
        sys.settrace(before)
        gc.enable()
    return lines
