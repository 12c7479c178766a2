"""What bookings ask of the database. `server.db.bookings` implements it; tests have one in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from server.domain.booking import Booking
from server.domain.called_off import Promise
from shared.vocabulary import FollowKey, ServiceId


class BookingStore(Protocol):
    """Read from any thread. New and changed bookings are in the writer's commit: `Changes.bookings`.

    Every method raises StorageError."""

    def by_key(self, key: FollowKey) -> Booking | None: ...
    def by_code(self, code: str) -> Booking | None: ...

    def of_service(self, service: ServiceId, first: datetime, last: datetime) -> Sequence[Booking]:
        """Those with a place in a slot that begins from `first` until just before `last`."""

    def promised(self, now: datetime) -> Sequence[Promise]:
        """How many open bookings begin when, from `now` on."""

    def tidy(self, today: date, now: datetime) -> int:
        """Unused bookings of earlier days expire, and names and numbers whose time is over are erased. How many
        bookings expired."""
