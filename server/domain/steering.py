"""Steering: what a supervisor does to the hall from afar. Every act has a reason, which its fact keeps as `because`.

What an officer does at a counter is in `serving` and `seating`; here nobody sits anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from server.domain.errors import RefusedError
from server.domain.facts import Actor, FactKind, Why
from server.domain.orders import Bulletin, BulletinId, Closure
from server.domain.publishing import DAY_OVER
from server.domain.seating import Seating
from server.domain.serving import Serving
from server.domain.visit import Leg, Visit
from shared.vocabulary import (
    AgencyId,
    CancelReason,
    CounterId,
    CounterState,
    ErrorCode,
    LegId,
    LegState,
    PauseReason,
    Priority,
    ServiceId,
    VisitId,
)

FLOOR = "floor"  # in the facts of a supervisor's acts, as `by`


@dataclass(frozen=True, slots=True)
class DayEnd:
    """What closing the day early does, or did."""

    expired: int
    """Stops that are waited for, or put aside: nobody will serve them."""
    in_hand: int
    """Visitors at a counter: they are served out."""
    services: int
    counters: int
    """That close; those with somebody in hand stay open until their officer closes them."""


class Steering(Serving, Seating):
    """Verbs on a visit refuse with UNKNOWN_VISIT, and with VISIT_IN_HAND (fact `counter`) when it is at a counter."""

    def move(
        self,
        leg: LegId,
        service: ServiceId,
        *,
        new_leg: LegId,
        only_counter: CounterId | None,
        because: str,
        now: datetime,
        actor: Actor,
    ) -> Leg:
        """Send somebody who waits, or was put aside, to another line or to one counter: as a transfer, so the arrival
        and the key are kept.

        Refuses further as `transfer` does, and with WRONG_STATE for any other state, or for where it stands already.
        """
        old = self._not_in_hand(leg)
        if old.state not in (LegState.WAITING, LegState.PARKED):
            raise RefusedError(ErrorCode.WRONG_STATE, state=old.state.value)
        self._refuse_unreachable(old, service, only_counter)
        if old.state is LegState.WAITING and (service, only_counter) == (old.service, old.only_counter):
            raise RefusedError(ErrorCode.WRONG_STATE, state=old.state.value, service=service)
        return self._send_on(old, service, only_counter, new_leg, self._steady(now), actor, _why(because))

    def call_off(self, visit: VisitId, agency: AgencyId | None, because: str, now: datetime, actor: Actor) -> None:
        """End the open stops of a visit; with `agency`, those at its services alone. Refuses with WRONG_STATE when
        there is none."""
        known = self._known(visit)
        legs = [leg for leg in known.open_legs if self._is_of(leg.service, agency)]
        if not legs:
            raise RefusedError(ErrorCode.WRONG_STATE, state=known.last_leg.state.value)
        for leg in legs:
            self._not_in_hand(leg.id)
        now = self._steady(now)
        why = _why(because, reason=CancelReason.OTHER.value, agency=agency)
        for leg in legs:
            self._step(leg, leg.ended(LegState.CANCELLED, now), FactKind.CANCELLED, now, actor, why)
        self._let_due_stops_wait(visit, now, actor)

    def reprioritise(self, visit: VisitId, priority: Priority, because: str, now: datetime, actor: Actor) -> None:
        """Correct the priority: from now on the visit has the key that it would have been given with the right one at
        its arrival, between its equals (law 11). Who gave the place up keeps the later one.

        Refuses with WRONG_STATE: it has that priority already, or waits for nothing.
        """
        known = self._known(visit)
        legs = [leg for leg in known.legs if leg.state.is_open or leg.state is LegState.MISSED]  # who may come back
        if known.priority is priority:
            raise RefusedError(ErrorCode.WRONG_STATE, priority=priority.value)
        if not any(leg.state in (LegState.WAITING, LegState.BOOKED) for leg in legs):
            raise RefusedError(ErrorCode.WRONG_STATE, state=known.last_leg.state.value)
        now = self._steady(now)
        why = _why(because, priority=priority.value, was=known.priority.value)
        self._put_visit(replace(known, priority=priority))
        firsts = {leg.id for leg in known.first_legs}
        for leg in legs:
            place = self._place(leg.service, priority, leg.arrival, now, leg.order)
            again = leg if leg.was_moved else replace(leg, effective_at=place.effective_at)
            if leg.id in firsts:
                self._head_starts.correct(leg, again)
            why_now = {**place.why, **why, "effective_at": again.effective_at.isoformat()}
            self._step(leg, again, FactKind.REPRIORITISED, now, actor, why_now)

    def reopen(self, leg: LegId, because: str, now: datetime, actor: Actor) -> Leg:
        """Put a missed leg back into its line, with its old place. Refuses with WRONG_STATE."""
        missed = self.leg(leg)
        if missed.state is not LegState.MISSED:
            raise RefusedError(ErrorCode.WRONG_STATE, state=missed.state.value)
        now = self._steady(now)
        return self._step(missed, missed.waiting(now), FactKind.RETURNED, now, actor, _why(because))

    def close_service(self, service: ServiceId, because: str, now: datetime, actor: Actor) -> None:
        """No more numbers for it today; who waits is served. Refuses with UNKNOWN_SERVICE, SERVICE_REMOVED and
        WRONG_STATE (it is closed by hand already)."""
        self._refuse_unoffered(service)
        if self.is_closed_by_hand(service):
            raise RefusedError(ErrorCode.WRONG_STATE, service=service)
        now = self._steady(now)
        self._put_closure(Closure(service, now, actor.officer, because))
        self._record(FactKind.SERVICE_CLOSED, now, actor, service=service, why=_why(because))

    def open_service(self, service: ServiceId, because: str, now: datetime, actor: Actor) -> None:
        """Take the closing back: from now on its hours hold again. Refuses with UNKNOWN_SERVICE and WRONG_STATE."""
        if not self.is_closed_by_hand(service):
            self._refuse_unoffered(service)
            raise RefusedError(ErrorCode.WRONG_STATE, service=service)
        now = self._steady(now)
        self._put_closure(replace(self.closures[service], opened_at=now))
        self._record(FactKind.SERVICE_OPENED, now, actor, service=service, why=_why(because))

    def stand(
        self,
        counter: CounterId,
        state: CounterState,
        pause_reason: PauseReason | None,
        because: str,
        now: datetime,
        actor: Actor,
    ) -> None:
        """Open, pause or close a counter for its officer, who stays seated. Refuses with UNKNOWN_COUNTER, COUNTER_BUSY,
        WRONG_STATE (it is so already, or nobody sits there) and COUNTER_NOT_OPEN (to be paused)."""
        kinds = {
            CounterState.OPEN: FactKind.COUNTER_OPENED,
            CounterState.PAUSED: FactKind.COUNTER_PAUSED,
            CounterState.CLOSED: FactKind.COUNTER_CLOSED,
        }
        reason = None
        if state is CounterState.PAUSED:
            self._open_counter(counter)
            reason = pause_reason or PauseReason.OTHER
        self._stand(counter, state, kinds[state], now, actor, reason, _why(because))

    def announce_pause_from_afar(
        self,
        counter: CounterId,
        reason: PauseReason,
        starts_in: timedelta,
        lasts: timedelta,
        because: str,
        now: datetime,
        actor: Actor,
    ) -> None:
        """As `announce_pause`, for the officer who sits there."""
        self.announce_pause(counter, reason, starts_in, lasts, now, actor, _why(because))

    def call_off_pause_from_afar(self, counter: CounterId, because: str, now: datetime, actor: Actor) -> None:
        """As `call_off_pause`."""
        self.call_off_pause(counter, now, actor, _why(because))

    def give_bulletin(self, bulletin: Bulletin, spoken: bool, because: str, actor: Actor) -> None:
        """Say something to the hall, in writing until its end, and aloud once if it is to be `spoken`."""
        now = self._steady(bulletin.given_at)
        self._put_bulletin(replace(bulletin, given_at=now))
        why = _why(
            because,
            bulletin=bulletin.id,
            spoken=int(spoken),
            zones=" ".join(bulletin.zones),
            id=bulletin.text.id,
            en=bulletin.text.en,
            until=bulletin.until.isoformat(),
            agency=bulletin.agency,
        )
        self._record(FactKind.BULLETIN_GIVEN, now, actor, why=why)

    def end_bulletin(self, bulletin: BulletinId, because: str, now: datetime, actor: Actor) -> None:
        """Take it back. Refuses with WRONG_STATE when it has ended."""
        known = self.bulletins.get(bulletin)
        now = self._steady(now)
        if known is None or not known.stands(now):
            raise RefusedError(ErrorCode.WRONG_STATE, bulletin=bulletin)
        self._put_bulletin(replace(known, ended_at=now))
        self._record(FactKind.BULLETIN_ENDED, now, actor, why=_why(because, bulletin=bulletin))

    def write_down_seen(self, alert: str, because: str, now: datetime, actor: Actor) -> None:
        """Somebody has seen an alert and says what is done about it."""
        self._record(FactKind.ALERT_ACKNOWLEDGED, self._steady(now), actor, why=_why(because, alert=alert))

    def day_end(self, agency: AgencyId | None) -> DayEnd:
        """What closing the day of an agency, or of the whole site, would do now."""
        counters = [one for one in self._counters_of(agency) if self.counters[one].state is not CounterState.CLOSED]
        busy = sum(one in self.places.hands for one in counters)
        services = [one for one in self._services_of(agency) if not self.is_closed_by_hand(one)]
        return DayEnd(len(self._left_over(agency)), busy, len(services), len(counters) - busy)

    def close_day(self, agency: AgencyId | None, because: str, now: datetime, actor: Actor) -> DayEnd:
        """Nobody gets a number any more, who waits or was put aside is expired, counters close. Whoever is at a counter
        is served out. Refuses with WRONG_STATE when there is nothing left to close."""
        ends = self.day_end(agency)
        if not (ends.expired or ends.services or ends.counters):
            raise RefusedError(ErrorCode.WRONG_STATE)
        now = self._steady(now)
        why = _why(because, expired=ends.expired, in_hand=ends.in_hand, agency=agency)
        self._record(FactKind.DAY_CLOSED, now, actor, why=why)
        for service in self._services_of(agency):
            if not self.is_closed_by_hand(service):
                self._put_closure(Closure(service, now, actor.officer, because))
        left_over = self._left_over(agency)
        for leg in left_over:
            said = _why(because, state=leg.state.value)
            self._step(leg, leg.ended(LegState.EXPIRED, now), FactKind.EXPIRED, now, actor, said)
        for visit in {leg.visit: None for leg in left_over}:
            self._let_due_stops_wait(visit, now, actor)
        for counter in self._counters_of(agency):
            status = self.counters[counter]
            if status.state is not CounterState.CLOSED and counter not in self.places.hands:
                closed = replace(
                    status, state=CounterState.CLOSED, since=now, pause_reason=None, pause_until=None, planned=None
                )
                self._put_counter(closed)
                self._record(FactKind.COUNTER_CLOSED, now, actor, counter=counter, why=_why(because, reason=DAY_OVER))
        return ends

    def _left_over(self, agency: AgencyId | None) -> list[Leg]:
        legs = (leg for visit in self.visits.values() for leg in visit.open_legs)
        return [leg for leg in legs if not leg.state.is_in_hand and self._is_of(leg.service, agency)]

    def _services_of(self, agency: AgencyId | None) -> Iterable[ServiceId]:
        return [service for service in self.catalogue.services if self._is_of(service, agency)]

    def _counters_of(self, agency: AgencyId | None) -> list[CounterId]:
        return [one.id for one in self.catalogue.counters.values() if agency in (None, one.agency)]

    def _is_of(self, service: ServiceId, agency: AgencyId | None) -> bool:
        return agency is None or self.catalogue.service(service).agency == agency

    def _not_in_hand(self, leg: LegId) -> Leg:
        known = self.leg(leg)
        if known.state.is_in_hand:
            raise RefusedError(ErrorCode.VISIT_IN_HAND, counter=known.counter)
        return known

    def _known(self, visit: VisitId) -> Visit:
        if visit not in self.visits:
            raise RefusedError(ErrorCode.UNKNOWN_VISIT, visit=visit)
        return self.visits[visit]


def _why(because: str, **details: str | int | None) -> Why:
    return {"by": FLOOR, "because": because, **details}
