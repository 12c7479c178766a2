"""The ledger: bookings in the middle of a turn, before its commit. What the database has, under the turn's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from server.app.bookings.ports import BookingStore
from server.app.turn import Turn
from server.domain.booking import Booking
from shared.vocabulary import FollowKey, ServiceId


@dataclass(frozen=True, slots=True)
class Ledger:
    """Raises StorageError wherever it reads."""

    store: BookingStore
    turn: Turn

    def by_key(self, key: FollowKey) -> Booking | None:
        return self._one(lambda booking: booking.key == key, lambda: self.store.by_key(key))

    def by_code(self, code: str) -> Booking | None:
        return self._one(lambda booking: booking.code == code, lambda: self.store.by_code(code))

    def of_service(self, service: ServiceId, first: datetime, last: datetime) -> list[Booking]:
        """Those with a place in a slot that begins from `first` until just before `last`."""
        changed = self.turn.bookings
        stored = [one for one in self.store.of_service(service, first, last) if one.id not in changed]
        mine = [one for one in changed.values() if one.service == service and first <= one.starts_at < last]
        return [*stored, *(one for one in mine if one.has_place)]

    def put(self, booking: Booking) -> None:
        self.turn.bookings[booking.id] = booking

    def _one(self, is_it: Callable[[Booking], bool], ask: Callable[[], Booking | None]) -> Booking | None:
        """What this turn has changed; else what is stored, as this turn has left it."""
        for booking in self.turn.bookings.values():
            if is_it(booking):
                return booking
        stored = ask()
        return None if stored is None else self.turn.bookings.get(stored.id, stored)
