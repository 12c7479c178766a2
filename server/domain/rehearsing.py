"""Rehearsing: the line before a visitor, played through with the minutes that services usually take.

It knows what a formula does not: which counters share which lines, and who of them is busy with something else. A long
line is not played to its end; its tail is work divided by hands.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from math import inf
from typing import Any

from shared.vocabulary import CounterId, ServiceId

LIMIT = 30  # visitors played one by one, at some microseconds each
HELPS_HALF = 2.0  # a desk that helps needs so many times as long: its own who come meanwhile go between

Entry = tuple[datetime, int, *tuple[Any, ...]]
Ahead = tuple[Sequence[Entry], int]
"""A line in calling order, and how many of it stand before the visitor."""


Away = tuple[float, float, float]
"""A time in which a desk calls nobody: in how many minutes it begins, how many it lasts whenever it was begun (a pause
announced), and when it is over at the earliest (a break of the opening hours; 0 for a pause)."""


@dataclass(frozen=True, slots=True)
class Helping:
    """What a counter does beyond its own services, once it has called those of its own who come first."""

    services: Sequence[ServiceId]
    calls_first: int = 0
    """How many of its own it calls before it helps: those who count earlier, and until its line is short."""
    minutes: float = 0.0
    """What one of its own usually takes."""

    def waits_for(self, own: Sequence[ServiceId], called: Mapping[ServiceId, int]) -> float:
        """Minutes that it still spends on its own, once so many of the lines were called."""
        left = self.calls_first - sum(called.get(service, 0) for service in own)
        return max(0, left) * self.minutes


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter that works."""

    free_in: float
    """Minutes until it can call somebody."""
    services: Sequence[ServiceId]
    away: Sequence[Away] = ()
    """Ascending. Whoever is in hand when one begins is served first."""
    helping: Helping | None = None
    counter: CounterId | None = None
    """Which one it is, for whoever sets the desks up."""

    def reaches(self, target: ServiceId) -> bool:
        return target in self.services or (self.helping is not None and target in self.helping.services)


@dataclass(slots=True)
class Stage:
    """What a rehearsal leaves to the next one with the same lines and desks, at the same moment.

    Whoever stands behind all who were played in a long line sees the same played: only the tail is theirs alone.
    Whatever else the end of a play depends on belongs here, too.
    """

    desks: Sequence[Desk]
    takes: dict[ServiceId, float] = field(default_factory=dict)
    last: Entry | None = None
    """Whose key is the greatest of those who were played; None while no play was cut off in a long line."""
    at: float = 0.0
    next_of: dict[ServiceId, int] = field(default_factory=dict)
    free: Sequence[Desk] = ()
    away: Mapping[int, Sequence[Away]] = field(default_factory=dict)
    """What was still to come of those when the play was cut off, by the identity of their desk."""


def rehearse_on(
    stage: Stage,
    target: ServiceId,
    key: tuple[datetime, int],
    ahead: Mapping[ServiceId, Ahead],
    minutes: Callable[[ServiceId], float],
) -> float | None:
    """As `rehearse` for the visitor with that key; by what an earlier one on this stage found where it is the same."""
    if stage.last is None or not stage.last < key:
        return rehearse(target, ahead, stage.desks, minutes, stage)
    if not any(desk.reaches(target) for desk in stage.desks):
        return None
    for service in ahead.keys() - stage.takes.keys():
        stage.takes[service] = minutes(service)
    return stage.at + _tail(target, ahead, stage.next_of, stage.free, stage.takes, stage.at, stage.away)


def rehearse(
    target: ServiceId,
    ahead: Mapping[ServiceId, Ahead],
    desks: Sequence[Desk],
    minutes: Callable[[ServiceId], float],
    stage: Stage | None = None,
) -> float | None:
    """Minutes until a desk calls the visitor of `target` who stands behind `ahead` of each line.

    None when no desk serves the target or helps out there. Never shrinks with one more at the end of the visitor's
    own line: a desk of that line is therefore taken to help nobody else until the visitor is called.
    """
    if not any(desk.reaches(target) for desk in desks):
        return None
    tie = count()
    free = [(desk.free_in, next(tie), desk) for desk in desks]
    heapq.heapify(free)
    takes = {service: minutes(service) for service in ahead}
    next_of = dict.fromkeys(ahead, 0)
    # who is next of each line that still has somebody before the visitor
    first = {service: entries[0] for service, (entries, waiting) in ahead.items() if waiting}
    lines_of = {id(desk): [service for service in desk.services if service in first] for desk in desks}
    ahead_of = {id(desk): desk.away for desk in desks if desk.away}  # pauses and breaks that are still to come
    soonest = min((away[0][0] for away in ahead_of.values()), default=inf)
    can_help = {id(desk): desk.helping for desk in desks if desk.helping and target not in desk.services}
    helps: set[int] = set()
    played = 0
    at = 0.0
    last: Entry | None = None
    all_play = all(desk.helping is None for desk in desks)
    while free and played <= LIMIT:
        at, order, desk = heapq.heappop(free)
        if at >= soonest and (away := ahead_of.get(id(desk))) and at >= away[0][0]:
            _, lasts, until = away[0]
            ahead_of[id(desk)] = away[1:]
            heapq.heappush(free, (max(at + lasts, until), order, desk))
            continue
        chosen, earliest = None, None
        for service in lines_of[id(desk)]:
            key = first.get(service)
            if key is not None and (earliest is None or key < earliest):
                chosen, earliest = service, key
        if chosen is None and can_help and (helping := can_help.pop(id(desk), None)) is not None:
            # its own before the visitor are done: from now on, or when those behind are, it helps
            lines_of[id(desk)] = [service for service in helping.services if service in ahead]
            helps.add(id(desk))
            heapq.heappush(free, (at + helping.waits_for(desk.services, next_of), order, desk))
            continue
        if chosen is None:
            if target in desk.services or (id(desk) in helps and desk.reaches(target)):
                return at
            all_play = False
            continue  # nothing left for it, and the visitor is not its own: it plays no further part
        if last is None or (earliest is not None and last < earliest):
            last = earliest
        place = next_of[chosen] = next_of[chosen] + 1
        entries, waiting = ahead[chosen]
        if place < waiting:
            first[chosen] = entries[place]
        else:
            del first[chosen]
        played += 1
        lasts = takes[chosen] * HELPS_HALF if id(desk) in helps else takes[chosen]
        heapq.heappush(free, (at + lasts, order, desk))
    still_free = [desk for _, _, desk in free]
    if stage is not None and all_play:
        stage.takes, stage.last, stage.at, stage.next_of, stage.free = takes, last, at, next_of, still_free
        stage.away = ahead_of
    return at + _tail(target, ahead, next_of, still_free, takes, at, ahead_of)


def _tail(
    target: ServiceId,
    ahead: Mapping[ServiceId, Ahead],
    next_of: Mapping[ServiceId, int],
    desks: Sequence[Desk],
    takes: Mapping[ServiceId, float],
    at: float,
    away: Mapping[int, Sequence[Away]],
) -> float:
    """The work left, shared by the desks that can take it, and their pauses and breaks that fall within."""
    work = {service: (count - next_of.get(service, 0)) * takes[service] for service, (_, count) in ahead.items()}
    # how much those who help will have to do by then nobody knows: they are not counted on
    serving = [desk for desk in desks if target in desk.services] or [desk for desk in desks if desk.reaches(target)]
    loads = [_load(desk, work) for desk in serving]
    loads = [load for load in loads if load > 0]
    tail = 1 / sum(1 / load for load in loads) if loads else 0.0
    if not away:
        return tail
    # a break that a desk has gone into already is still to be sat out by the line: work left is shared from `at` on
    coming = [one for desk in serving for one in desk.away if one[2] > at or one in away.get(id(desk), ())]
    coming.sort()
    ends = at + tail
    for begins, lasts, until in coming:
        if begins >= ends:
            break
        ends += max(lasts, until - max(begins, at)) / len(serving)
    return ends - at


def _load(desk: Desk, work: Mapping[ServiceId, float]) -> float:
    """The work before the visitor, if the desk did it alone."""
    helped = () if desk.helping is None or desk.services else desk.helping.services
    return sum(work.get(service, 0.0) for service in (*desk.services, *helped))
