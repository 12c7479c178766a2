"""A visit, its legs and its periods. Values: a change is a new value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from server.domain.changing import changed
from server.domain.estimating import Forecast
from shared.vocabulary import (
    CounterId,
    DeviceId,
    FollowKey,
    Language,
    LegId,
    LegState,
    Need,
    OfficerId,
    Outcome,
    PrintState,
    Priority,
    ServiceId,
    VisitId,
)


@dataclass(frozen=True, slots=True)
class Leg:
    """One service inside a visit."""

    id: LegId
    visit: VisitId
    service: ServiceId
    order: int
    """Unique and ascending in the lobby of the day: the last word between equal `effective_at`."""
    state: LegState
    since: datetime
    """Start of the present state; with `counter` and `officer`, the period that is still open."""
    arrival: datetime
    """From when the visitor counts: when they came, or the time for which they had booked."""
    effective_at: datetime
    """`arrival - head_start`, fixed when the leg was made; later only by the visitor's own act: law 11."""
    counter: CounterId | None = None
    """Where it is in hand or parked, or where it was last."""
    officer: OfficerId | None = None
    only_counter: CounterId | None = None
    """A transfer to one counter: no other may call it."""
    called_at: datetime | None = None
    """First moment of the present call; kept while serving."""
    calls: int = 0
    """How often the present call was announced: 1, then one more for each recall."""
    missed: int = 0
    outcome: Outcome | None = None
    note: str = ""
    needs: tuple[Need, ...] = ()
    """Of the visit's needs, those that ask something of the counter."""
    announced_at: datetime | None = None
    """Last moment at which the present call was announced."""
    returned: int = 0
    """How often the visitor came back by themselves after being missed."""
    gave_way: int = 0
    forecast: Forecast | None = None
    """What the visitor was told at issue."""
    first_called_at: datetime | None = None
    stop: int = 0
    """Which of the visit's chosen services it belongs to, counted from 0 along the path; a transfer stays in it."""
    checked_in_at: datetime | None = None
    """When a booked visitor came, where they count from another moment."""

    @property
    def came_at(self) -> datetime:
        """When the visitor was here, and was told how long it would take."""
        return self.checked_in_at or self.arrival

    @property
    def was_moved(self) -> bool:
        """Whether the visitor gave the place of the issue up."""
        return bool(self.returned or self.gave_way)

    def waiting(self, now: datetime) -> Leg:
        """Back in its line, where it was: arrival and `effective_at` stay."""
        return changed(
            self,
            state=LegState.WAITING,
            since=now,
            counter=None,
            officer=None,
            called_at=None,
            announced_at=None,
            calls=0,
            note="",
        )

    def due(self, now: datetime) -> Leg:
        """What stood before it is done: into its line, with the arrival and the key that it was given."""
        return changed(self, state=LegState.WAITING, since=now)

    def called(self, counter: CounterId, officer: OfficerId | None, now: datetime) -> Leg:
        return changed(
            self,
            state=LegState.CALLED,
            since=now,
            counter=counter,
            officer=officer,
            called_at=now,
            announced_at=now,
            calls=1,
            first_called_at=self.first_called_at or now,
        )

    def recalled(self, now: datetime) -> Leg:
        return changed(self, calls=self.calls + 1, announced_at=now)

    def back_at(self, effective_at: datetime, now: datetime) -> Leg:
        """Back in its line by the visitor's own act, at a later place."""
        return changed(self.waiting(now), effective_at=effective_at, returned=self.returned + 1)

    def giving_way(self, effective_at: datetime) -> Leg:
        return changed(self, effective_at=effective_at, gave_way=self.gave_way + 1)

    def serving(self, officer: OfficerId | None, now: datetime) -> Leg:
        return changed(self, state=LegState.SERVING, since=now, officer=officer)

    def served(self, outcome: Outcome, now: datetime) -> Leg:
        return changed(self, state=LegState.SERVED, since=now, outcome=outcome)

    def parked(self, officer: OfficerId | None, note: str, now: datetime) -> Leg:
        return changed(self, state=LegState.PARKED, since=now, officer=officer, note=note)

    def marked_missed(self, now: datetime) -> Leg:
        return changed(self, state=LegState.MISSED, since=now, missed=self.missed + 1)

    def ended(self, state: LegState, now: datetime) -> Leg:
        return changed(self, state=state, since=now)

    def period_until(self, now: datetime) -> Period:
        """The period that ends when the leg leaves its present state."""
        return Period(self.visit, self.id, self.state, self.service, self.counter, self.officer, self.since, now)


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's stay. The ticket is a label; `id` is the identity."""

    id: VisitId
    key: FollowKey
    service_date: date
    series: str
    number: int
    language: Language
    priority: Priority
    needs: tuple[Need, ...]
    arrived_at: datetime
    issued_by: DeviceId | None
    legs: tuple[Leg, ...]
    """In the order in which they were made."""
    print_state: PrintState = PrintState.PENDING
    booked_for: datetime | None = None
    """The time for which the visitor had booked; `arrived_at` is the check-in then."""
    invited: LegId | None = None
    """The leg that the visitor is asked about in the satisfaction survey; None: not asked."""

    @property
    def ticket(self) -> str:
        return f"{self.series}-{self.number:03d}"

    @property
    def is_open(self) -> bool:
        return any(leg.state.is_open for leg in self.legs)

    @property
    def open_legs(self) -> tuple[Leg, ...]:
        """More than one when several services were chosen."""
        return tuple(leg for leg in self.legs if leg.state.is_open)

    @property
    def last_leg(self) -> Leg:
        return self.legs[-1]

    @property
    def busy_leg(self) -> Leg | None:
        """The one for which the visitor is called, served or asked to come back to a counter: never two (law 4)."""
        return next((leg for leg in self.legs if leg.state.is_in_hand or leg.state is LegState.PARKED), None)

    @property
    def has_several_stops(self) -> bool:
        return len(self.legs) > 1 and any(leg.stop for leg in self.legs)

    @property
    def first_legs(self) -> tuple[Leg, ...]:
        """Where each stop began."""
        if len(self.legs) == 1:
            return self.legs
        return tuple({leg.stop: leg for leg in reversed(self.legs)}.values())

    def with_leg(self, leg: Leg) -> Visit:
        """This visit with `leg` in place of the one of its id, or at the end."""
        if self.legs[-1] is leg:
            return self
        if any(mine.id == leg.id for mine in self.legs):
            return changed(self, legs=tuple(leg if mine.id == leg.id else mine for mine in self.legs))
        return changed(self, legs=(*self.legs, leg))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of a leg in one state, written when it ends; statistics read only these."""

    visit: VisitId
    leg: LegId
    state: LegState
    service: ServiceId
    counter: CounterId | None
    officer: OfficerId | None
    start: datetime
    end: datetime
