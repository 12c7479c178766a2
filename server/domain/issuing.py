"""Issuing: a visitor gets a number, and what becomes of its paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from server.domain.catalogue import Service
from server.domain.changing import changed
from server.domain.errors import RefusedError
from server.domain.facts import Actor, FactKind
from server.domain.numbering import next_number
from server.domain.placing import Placing
from server.domain.stops import in_path_order
from server.domain.visit import Visit
from shared.vocabulary import (
    ErrorCode,
    FollowKey,
    Language,
    LegId,
    LegState,
    Need,
    PrinterFault,
    PrintState,
    Priority,
    ServiceId,
    VisitId,
)

CLOCK_TOLERANCE = timedelta(minutes=5)  # time servers step by less; more is a dead battery or a wrong hand


@dataclass(frozen=True, slots=True)
class Choice:
    """A further service on the same number, and the id of the leg that it begins with."""

    service: ServiceId
    leg: LegId


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
        further: Sequence[Choice] = (),
        booked_for: datetime | None = None,
    ) -> Visit:
        """Put a visitor into the line of a service, and into those of `further` ones on the same number. Its series is
        that of `service`; the path is as chosen, but for what the catalogue puts before another.

        Somebody who booked and checks in counts from the booked time (`calling.counts_as_arrived`). Neither hours nor
        quota matter then: the place was promised. A service that a supervisor closed takes nobody.

        Refuses with UNKNOWN_SERVICE, SERVICE_REMOVED, CLOCK_BEHIND, SERVICE_CLOSED (fact `opens_at`: ISO 8601 or
        None), QUOTA_REACHED, ALREADY_CHOSEN and TOO_MANY_STOPS. One of several services refused is all refused.
        """
        offered = self._offered(service)
        self._refuse_clock_behind(now)
        now = self._steady(now)
        self._refuse_closed_by_hand(offered)
        if booked_for is None:
            self._refuse_full_or_closed(offered, now)
        if further:
            self._refuse_path(service, further, now, is_booked=booked_for is not None)
            chosen = (Choice(service, leg), *further)
            return self._issue_path(chosen, visit, key, language, priority, needs, now, actor, booked_for)

        number = next_number(self.sequences, offered.prefix)
        arrival = self._counts_from(service, booked_for, now)
        place = self._place(service, priority, arrival, now)
        first = self._first_leg(leg, visit, service, needs, arrival, place, now=now)
        first = changed(first, forecast=self._forecast_for(first, now))
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
            booked_for=booked_for,
        )
        self.sequences[offered.prefix] = self._changes.sequences[offered.prefix] = number
        self._join(issued, FactKind.ISSUED, place, _booked(booked_for), now, actor)
        return issued

    def _issue_path(
        self,
        chosen: Sequence[Choice],
        visit: VisitId,
        key: FollowKey,
        language: Language,
        priority: Priority,
        needs: tuple[Need, ...],
        now: datetime,
        actor: Actor,
        booked_for: datetime | None,
    ) -> Visit:
        """One number for several stops. What is told of each wait knows of the others; of a stop that waits for
        another to be done nothing is told."""
        series = self._offered(chosen[0].service).prefix
        number = next_number(self.sequences, series)
        ids = {choice.service: choice.leg for choice in chosen}
        path = in_path_order(ids, self.catalogue)
        arrivals = {service: self._counts_from(service, booked_for, now) for service in path}
        places = {service: self._place(service, priority, arrivals[service], now) for service in path}
        legs = tuple(
            replace(
                self._first_leg(ids[service], visit, service, needs, arrivals[service], places[service], stop, now),
                order=self._next_order + stop,
                state=LegState.BOOKED if self.catalogue.before(service).intersection(path) else LegState.WAITING,
            )
            for stop, service in enumerate(path)
        )
        told = self._forecasts_for(legs, now)
        legs = tuple(changed(leg, forecast=told.get(leg.id)) for leg in legs)
        issued = Visit(
            id=visit,
            key=key,
            service_date=self.service_date,
            series=series,
            number=number,
            language=language,
            priority=priority,
            needs=needs,
            arrived_at=now,
            issued_by=actor.device,
            legs=legs,
            booked_for=booked_for,
        )
        self.sequences[series] = self._changes.sequences[series] = number
        details = {"stops": " ".join(path), "series_of": chosen[0].service, **_booked(booked_for)}
        self._join(issued, FactKind.ISSUED, places[path[0]], details, now, actor)
        for leg in legs[1:]:
            self._choose(leg)
            why = {"state": leg.state.value, **self._why_placed(leg, places[leg.service])}
            self._record(FactKind.STOP_ADDED, now, actor, leg=leg, why=why)
        return self.visits[visit]

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

    def _refuse_path(self, service: ServiceId, further: Sequence[Choice], now: datetime, *, is_booked: bool) -> None:
        seen = {service}
        for choice in further:
            if choice.service in seen:
                raise RefusedError(ErrorCode.ALREADY_CHOSEN, service=choice.service)
            seen.add(choice.service)
        if len(seen) > (allowed := self.catalogue.site.most_stops):
            raise RefusedError(ErrorCode.TOO_MANY_STOPS, allowed=allowed)
        for choice in further:
            offered = self._offered(choice.service)
            self._refuse_closed_by_hand(offered)
            if not is_booked:
                self._refuse_full_or_closed(offered, now)

    def _refuse_full_or_closed(self, service: Service, now: datetime) -> None:
        self._refuse_closed(service, now)
        if service.daily_quota is not None and self.issued_today(service.id) >= service.daily_quota:
            raise RefusedError(ErrorCode.QUOTA_REACHED, service=service.id, quota=service.daily_quota)

    def _refuse_clock_behind(self, now: datetime) -> None:
        if self.newest - now > CLOCK_TOLERANCE:
            behind = int((self.newest - now).total_seconds())
            raise RefusedError(ErrorCode.CLOCK_BEHIND, seconds=behind, newest=self.newest.isoformat())

    def _refuse_closed_by_hand(self, service: Service) -> None:
        """Also for who booked: nobody would call the number."""
        if self.is_closed_by_hand(service.id):
            raise RefusedError(ErrorCode.SERVICE_CLOSED, service=service.id, opens_at=None, by_hand=True)

    def _refuse_closed(self, service: Service, now: datetime) -> None:
        opening = self.catalogue.openings.at(now, service.hours)
        if not opening.is_open:
            zone = ZoneInfo(self.catalogue.site.time_zone)
            opens_at = None if opening.opens_at is None else opening.opens_at.astimezone(zone).isoformat()
            raise RefusedError(ErrorCode.SERVICE_CLOSED, service=service.id, opens_at=opens_at)


def _booked(booked_for: datetime | None) -> dict[str, str]:
    return {} if booked_for is None else {"booked_for": booked_for.isoformat()}
