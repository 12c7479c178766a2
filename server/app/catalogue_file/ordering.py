"""The order of services that one visitor chose together: `after` of a service, once all services are known."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import Protocol

from server.app.catalogue_file.fields import shown
from server.app.catalogue_file.lines import Path
from server.app.catalogue_file.mistakes import Code, Findings, did_you_mean, nearest
from server.domain.catalogue import Service
from shared.vocabulary import ServiceId


class Ordered(Protocol):
    """What is read of a draft, and written into it."""

    findings: Findings
    services: dict[ServiceId, Service]
    after: dict[ServiceId, list[tuple[Path, str]]]


def order_services(draft: Ordered) -> None:
    """Look every name up; a circle is a mistake, and is cut where it closes."""
    for service, named in draft.after.items():
        after: dict[ServiceId, None] = {}
        for place, text in named if service in draft.services else ():
            label = f'service "{service}": after'
            other = ServiceId(_known(draft, text, label, place))
            if not other:
                continue
            if other in after:
                draft.findings.error(place, Code.DUPLICATE, f'{label}: "{shown(text)}" is named twice')
            elif circle := _way(draft.services, other, service):
                path = " after ".join(f'"{one}"' for one in (service, *circle))
                draft.findings.error(place, Code.BAD_VALUE, f"{label}: goes round in a circle: {path}")
            else:
                after[other] = None
        _write(draft.services, service, tuple(after))


def _known(draft: Ordered, text: str, label: str, place: Path) -> str:
    if text in draft.services:
        return text
    message = f'{label}: unknown service "{shown(text)}"{did_you_mean(text, draft.services)}'
    draft.findings.error(place, Code.UNKNOWN_SERVICE, message)
    return nearest(text, draft.services) or ""


def _way(services: Mapping[ServiceId, Service], start: ServiceId, end: ServiceId) -> Sequence[ServiceId]:
    """From `start` by what must be done before it to `end`; empty when no way leads there."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        if way[-1] == end:
            return way
        for other in services[way[-1]].after:
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return ()


def _write(services: MutableMapping[ServiceId, Service], service: ServiceId, after: tuple[ServiceId, ...]) -> None:
    if after:
        services[service] = replace(services[service], after=after)
