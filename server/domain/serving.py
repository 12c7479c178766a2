"""Serving: what happens to a visitor at a counter, and how a leg ends or goes on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from server.domain.calls import Calls, refuse_too_soon
from server.domain.errors import RefusedError
from server.domain.facts import NO_REASON, Actor, FactKind, Why
from server.domain.placing import Placing
from server.domain.stops import is_due
from server.domain.visit import Leg
from shared.vocabulary import CancelReason, CounterId, ErrorCode, LegId, LegState, Outcome, ServiceId, VisitId


class Serving(Calls, Placing):
    """Verbs on the leg in hand refuse with UNKNOWN_COUNTER, UNKNOWN_VISIT, HAND_MISMATCH and WRONG_STATE."""

    def serve(self, counter: CounterId, leg: LegId, now: datetime, actor: Actor) -> Leg:
        """The called visitor has come."""
        called = self._hand_in(counter, leg, LegState.CALLED)
        now = self._steady(now)
        return self._step(called, called.serving(self._officer_at(counter), now), FactKind.SERVING, now, actor)

    def finish(
        self,
        counter: CounterId,
        leg: LegId,
        outcome: Outcome,
        now: datetime,
        actor: Actor,
        missing: Collection[str] = (),
    ) -> Leg:
        """`missing`: with PAPERS_INCOMPLETE those of the service's requirements that were not there, in Indonesian."""
        served = self._hand_in(counter, leg, LegState.SERVING)
        if outcome is not Outcome.PAPERS_INCOMPLETE:
            missing = ()
        return self._finish(served, outcome, self._steady(now), actor, self._known_papers(served.service, missing))

    def park(self, counter: CounterId, leg: LegId, note: str, now: datetime, actor: Actor) -> Leg:
        """Put the leg in hand aside: the counter is free, and can resume it."""
        hand = self._hand_in(counter, leg, LegState.CALLED, LegState.SERVING)
        now = self._steady(now)
        return self._step(hand, hand.parked(self._officer_at(counter), note, now), FactKind.PARKED, now, actor)

    def mark_missed(self, counter: CounterId, leg: LegId, now: datetime, actor: Actor) -> Leg:
        """The called visitor did not come. Refuses with TOO_SOON while they may still be on their way."""
        called = self._hand_in(counter, leg, LegState.CALLED)
        now = self._steady(now)
        refuse_too_soon(self.miss_from(called), now)
        missed = called.marked_missed(now)
        return self._step(called, missed, FactKind.MISSED, now, actor, {"calls": called.calls, "missed": missed.missed})

    def return_(self, counter: CounterId, leg: LegId, now: datetime, actor: Actor) -> Leg:
        """Put a missed leg back into its line, with its old place.

        Refuses with WRONG_STATE, and with NOT_IN_PROFILE at a counter that neither missed it nor serves it.
        """
        self._known_counter(counter)
        missed = self.leg(leg)
        if missed.state is not LegState.MISSED:
            raise RefusedError(ErrorCode.WRONG_STATE, state=missed.state.value)
        if missed.counter != counter and not self.may_call(counter, missed):
            raise RefusedError(ErrorCode.NOT_IN_PROFILE, service=missed.service, counter=missed.counter)
        now = self._steady(now)
        return self._step(missed, missed.waiting(now), FactKind.RETURNED, now, actor, at=counter)

    def transfer(
        self,
        counter: CounterId,
        leg: LegId,
        service: ServiceId,
        *,
        new_leg: LegId,
        only_counter: CounterId | None,
        now: datetime,
        actor: Actor,
    ) -> Leg:
        """Send the visit on to a service, or to one counter for it: a new leg with the arrival and the place in line
        of the old one.

        Refuses further with UNKNOWN_SERVICE, SERVICE_REMOVED, UNKNOWN_COUNTER (of `only_counter`), NOT_IN_PROFILE
        (that counter does not serve it), ALREADY_CHOSEN (another stop of the visit) and WRONG_STATE (it would come back
        to where it is).
        """
        hand = self._hand_in(counter, leg, LegState.CALLED, LegState.SERVING)
        self._refuse_unreachable(hand, service, only_counter)
        if service == hand.service and only_counter in (None, hand.counter):
            raise RefusedError(ErrorCode.WRONG_STATE, state=hand.state.value, service=service)
        return self._send_on(hand, service, only_counter, new_leg, self._steady(now), actor)

    def _send_on(
        self,
        leg: Leg,
        service: ServiceId,
        only_counter: CounterId | None,
        new_leg: LegId,
        now: datetime,
        actor: Actor,
        why: Why = NO_REASON,
    ) -> Leg:
        details = {**why, "to_service": service, "to_counter": only_counter, "new_leg": new_leg}
        self._step(leg, leg.ended(LegState.TRANSFERRED, now), FactKind.TRANSFERRED, now, actor, details)
        onward = Leg(
            id=new_leg,
            visit=leg.visit,
            service=service,
            order=self._next_order,
            state=LegState.WAITING,
            since=now,
            arrival=leg.arrival,
            effective_at=leg.effective_at,
            only_counter=only_counter,
            needs=leg.needs,
            stop=leg.stop,
            checked_in_at=leg.checked_in_at,
        )
        self._add(onward)
        return onward

    def add_stop(
        self, counter: CounterId, leg: LegId, service: ServiceId, *, new_leg: LegId, now: datetime, actor: Actor
    ) -> Leg:
        """A further service on the number of the visitor in hand. It counts from now, as for anybody who asks for a
        number now; where the catalogue puts the leg in hand before it, it waits for that. Neither hours nor quota
        matter: the officer sends nobody away.

        Refuses further with UNKNOWN_SERVICE, SERVICE_REMOVED, ALREADY_CHOSEN and TOO_MANY_STOPS.
        """
        hand = self._hand_in(counter, leg, LegState.CALLED, LegState.SERVING)
        visit = self.visits[hand.visit]
        self._refuse_unoffered(service)
        if any(mine.service == service for mine in visit.open_legs):
            raise RefusedError(ErrorCode.ALREADY_CHOSEN, service=service)
        stop = 1 + max(mine.stop for mine in visit.legs)
        if stop >= (allowed := self.catalogue.site.most_stops):
            raise RefusedError(ErrorCode.TOO_MANY_STOPS, allowed=allowed)
        now = self._steady(now)
        place = self._place(service, visit.priority, now, now)
        added = self._first_leg(new_leg, visit.id, service, visit.needs, now, place, stop)
        if not is_due(visit, added, self.catalogue):
            added = replace(added, state=LegState.BOOKED)
        told = self._forecasts_for((*visit.legs, added), now)
        added = replace(added, forecast=told.get(added.id))
        self._choose(added)
        why = {"state": added.state.value, **self._why_placed(added, place)}
        self._record(FactKind.STOP_ADDED, now, actor, leg=added, counter=counter, why=why)
        return added

    def cancel(self, visit: VisitId, reason: CancelReason, now: datetime, actor: Actor) -> None:
        """End an open visit with all its stops.

        Refuses with UNKNOWN_VISIT, WRONG_STATE (it is over) and VISIT_IN_HAND.
        """
        if visit not in self.visits:
            raise RefusedError(ErrorCode.UNKNOWN_VISIT, visit=visit)
        legs = self.visits[visit].open_legs
        if not legs:
            raise RefusedError(ErrorCode.WRONG_STATE, state=self.visits[visit].last_leg.state.value)
        for leg in legs:
            if leg.state.is_in_hand:
                raise RefusedError(ErrorCode.VISIT_IN_HAND, counter=leg.counter)
        now = self._steady(now)
        why = {"reason": reason.value}
        for leg in legs:
            self._step(leg, leg.ended(LegState.CANCELLED, now), FactKind.CANCELLED, now, actor, why)

    def _known_papers(self, service: ServiceId, missing: Collection[str]) -> tuple[str, ...]:
        """In the catalogue's order. An officer who saw an older catalogue is not stopped for that."""
        if not missing:
            return ()
        return tuple(line.id for line in self.catalogue.service(service).requirements if line.id in missing)

    def _refuse_unoffered(self, service: ServiceId) -> None:
        if service not in self.catalogue.services:
            removed = service in self.catalogue.removed
            raise RefusedError(ErrorCode.SERVICE_REMOVED if removed else ErrorCode.UNKNOWN_SERVICE, service=service)

    def _refuse_unreachable(self, leg: Leg, service: ServiceId, only_counter: CounterId | None) -> None:
        self._refuse_unoffered(service)
        if any(other.service == service and other.id != leg.id for other in self.visits[leg.visit].open_legs):
            raise RefusedError(ErrorCode.ALREADY_CHOSEN, service=service)
        if only_counter is not None:
            self._known_counter(only_counter)
            if not self.profiles.serves(only_counter, service):
                raise RefusedError(ErrorCode.NOT_IN_PROFILE, service=service, counter=only_counter)
