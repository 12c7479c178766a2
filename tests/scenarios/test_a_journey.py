"""A visitor has several things to do: one number, a place in every line, and one counter at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.app.ports import LobbyStore
from server.domain.catalogue import Catalogue
from shared.vocabulary import CallReason, ErrorCode, LegState, PassedReason, Priority, ServiceId
from tests.support.builders import AKTA, KK, KTP, ONE, PKB, THREE, TWO, a_catalogue
from tests.support.hall import Hall

WAITING, BOOKED, CALLED, SERVED = LegState.WAITING, LegState.BOOKED, LegState.CALLED, LegState.SERVED


def ordered(*, most_stops: int = 5) -> Catalogue:
    """The tax (PKB) is paid once the deed (AKTA) is there, and the family card (KK) once the tax is paid."""
    catalogue = a_catalogue()
    services = dict(catalogue.services)
    services[PKB] = replace(services[PKB], after=(AKTA,))
    services[KK] = replace(services[KK], after=(PKB,))
    return replace(catalogue, services=services, site=replace(catalogue.site, most_stops=most_stops))


@pytest.fixture
def ordered_hall(store: LobbyStore) -> Hall:
    return Hall(store, ordered())


def is_served(hall: Hall, counter: str, ticket: str) -> None:
    at = next(one for one in (ONE, TWO, THREE) if one == counter)
    assert hall.calls_next(at) == ticket
    hall.serves(at, ticket)
    hall.finishes(at, ticket)


def test_one_number_waits_in_all_its_lines_at_once(hall: Hall) -> None:
    hall.takes_number(PKB)
    ticket = hall.takes_number(KTP, further=[PKB, KK])
    assert ticket == "A-001", "the series is that of the first service chosen"
    assert hall.path(ticket) == {KTP: WAITING, PKB: WAITING, KK: WAITING}
    assert [hall.ahead_at(ticket, service) for service in (KTP, PKB, KK)] == [0, 1, 0]
    assert hall.takes_number(PKB) == "T-002", "a stop takes no number of its series"


def test_whichever_counter_is_free_first_calls_and_no_other_then(hall: Hall) -> None:
    ticket = hall.takes_number(KTP, further=[PKB])
    hall.passes(3)
    assert hall.calls_next(THREE) == ticket
    assert hall.path(ticket) == {KTP: WAITING, PKB: CALLED}
    assert hall.refusal(lambda: hall.calls_next(ONE)) is ErrorCode.NOBODY_WAITING
    by_ticket = hall.refusal(lambda: hall.calls_ticket(ONE, ticket, CallReason.SUPERVISOR, KTP))
    assert by_ticket is ErrorCode.VISIT_IN_HAND


def test_the_place_in_the_other_lines_is_kept_meanwhile(hall: Hall) -> None:
    hall.closes(TWO)
    ticket = hall.takes_number(KTP, further=[PKB])
    behind = hall.takes_number(KTP)
    third = hall.takes_number(KTP)
    is_served_from = hall.calls_next(THREE)
    assert is_served_from == ticket
    assert hall.waiting(ONE) == [ticket, behind, third], "seen in line, but not to be called"
    assert hall.calls_next(ONE) == behind
    why = hall.why_called(behind)
    assert (why["passed_over"], why[f"passed_{PassedReason.ELSEWHERE.value}"]) == (1, 1)
    hall.serves(THREE, ticket)
    hall.finishes(THREE, ticket)
    hall.serves(ONE, behind)
    assert hall.calls_next(ONE) == ticket, "the old place, before the one who came third"
    assert hall.ahead(third) == 0


def test_a_parked_visitor_is_called_nowhere_else_until_it_is_over(hall: Hall) -> None:
    ticket = hall.takes_number(KTP, further=[PKB])
    hall.calls_next(THREE)
    hall.parks(THREE, ticket, "copies")
    assert hall.refusal(lambda: hall.calls_next(ONE)) is ErrorCode.NOBODY_WAITING
    hall.resumes(THREE, ticket)
    hall.marks_missed(THREE, ticket)
    assert hall.calls_next(ONE) == ticket, "missed at one counter, still in the other line"


def test_a_missed_stop_comes_back_while_the_others_go_on(hall: Hall) -> None:
    ticket = hall.takes_number(KTP, further=[PKB])
    hall.calls_next(THREE)
    hall.marks_missed(THREE, ticket)
    hall.comes_back(ticket)
    assert hall.path(ticket) == {KTP: WAITING, PKB: WAITING}
    hall.calls_next(ONE)
    assert hall.refusal(lambda: hall.calls_next(THREE)) is ErrorCode.NOBODY_WAITING


def test_the_next_stop_at_the_same_counter_follows_at_once(hall: Hall) -> None:
    hall.closes(TWO)
    ticket = hall.takes_number(KTP, further=[KK])
    later = hall.takes_number(KTP)
    assert hall.calls_next(ONE) == ticket
    hall.serves(ONE, ticket)
    assert hall.calls_next(ONE) == ticket
    assert hall.path(ticket) == {KTP: SERVED, KK: CALLED}
    hall.serves(ONE, ticket)
    assert hall.calls_next(ONE) == later


def test_the_catalogue_says_what_comes_first(ordered_hall: Hall) -> None:
    hall = ordered_hall
    ticket = hall.takes_number(PKB, further=[KK, AKTA])
    assert ticket == "T-001", "the series of the first one chosen, though it is not the first on the path"
    assert hall.path(ticket) == {AKTA: WAITING, PKB: BOOKED, KK: BOOKED}
    assert hall.refusal(lambda: hall.calls_next(THREE)) is ErrorCode.NOBODY_WAITING
    came_later = hall.takes_number(PKB)
    hall.passes(10)
    is_served(hall, ONE, ticket)
    assert hall.path(ticket) == {AKTA: SERVED, PKB: WAITING, KK: BOOKED}
    assert hall.waiting(THREE) == [ticket, came_later], "the arrival is kept"
    is_served(hall, THREE, ticket)
    is_served(hall, ONE, ticket)
    assert set(hall.path(ticket).values()) == {SERVED}


def test_an_order_matters_only_between_what_was_chosen(ordered_hall: Hall) -> None:
    ticket = ordered_hall.takes_number(KTP, further=[PKB])
    assert ordered_hall.path(ticket) == {KTP: WAITING, PKB: WAITING}


def test_a_transfer_goes_on_within_its_stop(ordered_hall: Hall) -> None:
    hall = ordered_hall
    ticket = hall.takes_number(KTP, further=[AKTA, PKB])
    hall.calls_ticket(ONE, ticket, service=AKTA)
    assert hall.refusal(lambda: hall.transfers(ONE, ticket, PKB)) is ErrorCode.ALREADY_CHOSEN
    hall.transfers(ONE, ticket, KK)
    assert hall.path(ticket) == {KTP: WAITING, KK: WAITING, PKB: BOOKED}, "the tax waits for what the deed became"
    hall.calls_ticket(ONE, ticket, service=KK)
    hall.serves(ONE, ticket)
    hall.finishes(ONE, ticket)
    assert hall.path(ticket) == {KTP: WAITING, KK: SERVED, PKB: WAITING}


def test_a_missed_stop_holds_back_what_comes_after_it(ordered_hall: Hall) -> None:
    hall = ordered_hall
    ticket = hall.takes_number(AKTA, further=[PKB])
    hall.calls_next(ONE)
    hall.marks_missed(ONE, ticket)
    assert hall.path(ticket)[PKB] is BOOKED
    hall.returns(ONE, ticket)
    is_served(hall, ONE, ticket)
    assert hall.path(ticket)[PKB] is WAITING


def test_an_officer_adds_a_service_to_the_number_in_hand(hall: Hall) -> None:
    before = hall.takes_number(PKB)
    ticket = hall.takes_number(KTP)
    hall.passes(5)
    hall.calls_next(ONE)
    hall.adds_stop(ONE, PKB)
    assert hall.path(ticket) == {KTP: CALLED, PKB: WAITING}
    assert hall.calls_next(THREE) == before
    hall.serves(THREE, before)
    assert hall.refusal(lambda: hall.calls_next(THREE)) is ErrorCode.NOBODY_WAITING
    hall.serves(ONE, ticket)
    hall.finishes(ONE, ticket)
    assert hall.calls_next(THREE) == ticket


def test_a_service_added_counts_from_when_it_was_added(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.passes(10)
    first = hall.takes_number(PKB)
    hall.passes(1)
    hall.calls_next(ONE)
    hall.adds_stop(ONE, PKB)
    assert hall.waiting(THREE) == [first, ticket], "nobody jumps a line by way of another counter"


def test_a_service_added_waits_for_the_one_in_hand_where_the_catalogue_says_so(ordered_hall: Hall) -> None:
    hall = ordered_hall
    ticket = hall.takes_number(AKTA)
    hall.calls_next(ONE)
    hall.adds_stop(ONE, PKB)
    assert hall.path(ticket) == {AKTA: CALLED, PKB: BOOKED}
    hall.serves(ONE, ticket)
    hall.finishes(ONE, ticket)
    assert hall.path(ticket) == {AKTA: SERVED, PKB: WAITING}


def test_nothing_is_chosen_twice_or_without_end(store: LobbyStore) -> None:
    hall = Hall(store, ordered(most_stops=2))
    refusal = hall.refusal
    assert refusal(lambda: hall.takes_number(KTP, further=[KTP])) is ErrorCode.ALREADY_CHOSEN
    assert refusal(lambda: hall.takes_number(KTP, further=[KK, PKB])) is ErrorCode.TOO_MANY_STOPS
    assert refusal(lambda: hall.takes_number(KTP, further=[ServiceId("no")])) is ErrorCode.UNKNOWN_SERVICE
    hall.takes_number(KTP, further=[PKB])
    hall.calls_next(ONE)
    assert refusal(lambda: hall.adds_stop(ONE, PKB)) is ErrorCode.ALREADY_CHOSEN
    assert refusal(lambda: hall.adds_stop(ONE, KK)) is ErrorCode.TOO_MANY_STOPS
    assert hall.count() == 1


def test_cancelling_and_the_end_of_the_day_end_every_stop(ordered_hall: Hall) -> None:
    hall = ordered_hall
    gives_up, stays = hall.takes_number(KTP, further=[AKTA, PKB]), hall.takes_number(AKTA, further=[PKB])
    hall.calls_next(ONE)
    assert hall.refusal(lambda: hall.cancels(gives_up)) is ErrorCode.VISIT_IN_HAND
    hall.marks_missed(ONE, gives_up)
    hall.cancels(gives_up)
    assert hall.path(gives_up) == {KTP: LegState.MISSED, AKTA: LegState.CANCELLED, PKB: LegState.CANCELLED}
    hall.ends_the_day()
    assert set(hall.path(stays).values()) == {LegState.EXPIRED}


def test_a_new_catalogue_without_the_order_lets_the_later_stop_wait(ordered_hall: Hall) -> None:
    hall = ordered_hall
    ticket = hall.takes_number(AKTA, further=[PKB])
    hall.publishes(a_catalogue(version=2))
    assert hall.path(ticket) == {AKTA: WAITING, PKB: WAITING}


def test_priority_counts_in_every_line(hall: Hall) -> None:
    for _ in range(3):
        hall.takes_number(KTP)
        hall.takes_number(PKB)
    hall.passes(5)
    ticket = hall.takes_number(KTP, priority=Priority.PRIORITY, further=[PKB])
    assert hall.calls_next(TWO) == ticket
    assert hall.ahead_at(ticket, PKB) == 0
