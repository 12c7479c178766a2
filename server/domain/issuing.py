"""Issuing: a visitor gets a number, and what becomes of its paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from server.domain.catalogue import Service
from server.domain.errors import RefusedError
from server.domain.facts import Actor, FactKind
from server.domain.numbering import next_number
from server.domain.placing import Placing
from server.domain.visit import Visit
from shared.vocabulary import (
    ErrorCode,
    FollowKey,
    Language,
    LegId,
    Need,
    PrinterFault,
    PrintState,
    Priority,
    ServiceId,
    VisitId,
)

CLOCK_TOLERANCE = timedelta(minutes=5)  # time servers step by less; more is a dead battery or a wrong hand


class Issuing(Placing):
    def issue(
        self,
        service: ServiceId,
        *,
        visit: VisitId,
        leg: LegId,
        key: FollowKey,
        language: Language,
        priority: Priority,
        needs: tuple[Need, ...],
        now: datetime,
        actor: Actor,
    ) -> Visit:
        """Put a visitor into the line of a service.

        Refuses with UNKNOWN_SERVICE, SERVICE_REMOVED, CLOCK_BEHIND, SERVICE_CLOSED (fact `opens_at`: ISO 8601 or
        None) and QUOTA_REACHED.
        """
        offered = self._offered(service)
        self._refuse_clock_behind(now)
        now = self._steady(now)
        self._refuse_closed(offered, now)
        if offered.daily_quota is not None and self.issued_today(service) >= offered.daily_quota:
            raise RefusedError(ErrorCode.QUOTA_REACHED, service=service, quota=offered.daily_quota)

        number = next_number(self.sequences, offered.prefix)
        place = self._place(service, priority, now, now)
        first = self._first_leg(leg, visit, service, needs, now, place)
        first = replace(first, forecast=self._forecast_for(first, now))
        issued = Visit(
            id=visit,
            key=key,
            service_date=self.service_date,
            series=offered.prefix,
            number=number,
            language=language,
            priority=priority,
            needs=needs,
            arrived_at=now,
            issued_by=actor.device,
            legs=(first,),
        )
        self.sequences[offered.prefix] = self._changes.sequences[offered.prefix] = number
        self._join(issued, FactKind.ISSUED, place, {}, now, actor)
        return issued

    def report_print(
        self,
        visit: VisitId,
        state: PrintState,
        fault: PrinterFault | None,
        copy: int,
        now: datetime,
        actor: Actor,
    ) -> None:
        """Write down what became of a slip; `copy` counts reprints. A paper that came out once stays printed."""
        if visit not in self.visits:
            raise RefusedError(ErrorCode.UNKNOWN_VISIT, visit=visit)
        known = self.visits[visit]
        if known.print_state is not PrintState.PRINTED and known.print_state is not state:
            self._put_visit(replace(known, print_state=state))
        why = {"state": state.value, "fault": None if fault is None else fault.value, "copy": copy}
        self._record(FactKind.PRINT_REPORTED, self._steady(now), actor, visit=visit, why=why)

    def _offered(self, service: ServiceId) -> Service:
        if service in self.catalogue.services:
            return self.catalogue.services[service]
        if service in self.catalogue.removed:
            raise RefusedError(ErrorCode.SERVICE_REMOVED, service=service)
        raise RefusedError(ErrorCode.UNKNOWN_SERVICE, service=service)

    def _refuse_clock_behind(self, now: datetime) -> None:
        if self.newest - now > CLOCK_TOLERANCE:
            behind = int((self.newest - now).total_seconds())
            raise RefusedError(ErrorCode.CLOCK_BEHIND, seconds=behind, newest=self.newest.isoformat())

    def _refuse_closed(self, service: Service, now: datetime) -> None:
        opening = self.catalogue.openings.at(now, service.hours)
        if not opening.is_open:
            zone = ZoneInfo(self.catalogue.site.time_zone)
            opens_at = None if opening.opens_at is None else opening.opens_at.astimezone(zone).isoformat()
            raise RefusedError(ErrorCode.SERVICE_CLOSED, service=service.id, opens_at=opens_at)
