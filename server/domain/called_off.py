"""Called off: bookings whose time the hall has taken back. Pure.

Nothing of it is written down: it follows from what holds now, so a holiday that is taken back again gives them back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from server.domain.catalogue import Catalogue
from server.domain.errors import RefusedError
from server.domain.hours import spans_on
from shared.vocabulary import ErrorCode, ServiceId


class CalledOff(StrEnum):
    REMOVED = "removed"
    """The service is not offered any more."""
    CLOSED = "closed"
    """It takes nobody at the booked time: a holiday, a short day, other hours."""
    BY_HAND = "by_hand"
    """A supervisor has closed it for today."""


@dataclass(frozen=True, slots=True)
class Promise:
    """So many bookings of one service begin then."""

    service: ServiceId
    starts_at: datetime
    count: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Struck:
    """So many bookings of a service on a day that a change calls off."""

    day: date
    service: ServiceId
    why: CalledOff
    count: int


def called_off(service: ServiceId, starts_at: datetime, catalogue: Catalogue) -> CalledOff | None:
    """Why a booking does not hold under a catalogue; None: it does. A slot that has begun before closing is served."""
    offered = catalogue.services.get(service)
    if offered is None:
        return CalledOff.REMOVED
    local = starts_at.astimezone(ZoneInfo(catalogue.site.time_zone))
    is_open = any(span.holds(local.time()) for span in spans_on(local.date(), offered.hours, catalogue.calendar))
    return None if is_open else CalledOff.CLOSED


def refuse_called_off(service: ServiceId, starts_at: datetime, catalogue: Catalogue) -> None:
    """Refuses with SERVICE_REMOVED and SERVICE_CLOSED."""
    match called_off(service, starts_at, catalogue):
        case CalledOff.REMOVED:
            raise RefusedError(ErrorCode.SERVICE_REMOVED, service=service)
        case CalledOff.CLOSED:
            raise RefusedError(ErrorCode.SERVICE_CLOSED, service=service, opens_at=None)
        case _:
            return


def later_today(promises: Iterable[Promise], zone: ZoneInfo, now: datetime) -> dict[ServiceId, int]:
    """How many open bookings begin in what is left of today: what closing a service by hand calls off."""
    today, found = now.astimezone(zone).date(), dict[ServiceId, int]()
    for one in promises:
        if one.starts_at >= now and one.starts_at.astimezone(zone).date() == today:
            found[one.service] = found.get(one.service, 0) + one.count
    return found


def struck(promises: Iterable[Promise], before: Catalogue, after: Catalogue) -> list[Struck]:
    """What another catalogue calls off that holds under this one, day by day."""
    zone = ZoneInfo(after.site.time_zone)
    counted: dict[tuple[date, ServiceId, CalledOff], int] = {}
    for one in promises:
        why = called_off(one.service, one.starts_at, after)
        if why is not None and called_off(one.service, one.starts_at, before) is None:
            key = one.starts_at.astimezone(zone).date(), one.service, why
            counted[key] = counted.get(key, 0) + one.count
    return sorted(Struck(*key, count) for key, count in counted.items())
