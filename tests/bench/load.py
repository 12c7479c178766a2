"""Load: many devices at once, each asking as soon as it was answered; and the limit measured between the slices."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tests.bench.devices import Counter, Device, Kiosk
from tests.bench.site import COUNTERS, COUNTERS_EACH, PIN, SERVICES, SERVICES_EACH, Site, officer_of

T = TypeVar("T")

AT_ONCE = 16  # devices that connect at the same time; the server lets in a bounded number of strangers


@dataclass
class Measured:
    """What came of some slices of load."""

    latencies: list[float] = field(default_factory=list)
    """Milliseconds of each request that is timed."""
    rates: list[float] = field(default_factory=list)
    """Requests a second, by slice."""
    limits: list[float] = field(default_factory=list)
    """The limit's, right before and after each slice."""
    processor: list[float] = field(default_factory=list)
    """Microseconds of the server's processor time for each request, by slice."""
    names: list[str] = field(default_factory=list)
    """What must be told apart: tickets, legs."""

    @property
    def doubles(self) -> int:
        return len(self.names) - len(set(self.names))


Step = Callable[[Measured], Awaitable[int]]
"""One round of one device; gives how many requests it was, 0 when there is nothing left to do."""


async def closed_loop(
    steps: Sequence[Step],
    limit: Callable[[], float],
    processor: Callable[[], float],
    *,
    slices: int,
    seconds: float,
    warm_up: float = 0.4,
) -> Measured:
    """Every device asks as soon as it was answered, for some slices; between them everybody waits for the limit.
    `processor`: seconds that the server has worked so far."""
    measured = await _warmed_up(steps, warm_up)
    for _ in range(slices):
        measured.limits.append(await asyncio.to_thread(limit))
        worked, began = processor(), time.perf_counter()
        measured.rates.append(await _slice(steps, seconds, measured))
        asked = measured.rates[-1] * (time.perf_counter() - began)
        measured.processor.append((processor() - worked) / max(1.0, asked) * 1_000_000)
    measured.limits.append(await asyncio.to_thread(limit))
    return measured


async def side_by_side(
    groups: Sequence[Sequence[Step]], *, slices: int, seconds: float, warm_up: float = 0.4
) -> list[Measured]:
    """Several servers by turns, slice by slice: what disturbs this machine meanwhile disturbs them all alike."""
    measured = [await _warmed_up(steps, warm_up) for steps in groups]
    for _ in range(slices):
        for steps, mine in zip(groups, measured, strict=True):
            mine.rates.append(await _slice(steps, seconds, mine))
    return measured


async def _warmed_up(steps: Sequence[Step], seconds: float) -> Measured:
    await _slice(steps, seconds, first := Measured())
    return Measured(names=first.names)


async def _slice(steps: Sequence[Step], seconds: float, measured: Measured) -> float:
    began = time.perf_counter()

    async def go_on(step: Step) -> int:
        asked = 0
        while time.perf_counter() - began < seconds:
            did = await step(measured)
            if not did:
                break
            asked += did
        return asked

    asked = sum(await asyncio.gather(*(go_on(step) for step in steps)))
    return asked / (time.perf_counter() - began)


def issuing(kiosk: Kiosk, first: int = 0) -> Step:
    """One number after the other, for service after service."""
    services = itertools.cycle(SERVICES[first:] + SERVICES[:first])

    async def step(measured: Measured) -> int:
        began = time.perf_counter()
        issued = await kiosk.issue(next(services))
        measured.latencies.append((time.perf_counter() - began) * 1000)
        measured.names.append(issued.ticket)
        return 1

    return step


def turnover(counter: Counter, kiosk: Kiosk, service: str) -> Step:
    """A call, which is timed; the serving that makes room for the next; and a visitor who takes the place of the one
    who was called: three durable commands, after which as many wait as before."""

    async def step(measured: Measured) -> int:
        began = time.perf_counter()
        leg = await counter.call()
        if leg is None:
            return 0
        measured.latencies.append((time.perf_counter() - began) * 1000)
        measured.names.append(leg)
        await asyncio.gather(counter.serve(), kiosk.issue(service))
        return 3

    return step


async def kiosks(port: int, site: Site, count: int, *, watch: bool = True) -> list[Kiosk]:
    """Connected; `watch`: following what a real kiosk follows."""

    async def one(at: int) -> Kiosk:
        return Kiosk(await Device.connected(port, site.kiosks[at], *(["kiosk"] if watch else [])))

    return await in_groups(one, count)


async def hall(port: int, site: Site, *, watch: bool = True) -> list[Step]:
    """Every counter of the site with an officer who calls without end; `watch`: everybody follows their streams, as
    the real programs do."""
    taking = await kiosks(port, site, len(site.kiosks), watch=watch)
    calling = await counters(port, site, range(len(site.counters)), watch=watch)
    return [
        turnover(counter, taking[at % len(taking)], SERVICES[at // COUNTERS_EACH * SERVICES_EACH + at % SERVICES_EACH])
        for at, counter in enumerate(calling)
    ]


async def counters(port: int, site: Site, which: Sequence[int], *, watch: bool = True) -> list[Counter]:
    """Signed in and open at the counters of these places in the catalogue."""

    async def one(at: int) -> Counter:
        counter = Counter(await Device.connected(port, site.counters[at], *(["counters"] if watch else [])))
        place = COUNTERS[which[at]]
        await counter.sit(officer_of(place), PIN, place, watch=watch)
        return counter

    return await in_groups(one, len(which))


async def in_groups(make: Callable[[int], Awaitable[T]], count: int, at_once: int = AT_ONCE) -> list[T]:
    """Make things 0 to `count - 1`, some at the same time."""
    made: list[T] = []
    for start in range(0, count, at_once):
        made += await asyncio.gather(*(make(at) for at in range(start, min(count, start + at_once))))
    return made
