"""Work profiles as they hold today: the catalogue's, and who serves out what no profile names any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.domain.calling_order import RESTRICTING
from server.domain.catalogue import Catalogue
from shared.vocabulary import CounterId, Need, ServiceId

Asked = frozenset[Need]
NOTHING: Asked = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """Services and counters that hang together: the work of one is felt by all."""

    services: tuple[ServiceId, ...]
    counters: tuple[CounterId, ...]
    helpers: tuple[CounterId, ...] = ()
    """Counters that help out with any of the services, whether of the group or not."""
    helped: tuple[ServiceId, ...] = ()
    """Services beyond the group that its counters help out with."""


class WorkProfiles:
    """Follows from the catalogue alone, so that a restart finds the same.

    A service that no work profile names (most often one that was removed while people waited) is served out by the
    counters of its agency, after their own services; without such a counter by all, who can send the visitor on.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._services: dict[CounterId, list[ServiceId]] = {c.id: list(c.profile) for c in catalogue.counters.values()}
        self._counters: dict[ServiceId, list[CounterId]] = {s: list(c) for s, c in catalogue.counters_of.items()}
        self._helps: dict[CounterId, tuple[ServiceId, ...]] = {}
        self._helpers: dict[ServiceId, list[CounterId]] = {}
        for desk in catalogue.counters.values():
            if helped := tuple(service for service in desk.helps if service not in desk.profile):
                self._helps[desk.id] = helped
            for service in helped:
                self._helpers.setdefault(service, []).append(desk.id)
        self._can_serve = {counter.id: counter.can_serve for counter in catalogue.counters.values()}
        self._minutes = {s.id: s.standard_minutes for s in (*catalogue.removed.values(), *catalogue.services.values())}
        for service in self._minutes:
            if service in self._counters:
                continue
            agency = catalogue.service(service).agency
            of_agency = [c.id for c in catalogue.counters.values() if c.agency == agency]
            self._counters[service] = of_agency or list(catalogue.counters)
            for counter in self._counters[service]:
                self._services[counter].append(service)

        self._groups = _groups(self._services, self._counters, self._helps, self._helpers)

    def knows(self, service: ServiceId) -> bool:
        return service in self._minutes

    def services(self, counter: CounterId) -> list[ServiceId]:
        """In order of preference."""
        return self._services.get(counter, [])

    def counters(self, service: ServiceId) -> list[CounterId]:
        return self._counters.get(service, [])

    def serves(self, counter: CounterId, service: ServiceId) -> bool:
        return counter in self._counters.get(service, [])

    def helps(self, counter: CounterId) -> tuple[ServiceId, ...]:
        """What it helps out with beyond its own services."""
        return self._helps.get(counter, ())

    def helpers(self, service: ServiceId) -> list[CounterId]:
        return self._helpers.get(service, [])

    def asks(self, service: ServiceId, needs: tuple[Need, ...]) -> Asked:
        """Of a visitor's needs, those that choose among the counters of the service: as many as one counter meets.
        A need that none of them meets chooses none; better a counter not made for it than none at all."""
        if not needs:
            return NOTHING
        wanted = RESTRICTING.intersection(needs)
        if not wanted:
            return NOTHING
        met = [wanted & self._can_serve.get(counter, RESTRICTING) for counter in self.counters(service)]
        return max(met, key=lambda needs: len(needs), default=NOTHING)

    def meets(self, counter: CounterId, asked: Asked) -> bool:
        return not asked or self._can_serve.get(counter, RESTRICTING) >= asked

    def group_of(self, service: ServiceId) -> Group:
        """The service with all that share counters with it, and those counters."""
        return self._groups.get(service) or Group((service,), ())

    def felt_by(self, service: ServiceId) -> tuple[ServiceId, ...]:
        """Whose waits are others when the line of the service is."""
        group = self.group_of(service)
        return (*group.services, *group.helped)

    @property
    def standard_minutes(self) -> Mapping[ServiceId, int]:
        return self._minutes


def _groups(
    services: Mapping[CounterId, Sequence[ServiceId]],
    counters: Mapping[ServiceId, Sequence[CounterId]],
    helps: Mapping[CounterId, Sequence[ServiceId]],
    helpers: Mapping[ServiceId, Sequence[CounterId]],
) -> dict[ServiceId, Group]:
    groups: dict[ServiceId, Group] = {}
    for start in counters:
        if start in groups:
            continue
        found: dict[ServiceId, None] = {start: None}  # in the order in which they were met
        working: dict[CounterId, None] = {}
        pending = [start]
        while pending:
            for counter in counters[pending.pop()]:
                if counter not in working:
                    working[counter] = None
                    new = [service for service in services[counter] if service not in found]
                    found.update(dict.fromkeys(new))
                    pending += new
        helping = dict.fromkeys(counter for service in found for counter in helpers.get(service, ()))
        helped = dict.fromkeys(one for counter in working for one in helps.get(counter, ()) if one not in found)
        group = Group(tuple(found), tuple(working), tuple(helping), tuple(helped))
        groups.update(dict.fromkeys(found, group))
    return groups
