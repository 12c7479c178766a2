"""A fair order: misses, returns, giving way, needs, helping out; and every call says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from server.app.ports import LobbyStore
from server.domain.calling import FirstComeFirstServed, StrictPriority
from server.domain.calling_order import CallingOrder
from server.domain.catalogue import Catalogue
from server.domain.early_calls import CalledBefore
from shared.vocabulary import CallReason, ErrorCode, LegState, Need, Priority
from tests.support.builders import AKTA, KTP, ONE, PERMITS, PKB, TAX, THREE, TWO, a_catalogue
from tests.support.hall import Hall

UsualHall = Callable[..., Hall]


@pytest.fixture
def hall_that_calls(store: LobbyStore) -> UsualHall:
    """A hall that gives visitors their time; what a story is about may be another."""

    def made(catalogue: Catalogue | None = None, **calling: object) -> Hall:
        usual = catalogue or a_catalogue(walking_seconds=60)
        order = replace(CallingOrder(), **calling)  # type: ignore[arg-type]
        return Hall(store, replace(usual, site=replace(usual.site, calling=order)))

    return made


# --- the rule of a site, and of an agency ---


def test_an_agency_may_call_by_another_rule_than_the_site(hall_that_calls: UsualHall) -> None:
    usual = a_catalogue()
    tax = replace(usual.agencies[TAX], calling=CallingOrder(rule=FirstComeFirstServed()))
    hall = hall_that_calls(replace(usual, agencies={**usual.agencies, TAX: tax}), rule=StrictPriority())
    assert PERMITS in hall.catalogue.agencies
    card, tax_first = hall.takes_number(KTP), hall.takes_number(PKB)
    hall.passes(300)
    elder, tax_elder = (hall.takes_number(service, priority=Priority.PRIORITY) for service in (KTP, PKB))
    assert hall.waiting(ONE) == [elder, card]
    assert hall.waiting(THREE) == [tax_first, tax_elder]
    hall.calls_next(ONE)
    assert hall.why_called(elder)["rule"] == "strict_priority"


# --- called, not there, and back ---


def test_a_call_is_repeated_after_a_moment_and_three_times_at_most(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()
    ticket = hall.takes_number(KTP)
    hall.calls_next(ONE)
    assert hall.refusal(lambda: hall.recalls(ONE, ticket)) is ErrorCode.TOO_SOON
    for _ in range(3):
        hall.passes(0.2)
        hall.recalls(ONE, ticket)
    hall.passes(5)
    assert hall.refusal(lambda: hall.recalls(ONE, ticket)) is ErrorCode.RECALL_LIMIT


def test_a_visitor_is_missed_only_when_there_was_time_to_walk(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()  # thirty seconds, and a minute to the zone
    ticket = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.passes(1.4)
    assert hall.refusal(lambda: hall.marks_missed(ONE, ticket)) is ErrorCode.TOO_SOON
    hall.passes(0.1)
    hall.marks_missed(ONE, ticket)


def test_a_wheelchair_has_more_time(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()
    ticket = hall.takes_number(KTP, needs=(Need.WHEELCHAIR,))
    hall.calls_next(ONE)
    hall.passes(1.5)
    assert hall.refusal(lambda: hall.marks_missed(ONE, ticket)) is ErrorCode.TOO_SOON
    hall.passes(1)
    hall.marks_missed(ONE, ticket)


def test_a_missed_visitor_comes_back_after_the_next_three_calls_and_nobody_else_changes_places(
    hall_that_calls: UsualHall,
) -> None:
    hall = hall_that_calls()
    late, *others = (_takes_number_a_minute_later(hall) for _ in range(6))
    hall.calls_next(ONE)
    hall.passes(2)
    hall.marks_missed(ONE, late)
    hall.comes_back(late)
    assert hall.waiting(ONE) == [*others[:3], late, *others[3:]]
    assert hall.leg(late).arrival < hall.leg(late).effective_at
    hall.restarts()
    assert hall.waiting(ONE) == [*others[:3], late, *others[3:]]


def test_who_comes_back_into_an_empty_line_is_next(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()
    late = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.passes(2)
    hall.marks_missed(ONE, late)
    hall.comes_back(late)
    assert hall.calls_next(ONE) == late


@pytest.mark.parametrize("allowed", [1, 2])
def test_a_visitor_comes_back_as_often_as_the_hall_allows(hall_that_calls: UsualHall, allowed: int) -> None:
    hall = hall_that_calls(returns=allowed)
    late = hall.takes_number(KTP)
    for _ in range(allowed):
        hall.calls_next(ONE)
        hall.passes(2)
        hall.marks_missed(ONE, late)
        hall.comes_back(late)
    hall.calls_next(ONE)
    hall.passes(2)
    hall.marks_missed(ONE, late)
    assert hall.refusal(lambda: hall.comes_back(late)) is ErrorCode.USED_UP
    hall.returns(ONE, late)
    assert hall.state(late) is LegState.WAITING, "an officer still may"


def test_only_a_missed_visitor_comes_back(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()
    ticket = hall.takes_number(KTP)
    assert hall.refusal(lambda: hall.comes_back(ticket)) is ErrorCode.WRONG_STATE


# --- giving way ---


def test_a_visitor_lets_three_go_first_once(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()
    one, two, three, four, five = (_takes_number_a_minute_later(hall) for _ in range(5))
    hall.gives_way(one)
    assert hall.waiting(ONE) == [two, three, four, one, five]
    assert hall.refusal(lambda: hall.gives_way(one)) is ErrorCode.USED_UP


def test_who_gives_way_with_fewer_behind_goes_to_the_end_and_stays_before_who_comes_later(
    hall_that_calls: UsualHall,
) -> None:
    hall = hall_that_calls()
    one, two = (_takes_number_a_minute_later(hall) for _ in range(2))
    hall.gives_way(one)
    later = _takes_number_a_minute_later(hall)
    assert hall.waiting(ONE) == [two, one, later]


def test_there_must_be_somebody_to_give_way_to(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()
    alone = hall.takes_number(KTP)
    assert hall.refusal(lambda: hall.gives_way(alone)) is ErrorCode.NOBODY_BEHIND
    _takes_number_a_minute_later(hall)
    hall.gives_way(alone)


def test_a_hall_may_do_without_giving_way(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls(give_way=0)
    first, _ = _takes_number_a_minute_later(hall), _takes_number_a_minute_later(hall)
    assert hall.refusal(lambda: hall.gives_way(first)) is ErrorCode.USED_UP


# --- needs ---


def test_a_wheelchair_is_called_by_the_counter_that_it_reaches(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls(_where(ONE, can_serve=frozenset({Need.DEAF})))
    wheelchair = _takes_number_a_minute_later(hall, needs=(Need.WHEELCHAIR,))
    walks = _takes_number_a_minute_later(hall)
    assert hall.calls_next(ONE) == walks
    assert hall.why_called(walks)["passed"] == f"{wheelchair}:needs"
    assert hall.refusal(lambda: hall.calls_ticket(TWO, walks)) is ErrorCode.WRONG_STATE
    assert hall.calls_next(TWO) == wheelchair


def test_a_need_that_no_counter_of_the_service_meets_keeps_nobody_waiting(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls(_where(THREE, can_serve=frozenset()))
    wheelchair = hall.takes_number(PKB, needs=(Need.WHEELCHAIR,))
    assert hall.calls_next(THREE) == wheelchair


# --- helping out ---


def test_a_counter_helps_while_its_own_line_is_short(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls(_where(THREE, helps=(KTP,), helping_minutes=10, helps_below=2))
    cards = [_takes_number_a_minute_later(hall) for _ in range(4)]
    assert hall.calls_next(THREE) == cards[0]
    assert hall.why_called(cards[0])["helping_minutes"] == 10
    hall.serves(THREE, cards[0])
    hall.passes(20)
    tax, other_tax = hall.takes_number(PKB), hall.takes_number(PKB)
    assert hall.calls_next(THREE) == tax, "two of its own wait: its line is not short, however long the others wait"
    hall.serves(THREE, tax)
    assert hall.calls_next(THREE) == cards[1], "one of its own: it helps again"
    assert hall.waiting(THREE) == [other_tax]


def test_its_own_come_first_unless_they_wait_much_less(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls(_where(THREE, helps=(KTP,), helping_minutes=10, helps_below=3))
    card = hall.takes_number(KTP)
    hall.passes(9)
    tax = hall.takes_number(PKB)
    assert hall.calls_next(THREE) == tax
    assert hall.why_called(tax)["passed"] == f"{card}:own_first"
    hall.serves(THREE, tax)
    hall.passes(2)
    hall.takes_number(PKB)
    assert hall.calls_next(THREE) == card, "eleven minutes longer than the next of its own"


# --- why ---


def test_the_officer_reads_why_this_one_also_after_a_restart(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()
    first, second = hall.takes_number(KTP), hall.takes_number(KTP)
    hall.passes(5)
    elder = hall.takes_number(KTP, priority=Priority.PRIORITY)
    hall.calls_next(ONE)
    hall.restarts()
    why = hall.why_called(elder)
    assert (why["rule"], why["passed_over"], why["passed_head_start"]) == ("head_start", 2, 2)
    assert why["passed"] == f"{first}:head_start {second}:head_start"


def test_the_phone_says_that_two_priority_tickets_were_placed_before_at_fourteen_past(
    hall_that_calls: UsualHall,
) -> None:
    hall = hall_that_calls()
    waits = hall.takes_number(KTP)
    hall.passes(13)
    hall.takes_number(KTP, priority=Priority.PRIORITY)
    hall.passes(1)
    elder = hall.takes_number(KTP, priority=Priority.PRIORITY)
    before = hall.put_before(waits)
    assert before is not None
    assert (before.count, before.last_at) == (2, hall.now)
    assert hall.put_before(elder) is None
    hall.calls_next(ONE)
    assert hall.put_before(waits) == before, "it stays true when one of them is called"
    hall.restarts()
    assert hall.put_before(waits) == before


def test_whoever_is_passed_by_a_call_by_number_can_read_when_and_why(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()
    first, second = hall.takes_number(KTP), hall.takes_number(KTP)
    hall.passes(5)
    third = hall.takes_number(KTP)
    assert hall.called_before(first) is None
    hall.calls_ticket(ONE, second, CallReason.PAPERS_BROUGHT)
    early = hall.called_before(first)
    assert early == CalledBefore(1, hall.now, CallReason.PAPERS_BROUGHT)
    assert hall.called_before(third) is None, "the one who was called stood before the third anyway"
    hall.restarts()
    assert hall.called_before(first) == early
    hall.calls_ticket(TWO, first, CallReason.OTHER)
    assert hall.called_before(third) is None


def test_an_order_given_at_a_call_out_of_turn_is_kept_with_its_reason(hall_that_calls: UsualHall) -> None:
    hall = hall_that_calls()
    hall.takes_number(AKTA)
    wanted = hall.takes_number(KTP)
    hall.calls_ticket(ONE, wanted)
    why = hall.why_called(wanted)
    assert (why["rule"], why["reason"], why["passed_by_ticket"]) == ("by_ticket", "urgent_need", 1)


def _takes_number_a_minute_later(hall: Hall, needs: tuple[Need, ...] = ()) -> str:
    hall.now += timedelta(minutes=1)
    return hall.takes_number(KTP, needs=needs)


def _where(counter: object, **differs: object) -> Catalogue:
    usual = a_catalogue(walking_seconds=60)
    counters = {
        one.id: replace(one, **differs) if one.id == counter else one  # type: ignore[arg-type]
        for one in usual.counters.values()
    }
    return replace(usual, counters=counters)
