"""What the kiosk offers: agencies, services and lines, as they stand in the `kiosk` stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.search import Index, build_index
from shared.protocol.views import AgencyItem, Item, LineItem, ServiceItem
from shared.vocabulary import Priority

MOST_WANTED = 6


def gives_numbers(line: LineItem) -> bool:
    """Whether a visitor can join the line now: within its hours, and the day's quota is not used up."""
    return line.open and line.quota_left != 0


def is_late(line: LineItem, priority: Priority) -> bool:
    """Whether a number taken now will probably not be called today."""
    return line.too_late is not None and (priority is Priority.REGULAR or line.too_late_for_priority)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Agencies and services in the order of the site; the search over them; today's lines."""

    agencies: tuple[AgencyItem, ...] = ()
    services: tuple[ServiceItem, ...] = ()
    index: Index = field(default_factory=lambda: build_index((), ()), compare=False, repr=False)
    lines: Mapping[str, LineItem] = field(default_factory=dict)
    _agency: Mapping[str, AgencyItem] = field(default_factory=dict, compare=False, repr=False)
    _service: Mapping[str, ServiceItem] = field(default_factory=dict, compare=False, repr=False)
    _by_agency: Mapping[str, tuple[ServiceItem, ...]] = field(default_factory=dict, compare=False, repr=False)

    def agency(self, agency: str) -> AgencyItem | None:
        return self._agency.get(agency)

    def service(self, service: str) -> ServiceItem | None:
        return self._service.get(service)

    def services_of(self, agency: str) -> tuple[ServiceItem, ...]:
        return self._by_agency.get(agency, ())

    def line(self, service: str) -> LineItem:
        """The line of a service; a closed, empty one until the server has said otherwise."""
        return self.lines.get(service) or LineItem(service=service, open=False, waiting=0, minutes=None)

    @property
    def is_open(self) -> bool:
        """Whether any service takes visitors now."""
        return any(line.open for line in self.lines.values())

    @property
    def is_booked(self) -> bool:
        """Whether visitors may come with a booking for anything here."""
        return any(service.bookable for service in self.services)

    @property
    def opens_at(self) -> datetime | None:
        """When the first service opens next; None when none says so."""
        return min((line.opens_at for line in self.lines.values() if line.opens_at), default=None)

    @property
    def closes_at(self) -> datetime | None:
        """When the last open service closes today."""
        return max((line.closes_at for line in self.lines.values() if line.open and line.closes_at), default=None)

    def waiting_at(self, agency: str) -> int:
        return sum(self.line(service.id).waiting for service in self.services_of(agency))

    def is_agency_open(self, agency: str) -> bool:
        return any(gives_numbers(self.line(service.id)) for service in self.services_of(agency))

    def agency_opens_at(self, agency: str) -> datetime | None:
        times = (self.line(service.id).opens_at for service in self.services_of(agency))
        return min((time for time in times if time), default=None)

    def most_wanted(self) -> tuple[ServiceItem, ...]:
        """The open services with the longest lines: what a visitor most likely comes for."""
        open_now = [service for service in self.services if gives_numbers(self.line(service.id))]
        return tuple(sorted(open_now, key=lambda service: -self.line(service.id).waiting)[:MOST_WANTED])


def catalogue_of(table: Mapping[str, Item], before: Catalogue) -> Catalogue:
    """The catalogue of a table; the search index of `before` is kept while only lines have changed."""
    known = {item.id: item for item in table.values() if isinstance(item, AgencyItem)}
    services = tuple(
        sorted(
            (i for i in table.values() if isinstance(i, ServiceItem) and i.agency in known),
            key=lambda i: (known[i.agency].order, i.order),
        )
    )
    with_services = {service.agency for service in services}
    agencies = tuple(sorted((a for a in known.values() if a.id in with_services), key=lambda a: a.order))
    lines = {item.service: item for item in table.values() if isinstance(item, LineItem)}
    if (agencies, services) == (before.agencies, before.services):
        return Catalogue(
            before.agencies, before.services, before.index, lines, before._agency, before._service, before._by_agency
        )
    by_agency: dict[str, list[ServiceItem]] = {}
    for service in services:
        by_agency.setdefault(service.agency, []).append(service)
    return Catalogue(
        agencies=agencies,
        services=services,
        index=build_index(agencies, services),
        lines=lines,
        _agency=known,
        _service={service.id: service for service in services},
        _by_agency={agency: tuple(mine) for agency, mine in by_agency.items()},
    )
