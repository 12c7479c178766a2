"""Rehearsing: the line before a visitor, played through with the minutes that services usually take.

It knows what a formula does not: which counters share which lines, and who of them is busy with something else. A long
line is not played to its end; its tail is work divided by hands.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from shared.vocabulary import ServiceId

LIMIT = 30  # visitors played one by one, at some microseconds each

Ahead = tuple[Sequence[tuple[datetime, int, *tuple[Any, ...]]], int]
"""A line in calling order, and how many of it stand before the visitor."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter that works."""

    free_in: float
    """Minutes until it can call somebody."""
    services: Sequence[ServiceId]


def rehearse(
    target: ServiceId,
    ahead: Mapping[ServiceId, Ahead],
    desks: Sequence[Desk],
    minutes: Callable[[ServiceId], float],
) -> float | None:
    """Minutes until a desk calls the visitor of `target` who stands behind `ahead` of each line.

    None when no desk serves the target. Never shrinks with one more at the end of the visitor's own line.
    """
    if not any(target in desk.services for desk in desks):
        return None
    tie = count()
    free = [(desk.free_in, next(tie), desk) for desk in desks]
    heapq.heapify(free)
    takes = {service: minutes(service) for service in ahead}
    next_of = dict.fromkeys(ahead, 0)
    # who is next of each line that still has somebody before the visitor
    first = {service: entries[0] for service, (entries, waiting) in ahead.items() if waiting}
    lines_of = {id(desk): [service for service in desk.services if service in first] for desk in desks}
    played = 0
    at = 0.0
    while free and played <= LIMIT:
        at, order, desk = heapq.heappop(free)
        chosen, earliest = None, None
        for service in lines_of[id(desk)]:
            key = first.get(service)
            if key is not None and (earliest is None or key < earliest):
                chosen, earliest = service, key
        if chosen is None:
            if target in desk.services:
                return at
            continue  # nothing left for it, and the visitor is not its own: it plays no further part
        place = next_of[chosen] = next_of[chosen] + 1
        entries, waiting = ahead[chosen]
        if place < waiting:
            first[chosen] = entries[place]
        else:
            del first[chosen]
        played += 1
        heapq.heappush(free, (at + takes[chosen], order, desk))
    return at + _tail(target, ahead, next_of, [desk for _, _, desk in free], takes)


def _tail(
    target: ServiceId,
    ahead: Mapping[ServiceId, Ahead],
    next_of: Mapping[ServiceId, int],
    desks: Sequence[Desk],
    takes: Mapping[ServiceId, float],
) -> float:
    """The work left, shared by the desks that can take it."""
    work = {service: (count - next_of[service]) * takes[service] for service, (_, count) in ahead.items()}
    loads = [sum(work.get(service, 0.0) for service in desk.services) for desk in desks if target in desk.services]
    loads = [load for load in loads if load > 0]
    return 1 / sum(1 / load for load in loads) if loads else 0.0
