"""A booking: a place in a slot, from being taken to its use or its end. Values: a change is a new value.

It holds no visitor: name and phone number stand beside it in the one table that a clock empties (law 12).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from server.domain.booking_slots import BookingRules, Slot, free_places
from server.domain.errors import RefusedError
from shared.vocabulary import BookingId, BookingState, ErrorCode, FollowKey, Language, ServiceId, VisitId

CODE_LETTERS = "ACDEFHJKMNPRTVWXY3479"  # none that looks like another: no B 8, G 6, I 1 L, O 0 Q U, S 5, Z 2
CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Person:
    """What a visitor may say about themselves. Neither is needed."""

    name: str = ""
    phone: str = ""
    """As `phone_numbers.normalised` writes it."""


NOBODY_KNOWN = Person()


@dataclass(frozen=True, slots=True)
class Booking:
    id: BookingId
    key: FollowKey
    """Opens its page; becomes the follow-up key of the visit."""
    code: str
    service: ServiceId
    service_date: date
    starts_at: datetime
    ends_at: datetime
    place: int
    """Which of the slot's places, from 0: the database lets nobody else have it."""
    language: Language
    booked_at: datetime
    changed_at: datetime
    state: BookingState = BookingState.BOOKED
    visit: VisitId | None = None
    person: Person = NOBODY_KNOWN
    forget_at: datetime | None = None
    """When what the visitor said is erased at the latest; None where nothing is kept."""

    @property
    def has_place(self) -> bool:
        """Whether it takes a place of its slot: also once the visitor has come, who may have come early."""
        return self.state in (BookingState.BOOKED, BookingState.CHECKED_IN)

    @property
    def slot(self) -> Slot:
        return Slot(self.starts_at, self.ends_at)

    def moved(self, slot: Slot, day: date, place: int, forget_at: datetime, now: datetime) -> Booking:
        moved = replace(self, service_date=day, starts_at=slot.start, ends_at=slot.end, place=place, changed_at=now)
        return moved.keeping(self.person, forget_at)

    def keeping(self, person: Person, forget_at: datetime) -> Booking:
        """With what the visitor said, until then."""
        return replace(self, person=person, forget_at=None if person == NOBODY_KNOWN else forget_at)

    def cancelled(self, now: datetime) -> Booking:
        return replace(self.nameless(), state=BookingState.CANCELLED, changed_at=now)

    def checked_in(self, visit: VisitId, now: datetime) -> Booking:
        return replace(self.nameless(), state=BookingState.CHECKED_IN, visit=visit, changed_at=now)

    def expired(self, now: datetime) -> Booking:
        return replace(self.nameless(), state=BookingState.EXPIRED, changed_at=now)

    def nameless(self) -> Booking:
        """Nothing needs the visitor's name or number any more."""
        return replace(self, person=NOBODY_KNOWN, forget_at=None)


def free_place(slot: Slot, others: Iterable[Booking], rules: BookingRules) -> int:
    """The lowest place that nobody has; `others` are the service's bookings of the day, but for one that moves.

    Refuses with SLOT_FULL."""
    taken = [one for one in others if one.has_place]
    if not free_places(slot, taken, rules):
        raise RefusedError(ErrorCode.SLOT_FULL)
    theirs = {one.place for one in taken if one.starts_at == slot.start}
    return next(place for place in range(len(theirs) + 1) if place not in theirs)


def refuse_second(person: Person, others: Iterable[Booking]) -> None:
    """One active booking per phone number, service and day. Refuses with ALREADY_BOOKED."""
    if person.phone and any(o.state is BookingState.BOOKED and o.person.phone == person.phone for o in others):
        raise RefusedError(ErrorCode.ALREADY_BOOKED)


def refuse_closed(booking: Booking, today: date, ticket: str | None = None) -> None:
    """Refuses with BOOKING_USED and BOOKING_OVER what is no more to be changed, cancelled or used."""
    if booking.state is BookingState.CHECKED_IN:
        raise RefusedError(ErrorCode.BOOKING_USED, **({} if ticket is None else {"ticket": ticket}))
    if booking.state is not BookingState.BOOKED:
        raise RefusedError(ErrorCode.BOOKING_OVER, state=booking.state.value)
    if booking.service_date < today:  # the day's tidying up has not come to it yet
        raise RefusedError(ErrorCode.BOOKING_OVER, state=BookingState.EXPIRED.value)


def refuse_not_now(booking: Booking, rules: BookingRules | None, today: date, now: datetime) -> None:
    """Refuses with WRONG_DAY and TOO_EARLY. There is no too late: after the grace it counts as a walk-in. A service
    that takes no bookings any more takes those that it has, from the beginning of their day."""
    if booking.service_date != today:
        raise RefusedError(ErrorCode.WRONG_DAY, starts_at=booking.starts_at.isoformat())
    if rules is not None and now < (opens := booking.starts_at - rules.check_in_before):
        raise RefusedError(ErrorCode.TOO_EARLY, **{"from": opens.isoformat()})


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """86 million of them: six letters that nobody mistakes for another."""
    return "".join(choose(CODE_LETTERS) for _ in range(CODE_LENGTH))
