"""Calling rules, and what is written down about a call."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.calling import CallingRule, FirstComeFirstServed, HeadStart, StrictPriority
from shared.vocabulary import CallReason, Priority
from tests.support.builders import AKTA, DESK, KTP, NINE, ONE, TWO, a_lobby, call, issue, leg_of, minutes, transfer


@pytest.mark.parametrize("rule", [HeadStart(), FirstComeFirstServed(), StrictPriority()])
def test_no_rule_gives_a_regular_visitor_a_head_start(rule: CallingRule) -> None:
    assert rule.head_start(Priority.REGULAR, minutes(60)) == timedelta(0)


@pytest.mark.parametrize(
    ("wait", "head_start"), [(0, 15), (20, 15), (30, 20), (60, 40), (90, 60), (135, 90), (600, 90)]
)
def test_priority_is_ahead_by_two_thirds_of_the_wait_within_bounds(wait: int, head_start: int) -> None:
    assert HeadStart().head_start(Priority.PRIORITY, minutes(wait)) == minutes(head_start)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=12)))
def test_no_head_start_exceeds_its_bound(wait: timedelta) -> None:
    rule = HeadStart()
    assert rule.least <= rule.head_start(Priority.PRIORITY, wait) <= rule.most


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        pytest.param(HeadStart(), ["A-002", "A-001"], id="head start"),
        pytest.param(FirstComeFirstServed(), ["A-001", "A-002"], id="first come"),
        pytest.param(StrictPriority(), ["A-002", "A-001"], id="strict"),
    ],
)
def test_a_rule_orders_the_line(rule: CallingRule, order: list[str]) -> None:
    lobby = a_lobby(["A-001"], rule=rule)
    issue(lobby, priority=Priority.PRIORITY)
    assert [lobby.visit_of(leg.id).ticket for leg in lobby.line(KTP)] == order


def test_a_call_says_by_which_rule_and_that_nobody_was_passed_over() -> None:
    lobby = a_lobby(["A-001", "A-002"])
    call(lobby)
    [fact] = lobby.take_changes().facts
    assert fact.why == {
        "rule": "head_start",
        "arrival": (NINE - minutes(2)).isoformat(),
        "effective_at": (NINE - minutes(2)).isoformat(),
        "order": 1,
        "passed_over": 0,
    }


def test_a_call_says_who_was_overtaken_by_a_head_start_and_names_the_first_three() -> None:
    lobby = a_lobby(["A-001", "A-002", "B-001", "A-003"])
    issue(lobby, priority=Priority.PRIORITY)
    call(lobby)
    why = lobby.take_changes().facts[-1].why
    assert (why["passed_over"], why["passed_head_start"]) == (4, 4)
    assert why["passed"] == "A-001:head_start A-002:head_start B-001:head_start"


def test_a_call_says_who_was_left_for_another_counter() -> None:
    lobby = a_lobby(["A-001", "B-001"])
    call(lobby, TWO)
    transfer(lobby, TWO, AKTA, only_counter=TWO)
    call(lobby, ONE)
    why = lobby.take_changes().facts[-1].why
    assert (why["passed_over"], why["passed_other_counter"], why["passed"]) == (1, 1, "A-001:other_counter")


def test_what_is_written_about_a_call_does_not_grow_with_the_hall() -> None:
    lobby = a_lobby(open_counters=[ONE])
    for _ in range(500):
        issue(lobby)
    issue(lobby, priority=Priority.PRIORITY)
    call(lobby)
    why = lobby.take_changes().facts[-1].why
    assert why["passed_over"] == 500
    assert len(str(why)) < 400


def test_a_call_out_of_order_says_why_and_before_how_many() -> None:
    lobby = a_lobby(["A-001", "A-002", "A-003"])
    wanted = leg_of(lobby, "A-003").id
    lobby.call_ticket(ONE, wanted, CallReason.PAPERS_BROUGHT, in_hand=None, now=NINE, actor=DESK)
    why = lobby.take_changes().facts[-1].why
    assert why["rule"] == "by_ticket"
    assert why["reason"] == "papers_brought"
    assert (why["passed_over"], why["passed"]) == (2, "A-001:by_ticket A-002:by_ticket")
