"""What the booking pages ask of the server: the catalogue, what is free, one booking, and commands."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException

from server.app.allowance import Rate
from server.app.bookings.offering import Day, offered_days, taken_back
from server.app.bookings.ports import BookingStore
from server.app.bookings.verbs import BookingCommand
from server.domain.booking import Booking
from server.domain.booking_slots import BookingRules
from server.domain.called_off import CalledOff
from server.domain.catalogue import Catalogue, Service
from server.domain.service_day import service_date
from server.net.asking import ask_as_visitor
from server.net.crowd import Allowances
from server.net.gate import Gate
from shared.protocol.messages import Reply
from shared.vocabulary import FollowKey, ServiceId

# By address. A village office books for many, behind one address; a robot would want thousands.
READING = Rate(120, 4.0)  # pages that ask the database
DRAWING = Rate(20, 0.5)  # papers: a picture costs a core 150 ms
BOOKING = Rate(12, 1 / 30)  # after the work: twelve at once, then two a minute
WAITING = Rate(3, 1 / 300)  # after patience instead of work
STRANGER = FollowKey("")  # who books has no key yet


class BookingHall:
    """Used on the loop; what asks the database runs aside. Raises HTTPException where an address asks for too much."""

    def __init__(self, gate: Gate, store: BookingStore) -> None:
        self._gate = gate
        self._store = store
        self._reading, self._booking, self._waiting = Allowances(READING), Allowances(BOOKING), Allowances(WAITING)
        self._drawing = Allowances(DRAWING)

    def catalogue(self) -> Catalogue:
        return self._gate.catalogue()

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.catalogue().site.time_zone)

    def now(self) -> datetime:
        return self._gate.clock()

    def bookable(self) -> Sequence[Service]:
        """In the order of the catalogue."""
        return [service for service in self.catalogue().services.values() if service.booking is not None]

    def read(self, address: str) -> None:
        self._take(self._reading, address)

    def draw(self, address: str) -> None:
        self._take(self._drawing, address)

    def book(self, address: str, *, worked: bool) -> None:
        """To be asked after everything else was found right: an attempt is used up."""
        self._take(self._booking if worked else self._waiting, address)

    def miss(self, address: str) -> None:
        """Somebody there asked for a booking that does not exist."""
        if not self._gate.misses.take(address, asyncio.get_running_loop().time()):
            raise HTTPException(429)

    def page_url(self, key: str) -> str:
        """What the QR code of a confirmation holds."""
        return f"{self._gate.public_url}/b/{key}"

    async def days(self, service: Service, rules: BookingRules, but_for: Booking | None = None) -> Sequence[Day]:
        """Every day that may be booked, with what is free on it; as if `but_for` were not there."""
        asked = self._store, self.catalogue(), service, rules, self.now(), but_for
        closed = self._gate.is_closed_today(service.id)
        return await self._gate.aside(partial(offered_days, *asked, closed_today=closed))

    async def booking(self, key: str) -> Booking | None:
        return await self._gate.aside(self._store.by_key, FollowKey(key))

    def is_over(self, booking: Booking) -> bool:
        """Its day is: the tidying up may not have come to it yet."""
        return booking.service_date < service_date(self.now(), self.catalogue().site.time_zone)

    def may_check_in_from(self, booking: Booking) -> datetime:
        rules = self._rules(booking.service)
        return booking.starts_at if rules is None else booking.starts_at - rules.check_in_before

    def counts_until(self, booking: Booking) -> datetime:
        """How late one may come and still count from the booked time."""
        catalogue = self.catalogue()
        known = booking.service in catalogue.services or booking.service in catalogue.removed
        grace = catalogue.booked_grace(booking.service) if known else catalogue.site.calling.booked_grace
        return booking.starts_at + grace

    def called_off(self, booking: Booking) -> CalledOff | None:
        """Why it does not hold any more, though its visitor did not cancel it; None: it holds, or is over."""
        return taken_back(booking, self.catalogue(), self._gate.is_closed_today, self.now())

    async def ask(self, request: str, command: BookingCommand) -> Reply:
        return await ask_as_visitor(self._gate, request, command, STRANGER)

    def _rules(self, service: ServiceId) -> BookingRules | None:
        offered: Mapping[ServiceId, Service] = self.catalogue().services
        return offered[service].booking if service in offered else None

    @staticmethod
    def _take(allowances: Allowances, address: str) -> None:
        if not allowances.take(address, asyncio.get_running_loop().time()):
            raise HTTPException(429)
