"""What happens around the visitors: a new catalogue, a restart, the clock, the end of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from shared.vocabulary import CounterState, ErrorCode, LegState, ServiceId
from tests.support.builders import AKTA, KTP, NINE, ONE, PKB, TAX, THREE, TWO, a_counter, a_service, weekdays, without
from tests.support.hall import Hall


def test_a_removed_service_issues_no_more_but_is_served_out(hall: Hall) -> None:
    waiting = hall.takes_number(AKTA)
    hall.publishes(without(hall.catalogue, AKTA))
    assert hall.refusal(lambda: hall.takes_number(AKTA)) is ErrorCode.SERVICE_REMOVED
    hall.restarts()
    assert hall.calls_next(ONE) == waiting


def test_nobody_is_transferred_to_a_removed_service(hall: Hall) -> None:
    hall.publishes(without(hall.catalogue, AKTA))
    visitor = hall.takes_number(KTP)
    hall.calls_next(ONE)
    assert hall.refusal(lambda: hall.transfers(ONE, visitor, AKTA)) is ErrorCode.SERVICE_REMOVED


def test_a_new_service_and_a_new_counter_work_at_once(hall: Hall) -> None:
    sim, four = ServiceId("SIM"), a_counter("c4", "SIM")
    hall.publishes(
        replace(
            hall.catalogue,
            version=2,
            services={**hall.catalogue.services, sim: a_service(sim, "S")},
            counters={**hall.catalogue.counters, four.id: four},
        )
    )
    assert hall.takes_number(sim) == "S-001"
    assert hall.counter_state(four.id) is CounterState.CLOSED


def test_the_visitors_of_a_removed_counter_go_back_to_their_place(hall: Hall) -> None:
    first, second, third = (hall.takes_number(KTP) for _ in range(3))
    hall.calls_next(TWO)
    hall.parks(TWO, first)
    hall.calls_next(TWO)
    left = {key: counter for key, counter in hall.catalogue.counters.items() if key != TWO}
    hall.publishes(replace(hall.catalogue, version=2, counters=left))
    assert hall.waiting(ONE) == [first, second, third]
    assert hall.refusal(lambda: hall.calls_next(TWO)) is ErrorCode.UNKNOWN_COUNTER


def test_who_was_kept_for_a_removed_counter_may_go_to_any(hall: Hall) -> None:
    visitor = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.transfers(ONE, visitor, AKTA, only_counter=TWO)
    left = {key: counter for key, counter in hall.catalogue.counters.items() if key != TWO}
    hall.publishes(replace(hall.catalogue, version=2, counters=left))
    assert hall.calls_next(ONE) == visitor


def test_a_counter_that_comes_back_comes_back_closed(hall: Hall) -> None:
    both = hall.catalogue
    left = {key: counter for key, counter in both.counters.items() if key != TWO}
    hall.publishes(replace(both, version=2, counters=left))
    hall.passes(5)
    hall.publishes(replace(both, version=3))
    assert hall.counter_state(TWO) is CounterState.CLOSED
    assert hall.seated(TWO) is None


def test_a_restart_loses_nothing(hall: Hall) -> None:
    called, waiting = hall.takes_number(KTP), hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.restarts()
    assert hall.in_hand(ONE) == called
    assert hall.waiting(ONE) == [waiting]
    assert hall.takes_number(KTP) == "A-003"


def test_the_day_ends_with_everything_open_expired(hall: Hall) -> None:
    served, called, waiting = (hall.takes_number(KTP) for _ in range(3))
    hall.calls_next(ONE)
    hall.serves(ONE, served)
    hall.calls_next(ONE)
    hall.ends_the_day()
    assert [hall.state(ticket) for ticket in (served, called, waiting)] == [
        LegState.SERVED,
        LegState.EXPIRED,
        LegState.EXPIRED,
    ]
    assert [hall.counter_state(counter) for counter in (ONE, TWO, THREE)] == [CounterState.CLOSED] * 3


def test_numbers_start_again_the_next_day(hall: Hall) -> None:
    hall.takes_number(KTP)
    hall.ends_the_day()
    hall.clock_reads(NINE + timedelta(days=1))
    hall.restarts()
    assert hall.takes_number(KTP) == "A-001"
    assert hall.counter_state(ONE) is CounterState.CLOSED


def test_the_numbers_go_on_over_midnight_of_utc(hall: Hall) -> None:
    early = a_service(PKB, "T", TAX, hours=weekdays(start=time(7)))
    hall.publishes(replace(hall.catalogue, version=2, services={**hall.catalogue.services, PKB: early}))
    hall.clock_reads(datetime(2026, 11, 23, 23, 45, tzinfo=UTC))  # Tuesday, 07:45 in Makassar
    hall.restarts()
    assert hall.takes_number(PKB) == "T-001"
    hall.passes(30)
    hall.restarts()
    assert hall.takes_number(PKB) == "T-002"


def test_a_clock_far_behind_issues_no_numbers_and_no_period_is_negative(hall: Hall) -> None:
    ticket = hall.takes_number(KTP)
    hall.passes(-6)
    assert hall.refusal(lambda: hall.takes_number(KTP)) is ErrorCode.CLOCK_BEHIND
    hall.calls_next(ONE)
    assert hall.leg(ticket).since == NINE


def test_a_clock_a_little_behind_goes_on_from_the_newest_moment(hall: Hall) -> None:
    first = hall.takes_number(KTP)
    hall.passes(-4)
    second = hall.takes_number(KTP)
    assert hall.visit(second).arrived_at == hall.visit(first).arrived_at == NINE
    assert hall.waiting(ONE) == [first, second]


def test_a_closed_service_says_when_it_opens(hall: Hall) -> None:
    hall.clock_reads(NINE + timedelta(hours=6))  # 15:00
    assert hall.refusal(lambda: hall.takes_number(KTP)) is ErrorCode.SERVICE_CLOSED


def test_a_quota_counts_numbers_and_not_transfers(hall: Hall) -> None:
    small = {**hall.catalogue.services, PKB: a_service(PKB, "T", TAX, daily_quota=2)}
    hall.publishes(replace(hall.catalogue, version=2, services=small))
    visitor = hall.takes_number(KTP)
    hall.calls_next(ONE)
    hall.transfers(ONE, visitor, PKB)
    hall.takes_number(PKB)
    hall.takes_number(PKB)
    assert hall.refusal(lambda: hall.takes_number(PKB)) is ErrorCode.QUOTA_REACHED
