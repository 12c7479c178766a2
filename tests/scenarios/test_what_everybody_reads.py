"""A fair order, one journey and honest minutes, as people read them: at kiosk, phone, counter and display."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from server.domain.calling_order import CallingOrder
from shared.vocabulary import CallReason, ErrorCode, LegState, Priority, ServiceId
from tests.support.builders import HALL, KTP, ONE, PKB, THREE, TWO, a_catalogue, weekdays
from tests.support.hall import Hall, Ticket
from tests.support.memory_store import MemoryStore
from tests.support.screens import Screens


@pytest.fixture
def hall() -> Hall:
    """The same stories run over every store beside this; here it is the screens that count."""
    usual = a_catalogue()
    order = CallingOrder(recall_gap=timedelta(0), grace=timedelta(0))
    return Hall(MemoryStore(), replace(usual, site=replace(usual.site, calling=order)))


@pytest.fixture
def screens(hall: Hall) -> Screens:
    return Screens(hall)


def comes(hall: Hall, service: ServiceId = KTP, priority: Priority = Priority.REGULAR) -> Ticket:
    hall.passes(1)
    return hall.takes_number(service, priority=priority)


def is_missed(hall: Hall, ticket: Ticket) -> None:
    hall.passes(5)
    hall.marks_missed(ONE, ticket)


# --- order ---


def test_two_priority_visitors_are_placed_before_you_at_fourteen_past_nine(hall: Hall, screens: Screens) -> None:
    hall.closes(TWO)
    waits = comes(hall)
    hall.passes(12)
    first = comes(hall, priority=Priority.PRIORITY)
    assert screens.phone(waits).put_before == "One priority ticket was placed before you at 09:14."
    second = hall.takes_number(KTP, priority=Priority.PRIORITY)
    assert screens.phone(waits).put_before == "2 priority tickets were placed before you, the last at 09:14."
    assert screens.phone(waits).ahead == 2
    assert [row.ticket for row in screens.line(ONE)] == [first, second, waits]
    assert hall.calls_next(ONE) == first
    assert screens.card(ONE).why == f"Priority: counts 15 min earlier. Passed over {waits}: 1 came earlier."
    assert screens.display(HALL) == [(first, "1", True)]


def test_somebody_who_booked_is_placed_before_you_and_everybody_can_read_it(hall: Hall, screens: Screens) -> None:
    hall.passes(20)
    waits = comes(hall)
    hall.passes(3)
    booked = hall.takes_number(KTP, booked_for=hall.now - timedelta(minutes=9))
    assert screens.phone(waits).booked_before == "One visitor who had booked a time was placed before you at 09:24."
    assert screens.phone(booked).booked_before == ""
    assert hall.calls_next(ONE) == booked
    assert screens.phone(waits).booked_before, "it stays true when they are called"
    why = screens.card(ONE).why
    assert why == f"Counts from the time booked, 09:15. Passed over {waits}: 1 came before who had booked."
    hall.restarts()
    assert screens.phone(waits).booked_before
    hall.passes(10)
    late = hall.takes_number(KTP, booked_for=hall.now - timedelta(minutes=25))
    assert screens.phone(waits).booked_before.startswith("One "), "late beyond the grace is a walk-in"
    assert hall.ahead(late) == 1


def test_a_call_out_of_order_gives_its_reason_to_whoever_it_passed(hall: Hall, screens: Screens) -> None:
    waits, wanted = comes(hall), comes(hall)
    hall.calls_ticket(ONE, wanted, CallReason.PAPERS_BROUGHT)
    assert (
        screens.card(ONE).why
        == f"Chosen by an officer: Came back with the papers. Passed over {waits}: 1 stood before."
    )
    said = "One number was called before its turn at 09:02: came back with the papers."
    assert screens.phone(waits).called_early == said


def test_who_is_missed_shows_the_slip_and_is_back_after_the_next_three_calls(hall: Hall, screens: Screens) -> None:
    late, *others = (comes(hall) for _ in range(5))
    hall.calls_next(ONE)
    assert screens.display(HALL) == [(late, "1", True)]
    is_missed(hall, late)
    assert screens.display(HALL) == [(late, "1", False)]
    assert screens.aside(ONE) == [late]
    assert screens.phone(late).can_come_back
    assert screens.kiosk_reads_the_slip(late).startswith(f"{late} kembali ke antrean 3 orang di depan Anda")
    assert [row.ticket for row in screens.line(ONE)] == [*others[:3], late, others[3]]
    assert screens.aside(ONE) == []
    assert (screens.phone(late).ahead, screens.phone(late).can_come_back) == (3, False)
    for _ in range(3):
        called = hall.calls_next(ONE)
        hall.serves(ONE, called)
    assert hall.calls_next(ONE) == late
    assert screens.display(HALL)[0] == (late, "1", True)
    is_missed(hall, late)
    assert "Kesempatan kembali sudah dipakai" in screens.kiosk_reads_the_slip(late), "once"


def test_giving_way_is_said_before_it_is_done_and_done_once(hall: Hall, screens: Screens) -> None:
    first, *others = (comes(hall) for _ in range(5))
    assert "the next 3 people go before you" in screens.phone(first).give_way
    hall.gives_way(first)
    assert (screens.phone(first).ahead, screens.phone(first).give_way) == (3, "")
    assert [row.ticket for row in screens.line(ONE)] == [*others[:3], first, others[3]]
    assert hall.refusal(lambda: hall.gives_way(first)) is ErrorCode.USED_UP
    assert hall.calls_next(ONE) == others[0]
    assert screens.display(HALL)[0][0] == others[0]


def test_a_recall_stands_on_the_same_line_and_a_transfer_at_the_other_counter(hall: Hall, screens: Screens) -> None:
    ticket = comes(hall)
    hall.calls_next(ONE)
    hall.recalls(ONE, ticket)
    assert screens.display(HALL) == [(ticket, "1", True)]
    assert screens.card(ONE).calls == "Called 2×"
    hall.serves(ONE, ticket)
    hall.transfers(ONE, ticket, PKB)
    assert screens.display(HALL)[0] == (ticket, "1", False)
    assert screens.phone(ticket).sentence == "You are next. Please stay near the lobby."
    assert hall.calls_next(THREE) == ticket
    assert (ticket, "3", True) in screens.display(HALL)
    assert screens.phone(ticket).counter == "3"


# --- one journey ---


def test_several_services_stand_on_phone_counter_and_display_as_one_path(hall: Hall, screens: Screens) -> None:
    hall.closes(TWO)
    other = comes(hall, PKB)
    ticket = hall.takes_number(KTP, further=[PKB])
    assert [(stop.state, stop.detail) for stop in screens.phone(ticket).path] == [
        ("waiting", "Zona A · 0 ahead · less than 5 minutes"),
        ("waiting", "Zona A · 1 ahead · 10–20 minutes"),
    ], "free for the second when the first is done"
    assert hall.calls_next(ONE) == ticket
    assert screens.display(HALL) == [(ticket, "1", True)]
    assert [stop.state for stop in screens.phone(ticket).path] == ["called", "waiting"]
    (row, held) = screens.line(THREE)
    assert (row.ticket, held.ticket, held.greyed) == (other, ticket, True)
    assert held.why.startswith("at another counter now")
    hall.calls_next(THREE)
    hall.serves(THREE, other)
    assert hall.refusal(lambda: hall.calls_next(THREE)) is ErrorCode.NOBODY_WAITING, "never to two counters"
    hall.serves(ONE, ticket)
    hall.finishes(ONE, ticket)
    hall.passes(1)
    assert hall.calls_next(THREE) == ticket
    assert screens.display(HALL)[0] == (ticket, "3", True)
    assert [stop.state for stop in screens.phone(ticket).path] == ["served", "called"]


# --- honest minutes ---


def test_a_number_that_comes_too_late_is_offered_another_day_at_the_kiosk(hall: Hall, screens: Screens) -> None:
    assert screens.kiosk_is_asked_for(KTP) is None
    until_ten = weekdays(end=time(10))
    services = {one.id: replace(one, hours=until_ten) for one in hall.catalogue.services.values()}
    hall.publishes(replace(hall.catalogue, version=2, services=services))
    for _ in range(16):
        hall.takes_number(KTP)
    offered = screens.kiosk_is_asked_for(KTP)
    assert offered is not None
    assert (offered.title, offered.take) == ("You may not be called today", "Take a number for today anyway")
    assert offered.days[0].day == "Tomorrow, Tuesday, 24 November"
    assert offered.why.endswith("before closing at 10:00.")
    assert hall.state(hall.takes_number(KTP)) is LegState.WAITING, "nobody is refused"
