"""A lobby's store in memory: what a database keeps of the changes, and gives back. Knows nothing of the trade."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from server.app.ports import StorageError, StoredLobby, StoredReply
from server.domain.booking import Booking
from server.domain.called_off import Promise
from server.domain.changes import Changes, CounterStatus
from server.domain.early_calls import EarlyCall, early_call
from server.domain.facts import Fact, FactKind, Why
from server.domain.leases import Lease, LeaseKey
from server.domain.orders import Bulletin, BulletinId, Closure
from server.domain.outlook import Lessons, PastWait, waited_for_first_call
from server.domain.visit import Period, Visit
from shared.vocabulary import BookingId, BookingState, CounterId, FollowKey, LegId, RequestId, ServiceId, VisitId


@dataclass
class Day:
    visits: dict[VisitId, Visit] = field(default_factory=dict)
    counters: dict[CounterId, CounterStatus] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    leases: dict[LeaseKey, Lease] = field(default_factory=dict)
    closures: dict[ServiceId, Closure] = field(default_factory=dict)
    bulletins: dict[BulletinId, Bulletin] = field(default_factory=dict)


@dataclass
class MemoryBookings:
    """A `BookingStore`."""

    rows: dict[BookingId, Booking] = field(default_factory=dict)

    def by_key(self, key: FollowKey) -> Booking | None:
        return next((one for one in self.rows.values() if one.key == key), None)

    def by_code(self, code: str) -> Booking | None:
        return next((one for one in self.rows.values() if one.code == code), None)

    def of_service(self, service: ServiceId, first: datetime, last: datetime) -> Sequence[Booking]:
        mine = (one for one in self.rows.values() if one.service == service and first <= one.starts_at < last)
        return [one for one in mine if one.has_place]

    def promised(self, now: datetime) -> Sequence[Promise]:
        open_ones = [one for one in self.rows.values() if one.state is BookingState.BOOKED and one.starts_at >= now]
        return [Promise(one.service, one.starts_at) for one in open_ones]

    def tidy(self, today: date, now: datetime) -> int:
        for one in list(self.rows.values()):
            if one.forget_at is not None and one.forget_at <= now:
                self.rows[one.id] = one.nameless()
        old = [one for one in self.rows.values() if one.state is BookingState.BOOKED and one.service_date < today]
        self.rows |= {one.id: one.expired(now) for one in old}
        return len(old)


@dataclass
class MemoryStore:
    """A `LobbyStore`. `broken` makes the next commits fail as a full disk would, with nothing kept."""

    days: dict[date, Day] = field(default_factory=dict)
    periods: list[Period] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    replies: dict[RequestId, StoredReply] = field(default_factory=dict)
    bookings: MemoryBookings = field(default_factory=lambda: MemoryBookings())
    broken: bool = False

    def read_lobby(self, service_date: date) -> StoredLobby:
        day = self.days.get(service_date, Day())
        return StoredLobby(
            service_date,
            tuple(day.visits.values()),
            tuple(day.counters.values()),
            dict(day.sequences),
            tuple(day.leases.values()),
            self._reasons(day),
            tuple(day.closures.values()),
            tuple(day.bulletins.values()),
            self._early_calls(service_date),
        )

    def _early_calls(self, on: date) -> tuple[EarlyCall, ...]:
        visits = self.days.get(on, Day()).visits
        calls = (fact for fact in self.facts if fact.kind is FactKind.CALLED and fact.visit in visits and fact.service)
        found = (early_call(fact.service, fact.at, fact.why) for fact in calls if fact.service)
        return tuple(call for call in found if call is not None)

    def _reasons(self, day: Day) -> dict[LegId, Why]:
        hands = {leg.id for visit in day.visits.values() for leg in visit.legs if leg.state.is_in_hand}
        calls = (fact for fact in self.facts if fact.kind in (FactKind.CALLED, FactKind.RESUMED))
        last = {fact.leg: fact for fact in calls if fact.leg in hands}
        return {leg: fact.why for leg, fact in last.items() if leg is not None and fact.kind is FactKind.CALLED}

    def newest_instant(self) -> datetime | None:
        return max((fact.at for fact in self.facts), default=None)

    def lessons(self, today: date) -> Lessons:
        waits = [
            PastWait(leg.service, day, leg.came_at, leg.forecast.expected, waited)
            for day in sorted(self.days)
            if day <= today
            for visit in self.days[day].visits.values()
            for leg in visit.legs
            if leg.forecast is not None and (waited := waited_for_first_call(leg)) is not None
        ]
        return Lessons(waits=waits)

    def open_dates_before(self, service_date: date) -> Sequence[date]:
        return sorted(
            day
            for day, kept in self.days.items()
            if day < service_date
            and (any(v.is_open for v in kept.visits.values()) or any(lease.stands for lease in kept.leases.values()))
        )

    def replies_to(self, requests: Collection[RequestId]) -> Mapping[RequestId, StoredReply]:
        return {request: self.replies[request] for request in requests if request in self.replies}

    def keys_given(self, keys: Collection[FollowKey]) -> frozenset[FollowKey]:
        given = (visit.key for day in self.days.values() for visit in day.visits.values())
        return frozenset(given) & frozenset(keys)

    def forget_replies(self, before: datetime) -> int:
        old = [request for request, reply in self.replies.items() if reply.at < before]
        for request in old:
            del self.replies[request]
        return len(old)

    def commit(self, service_date: date, changes: Changes, replies: Sequence[StoredReply]) -> None:
        if self.broken:
            raise StorageError("disk full")
        day = self.days.setdefault(service_date, Day())
        for visit in changes.visits.values():
            assert (visit.id in changes.new_visits) == (visit.id not in day.visits), "new means: not there yet"
            day.visits[visit.id] = visit
        for leg in changes.legs.values():
            day.visits[leg.visit] = day.visits[leg.visit].with_leg(leg)
        day.counters |= changes.counters
        day.sequences |= changes.sequences
        day.leases |= changes.leases
        day.closures |= changes.closures
        day.bulletins |= changes.bulletins
        self.periods += changes.periods
        self.facts += changes.facts
        self.replies |= {reply.request: reply for reply in replies}
        self.bookings.rows |= changes.bookings
