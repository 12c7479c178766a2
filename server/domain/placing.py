"""Placing: where somebody stands who gets a number, and what is written down about that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.domain.calling import counts_as_arrived, key_at_issue
from server.domain.calling_order import RESTRICTING
from server.domain.facts import Actor, FactKind, Why
from server.domain.forecasting import Forecasting
from server.domain.visit import Leg, Visit
from shared.vocabulary import LegId, LegState, Need, Priority, ServiceId, VisitId


@dataclass(frozen=True, slots=True)
class Place:
    effective_at: datetime
    why: dict[str, str | int]
    """As the fact keeps it: the rule, and what led to the head start."""


class Placing(Forecasting):
    def _counts_from(self, service: ServiceId, booked_for: datetime | None, now: datetime) -> datetime:
        """The arrival of somebody who asks for a number now."""
        if booked_for is None:
            return now
        return counts_as_arrived(booked_for, now, self.catalogue.booked_grace(service))

    def _place(
        self, service: ServiceId, priority: Priority, arrival: datetime, now: datetime, order: int | None = None
    ) -> Place:
        """From when somebody counts who arrived then, and why. `order`: of a leg that is there already."""
        rule = self.rule_of(service)
        if priority is Priority.REGULAR:
            return Place(arrival, {"rule": rule.name})  # under every rule, so nobody's wait need be looked up
        wait = self._regular_wait(service, now)
        head_start = rule.head_start(priority, wait)
        if not head_start:
            return Place(arrival, {"rule": rule.name})
        effective_at = key_at_issue(arrival, head_start, *self._head_starts.around(service, arrival, self.leg, order))
        why: dict[str, str | int] = {
            "rule": rule.name,
            "regular_wait_seconds": round(wait.total_seconds()),
            "head_start_seconds": round((arrival - effective_at).total_seconds()),
        }
        return Place(effective_at, why)

    def _first_leg(
        self,
        leg: LegId,
        visit: VisitId,
        service: ServiceId,
        needs: tuple[Need, ...],
        arrival: datetime,
        place: Place,
        stop: int = 0,
        now: datetime | None = None,
    ) -> Leg:
        """`now`: when a booked visitor really came, who counts from another moment."""
        waits_since = now or arrival
        return Leg(
            id=leg,
            visit=visit,
            service=service,
            order=self._next_order,
            state=LegState.WAITING,
            since=waits_since,
            arrival=arrival,
            effective_at=place.effective_at,
            needs=tuple(need for need in needs if need in RESTRICTING),
            stop=stop,
            checked_in_at=None if waits_since == arrival else waits_since,
        )

    def _join(
        self, visit: Visit, kind: FactKind, place: Place, details: dict[str, str], now: datetime, actor: Actor
    ) -> None:
        """A visit with its first leg joins the lobby."""
        first = visit.legs[0]
        self._by_key[visit.key] = visit.id
        self._changes.new_visits.add(visit.id)
        self._put_visit(visit)
        self._choose(first)
        why: dict[str, str | int | float | None] = {"ticket": visit.ticket, "priority": visit.priority.value}
        why.update(details)
        why.update(self._why_placed(first, place))
        self._record(kind, now, actor, leg=first, why=why)

    def _choose(self, leg: Leg) -> None:
        """The first leg of a stop joins the lobby."""
        self._issued[leg.service] += 1
        self._add(leg)
        if leg.effective_at != leg.arrival:
            self._head_starts.note(leg)
        self._checked_in.note(leg)

    def _why_placed(self, leg: Leg, place: Place) -> Why:
        if leg.effective_at == leg.arrival:
            return place.why
        line = self.line(leg.service)
        before = len(line) - line.rank(leg) - (1 if leg.state is LegState.WAITING else 0)
        return {**place.why, "placed_before": before}
