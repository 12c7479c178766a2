"""Bookings on the one command path: taken, changed, given up, used at a kiosk, and forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from server.app.jobs import Asked
from server.app.sessions import Session
from server.domain.booking import Person
from shared.protocol.commands import Book, CancelBooking, ChangeBooking, CheckIn, IssueTicket, ReportPrint
from shared.protocol.replies import Booked, Issued
from shared.vocabulary import BookingState, ErrorCode, Language, LegState, Need, PrintState, Priority, Role, VisitId
from tests.support.bookable import RULES, a_bookable_hall
from tests.support.builders import KK, KTP, NINE, PERMITS, TAX, minutes
from tests.support.server_in_memory import Ear, ServerInMemory, ear, replies_to

TEN = NINE + timedelta(hours=1)


@pytest.fixture
def server() -> ServerInMemory:
    return ServerInMemory(a_bookable_hall())


def page(server: ServerInMemory) -> Session:
    """A stranger's browser."""
    return Session(Ear(), Role.VISITOR)


def wanted(at: datetime = TEN, **more: str) -> Book:
    return Book(service=KTP, starts_at=at, language=Language.ENGLISH, **more)


def book(server: ServerInMemory, at: datetime = TEN, **more: str) -> Booked:
    result = server.does(page(server), wanted(at, **more))
    assert isinstance(result, Booked)
    return result


def check_in(server: ServerInMemory, shown: str, kiosk: Session | None = None) -> Issued:
    result = server.does(kiosk or server.kiosk(), CheckIn(booking=shown))
    assert isinstance(result, Issued)
    return result


# --- taking a place ---


def test_a_place_is_taken_and_kept_with_the_reply(server: ServerInMemory) -> None:
    booked = book(server, name="Sari", phone="0812-3456-7890")
    assert (booked.service, booked.starts_at, booked.ends_at) == (KTP, TEN, TEN + minutes(15))
    assert booked.url == f"http://hall/b/{booked.key}"
    [kept] = server.store.bookings.rows.values()
    assert kept.person == Person("Sari", "+6281234567890")
    assert kept.code == booked.code


def test_law_5_the_same_request_takes_one_place(server: ServerInMemory) -> None:
    first = server.asks(page(server), wanted(), "r-book")
    again = server.asks(page(server), wanted(), "r-book")
    assert again.replayed
    assert again.result == first.result
    assert len(server.store.bookings.rows) == 1


def test_two_fill_a_slot_and_a_third_is_refused_also_within_one_batch(server: ServerInMemory) -> None:
    sessions = [page(server) for _ in range(3)]
    requests = [server.request(wanted()) for _ in sessions]
    server.run(*(Asked(session, request) for session, request in zip(sessions, requests, strict=True)))
    replies = [replies_to(session, request.id)[0] for session, request in zip(sessions, requests, strict=True)]
    assert [reply.refusal.code if reply.refusal else None for reply in replies] == [None, None, ErrorCode.SLOT_FULL]
    assert sorted(one.place for one in server.store.bookings.rows.values()) == [0, 1]


def test_a_commit_that_fails_takes_no_place(server: ServerInMemory) -> None:
    server.store.broken = True
    assert server.refusal(page(server), wanted()).code is ErrorCode.STORAGE_UNAVAILABLE
    assert server.store.bookings.rows == {}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Book(service=KK, starts_at=TEN, language=Language.ENGLISH), ErrorCode.NOT_BOOKABLE),
        (wanted(TEN + timedelta(days=15)), ErrorCode.NOT_BOOKABLE),
        (wanted(NINE - timedelta(days=1)), ErrorCode.NOT_BOOKABLE),
        (wanted(TEN + minutes(5)), ErrorCode.UNKNOWN_SLOT),
        (wanted(NINE), ErrorCode.UNKNOWN_SLOT),
        (wanted(TEN + timedelta(days=5)), ErrorCode.UNKNOWN_SLOT),
        (wanted(phone="12"), ErrorCode.BAD_PHONE),
    ],
    ids=["no rules", "too far ahead", "yesterday", "between slots", "has begun", "Saturday", "no phone number"],
)
def test_what_cannot_be_booked_is_refused(server: ServerInMemory, command: Book, code: ErrorCode) -> None:
    assert server.refusal(page(server), command).code is code


def test_a_phone_number_books_a_service_once_a_day(server: ServerInMemory) -> None:
    booked = book(server, phone="0812 3456 7890")
    assert server.refusal(page(server), wanted(TEN + minutes(15), phone="+6281234567890")).code is (
        ErrorCode.ALREADY_BOOKED
    )
    book(server, TEN + timedelta(days=1), phone="0812 3456 7890")
    server.does(page(server), CancelBooking(key=booked.key))
    book(server, TEN + minutes(15), phone="0812 3456 7890")


# --- changing and giving up ---


def test_a_booking_moves_and_its_old_place_is_free(server: ServerInMemory) -> None:
    first, _ = book(server), book(server)
    moved = server.does(page(server), ChangeBooking(key=first.key, starts_at=TEN + minutes(15)))
    assert isinstance(moved, Booked)
    assert (moved.key, moved.code, moved.starts_at) == (first.key, first.code, TEN + minutes(15))
    book(server)
    assert server.refusal(page(server), wanted()).code is ErrorCode.SLOT_FULL


def test_two_change_places_in_one_batch(server: ServerInMemory) -> None:
    server.catalogue = replace(a_bookable_hall(replace(RULES, per_slot=1)), version=2)
    server.passes(1)
    first, second = book(server), book(server, TEN + minutes(15))
    requests = [
        server.request(ChangeBooking(key=first.key, starts_at=TEN + minutes(30))),
        server.request(ChangeBooking(key=second.key, starts_at=TEN)),
        server.request(ChangeBooking(key=first.key, starts_at=TEN + minutes(15))),
    ]
    server.run(*(Asked(page(server), request) for request in requests))
    at = {one.key: one.starts_at for one in server.store.bookings.rows.values()}
    assert at == {first.key: TEN + minutes(15), second.key: TEN}


def test_a_cancelled_booking_is_over_and_nothing_is_kept_of_its_visitor(server: ServerInMemory) -> None:
    booked = book(server, name="Sari", phone="0812 3456 7890")
    server.does(page(server), CancelBooking(key=booked.key))
    [kept] = server.store.bookings.rows.values()
    assert (kept.state, kept.person, kept.forget_at) == (BookingState.CANCELLED, Person(), None)
    refusal = server.refusal(page(server), ChangeBooking(key=booked.key, starts_at=TEN))
    assert (refusal.code, refusal.facts) == (ErrorCode.BOOKING_OVER, {"state": "cancelled"})
    book(server)
    book(server)


def test_nobody_changes_what_they_have_no_key_of(server: ServerInMemory) -> None:
    assert server.refusal(page(server), CancelBooking(key="x" * 22)).code is ErrorCode.UNKNOWN_BOOKING


# --- the kiosk ---


@pytest.mark.parametrize("by", ["key", "code"])
def test_a_booking_becomes_a_number_that_counts_from_its_time(server: ServerInMemory, by: str) -> None:
    kiosk = server.kiosk()
    booked = book(server, TEN, name="Sari")
    server.passes(minutes(40).total_seconds())
    early = server.issues(kiosk)
    issued = check_in(server, getattr(booked, by), kiosk)
    assert (issued.service, issued.booked_for, issued.late) == (KTP, TEN, False)
    assert (issued.key, issued.language) == (booked.key, Language.ENGLISH)
    server.passes(minutes(25).total_seconds())
    late = server.issues(kiosk)
    line = [lobby_ticket(server, leg.visit) for leg in server.lobby.line(KTP).before(leg_of(server, late))]
    assert line == [early.ticket, issued.ticket], "before who came after the booked time"
    [kept] = server.store.bookings.rows.values()
    assert (kept.state, kept.visit, kept.person) == (BookingState.CHECKED_IN, issued.visit, Person())


def lobby_ticket(server: ServerInMemory, visit: VisitId) -> str:
    return server.lobby.visits[visit].ticket


def leg_of(server: ServerInMemory, issued: Issued):  # type: ignore[no-untyped-def]
    return server.lobby.visits[VisitId(issued.visit)].last_leg


def test_another_system_of_one_agency_checks_nobody_in_for_another(server: ServerInMemory) -> None:
    booked = book(server)
    server.passes(minutes(40).total_seconds())
    ours, theirs = (Session(Ear(), Role.KIOSK, agency=one, by_key=True) for one in (PERMITS, TAX))
    assert server.refusal(theirs, CheckIn(booking=booked.code)).code is ErrorCode.UNKNOWN_BOOKING
    assert check_in(server, booked.code, ours).ticket


def test_late_beyond_the_grace_is_a_walk_in(server: ServerInMemory) -> None:
    booked = book(server, TEN)
    server.passes(timedelta(hours=1, minutes=11).total_seconds())
    issued = check_in(server, booked.code)
    assert issued.late
    leg = leg_of(server, issued)
    assert leg.effective_at == server.now


def test_too_early_and_another_day_are_refused_with_the_right_time(server: ServerInMemory) -> None:
    booked, tomorrow = book(server, TEN), book(server, TEN + timedelta(days=1))
    kiosk = server.kiosk()
    early = server.refusal(kiosk, CheckIn(booking=booked.code))
    assert (early.code, early.facts) == (ErrorCode.TOO_EARLY, {"from": (TEN - minutes(30)).isoformat()})
    other_day = server.refusal(kiosk, CheckIn(booking=tomorrow.key))
    assert (other_day.code, other_day.facts) == (ErrorCode.WRONG_DAY, {"starts_at": tomorrow.starts_at.isoformat()})


def test_what_somebody_who_booked_needs_is_said_in_the_hall_and_counts(server: ServerInMemory) -> None:
    booked = book(server, NINE + minutes(15))
    wheelchair = CheckIn(booking=booked.code, priority=Priority.PRIORITY, needs=(Need.WHEELCHAIR,))
    issued = server.does(server.kiosk(), wheelchair)
    assert isinstance(issued, Issued)
    visit = server.lobby.visits[VisitId(issued.visit)]
    assert (visit.priority, visit.needs) == (Priority.PRIORITY, (Need.WHEELCHAIR,))
    assert visit.last_leg.needs == (Need.WHEELCHAIR,)


def test_a_booking_is_used_once(server: ServerInMemory) -> None:
    kiosk = server.kiosk()
    booked = book(server, NINE + minutes(15))
    issued = check_in(server, booked.code, kiosk)
    server.does(kiosk, ReportPrint(visit=issued.visit, state=PrintState.PRINTED))
    refusal = server.refusal(kiosk, CheckIn(booking=booked.key))
    assert (refusal.code, refusal.facts) == (ErrorCode.BOOKING_USED, {"ticket": issued.ticket})
    assert server.refusal(page(server), CancelBooking(key=booked.key)).code is ErrorCode.BOOKING_USED


def test_a_number_that_never_came_to_paper_is_given_once_more(server: ServerInMemory) -> None:
    kiosk = server.kiosk()
    booked = book(server, NINE + minutes(15))
    first = server.asks(kiosk, CheckIn(booking=booked.code), "r-lost")
    server.withdraws(kiosk, "r-lost")
    again = check_in(server, booked.code, kiosk)
    assert again == first.result
    assert server.lobby.visits[VisitId(again.visit)].last_leg.state is LegState.WAITING


def test_wrong_codes_are_refused_and_soon_slowed_down(server: ServerInMemory) -> None:
    kiosk = server.kiosk()
    codes = [server.refusal(kiosk, CheckIn(booking="AAAAAA")).code for _ in range(7)]
    assert codes == [ErrorCode.UNKNOWN_BOOKING] * 6 + [ErrorCode.COOLDOWN]
    server.passes(15)
    assert server.refusal(kiosk, CheckIn(booking="AAAAAA")).code is ErrorCode.UNKNOWN_BOOKING


def test_a_quota_that_is_used_up_keeps_the_promise_of_a_booking(server: ServerInMemory) -> None:
    hall = a_bookable_hall()
    full = replace(hall.services[KTP], daily_quota=1)
    server.catalogue = replace(hall, version=2, services={**hall.services, KTP: full})
    server.passes(1)
    kiosk = server.kiosk()
    booked = book(server, NINE + minutes(15))
    server.issues(kiosk)
    check_in(server, booked.code, kiosk)


# --- the end of the day ---


def test_what_nobody_used_expires_with_its_day_and_forgets_its_visitor(server: ServerInMemory) -> None:
    booked = book(server, TEN, name="Sari", phone="0812 3456 7890")
    tomorrow = book(server, TEN + timedelta(days=1), name="Tono")
    server.passes(timedelta(days=1).total_seconds())
    unused, kept = (server.store.bookings.by_key(key) for key in (booked.key, tomorrow.key))  # type: ignore[arg-type]
    assert unused is not None
    assert kept is not None
    assert (unused.state, unused.person) == (BookingState.EXPIRED, Person())
    assert (kept.state, kept.person) == (BookingState.BOOKED, Person("Tono"))
    refusal = server.refusal(server.kiosk(), CheckIn(booking=booked.code))
    assert (refusal.code, refusal.facts) == (ErrorCode.BOOKING_OVER, {"state": "expired"})


# --- law 12 ---


def test_law_12_no_stream_no_reply_and_no_fact_names_a_visitor(server: ServerInMemory) -> None:
    """A canary: a name and a number that are looked for in everything that leaves the server or stays in its facts."""
    kiosk, screen, officer = server.kiosk(), server.display(), server.officer()
    browser = page(server)
    server.follows(kiosk, "kiosk")
    server.follows(screen, "board:A")
    server.follows(officer, "desk:c1")
    booked = server.does(browser, wanted(NINE + minutes(15), name="Kenari Kuning", phone="0812-7777-6666"))
    assert isinstance(booked, Booked)
    phone = server.phone(booked.key)
    check_in(server, booked.code, kiosk)
    server.follows(phone, f"visit:{booked.key}")
    server.does(kiosk, IssueTicket(service=KK, language=Language.ENGLISH))
    server.passes(1)
    said = "\n".join(str(message) for who in (kiosk, screen, officer, browser, phone) for message in ear(who).heard)
    kept = "\n".join(map(str, (*server.store.facts, *server.store.replies.values(), *server.store.days.values())))
    for canary in ("Kenari", "77776666", "7777-6666", "7777"):
        assert canary not in said
        assert canary not in kept
    assert booked.code in said, "the canary would be heard"
