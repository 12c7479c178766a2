"""Naming: how agencies, services, counters, zones and papers are called in a report. What is gone keeps its id."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.catalogue import Catalogue, Service
from server.domain.reports.figures import Kind, Subject
from shared.vocabulary import AgencyId, CounterId, ServiceId, Words, ZoneId

ALL = Words("Semua", "All")


@dataclass(frozen=True, slots=True)
class Names:
    catalogue: Catalogue
    everything: Words = ALL

    def of(self, subject: Subject) -> Words:
        match subject.kind:
            case Kind.SITE:
                return self.catalogue.site.name
            case Kind.AGENCY:
                return self.agency(subject.id)
            case Kind.SERVICE:
                return self.service(subject.id)
            case Kind.COUNTER:
                return self.counter(subject.id)
            case Kind.ZONE:
                return self.zone(subject.id)

    def agency(self, id_: str) -> Words:
        known = {**self.catalogue.removed_agencies, **self.catalogue.agencies}.get(AgencyId(id_))
        return _plain(id_) if known is None else known.name

    def service(self, id_: str) -> Words:
        known = self._service(id_)
        return _plain(id_) if known is None else known.name

    def agency_of(self, service: str) -> Words:
        known = self._service(service)
        return _plain("") if known is None else _plain(self.catalogue.agency(known.agency).short_name)

    def counter(self, id_: str) -> Words:
        known = self.catalogue.counters.get(CounterId(id_))
        return _plain(id_) if known is None else Words(f"Loket {known.number}", f"Counter {known.number}")

    def zone(self, id_: str) -> Words:
        known = self.catalogue.zones.get(ZoneId(id_))
        return _plain(id_) if known is None else known.name

    def paper(self, service: str, line: str) -> Words:
        """The line was kept in Indonesian; while the catalogue has it, it can be said in English."""
        known = self._service(service)
        return (
            next((words for words in known.requirements if words.id == line), _plain(line)) if known else _plain(line)
        )

    def _service(self, id_: str) -> Service | None:
        service = ServiceId(id_)
        return self.catalogue.services.get(service) or self.catalogue.removed.get(service)


def _plain(text: str) -> Words:
    return Words(text, text)
