"""The catalogue: what a site offers, where, when and by whom. A published version never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from types import MappingProxyType

from server.domain.booking_slots import BookingRules
from server.domain.calling_order import RESTRICTING, CallingOrder
from server.domain.hours import ALWAYS, Calendar, Hours
from server.domain.norms import Norms
from server.domain.openings import Openings
from server.domain.survey_plan import SurveyPlan, SurveyRules
from shared.vocabulary import (
    AgencyId,
    CounterId,
    Language,
    Need,
    OfficerId,
    Role,
    ServiceId,
    SiteId,
    Words,
    ZoneId,
)

NOTHING_BEFORE: frozenset[ServiceId] = frozenset()


@dataclass(frozen=True, slots=True)
class Site:
    id: SiteId
    name: Words
    time_zone: str
    """IANA name. The service date and every opening hour are meant in it: law 13."""
    languages: tuple[Language, ...] = (Language.INDONESIAN, Language.ENGLISH)
    ticker: tuple[Words, ...] = ()
    calling: CallingOrder = field(default_factory=CallingOrder)
    """What holds where an agency says nothing else."""
    most_stops: int = 5
    """How many services one visitor may choose on one number."""
    ticket_text: Words | None = None
    """The last line of every slip."""
    survey: SurveyPlan | None = None
    """Whom the satisfaction survey asks, where an agency says nothing else; None: nobody."""
    survey_rules: SurveyRules = field(default_factory=SurveyRules)
    norms: Norms = field(default_factory=Norms)
    """What holds where an agency says nothing else."""


@dataclass(frozen=True, slots=True)
class Zone:
    id: ZoneId
    name: Words
    walking_seconds: int
    """From the far end of the lobby to the counters of the zone."""
    ticker: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    id: AgencyId
    name: Words
    short_name: str
    order: int
    calling: CallingOrder | None = None
    """None: the site's."""
    survey: SurveyPlan | None = None
    """None: the site's."""
    norms: Norms | None = None
    """None: the site's."""


@dataclass(frozen=True, slots=True)
class Service:
    id: ServiceId
    agency: AgencyId
    name: Words
    prefix: str
    """One to three capitals. Services of one agency with the same prefix share one number sequence."""
    requirements: tuple[Words, ...]
    fee: Words
    standard_minutes: int
    hours: Hours
    order: int
    daily_quota: int | None = None
    keywords: str = ""
    after: tuple[ServiceId, ...] = ()
    """Of several services that one visitor chose, those that must be done before this one."""
    booking: BookingRules | None = None
    """None: nobody books it."""


@dataclass(frozen=True, slots=True)
class Counter:
    id: CounterId
    number: str
    """What is said and shown: "3"."""
    zone: ZoneId
    agency: AgencyId
    profile: tuple[ServiceId, ...]
    """The work profile: services in order of preference. Last come removed services that the counter serves out:
    look each up with `Catalogue.service`."""
    helps: tuple[ServiceId, ...] = ()
    """Services that it helps out with while its own line is short."""
    helping_minutes: int = 10
    """By how much somebody it helps out must have waited longer than one of its own."""
    helps_below: int = 3
    """It helps only while fewer than so many wait whom it could call from its own profile."""
    can_serve: frozenset[Need] = RESTRICTING
    """The needs that ask something of a counter, of which this one has it."""


@dataclass(frozen=True, slots=True)
class Officer:
    id: OfficerId
    name: str
    role: Role
    agency: AgencyId | None = None
    """None: may sit at any counter."""


@dataclass(frozen=True)
class Catalogue:
    """Checked as a whole when it was read: every id that is named exists."""

    version: int
    site: Site
    calendar: Calendar
    zones: Mapping[ZoneId, Zone]
    agencies: Mapping[AgencyId, Agency]
    services: Mapping[ServiceId, Service]
    counters: Mapping[CounterId, Counter]
    officers: Mapping[OfficerId, Officer]
    removed: Mapping[ServiceId, Service] = field(default_factory=lambda: MappingProxyType({}))
    """Services of earlier versions: they issue no more numbers, but who waits for one is served."""
    removed_agencies: Mapping[AgencyId, Agency] = field(default_factory=lambda: MappingProxyType({}))
    """Agencies that only removed services name."""

    def service(self, service: ServiceId) -> Service:
        """Offered or removed; KeyError for one that never was."""
        return self.services.get(service) or self.removed[service]

    def agency(self, agency: AgencyId) -> Agency:
        """Present or removed; KeyError for one that never was."""
        return self.agencies.get(agency) or self.removed_agencies[agency]

    def calling_of(self, service: ServiceId) -> CallingOrder:
        """The calling order of a service: its agency's, or the site's."""
        return self.agency(self.service(service).agency).calling or self.site.calling

    def booked_grace(self, service: ServiceId) -> timedelta:
        """How late a booked visit may check in and still count from its booked time."""
        rules = self.service(service).booking
        own = None if rules is None else rules.grace
        return self.calling_of(service).booked_grace if own is None else own

    def survey_of(self, agency: AgencyId) -> SurveyPlan | None:
        """Whom of an agency's visitors the survey asks; None: nobody."""
        return self.agency(agency).survey or self.site.survey

    def before(self, service: ServiceId) -> frozenset[ServiceId]:
        """What must be done before a service, directly or not, where one visitor chose both."""
        return self._before.get(service, NOTHING_BEFORE)

    @cached_property
    def _before(self) -> Mapping[ServiceId, frozenset[ServiceId]]:
        """Of the services that name any; a catalogue without an order costs nothing."""
        named = {s.id: s.after for s in (*self.removed.values(), *self.services.values()) if s.after}
        before: dict[ServiceId, frozenset[ServiceId]] = {}
        for service in named:
            found: set[ServiceId] = set()
            pending = list(named[service])
            while pending:
                if (one := pending.pop()) not in found:
                    found.add(one)
                    pending += named.get(one, ())
            before[service] = frozenset(found - {service})
        return before

    @cached_property
    def openings(self) -> Openings:
        return Openings(self.site.time_zone, self.calendar)

    @cached_property
    def counters_of(self) -> Mapping[ServiceId, tuple[CounterId, ...]]:
        """Counters whose work profile names the service, in the order of the catalogue."""
        serving: dict[ServiceId, list[CounterId]] = {}
        for counter in self.counters.values():
            for service in counter.profile:
                serving.setdefault(service, []).append(counter.id)
        return {service: tuple(counters) for service, counters in serving.items()}


def always_open(catalogue: Catalogue) -> Catalogue:
    """The same site without closing times or holidays: for a demonstration at any hour."""
    services = {service.id: replace(service, hours=ALWAYS) for service in catalogue.services.values()}
    return replace(catalogue, calendar=Calendar(), services=MappingProxyType(services))
