"""Who is called, by whom, and that nobody is called twice or skipped."""

from __future__ import annotations

from shared.vocabulary import ErrorCode, LegState, Priority
from tests.support.builders import AKTA, KK, KTP, ONE, PKB, THREE, TWO
from tests.support.hall import Hall


def test_two_officers_who_press_next_at_once_get_two_visitors(hall: Hall) -> None:
    first, second = hall.takes_number(KTP), hall.takes_number(KTP)
    assert hall.presses_next(ONE, None) == first
    assert hall.presses_next(TWO, None) == second


def test_a_double_press_calls_once(hall: Hall) -> None:
    first, second = hall.takes_number(KTP), hall.takes_number(KTP)
    hall.presses_next(ONE, None)
    assert hall.refusal(lambda: hall.presses_next(ONE, None)) is ErrorCode.HAND_MISMATCH
    assert hall.in_hand(ONE) == first
    assert hall.state(second) is LegState.WAITING


def test_a_double_press_while_serving_finishes_and_calls_once(hall: Hall) -> None:
    first, second, third = (hall.takes_number(KTP) for _ in range(3))
    hall.calls_next(ONE)
    hall.serves(ONE, first)
    assert hall.presses_next(ONE, first) == second
    assert hall.refusal(lambda: hall.presses_next(ONE, first)) is ErrorCode.HAND_MISMATCH
    assert [hall.state(ticket) for ticket in (first, second, third)] == [
        LegState.SERVED,
        LegState.CALLED,
        LegState.WAITING,
    ]


def test_calling_next_does_not_let_the_last_visitor_go_when_nobody_follows(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.serves(ONE, ticket)
    assert hall.refusal(lambda: hall.calls_next(ONE)) is ErrorCode.NOBODY_WAITING
    assert hall.state(ticket) is LegState.SERVING


def test_who_was_called_and_has_not_come_is_not_passed_by_pressing_next(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.takes_number(KTP)
    hall.calls_next(ONE)
    assert hall.refusal(lambda: hall.calls_next(ONE)) is ErrorCode.WRONG_STATE
    assert hall.in_hand(ONE) == ticket


def test_a_counter_calls_from_all_lines_of_its_profile_by_arrival(hall: Hall) -> None:
    deed = hall.takes_number(AKTA)
    hall.passes(1)
    hall.takes_number(PKB)
    hall.passes(1)
    family_card = hall.takes_number(KK)
    assert hall.waiting(ONE) == [deed, family_card]
    assert hall.calls_next(ONE) == deed


def test_a_counter_does_not_call_for_another_agency(hall: Hall) -> None:
    hall.takes_number(KTP)
    assert hall.refusal(lambda: hall.calls_next(THREE)) is ErrorCode.NOBODY_WAITING


def test_priority_comes_before_who_arrived_a_little_earlier(hall: Hall) -> None:
    regular = hall.takes_number(KTP)
    hall.passes(5)
    elder = hall.takes_number(KTP, priority=Priority.PRIORITY)
    assert hall.waiting(ONE) == [elder, regular]
    assert hall.calls_next(ONE) == elder


def test_priority_does_not_come_before_who_has_waited_long(hall: Hall) -> None:
    regular = hall.takes_number(KTP)
    hall.passes(91)
    elder = hall.takes_number(KTP, priority=Priority.PRIORITY)
    assert hall.waiting(ONE) == [regular, elder]


def test_a_call_out_of_order_leaves_the_others_where_they_are(hall: Hall) -> None:
    first, second, third = (hall.takes_number(KTP) for _ in range(3))
    assert hall.calls_ticket(ONE, third) == third
    assert hall.waiting(ONE) == [first, second]


def test_a_given_ticket_of_another_counters_service_is_refused(hall: Hall) -> None:
    ticket = hall.takes_number(PKB)
    assert hall.refusal(lambda: hall.calls_ticket(ONE, ticket)) is ErrorCode.NOT_IN_PROFILE


def test_a_given_ticket_that_another_counter_has_in_hand_is_refused(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.calls_next(TWO)
    assert hall.refusal(lambda: hall.calls_ticket(ONE, ticket)) is ErrorCode.WRONG_STATE
    assert hall.in_hand(TWO) == ticket


def test_a_recall_is_counted_and_only_of_who_has_not_come(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.recalls(ONE, ticket)
    hall.recalls(ONE, ticket)
    assert hall.leg(ticket).calls == 3
    hall.serves(ONE, ticket)
    assert hall.refusal(lambda: hall.recalls(ONE, ticket)) is ErrorCode.WRONG_STATE
