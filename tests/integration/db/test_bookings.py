"""Bookings on the disk: what the database refuses by itself, and what its clocks erase."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from server.app.ports import StorageError
from server.db import Store
from server.domain.booking import NOBODY_KNOWN, Booking, Person
from server.domain.booking_slots import Slot
from server.domain.changes import Changes
from shared.vocabulary import BookingId, BookingState, FollowKey, Language, ServiceId, VisitId
from tests.integration.db.rows import run_sql
from tests.support.builders import NINE, TODAY

SLOT = Slot(NINE, NINE + timedelta(minutes=15))
NEXT = Slot(SLOT.end, SLOT.end + timedelta(minutes=15))
MIDNIGHT = NINE + timedelta(hours=18)
SARI = Person("Sari", "+6281234567890")


def a_booking(number: int, slot: Slot = SLOT, place: int = 0, person: Person = NOBODY_KNOWN) -> Booking:
    return Booking(
        id=BookingId(f"b{number}"),
        key=FollowKey(f"key{number}"),
        code=f"CODE{number:02d}",
        service=ServiceId("KTP"),
        service_date=TODAY,
        starts_at=slot.start,
        ends_at=slot.end,
        place=place,
        language=Language.INDONESIAN,
        booked_at=NINE,
        changed_at=NINE,
    ).keeping(person, MIDNIGHT)


def commit(store: Store, *bookings: Booking) -> None:
    store.lobbies.commit(TODAY, Changes(bookings={one.id: one for one in bookings}), [])


def test_a_booking_comes_back_as_it_was(store: Store) -> None:
    booking = a_booking(1, person=SARI)
    commit(store, booking)
    assert store.bookings.by_key(booking.key) == booking
    assert store.bookings.by_code("CODE01") == booking
    used = booking.checked_in(VisitId("v1"), NINE)
    commit(store, used)
    assert store.bookings.by_key(booking.key) == used


def test_a_day_of_a_service_has_those_with_a_place_in_their_order(store: Store) -> None:
    late, early = a_booking(1, NEXT), a_booking(2)
    commit(store, late, early, a_booking(3, place=1).cancelled(NINE))
    day = store.bookings.of_service(ServiceId("KTP"), NINE, NINE + timedelta(hours=1))
    assert day == [early, late]
    assert store.bookings.of_service(ServiceId("KTP"), NEXT.start, NINE + timedelta(hours=1)) == [late]
    assert store.bookings.of_service(ServiceId("KK"), NINE, NINE + timedelta(hours=1)) == []


def test_the_database_gives_a_place_to_one(store: Store) -> None:
    commit(store, a_booking(1))
    with pytest.raises(StorageError):
        commit(store, a_booking(2))
    commit(store, a_booking(1).cancelled(NINE))
    commit(store, a_booking(2))


def test_the_database_lets_a_phone_number_book_a_service_once_a_day(store: Store) -> None:
    commit(store, a_booking(1, person=SARI), a_booking(2, place=1), a_booking(3, NEXT))
    with pytest.raises(StorageError):
        commit(store, a_booking(4, NEXT, 1, SARI))
    tomorrow = replace(a_booking(5, NEXT, 1, SARI), service_date=TODAY + timedelta(days=1))
    commit(store, tomorrow)


def test_two_change_places_in_one_commit(store: Store) -> None:
    first, second = a_booking(1), a_booking(2, NEXT)
    commit(store, first, second)
    commit(store, first.moved(NEXT, TODAY, 0, MIDNIGHT, NINE), second.moved(SLOT, TODAY, 0, MIDNIGHT, NINE))
    assert [one.id for one in store.bookings.of_service(ServiceId("KTP"), NINE, MIDNIGHT)] == ["b2", "b1"]


def test_law_12_nobody_is_kept_without_a_clock(store: Store, url: str) -> None:
    commit(store, a_booking(1, person=SARI))
    with pytest.raises(Exception, match="person_has_clock"):
        run_sql(url, "UPDATE bookings SET forget_at = NULL")


def test_law_12_what_is_kept_of_a_visitor_is_erased_with_the_day(store: Store) -> None:
    commit(store, a_booking(1, person=SARI), a_booking(2, place=1).checked_in(VisitId("v1"), NINE))
    assert store.bookings.tidy(TODAY, MIDNIGHT - timedelta(seconds=1)) == 0
    assert store.persons.of_phone(SARI.phone, "boss").bookings
    tomorrow = TODAY + timedelta(days=1)
    assert store.bookings.tidy(tomorrow, MIDNIGHT) == 1
    unused, used = store.bookings.by_code("CODE01"), store.bookings.by_code("CODE02")
    assert unused is not None
    assert used is not None
    assert (unused.state, unused.person, unused.forget_at) == (BookingState.EXPIRED, NOBODY_KNOWN, None)
    assert used.state is BookingState.CHECKED_IN
    assert store.bookings.tidy(tomorrow, MIDNIGHT) == 0


def test_who_asks_is_forgotten_and_keeps_the_place(store: Store) -> None:
    commit(store, a_booking(1, person=SARI))
    assert store.persons.erase(store.persons.of_phone(SARI.phone, "boss"), TODAY, "boss").bookings == 1
    assert not store.persons.of_phone(SARI.phone, "boss").bookings
    kept = store.bookings.by_code("CODE01")
    assert kept is not None
    assert (kept.state, kept.person) == (BookingState.BOOKED, NOBODY_KNOWN)
