"""A day as it would happen under any calling rule: who comes for what, how long that takes, when officers work.

Nothing in it depends on the order in which visitors are called, so that rules are compared on the very same day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from server.domain.catalogue import Catalogue
from shared.vocabulary import CounterId, LegId, Need, OfficerId, PauseReason, Priority, ServiceId


@dataclass(frozen=True, slots=True)
class Stop:
    """One service that a visitor needs, and how long it takes once begun."""

    service: ServiceId
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Arrival:
    at: datetime
    stops: tuple[Stop, ...]
    """The first is chosen at the kiosk; an officer transfers to each further one, or `at_once` all are chosen there."""
    priority: Priority = Priority.REGULAR
    needs: tuple[Need, ...] = ()
    walk: timedelta = timedelta(seconds=30)
    """From the call to the counter."""
    comes: bool = True
    """Whether the first call is answered."""
    returns_after: timedelta | None = None
    """How long after being missed the visitor asks to be taken back; None: never."""
    booked_for: datetime | None = None
    at_once: bool = False
    """Whether all stops are chosen at the kiosk, on one number."""


def first_leg(number: int) -> LegId:
    """The first leg of the day's visitor of that number, counted from 0."""
    return LegId(f"leg-{number}")


def leg_of(number: int, stop: int) -> LegId:
    """The leg of a stop that was chosen at the kiosk."""
    first = first_leg(number)
    return LegId(f"{first}-{stop}") if stop else first


@dataclass(frozen=True, slots=True)
class Pause:
    start: datetime
    lasts: timedelta
    reason: PauseReason = PauseReason.REST
    announced: timedelta | None = None
    """How long before its start the officer says that it is coming; None: never."""
    of_hours: bool = False
    """A break of the opening hours: however late it was begun, it ends when they go on."""


@dataclass(frozen=True, slots=True)
class Shift:
    """An officer's day at a counter. A pause begins when the counter is free; the shift ends with an empty line."""

    counter: CounterId
    officer: OfficerId
    start: datetime
    end: datetime
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    catalogue: Catalogue
    date: date
    arrivals: tuple[Arrival, ...]
    """Ascending."""
    shifts: tuple[Shift, ...]
    minutes: Mapping[ServiceId, float] = field(default_factory=lambda: MappingProxyType({}))
    """What each service takes on average; of an invented day."""
    spread: float = 0.0
    """By how much service times vary (coefficient of variation); of an invented day."""
