"""A bound that no calling rule can beat: the mean wait of a server that knows every service time in advance.

Take the counters that share lines, m of them. Without preemption a visitor who is served for p and leaves at C has the
mean busy time M = C - p/2. Any day of m counters is also a day of one counter that is m times as fast and may
interrupt; there, serving whoever has the smallest p among those present makes the sum of all M as small as it can be
(an exchange argument: moving a moment of work from a long p to a short one that is present only lowers the sum). So
sum(wait) = sum(C - arrival - p) >= sum(M of that fast counter - arrival - p/2). Counters never pause in the bound, and
visitors who are transferred to the line are left out: both only lower it.

The inequality is the mean busy time relaxation of A. Schulz and M. Skutella, "Scheduling unrelated machines by
randomized rounding" (SIAM Journal on Discrete Mathematics 15, 2002).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from server.domain.catalogue import Catalogue
from server.simulation.day import Day
from server.simulation.running import GRACE
from shared.vocabulary import CounterId, ServiceId

Job = tuple[float, float]
"""Arrival and length, both in minutes."""


def least_mean_wait(day: Day) -> float:
    """Minutes, over all first stops of the day."""
    group_of, counters = _groups(day.catalogue)
    start = day.shifts[0].start
    jobs: defaultdict[ServiceId, list[Job]] = defaultdict(list)
    for visitor in day.arrivals:
        stop = visitor.stops[0]
        lasts = visitor.walk + stop.lasts if visitor.comes else GRACE
        jobs[group_of[stop.service]].append((_minutes(visitor.at - start), _minutes(lasts)))
    return sum(max(0.0, least_waits(found, counters[group])) for group, found in jobs.items()) / len(day.arrivals)


def least_waits(jobs: Sequence[Job], counters: int) -> float:
    """The least sum of waits of these visitors at that many counters, in minutes; may be below zero, where it is
    idle words."""
    arrivals = sorted(jobs)
    present: list[tuple[float, float, float]] = []  # length, work left, arrival
    total = -sum(arrival + length / 2 for arrival, length in jobs)
    now = 0.0
    place = 0
    while place < len(arrivals) or present:
        if not present:
            now = max(now, arrivals[place][0])
        while place < len(arrivals) and arrivals[place][0] <= now:
            arrival, length = arrivals[place]
            heapq.heappush(present, (length, length, arrival))
            place += 1
        length, left, arrival = heapq.heappop(present)
        ends = now + left / counters
        until = min(ends, arrivals[place][0]) if place < len(arrivals) else ends
        worked = (until - now) * counters
        total += (now + until) / 2 * worked / length
        if until < ends:
            heapq.heappush(present, (length, left - worked, arrival))
        now = until
    return total


def _groups(catalogue: Catalogue) -> tuple[dict[ServiceId, ServiceId], dict[ServiceId, int]]:
    """Services that share a counter are one group, named by one of them; and how many counters each group has."""
    root: dict[ServiceId, ServiceId] = {service: service for service in catalogue.services}

    def find(service: ServiceId) -> ServiceId:
        while root[service] != service:
            service = root[service]
        return service

    profiles = {
        counter.id: [s for s in (*counter.profile, *counter.helps) if s in root]
        for counter in catalogue.counters.values()
    }
    for profile in profiles.values():
        for service in profile[1:]:
            root[find(service)] = find(profile[0])
    counters: defaultdict[ServiceId, set[CounterId]] = defaultdict(set)
    for counter, profile in profiles.items():
        if profile:
            counters[find(profile[0])].add(counter)
    return {service: find(service) for service in root}, {group: len(found) for group, found in counters.items()}


def _minutes(length: timedelta) -> float:
    return length / timedelta(minutes=1)
