"""Slots: when a service may be booked, and how many places are free. Pure. What is closed has no slot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from server.domain.hours import MIDNIGHT, Calendar, Hours, Span, spans_on

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class BookingRules:
    """What a service says about bookings."""

    slot: timedelta
    per_slot: int
    """Places in each slot."""
    days_ahead: int
    """0: for today alone."""
    check_in_before: timedelta
    """How long before the slot one may check in."""
    grace: timedelta | None = None
    """How late one may come; None: as the calling order says, `Catalogue.booked_grace`."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """From `start` until just before `end`, both UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    slot: Slot
    free: int


class Taken(Protocol):
    """A booking that has a place."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def slots_on(day: date, hours: Hours, calendar: Calendar, rules: BookingRules, zone: ZoneInfo) -> tuple[Slot, ...]:
    """The slots of one day, ascending. A span is cut from its beginning; what is left at its end is no slot."""
    return tuple(slot for span in spans_on(day, hours, calendar) for slot in cut(day, span, rules.slot, zone))


def cut(day: date, span: Span, length: timedelta, zone: ZoneInfo) -> list[Slot]:
    """One span in pieces of that length."""
    slots = []
    start = datetime.combine(day, span.start)
    end = (
        datetime.combine(day + timedelta(days=1), time.min) if span.end == MIDNIGHT else datetime.combine(day, span.end)
    )
    while start + length <= end:
        slot = Slot(_utc(start, zone), _utc(start + length, zone))
        if slot.end - slot.start == length:  # else the clocks are changed within it
            slots.append(slot)
        start += length
    return slots


def free_places(slot: Slot, taken: Iterable[Taken], rules: BookingRules) -> int:
    """What nobody has. A booking of another length (the service was changed since) counts in every slot it touches."""
    return max(0, rules.per_slot - sum(1 for one in taken if one.starts_at < slot.end and slot.start < one.ends_at))


def bookable_days(today: date, rules: BookingRules) -> tuple[date, ...]:
    return tuple(today + timedelta(days=ahead) for ahead in range(rules.days_ahead + 1))


def offers(slots: Iterable[Slot], taken: Iterable[Taken], rules: BookingRules, now: datetime) -> tuple[Offer, ...]:
    """The slots that have not begun, each with its free places."""
    known = tuple(taken)
    return tuple(Offer(slot, free_places(slot, known, rules)) for slot in slots if slot.start > now)


def _utc(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)
