"""An invented day of a hall: opening crowd, lunch, the Friday break, no-shows, transfers.

Every figure in `Assumptions` is a guess and no measurement; a recorded day is replayed instead. The same seed gives the
same day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import exp, log, sqrt
from random import Random
from zoneinfo import ZoneInfo

from server.domain import hours
from server.domain.catalogue import Catalogue, Service
from server.simulation.day import Arrival, Day, Stop
from server.simulation.staffing import shifts_for, staffed
from shared.vocabulary import AgencyId, Need, Priority, ServiceId

TWO_MORE = 0.3  # of those who choose several services: two besides the first instead of one
OPENING = timedelta(minutes=10)  # in which the kiosks take those who stood at the door


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The shape of a day. Shares are of all visits."""

    crowd: float = 0.12
    """Who stands at the door when it opens."""
    by_hour: tuple[float, ...] = (1.6, 1.9, 1.6, 1.0, 0.5, 0.9, 0.6)
    """Weight of each hour after opening."""
    priority: float = 0.12
    no_show: float = 0.05
    returning: float = 0.5
    """Of those who missed their call."""
    transferred: float = 0.04
    several: float = 0.05
    """Who chooses two or three services on one number."""
    spread: float = 0.6
    """Coefficient of variation of service times (log-normal)."""
    load: float = 0.85
    """Share of their time that the counters serve, were the day spread evenly."""
    announced: timedelta | None = timedelta(hours=1)
    """How long before lunch an officer announces it; None: nobody does. Short rests never are; breaks stand in the
    hours."""


USUAL = Assumptions()


def a_day(catalogue: Catalogue, on: date, visits: int, seed: int, assumed: Assumptions = USUAL) -> Day:
    """A day of at most `visits` visits (who finds no open hour stays at home), staffed for them."""
    random = Random(seed)  # noqa: S311 - a day that can be repeated, no secret
    crowd = _Crowd(catalogue, on, random, Random(f"several {seed}"), assumed)  # noqa: S311
    chosen = visits * (1 + assumed.several * (1 + TWO_MORE))
    work = {service: chosen * share * crowd.minutes[service] for service, share in crowd.shares.items()}
    staff = staffed(catalogue, work, on, assumed.load)
    arrivals = [visitor for _ in range(visits) if (visitor := crowd.next()) is not None]
    return Day(
        staff,
        on,
        tuple(sorted(arrivals, key=lambda one: one.at)),
        shifts_for(staff, on, random, assumed.announced),
        crowd.minutes,
        assumed.spread,
    )


@dataclass
class _Crowd:
    catalogue: Catalogue
    on: date
    random: Random
    further: Random
    """For those who choose several services: without them the day is the same."""
    assumed: Assumptions

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.catalogue.site.time_zone)

    @cached_property
    def shares(self) -> dict[ServiceId, float]:
        """Quick services are wanted most, and of an agency's services the first."""
        first: dict[AgencyId, int] = {}
        weights: dict[ServiceId, float] = {}
        for service in self.catalogue.services.values():
            place = service.order - first.setdefault(service.agency, service.order)
            weights[service.id] = self.random.uniform(0.6, 1.4) / service.standard_minutes**1.5 / (1 + place) ** 0.3
        return {service: weight / sum(weights.values()) for service, weight in weights.items()}

    @cached_property
    def minutes(self) -> dict[ServiceId, float]:
        """The mean that a service really takes: its norm is missed to either side, every day alike, and each day is a
        little different."""
        return {
            service.id: service.standard_minutes * _habit(service.id) * self.random.uniform(0.93, 1.07)
            for service in self.catalogue.services.values()
        }

    def next(self) -> Arrival | None:
        service = self._choose(self.random)
        at = self._moment(self.catalogue.services[service])
        if at is None:
            return None
        stops = [service]
        if self.random.random() < self.assumed.transferred:
            onward = self._choose(self.random)
            if onward != service and self._is_open(onward, at):
                stops.append(onward)
        further = self._chosen_with(service, at) if len(stops) == 1 else []
        first = self.random.random() < self.assumed.priority
        walk = timedelta(seconds=self.random.uniform(10, 60))
        returning = self.random.random() < self.assumed.returning
        return Arrival(
            at=at,
            stops=(*(Stop(one, self._lasts(one, self.random)) for one in stops), *further),
            at_once=bool(further),
            priority=Priority.PRIORITY if first else Priority.REGULAR,
            needs=(self.random.choice((Need.ELDERLY, Need.PREGNANT, Need.INFANT, Need.DISABILITY)),) if first else (),
            walk=walk * 2 if first else walk,
            comes=self.random.random() >= self.assumed.no_show,
            returns_after=timedelta(minutes=self.random.uniform(3, 25)) if returning else None,
        )

    def _chosen_with(self, service: ServiceId, at: datetime) -> list[Stop]:
        """What somebody chooses besides: one or two further services that are open then, for a few."""
        if self.further.random() >= self.assumed.several:
            return []
        wanted = {self._choose(self.further) for _ in range(1 + (self.further.random() < TWO_MORE))} - {service}
        return [Stop(one, self._lasts(one, self.further)) for one in sorted(wanted) if self._is_open(one, at)]

    def _choose(self, random: Random) -> ServiceId:
        return random.choices(tuple(self.shares), weights=tuple(self.shares.values()))[0]

    def _moment(self, service: Service) -> datetime | None:
        """When somebody comes for the service, within its opening hours."""
        spans = hours.spans_on(self.on, service.hours, self.catalogue.calendar)
        if not spans:
            return None
        opening = datetime.combine(self.on, spans[0].start, self.zone)
        if self.random.random() < self.assumed.crowd:
            return opening + OPENING * self.random.random()
        for _ in range(20):
            hour = self.random.choices(range(len(self.assumed.by_hour)), weights=self.assumed.by_hour)[0]
            at = opening + timedelta(hours=hour + self.random.random())
            if self._is_open(service.id, at):
                return at
        return None

    def _is_open(self, service: ServiceId, at: datetime) -> bool:
        return hours.is_open(at, self.catalogue.services[service].hours, self.catalogue.calendar)

    def _lasts(self, service: ServiceId, random: Random) -> timedelta:
        """Log-normal around the mean, never under half a minute."""
        variance = log(1 + self.assumed.spread**2)
        factor = exp(random.gauss(-variance / 2, sqrt(variance)))
        return timedelta(minutes=max(0.5, self.minutes[service] * factor))


def _habit(service: ServiceId) -> float:
    return Random(service).uniform(0.7, 1.15)  # noqa: S311 - the same on every day
