"""A visitor comes, gets a number, is called, served and leaves."""

from __future__ import annotations

import pytest

from shared.vocabulary import CancelReason, ErrorCode, LegState, Outcome, PrinterFault, PrintState
from tests.support.builders import AKTA, KK, KTP, ONE, PKB, TWO
from tests.support.hall import Hall


def test_a_visitor_is_called_served_and_done(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    assert ticket == "A-001"
    hall.passes(12)
    assert hall.calls_next(ONE) == ticket
    hall.passes(1)
    hall.serves(ONE, ticket)
    hall.passes(9)
    hall.finishes(ONE, ticket)

    assert hall.state(ticket) is LegState.SERVED
    assert hall.in_hand(ONE) is None
    assert hall.served_today(ONE) == 1


@pytest.mark.parametrize("outcome", Outcome)
def test_a_visit_ends_with_the_outcome_that_the_officer_gave(hall: Hall, outcome: Outcome) -> None:
    ticket = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.serves(ONE, ticket)
    hall.finishes(ONE, ticket, outcome)
    assert hall.leg(ticket).outcome is outcome


def test_services_of_one_series_share_its_numbers_and_others_have_their_own(hall: Hall) -> None:
    tickets = [hall.takes_number(service) for service in (KTP, KK, AKTA, KTP, PKB)]
    assert tickets == ["A-001", "A-002", "B-001", "A-003", "T-001"]


def test_a_visitor_sees_the_line_before_them_shrink(hall: Hall) -> None:
    first, second, third = (hall.takes_number(KTP) for _ in range(3))
    assert [hall.ahead(ticket) for ticket in (first, second, third)] == [0, 1, 2]
    hall.calls_next(ONE)
    assert [hall.ahead(ticket) for ticket in (first, second, third)] == [0, 0, 1]


def test_the_expected_wait_grows_with_the_line_and_is_unknown_without_a_counter(hall: Hall) -> None:
    empty = hall.estimate(KTP)
    for _ in range(12):
        hall.takes_number(KTP)
    full = hall.estimate(KTP)
    assert empty is not None
    assert full is not None
    assert (empty.expected, full.expected) == (0, 60)  # 12 x 10 minutes of work for two counters
    assert empty.sure.high <= 5
    assert full.likely.low <= 60 <= full.likely.high < full.sure.high
    hall.closes(ONE)
    hall.closes(TWO)
    assert hall.estimate(KTP) is None


def test_a_visitor_gives_up_while_waiting(hall: Hall) -> None:
    ticket, other = hall.takes_number(KTP), hall.takes_number(KTP)
    hall.cancels(ticket)
    assert hall.state(ticket) is LegState.CANCELLED
    assert hall.calls_next(ONE) == other


def test_a_visit_at_a_counter_cannot_be_cancelled(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.calls_next(ONE)
    assert hall.refusal(lambda: hall.cancels(ticket)) is ErrorCode.VISIT_IN_HAND
    hall.serves(ONE, ticket)
    assert hall.refusal(lambda: hall.cancels(ticket)) is ErrorCode.VISIT_IN_HAND


def test_a_visit_that_is_over_cannot_be_cancelled(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.cancels(ticket, CancelReason.ISSUED_BY_MISTAKE)
    assert hall.refusal(lambda: hall.cancels(ticket)) is ErrorCode.WRONG_STATE


def test_a_ticket_without_paper_waits_like_any_other(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.printer_reports(ticket, PrintState.FAILED, PrinterFault.PAPER_OUT)
    assert hall.visit(ticket).print_state is PrintState.FAILED
    assert hall.calls_next(ONE) == ticket


def test_a_failed_copy_does_not_unprint_the_slip(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.printer_reports(ticket, PrintState.PRINTED)
    hall.printer_reports(ticket, PrintState.FAILED, PrinterFault.PAPER_OUT, copy=1)
    assert hall.visit(ticket).print_state is PrintState.PRINTED
