"""Checks on the whole draft: what no table can see by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import TypeVar
from zoneinfo import ZoneInfo

from server.app.catalogue_file.draft import Draft
from server.app.catalogue_file.lines import Path
from server.app.catalogue_file.mistakes import Code
from server.domain.booking_slots import cut
from server.domain.calling_order import RESTRICTING
from shared.vocabulary import AgencyId, Need, ServiceId, Words, ZoneId

Name = TypeVar("Name")


def check_whole(draft: Draft) -> None:
    """Note what does not fit together. Nothing here changes the draft."""
    for check in CHECKS:
        check(draft)


def _prefixes_belong_to_one_agency(draft: Draft) -> None:
    first: dict[str, ServiceId] = {}
    said: set[tuple[str, AgencyId]] = set()
    for service in draft.services.values():
        if not service.prefix or not service.agency:
            continue
        owner = draft.services[first.setdefault(service.prefix, service.id)]
        if owner.agency == service.agency or (service.prefix, service.agency) in said:
            continue
        said.add((service.prefix, service.agency))
        where = draft.findings.line(_prefix_place(draft, owner.id))
        draft.findings.error(
            _prefix_place(draft, service.id),
            Code.PREFIX_SHARED,
            f'service "{service.id}": prefix {service.prefix} of agency "{service.agency}" is used by agency'
            f' "{owner.agency}" too (line {where}); two agencies cannot share a number sequence',
            value=service.prefix,
            other=owner.agency,
        )


def _prefixes_of_a_zone_sound_different(draft: Draft) -> None:
    for zone, prefixes in _prefixes_by_zone(draft).items():
        for (prefix, service), (other, other_service) in combinations(prefixes.items(), 2):
            if _sound_alike(prefix, other, draft.sound_alike):
                where = draft.findings.line(_prefix_place(draft, service))
                draft.findings.warning(
                    _prefix_place(draft, other_service),
                    Code.SOUNDS_ALIKE,
                    f"prefix {other} sounds like {prefix} (line {where}); both are called"
                    f' in zone "{zone}", where visitors may mistake them',
                    value=other,
                    other=prefix,
                    zone=zone,
                )


def _agencies_have_services_and_counters(draft: Draft) -> None:
    staffed = {counter.agency for counter in draft.desks}
    staffed |= {draft.services[service].agency for counter in draft.desks for service in counter.profile}
    offering = {service.agency for service in draft.services.values()}
    for agency in draft.agencies:
        place = draft.place("agency", agency)
        if agency not in staffed:
            draft.findings.error(place, Code.NO_COUNTER, f'agency "{agency}": has no counter')
        if agency not in offering:
            draft.findings.error(place, Code.NO_SERVICE, f'agency "{agency}": has no service')


def _services_are_served(draft: Draft) -> None:
    served = {service for counter in draft.desks for service in counter.profile}
    for service in draft.services:
        if service not in served:
            place = draft.place("service", service)
            draft.findings.error(place, Code.NO_COUNTER, f'service "{service}": no counter serves it')


def _zones_have_counters(draft: Draft) -> None:
    used = {counter.zone for counter in draft.desks}
    for zone in draft.zones:
        if zone not in used:
            draft.findings.warning(draft.place("zone", zone), Code.UNUSED, f'zone "{zone}": has no counter')


def _needs_are_met(draft: Draft) -> None:
    """A need that no counter of a service meets is let pass there: known before somebody in a wheelchair finds out."""
    met: dict[ServiceId, set[Need]] = defaultdict(set)
    for counter in draft.desks:
        for service in counter.profile:
            met[service] |= counter.can_serve
    for service in draft.services:
        lacking = sorted(RESTRICTING - met[service]) if service in met else []
        if lacking:
            message = f'service "{service}": no counter of it can serve {", ".join(lacking)}'
            draft.findings.warning(draft.place("service", service), Code.NO_COUNTER, message, needs=", ".join(lacking))


def _visitors_can_tell_names_apart(draft: Draft) -> None:
    """Two tiles with the same words, side by side on the kiosk."""
    agencies: dict[Words, str] = {}
    for agency in draft.agencies.values():
        _once(draft, agencies, "agency", agency.name, agency.id)
    services: dict[tuple[AgencyId, Words], str] = {}
    for service in draft.services.values():
        _once(draft, services, "service", (service.agency, service.name), service.id)


def _slots_fit_into_the_hours(draft: Draft) -> None:
    """Hours shorter than one slot are never offered, and nobody would see why."""
    for service in draft.services.values():
        if service.booking is None:
            continue
        spans = [span for day in service.hours.week.values() for span in day]
        if spans and not any(cut(date.min, span, service.booking.slot, ZoneInfo("UTC")) for span in spans):
            message = f'service "{service.id}": no opening hours are as long as one slot of its bookings'
            place = draft.place("service", service.id, "booking", "slot_minutes")
            draft.findings.warning(place, Code.BAD_HOURS, message)


CHECKS: tuple[Callable[[Draft], None], ...] = (
    _prefixes_belong_to_one_agency,
    _prefixes_of_a_zone_sound_different,
    _agencies_have_services_and_counters,
    _services_are_served,
    _zones_have_counters,
    _needs_are_met,
    _visitors_can_tell_names_apart,
    _slots_fit_into_the_hours,
)


def _prefix_place(draft: Draft, service: ServiceId) -> Path:
    """Where the prefix is written: at the service, or else at its agency."""
    if service in draft.own_prefix:
        return draft.place("service", service, "prefix")
    return draft.place("agency", draft.services[service].agency, "prefix")


def _prefixes_by_zone(draft: Draft) -> dict[ZoneId, dict[str, ServiceId]]:
    """The prefixes called in each zone, each with the first service that has it, in the order of the file."""
    called: dict[ZoneId, set[ServiceId]] = defaultdict(set)
    for counter in draft.desks:
        if counter.zone:
            called[counter.zone].update(counter.profile)
    by_zone: dict[ZoneId, dict[str, ServiceId]] = {}
    for zone, services in called.items():
        by_zone[zone] = {}
        for service in draft.services.values():
            if service.id in services and service.prefix:
                by_zone[zone].setdefault(service.prefix, service.id)
    return by_zone


def _sound_alike(prefix: str, other: str, groups: tuple[str, ...]) -> bool:
    """Whether the two differ only in letters that sound alike."""
    return len(prefix) == len(other) and all(
        mine == theirs or any(mine in group and theirs in group for group in groups)
        for mine, theirs in zip(prefix, other, strict=True)
    )


def _once(draft: Draft, seen: dict[Name, str], section: str, name: Name, identity: str) -> None:
    other = seen.setdefault(name, identity)
    if other != identity:
        where = draft.findings.line(draft.place(section, other))
        message = f'{section} "{identity}": has the same name as "{other}" (line {where})'
        draft.findings.warning(draft.place(section, identity, "name"), Code.DUPLICATE, message, other=other)
