"""A supervisor steers the hall: moves, ends and corrects visits, closes services, counters and the day."""

from __future__ import annotations

import pytest

from server.app.ports import LobbyStore
from shared.vocabulary import CounterId, CounterState, ErrorCode, LegState, PauseReason, Priority, ServiceId
from tests.support.builders import AKTA, AYU, KK, KTP, ONE, PERMITS, PKB, TAX, THREE, TWO
from tests.support.hall import Hall
from tests.support.memory_store import MemoryStore


@pytest.fixture
def hall() -> Hall:
    """In memory: what each store keeps of all these verbs is in the first story."""
    return Hall(MemoryStore())


def test_every_store_keeps_what_a_supervisor_did_all_day(store: LobbyStore) -> None:
    hall = Hall(store)  # which reads everything back after every verb
    moved, elderly, called_off, missed, waits = (hall.takes_number(KTP) for _ in range(5))
    hall.moves(moved, AKTA, TWO)
    hall.corrects_priority(elderly)
    hall.calls_off(called_off)
    assert hall.calls_next(ONE) == elderly
    hall.serves(ONE, elderly)
    hall.finishes(ONE, elderly)
    assert hall.calls_next(ONE) == missed
    hall.marks_missed(ONE, missed)
    hall.reopens(missed)
    hall.closes_service(KTP)
    hall.closes_service(KK)
    hall.opens_service(KK)
    hall.stands(ONE, CounterState.PAUSED, PauseReason.EQUIPMENT)
    hall.says("Lift rusak", 10)
    hall.takes_back(hall.says("Parkir penuh", 10))
    hall.restarts()
    assert hall.bulletins() == ["Lift rusak"]
    assert hall.refusal(lambda: hall.takes_number(KTP)) is ErrorCode.SERVICE_CLOSED
    assert hall.takes_number(KK)
    assert hall.waiting(TWO) == [missed, waits, moved]
    ends = hall.closes_the_day()
    assert (ends.expired, ends.in_hand) == (4, 0)
    assert hall.state(waits) is LegState.EXPIRED


def test_a_moved_visitor_keeps_the_arrival_in_the_new_line(hall: Hall) -> None:
    moved = hall.takes_number(KTP)
    hall.passes(5)
    later = hall.takes_number(AKTA)
    hall.moves(moved, AKTA)
    assert hall.waiting(TWO) == [moved, later]
    assert hall.leg(moved).service == AKTA


def test_a_visitor_can_be_kept_for_one_counter_and_let_go_again(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.moves(ticket, KTP, TWO)
    assert hall.refusal(lambda: hall.calls_next(ONE)) is ErrorCode.NOBODY_WAITING
    assert hall.refusal(lambda: hall.moves(ticket, KTP, TWO)) is ErrorCode.WRONG_STATE
    hall.moves(ticket, KTP)
    assert hall.calls_next(ONE) == ticket


@pytest.mark.parametrize(
    ("service", "counter", "code"),
    [
        (ServiceId("nothing"), None, ErrorCode.UNKNOWN_SERVICE),
        (PKB, ONE, ErrorCode.NOT_IN_PROFILE),
        (KTP, None, ErrorCode.WRONG_STATE),
    ],
)
def test_nobody_is_moved_to_where_nobody_would_call_them(
    hall: Hall, service: ServiceId, counter: CounterId | None, code: ErrorCode
) -> None:
    ticket = hall.takes_number(KTP)
    assert hall.refusal(lambda: hall.moves(ticket, service, counter)) is code


def test_whoever_is_at_a_counter_is_neither_moved_nor_called_off(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.calls_next(ONE)
    assert hall.refusal(lambda: hall.moves(ticket, AKTA)) is ErrorCode.VISIT_IN_HAND
    assert hall.refusal(lambda: hall.calls_off(ticket)) is ErrorCode.VISIT_IN_HAND


def test_a_put_aside_visitor_can_be_sent_to_another_line(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.parks(ONE, ticket)
    hall.moves(ticket, PKB)
    assert hall.aside(ONE) == []
    assert hall.calls_next(THREE) == ticket


def test_a_head_calls_off_the_stops_at_the_own_agency_alone(hall: Hall) -> None:
    ticket = hall.takes_number(KTP, further=[PKB])
    hall.calls_off(ticket, TAX)
    assert hall.path(ticket) == {KTP: LegState.WAITING, PKB: LegState.CANCELLED}
    assert hall.refusal(lambda: hall.calls_off(ticket, TAX)) is ErrorCode.WRONG_STATE
    hall.calls_off(ticket)
    assert hall.state(ticket) is LegState.CANCELLED


def test_a_corrected_priority_gives_the_place_that_it_would_have_had(hall: Hall) -> None:
    first = hall.takes_number(KTP)
    hall.passes(5)
    elderly = hall.takes_number(KTP)
    hall.passes(30)
    equal = hall.takes_number(KTP, priority=Priority.PRIORITY)
    hall.corrects_priority(elderly)
    assert hall.waiting(ONE) == [elderly, first, equal] or hall.waiting(ONE) == [elderly, equal, first]
    assert hall.visit(elderly).priority is Priority.PRIORITY
    assert hall.leg(elderly).effective_at <= hall.leg(equal).effective_at, "equals leave as they came"
    hall.restarts()
    hall.corrects_priority(elderly, Priority.REGULAR)
    assert hall.leg(elderly).effective_at == hall.leg(elderly).arrival
    assert hall.refusal(lambda: hall.corrects_priority(elderly, Priority.REGULAR)) is ErrorCode.WRONG_STATE


def test_who_gave_a_place_up_does_not_get_it_back_by_a_corrected_priority(hall: Hall) -> None:
    ticket, others = hall.takes_number(KTP), [hall.takes_number(KTP) for _ in range(4)]
    hall.gives_way(ticket)
    place = hall.ahead(ticket)
    hall.corrects_priority(ticket)
    assert hall.ahead(ticket) == place > 0
    assert hall.waiting(ONE)[0] == others[0]


def test_a_missed_visit_is_reopened_at_its_old_place(hall: Hall) -> None:
    missed, next_ = hall.takes_number(KTP), hall.takes_number(KTP)
    hall.calls_next(ONE)
    assert hall.refusal(lambda: hall.reopens(missed)) is ErrorCode.WRONG_STATE
    hall.marks_missed(ONE, missed)
    hall.reopens(missed)
    assert hall.waiting(ONE) == [missed, next_]


def test_a_service_closed_by_hand_gives_no_numbers_and_serves_who_waits(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.closes_service(KTP)
    assert hall.refusal(lambda: hall.takes_number(KTP)) is ErrorCode.SERVICE_CLOSED
    assert hall.refusal(lambda: hall.takes_number(KK, further=[KTP])) is ErrorCode.SERVICE_CLOSED
    assert hall.refusal(lambda: hall.closes_service(KTP)) is ErrorCode.WRONG_STATE
    assert hall.calls_next(ONE) == ticket
    hall.restarts()
    hall.opens_service(KTP)
    assert hall.takes_number(KTP)
    assert hall.refusal(lambda: hall.opens_service(KTP)) is ErrorCode.WRONG_STATE


def test_a_closed_service_is_open_again_the_next_day(hall: Hall) -> None:
    hall.closes_service(KTP)
    hall.ends_the_day()
    hall.passes(24 * 60)
    hall.restarts()
    assert hall.takes_number(KTP)


def test_a_counter_is_paused_and_closed_from_afar_and_its_officer_stays(hall: Hall) -> None:
    hall.stands(ONE, CounterState.PAUSED, PauseReason.EQUIPMENT)
    assert hall.counter_state(ONE) is CounterState.PAUSED
    hall.stands(ONE, CounterState.OPEN)
    hall.stands(ONE, CounterState.CLOSED)
    assert (hall.counter_state(ONE), hall.seated(ONE)) == (CounterState.CLOSED, AYU)
    assert hall.refusal(lambda: hall.stands(ONE, CounterState.PAUSED)) is ErrorCode.COUNTER_NOT_OPEN


def test_nobody_loses_the_counter_in_front_of_them(hall: Hall) -> None:
    hall.takes_number(KTP)
    hall.calls_next(ONE)
    assert hall.refusal(lambda: hall.stands(ONE, CounterState.CLOSED)) is ErrorCode.COUNTER_BUSY
    assert hall.refusal(lambda: hall.stands(ONE, CounterState.PAUSED)) is ErrorCode.COUNTER_BUSY


def test_what_was_said_to_the_hall_stands_until_its_end_or_until_it_is_taken_back(hall: Hall) -> None:
    first, _ = hall.says("Lift rusak", 10), hall.says("Parkir penuh", 30)
    assert hall.bulletins() == ["Lift rusak", "Parkir penuh"]
    hall.takes_back(first)
    assert hall.refusal(lambda: hall.takes_back(first)) is ErrorCode.WRONG_STATE
    hall.restarts()
    assert hall.bulletins() == ["Parkir penuh"]
    hall.passes(31)
    assert hall.bulletins() == []


def test_the_day_closes_early_and_whoever_is_at_a_counter_is_served_out(hall: Hall) -> None:
    served, waits = hall.takes_number(KTP), hall.takes_number(KTP)
    hall.calls_next(ONE)
    ends = hall.closes_the_day()
    assert (ends.expired, ends.in_hand, ends.counters) == (1, 1, 2)
    assert hall.state(waits) is LegState.EXPIRED
    assert [hall.counter_state(one) for one in (ONE, TWO, THREE)] == [
        CounterState.OPEN,
        CounterState.CLOSED,
        CounterState.CLOSED,
    ]
    assert hall.refusal(lambda: hall.takes_number(PKB)) is ErrorCode.SERVICE_CLOSED
    hall.serves(ONE, served)
    hall.finishes(ONE, served)
    assert hall.state(served) is LegState.SERVED
    hall.closes(ONE)
    assert hall.refusal(hall.closes_the_day) is ErrorCode.WRONG_STATE


def test_an_agency_closes_its_day_and_the_others_go_on(hall: Hall) -> None:
    both_ = hall.takes_number(KTP, further=[PKB])
    ends = hall.closes_the_day(PERMITS)
    assert ends.expired == 1
    assert hall.path(both_) == {KTP: LegState.EXPIRED, PKB: LegState.WAITING}
    assert hall.counter_state(ONE) is CounterState.CLOSED
    assert hall.counter_state(THREE) is CounterState.OPEN
    assert hall.calls_next(THREE) == both_
    assert hall.takes_number(PKB)
