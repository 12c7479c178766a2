"""Transfers, papers that are missing, visitors who do not come."""

from __future__ import annotations

import pytest

from shared.vocabulary import CounterId, ErrorCode, LegState, ServiceId
from tests.support.builders import AKTA, AYU, BUDI, KK, KTP, ONE, PKB, THREE, TWO
from tests.support.hall import Hall


def _serving(hall: Hall, counter: CounterId = ONE, service: ServiceId = KTP) -> str:
    ticket = hall.takes_number(service)
    hall.calls_next(counter)
    hall.serves(counter, ticket)
    return ticket


def test_an_officer_transfers_a_visitor_to_another_agency_who_keeps_the_arrival(hall: Hall) -> None:
    visitor = _serving(hall)
    hall.passes(10)
    earlier_there = hall.takes_number(PKB)
    hall.passes(10)
    hall.transfers(ONE, visitor, PKB)

    assert hall.in_hand(ONE) is None
    assert [leg.state for leg in hall.visit(visitor).legs] == [LegState.TRANSFERRED, LegState.WAITING]
    assert hall.waiting(THREE) == [visitor, earlier_there]
    assert hall.calls_next(THREE) == visitor


def test_a_transfer_to_one_counter_is_seen_by_its_colleagues_but_called_there_only(hall: Hall) -> None:
    visitor = _serving(hall)
    hall.transfers(ONE, visitor, AKTA, only_counter=TWO)
    other = hall.takes_number(AKTA)

    assert hall.waiting(ONE) == [visitor, other]
    assert hall.refusal(lambda: hall.calls_ticket(ONE, visitor)) is ErrorCode.NOT_IN_PROFILE
    assert hall.calls_next(ONE) == other
    assert hall.calls_next(TWO) == visitor


def test_a_visitor_can_be_sent_to_a_colleague_for_the_same_service(hall: Hall) -> None:
    visitor = _serving(hall)
    hall.transfers(ONE, visitor, KTP, only_counter=TWO)
    assert hall.refusal(lambda: hall.calls_next(ONE)) is ErrorCode.NOBODY_WAITING
    assert hall.calls_next(TWO) == visitor


@pytest.mark.parametrize(
    ("service", "counter", "code"),
    [
        pytest.param(KTP, None, ErrorCode.WRONG_STATE, id="where-it-is"),
        pytest.param(KTP, ONE, ErrorCode.WRONG_STATE, id="to-oneself"),
        pytest.param(ServiceId("nothing"), None, ErrorCode.UNKNOWN_SERVICE, id="unknown-service"),
        pytest.param(PKB, CounterId("c9"), ErrorCode.UNKNOWN_COUNTER, id="unknown-counter"),
        pytest.param(KK, TWO, ErrorCode.NOT_IN_PROFILE, id="counter-does-not-serve-it"),
    ],
)
def test_a_transfer_that_leads_nowhere_is_refused(
    hall: Hall, service: ServiceId, counter: CounterId | None, code: ErrorCode
) -> None:
    visitor = _serving(hall)
    assert hall.refusal(lambda: hall.transfers(ONE, visitor, service, only_counter=counter)) is code
    assert hall.in_hand(ONE) == visitor


def test_papers_are_fetched_while_the_counter_serves_others(hall: Hall) -> None:
    visitor = _serving(hall)
    hall.parks(ONE, visitor, "KK asli")
    assert hall.aside(ONE) == [visitor]
    assert hall.leg(visitor).note == "KK asli"

    other = _serving(hall)
    assert hall.refusal(lambda: hall.resumes(ONE, visitor)) is ErrorCode.COUNTER_BUSY
    hall.finishes(ONE, other)
    hall.resumes(ONE, visitor)
    assert hall.state(visitor) is LegState.CALLED
    assert hall.leg(visitor).calls == 1
    hall.serves(ONE, visitor)
    hall.finishes(ONE, visitor)
    assert hall.served_today(ONE) == 2


def test_a_parked_visitor_belongs_to_the_counter_that_parked_them(hall: Hall) -> None:
    visitor = _serving(hall)
    hall.parks(ONE, visitor)
    assert hall.refusal(lambda: hall.resumes(TWO, visitor)) is ErrorCode.NOT_IN_PROFILE


def test_a_parked_visitor_follows_the_officer_who_moves(hall: Hall) -> None:
    visitor = _serving(hall)
    hall.parks(ONE, visitor)
    hall.leaves(TWO)
    hall.sits(AYU, TWO)
    hall.opens(TWO)
    assert hall.aside(TWO) == [visitor]
    hall.resumes(TWO, visitor)
    assert hall.in_hand(TWO) == visitor


def test_a_parked_visitor_may_give_up(hall: Hall) -> None:
    visitor = _serving(hall)
    hall.parks(ONE, visitor)
    hall.cancels(visitor)
    assert hall.state(visitor) is LegState.CANCELLED
    assert hall.aside(ONE) == []


def test_who_does_not_come_is_missed_and_comes_back_to_the_old_place(hall: Hall) -> None:
    late, other = hall.takes_number(KTP), hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.recalls(ONE, late)
    hall.marks_missed(ONE, late)
    assert hall.aside(ONE) == [late]

    hall.passes(20)
    hall.returns(ONE, late)
    assert hall.waiting(ONE) == [late, other]
    assert hall.calls_next(TWO) == late
    assert hall.leg(late).missed == 1


def test_any_counter_of_the_service_may_take_a_missed_visitor_back_but_no_other(hall: Hall) -> None:
    late = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.marks_missed(ONE, late)
    assert hall.refusal(lambda: hall.returns(THREE, late)) is ErrorCode.NOT_IN_PROFILE
    hall.returns(TWO, late)
    assert hall.waiting(TWO) == [late]
    assert hall.aside(ONE) == []


def test_who_is_being_served_is_not_missed(hall: Hall) -> None:
    visitor = _serving(hall)
    assert hall.refusal(lambda: hall.marks_missed(ONE, visitor)) is ErrorCode.WRONG_STATE


def test_a_missed_visitor_is_not_called_as_if_waiting(hall: Hall) -> None:
    late = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.marks_missed(ONE, late)
    assert hall.refusal(lambda: hall.calls_ticket(ONE, late)) is ErrorCode.WRONG_STATE


def test_an_officer_who_moves_keeps_the_visitor_whom_they_had_in_hand(hall: Hall) -> None:
    visitor = _serving(hall)
    hall.sits(AYU, TWO, take_over=True)
    assert hall.in_hand(ONE) is None
    assert hall.seated(ONE) is None
    assert hall.aside(TWO) == [visitor]
    hall.resumes(TWO, visitor)
    assert hall.in_hand(TWO) == visitor


def test_a_colleague_who_takes_a_counter_over_finds_the_visitor_in_hand(hall: Hall) -> None:
    visitor = _serving(hall)
    assert hall.refusal(lambda: hall.sits(BUDI, ONE)) is ErrorCode.COUNTER_TAKEN
    hall.sits(BUDI, ONE, take_over=True)
    assert hall.seated(ONE) == BUDI
    assert hall.in_hand(ONE) == visitor
    hall.finishes(ONE, visitor)
