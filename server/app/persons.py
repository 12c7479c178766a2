"""One person's data: what the hall keeps of them, and erasing it, by their phone number or by a follow-up key.

UU 27/2022 (protection of personal data) gives everybody a copy of what is kept of them, and its erasure. A walk-in
gives no name and no number: their key, on the slip, is all that leads to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from server.domain.booking import Booking
from server.domain.errors import RefusedError
from server.domain.phone_numbers import normalised
from server.domain.visit import Visit
from shared.vocabulary import FollowKey

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class UnclearPersonError(Exception):
    """Neither a phone number nor a key."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A visit and its day."""

    service_date: date
    visit: Visit


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that is kept of one person."""

    bookings: Sequence[Booking]
    stays: Sequence[Stay]

    def __bool__(self) -> bool:
        return bool(self.bookings or self.stays)


@dataclass(frozen=True, slots=True)
class Erased:
    bookings: int
    """Of which name and number are gone; the place in the slot stays."""
    visits: int
    """Of which needs and notes are gone."""
    today: int
    """Visits of a day that is not over: their needs serve them now, and go by themselves tonight."""


class PersonStore(Protocol):
    """Each raises StorageError."""

    def of_phone(self, phone: str, by: str) -> Trace:
        """Written down in the audit log as an export by that officer; "": whoever runs this program."""

    def of_key(self, key: FollowKey, by: str) -> Trace: ...

    def erase(self, trace: Trace, today: date, by: str) -> Erased:
        """Statistics stay as they are."""


def trace_of(store: PersonStore, given: str, by: str = "") -> Trace:
    """By a phone number, however it is written, or by a key or the address that ends with it.

    Raises UnclearPersonError, StorageError."""
    wanted = given.strip()
    key = wanted.rsplit("/", 1)[-1].split("?")[0]
    try:
        return store.of_phone(normalised(wanted), by)
    except RefusedError:
        if not _KEY.fullmatch(key):
            raise UnclearPersonError from None
        return store.of_key(FollowKey(key), by)


def told(trace: Trace) -> dict[str, object]:
    """As JSON, for the person: with every value that is kept."""
    return {
        "bookings": [
            {
                "code": booking.code,
                "service": booking.service,
                "service_date": booking.service_date.isoformat(),
                "starts_at": booking.starts_at.isoformat(),
                "booked_at": booking.booked_at.isoformat(),
                "state": booking.state.value,
                "name": booking.person.name,
                "phone": booking.person.phone,
                "kept_until": None if booking.forget_at is None else booking.forget_at.isoformat(),
            }
            for booking in trace.bookings
        ],
        "visits": [
            {
                "ticket": stay.visit.ticket,
                "service_date": stay.service_date.isoformat(),
                "arrived_at": stay.visit.arrived_at.isoformat(),
                "language": stay.visit.language.value,
                "priority": stay.visit.priority.value,
                "needs": [need.value for need in stay.visit.needs],
                "services": [
                    {
                        "service": leg.service,
                        "state": leg.state.value,
                        "counter": leg.counter,
                        "outcome": None if leg.outcome is None else leg.outcome.value,
                        "note": leg.note,
                    }
                    for leg in stay.visit.legs
                ],
            }
            for stay in trace.stays
        ],
    }
