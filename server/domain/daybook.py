"""The daybook: what the lobby of one service date holds, the questions to it, and the few ways to write into it."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import chain, islice

from server.domain import service_day
from server.domain.breaks import Breaks
from server.domain.calling import CallingRule
from server.domain.calling_order import CallingOrder
from server.domain.catalogue import Catalogue, Counter
from server.domain.changes import Changes, CounterStatus
from server.domain.checked_in import CheckedIn
from server.domain.early_calls import CalledBefore, EarlyCall, EarlyCalls
from server.domain.errors import RefusedError
from server.domain.facts import Actor, Fact, FactKind, Why
from server.domain.head_starts import HeadStarts, Overtaking
from server.domain.leases import Lease, LeaseKey
from server.domain.line import Line, in_calling_order
from server.domain.orders import Bulletin, BulletinId, Closure
from server.domain.outlook import NO_LESSONS, Lessons, Outlook
from server.domain.places import Aside, Places
from server.domain.profiles import WorkProfiles
from server.domain.stops import is_due, path_of
from server.domain.visit import Leg, Visit
from shared.vocabulary import (
    CounterId,
    CounterState,
    ErrorCode,
    FollowKey,
    LegId,
    LegState,
    OfficerId,
    ServiceId,
    VisitId,
)

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class DayBook:
    def __init__(
        self,
        catalogue: Catalogue,
        service_date: date,
        visits: Iterable[Visit],
        counters: Iterable[CounterStatus],
        sequences: Mapping[str, int],
        rule: CallingRule | None,
        newest: datetime | None,
        leases: Iterable[Lease] = (),
        reasons: Mapping[LegId, Why] | None = None,
        lessons: Lessons = NO_LESSONS,
        closures: Iterable[Closure] = (),
        bulletins: Iterable[Bulletin] = (),
        early_calls: Iterable[EarlyCall] = (),
    ) -> None:
        self.catalogue = catalogue
        self.service_date = service_date
        self.visits: dict[VisitId, Visit] = {visit.id: visit for visit in visits}
        self.counters: dict[CounterId, CounterStatus] = self._unused_counters(catalogue)
        self.counters |= {status.counter: status for status in counters if status.counter in catalogue.counters}
        self.sequences: dict[str, int] = dict(sequences)
        self.leases: dict[LeaseKey, Lease] = {lease.key: lease for lease in leases}
        self.closures: dict[ServiceId, Closure] = {closure.service: closure for closure in closures}
        """Services that a supervisor closed today, also those that were opened again."""
        self.bulletins: dict[BulletinId, Bulletin] = {bulletin.id: bulletin for bulletin in bulletins}
        """All of today, in the order in which they were given."""
        self.rule = rule
        """In place of the catalogue's rules, for a replay or a simulation."""
        legs = list(chain.from_iterable(visit.legs for visit in self.visits.values()))
        self.newest = newest or max((leg.since for leg in legs), default=LONG_AGO)
        """The latest moment written down. Time never runs backwards past it."""
        self._next_order = 1 + max((leg.order for leg in legs), default=0)
        self._visit_of: dict[LegId, VisitId] = {leg.id: leg.visit for leg in legs}
        self._by_key: dict[FollowKey, VisitId] = {visit.key: visit.id for visit in self.visits.values()}
        chosen = [leg for visit in self.visits.values() for leg in visit.first_legs]
        self._issued: Tally[ServiceId] = Tally(leg.service for leg in chosen)
        self._head_starts = HeadStarts.of(chosen)
        self._checked_in = CheckedIn(chosen)
        self._early_calls = EarlyCalls(early_calls)
        self.reasons: dict[LegId, Why] = dict(reasons or {})
        """Why those in hand were called; who was taken up from aside has none."""
        self.profiles = WorkProfiles(catalogue)
        self.breaks = Breaks(catalogue, self.profiles, service_date)
        self.outlook = Outlook(self.profiles.standard_minutes, legs, lessons, self.breaks)
        self.places = Places.of(self.profiles, self.visits.values())
        """Where everyone stands. To be read only, except by the few ways to write."""
        self._changes = Changes()
        self.version = 0
        """Another one after every change: whoever keeps something drawn up knows whether it still holds."""

    # --- questions ---

    def visit_of(self, leg: LegId) -> Visit:
        """Refuses with UNKNOWN_VISIT."""
        if leg not in self._visit_of:
            raise RefusedError(ErrorCode.UNKNOWN_VISIT, leg=leg)
        return self.visits[self._visit_of[leg]]

    def leg(self, leg: LegId) -> Leg:
        """Refuses with UNKNOWN_VISIT."""
        legs = self.visit_of(leg).legs
        return legs[0] if len(legs) == 1 else next(mine for mine in legs if mine.id == leg)

    def visit_by_key(self, key: FollowKey) -> Visit | None:
        visit = self._by_key.get(key)
        return None if visit is None else self.visits[visit]

    def in_hand(self, counter: CounterId) -> Leg | None:
        return self.places.hands.get(counter)

    def parked_at(self, counter: CounterId) -> tuple[Leg, ...]:
        """Parked at this counter, or elsewhere by the officer who sits here now; oldest first."""
        asides = dict(self.places.parked_at.get(counter, {}))
        status = self.counters.get(counter)
        if status is not None and status.officer is not None:
            asides |= self.places.parked_by.get(status.officer, {})
        return _oldest_first(asides)

    def missed_at(self, counter: CounterId) -> tuple[Leg, ...]:
        """Missed at this counter and not returned; oldest first."""
        return _oldest_first(self.places.missed_at.get(counter, {}))

    def line(self, service: ServiceId) -> Line:
        """All who wait for a service, in calling order. To be read only."""
        return self.places.everyone.get(service) or Line()

    def waiting_for(self, counter: CounterId, limit: int) -> list[Leg]:
        """The first of the work profile in calling order, with those whom only another counter may call."""
        return list(islice(in_calling_order(self.places.waiting_for(counter)), limit))

    def waiting_count(self, counter: CounterId) -> int:
        return self.places.waiting[counter]

    def may_call(self, counter: CounterId, leg: Leg) -> bool:
        """Whether a waiting leg is of the counter's work profile, not kept for another counter, and asks nothing that
        the counter lacks."""
        if not self.profiles.serves(counter, leg.service):
            return False
        return leg.only_counter == counter if leg.only_counter else self.meets(counter, leg)

    def could_help(self, counter: CounterId, leg: Leg) -> bool:
        """Whether a waiting leg is one that the counter helps out with, whether it does so now or not."""
        return leg.service in self.profiles.helps(counter) and leg.only_counter is None and self.meets(counter, leg)

    def meets(self, counter: CounterId, leg: Leg) -> bool:
        """Whether the counter has what the visitor asks of one."""
        return self.profiles.meets(counter, self.profiles.asks(leg.service, leg.needs))

    def may_help(self, counter: CounterId) -> list[Line]:
        """The lines beyond its work profile out of which a counter may call now: none while its own is not short."""
        if not self.profiles.helps(counter):
            return []
        own = sum(len(line) for line in self.places.callable_by(counter))
        return self.places.helped_by(counter) if own < self.catalogue.counters[counter].helps_below else []

    def is_held(self, leg: Leg) -> bool:
        """Whether a waiting leg's visitor is at a counter, or asked back to one, for another stop of the visit."""
        return self.places.is_held(leg)

    def foremost(self, visit: Visit) -> Leg:
        """The leg to speak of when only one can be: where the visitor is, or else where the fewest stand before them,
        or else what was missed, is still to come, or came last."""
        if len(visit.legs) == 1:
            return visit.legs[0]
        if (busy := visit.busy_leg) is not None:
            return busy
        legs = path_of(visit)
        waiting = [leg for leg in legs if leg.state is LegState.WAITING]
        if waiting:
            return min(waiting, key=lambda leg: self.ahead(leg.id))
        missed = (leg for leg in legs if leg.state is LegState.MISSED)
        return next(missed, None) or next(iter(visit.open_legs), visit.last_leg)

    def calling_of(self, service: ServiceId) -> CallingOrder:
        return self.catalogue.calling_of(service)

    def rule_of(self, service: ServiceId) -> CallingRule:
        return self.rule or self.calling_of(service).rule

    def overtaken_by(self, leg: LegId) -> Overtaking | None:
        """Who was put before a waiting leg by a head start though they came later: called since or not."""
        mine = self.leg(leg)
        if mine.state is not LegState.WAITING or mine.was_moved:
            return None
        return self._head_starts.over(mine, self.leg)

    def booked_before(self, leg: LegId) -> Overtaking | None:
        """Who was put before a waiting leg for a time that they had booked though they came later."""
        mine = self.leg(leg)
        if mine.state is not LegState.WAITING or mine.was_moved:
            return None
        return self._checked_in.before(mine, self.leg)

    def called_before(self, leg: LegId) -> CalledBefore | None:
        """Who stood behind a waiting leg and was called by the number before it."""
        mine = self.leg(leg)
        if mine.state is not LegState.WAITING or mine.was_moved:
            return None
        return self._early_calls.before(mine)

    def served_today(self, counter: CounterId) -> int:
        return self.places.served[counter]

    def issued_today(self, service: ServiceId) -> int:
        """How often the service was chosen; transfers to it do not count."""
        return self._issued[service]

    def ahead(self, leg: LegId) -> int:
        """How many wait before a waiting leg in the line of its service; 0 for any other."""
        mine = self.leg(leg)
        return self.line(mine.service).rank(mine) if mine.state is LegState.WAITING else 0

    def is_closed_by_hand(self, service: ServiceId) -> bool:
        """Whether a supervisor has closed it for today."""
        closure = self.closures.get(service)
        return closure is not None and closure.stands

    def take_changes(self) -> Changes:
        """What happened since last asked."""
        changes, self._changes = self._changes, Changes()
        return changes

    # --- what the verbs share ---

    def _steady(self, now: datetime) -> datetime:
        """`now`, or the newest moment written down if the clock was put back: no period is negative."""
        return max(now, self.newest)

    def _known_counter(self, counter: CounterId) -> Counter:
        if counter not in self.catalogue.counters:
            raise RefusedError(ErrorCode.UNKNOWN_COUNTER, counter=counter)
        return self.catalogue.counters[counter]

    def _open_counter(self, counter: CounterId) -> CounterStatus:
        self._known_counter(counter)
        status = self.counters[counter]
        if status.state is not CounterState.OPEN:
            raise RefusedError(ErrorCode.COUNTER_NOT_OPEN, state=status.state.value)
        return status

    def _is_open(self, counter: CounterId) -> bool:
        return self.counters[counter].state is CounterState.OPEN

    def _officer_at(self, counter: CounterId) -> OfficerId | None:
        return self.counters[counter].officer

    def _unused_counters(self, catalogue: Catalogue) -> dict[CounterId, CounterStatus]:
        """Every counter as it stands before anybody touched it today."""
        start, _ = service_day.bounds(self.service_date, catalogue.site.time_zone)
        return {counter: CounterStatus(counter, CounterState.CLOSED, start) for counter in catalogue.counters}

    # --- writing: the only lines that change the day ---

    def _step(
        self,
        old: Leg,
        new: Leg,
        kind: FactKind,
        now: datetime,
        actor: Actor,
        why: Why | None = None,
        at: CounterId | None = None,
    ) -> Leg:
        """Put `new` in the place of `old`, end its period if its state changed, and write the fact down. `at` is the
        counter where it happened, unless that is the leg's own."""
        if new.state is not old.state:
            self._changes.periods.append(old.period_until(now))
            self.outlook.saw(old, new, self.breaks)
        self._replace(old, new)
        self._record(kind, now, actor, leg=new, counter=at or new.counter or old.counter, why=why)
        return new

    def _add(self, leg: Leg) -> None:
        self._visit_of[leg.id] = leg.visit
        self._changes.new_legs.add(leg.id)
        self._next_order = max(self._next_order, leg.order + 1)
        self._put(leg)

    def _replace(self, old: Leg, new: Leg) -> None:
        if not new.state.is_in_hand:
            self.reasons.pop(old.id, None)
        self.places.leave(old)
        self._put(new)

    def _let_due_stops_wait(self, visit: VisitId, now: datetime, actor: Actor) -> None:
        """Into their lines with the stops that waited for others to be done."""
        if len(self.visits[visit].legs) == 1:
            return
        for leg in self.visits[visit].legs:
            if leg.state is LegState.BOOKED and is_due(self.visits[visit], leg, self.catalogue):
                self._step(leg, leg.due(now), FactKind.STOP_DUE, now, actor)

    def _put(self, leg: Leg) -> None:
        self.version += 1
        self.places.enter(leg)
        self._changes.legs[leg.id] = leg
        self.visits[leg.visit] = visit = self.visits[leg.visit].with_leg(leg)
        if len(visit.legs) > 1:
            self.places.settle(visit)
        if leg.visit in self._changes.visits:
            self._changes.visits[leg.visit] = visit

    def _put_visit(self, visit: Visit) -> None:
        self.version += 1
        self.visits[visit.id] = visit
        self._changes.visits[visit.id] = visit

    def _put_counter(self, status: CounterStatus) -> None:
        self.version += 1
        self.counters[status.counter] = status
        self._changes.counters[status.counter] = status

    def _put_closure(self, closure: Closure) -> None:
        self.version += 1
        self.closures[closure.service] = self._changes.closures[closure.service] = closure

    def _put_bulletin(self, bulletin: Bulletin) -> None:
        self.version += 1
        self.bulletins[bulletin.id] = self._changes.bulletins[bulletin.id] = bulletin

    def _put_lease(self, lease: Lease) -> None:
        self.leases[lease.key] = self._changes.leases[lease.key] = lease

    def _record(
        self,
        kind: FactKind,
        now: datetime,
        actor: Actor,
        *,
        leg: Leg | None = None,
        visit: VisitId | None = None,
        service: ServiceId | None = None,
        counter: CounterId | None = None,
        why: Why | None = None,
    ) -> None:
        self.version += 1
        self.newest = max(self.newest, now)
        if leg is None:
            fact = Fact(kind, now, actor, visit=visit, service=service, counter=counter, why=why or {})
        else:
            fact = Fact(kind, now, actor, leg.visit, leg.id, leg.service, counter, why or {})
        self._changes.facts.append(fact)

    def __eq__(self, other: object) -> bool:
        """Law 8: the same day, down to every index, whatever is still to be taken by `take_changes`."""
        return isinstance(other, DayBook) and all(
            getattr(self, name) == getattr(other, name)
            for name in (
                "service_date",
                "visits",
                "counters",
                "sequences",
                "leases",
                "closures",
                "bulletins",
                "reasons",
                "_early_calls",
                "_next_order",
                "_visit_of",
                "_by_key",
                "_issued",
                "places",
                "outlook",
            )
        )

    __hash__ = None  # type: ignore[assignment]  # mutable


def _oldest_first(asides: Aside) -> tuple[Leg, ...]:
    return tuple(sorted(asides.values(), key=lambda leg: (leg.since, leg.order)))
