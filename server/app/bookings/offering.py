"""Offering: every day on which a service can be booked, what is free, and whether a booking still holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from server.app.bookings.ports import BookingStore
from server.app.bookings.verbs import LONGEST_SLOT
from server.domain.booking import Booking
from server.domain.booking_slots import BookingRules, Offer, bookable_days, offers, slots_on
from server.domain.called_off import CalledOff, called_off
from server.domain.catalogue import Catalogue, Service
from server.domain.service_day import service_date
from shared.vocabulary import BookingState, ServiceId

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    offers: Sequence[Offer]
    """Empty: closed, or over."""

    @property
    def free(self) -> int:
        return sum(offer.free for offer in self.offers)


def offered_days(
    store: BookingStore,
    catalogue: Catalogue,
    service: Service,
    rules: BookingRules,
    now: datetime,
    but_for: Booking | None = None,
    *,
    closed_today: bool,
) -> Sequence[Day]:
    """As if `but_for` were not there. `closed_today`: by a supervisor. Raises StorageError."""
    zone = ZoneInfo(catalogue.site.time_zone)
    wanted = bookable_days(now.astimezone(zone).date(), rules)
    first = datetime.combine(wanted[0], datetime.min.time(), zone).astimezone(UTC)
    last = datetime.combine(wanted[-1], datetime.min.time(), zone).astimezone(UTC) + A_DAY
    asked = service.id, first - LONGEST_SLOT, last + LONGEST_SLOT
    taken = [one for one in store.of_service(*asked) if but_for is None or one.id != but_for.id]
    slots = {day: slots_on(day, service.hours, catalogue.calendar, rules, zone) for day in wanted}
    closed = service_date(now, catalogue.site.time_zone) if closed_today else None
    return [Day(day, () if day == closed else offers(slots[day], taken, rules, now)) for day in wanted]


def taken_back(
    booking: Booking, catalogue: Catalogue, is_closed_today: Callable[[ServiceId], bool], now: datetime
) -> CalledOff | None:
    """Why an open booking does not hold any more, though its visitor did not cancel it; None: it holds, or is over."""
    today = service_date(now, catalogue.site.time_zone)
    if booking.state is not BookingState.BOOKED or booking.service_date < today:
        return None
    if booking.service_date == today and is_closed_today(booking.service):
        return CalledOff.BY_HAND
    return called_off(booking.service, booking.starts_at, catalogue)
