"""What one verb or many changed in the lobby since it was last asked: all that a disk needs, all that a view needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from server.domain.booking import Booking
from server.domain.facts import Fact
from server.domain.leases import Lease, LeaseKey
from server.domain.orders import Bulletin, BulletinId, Closure
from server.domain.pauses import PlannedPause
from server.domain.visit import Leg, Period, Visit
from shared.vocabulary import BookingId, CounterId, CounterState, LegId, OfficerId, PauseReason, ServiceId, VisitId


@dataclass(frozen=True, slots=True)
class CounterStatus:
    """How a counter stands today. What it has in hand follows from the legs and is not stored here."""

    counter: CounterId
    state: CounterState
    since: datetime
    officer: OfficerId | None = None
    pause_reason: PauseReason | None = None
    pause_until: datetime | None = None
    """When the pause that has begun is expected to end."""
    planned: PlannedPause | None = None
    """The next pause, announced ahead."""


@dataclass(slots=True)
class Changes:
    """Final values by id; what is `new` is inserted, the rest updated. `periods` and `facts` are appended in order.

    `visits` holds those whose own values changed; one of whose legs alone changed appears in `legs` only.
    """

    visits: dict[VisitId, Visit] = field(default_factory=dict)
    legs: dict[LegId, Leg] = field(default_factory=dict)
    new_visits: set[VisitId] = field(default_factory=set)
    new_legs: set[LegId] = field(default_factory=set)
    counters: dict[CounterId, CounterStatus] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    """Last number given, by series."""
    leases: dict[LeaseKey, Lease] = field(default_factory=dict)
    closures: dict[ServiceId, Closure] = field(default_factory=dict)
    bulletins: dict[BulletinId, Bulletin] = field(default_factory=dict)
    bookings: dict[BookingId, Booking] = field(default_factory=dict)
    """Not of the lobby, but of the same commit: a place, and the number that it becomes."""
    periods: list[Period] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(
            self.visits
            or self.legs
            or self.counters
            or self.sequences
            or self.leases
            or self.closures
            or self.bulletins
            or self.bookings
            or self.periods
            or self.facts
        )
