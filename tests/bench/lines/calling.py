"""Calling: a hundred officers press "next" on one lobby, which may be long and may have a past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.figures import Line, count, latency, processor, rate
from tests.bench.lines.issuing import RAW
from tests.bench.load import Measured, closed_loop, hall, side_by_side
from tests.bench.serving import Server
from tests.bench.site import Site

LENGTHS = (100, 1_000, 10_000)


async def hundred_counters(bench: Bench) -> list[Line]:
    """With every stream followed, as the real programs do."""
    measured = await measure(bench, bench.hall("call", 5_000))
    name = "call next, 100 counters, 5,000 waiting"
    return [
        rate(f"{name}: commands", measured.rates, measured.limits, at_least=2, what=RAW),
        latency(f"{name}: press to reply", measured.latencies, p99_at_most=30),
        processor(f"{name}: processor for each", measured.processor),
        count(f"{name}: one leg called twice", measured.doubles, "legs"),
    ]


async def without_followers(bench: Bench) -> list[Line]:
    """The same with nobody following anything: what the trade and the disk alone cost."""
    measured = await measure(bench, bench.hall("call-alone", 5_000), watch=False)
    name = "call next, 100 counters, nobody following"
    return [
        rate(f"{name}: commands", measured.rates, measured.limits, at_least=2, what=RAW),
        processor(f"{name}: processor for each", measured.processor),
    ]


async def by_waiting(bench: Bench) -> list[Line]:
    lengths = LENGTHS[::2] if bench.quick else LENGTHS
    shortest, *longer = await compare(bench, [bench.hall(f"call-{length}", length) for length in lengths])
    return [
        _flat(f"call next, {length:,} waiting", measured, shortest, f"/s with {LENGTHS[0]}")
        for length, measured in zip(lengths[1:], longer, strict=True)
    ]


async def by_history(bench: Bench) -> list[Line]:
    young, old = await compare(bench, [bench.hall("young", 1_000), bench.old_hall])
    return [_flat(f"call next, {bench.visits_of_history:,} visits of history", old, young, "/s with none")]


async def compare(bench: Bench, sites: Sequence[Site]) -> list[Measured]:
    """The same load on each, by turns."""
    with ExitStack() as running:
        servers = [running.enter_context(Server(site)) for site in sites]
        halls = [await hall(server.port, site) for server, site in zip(servers, sites, strict=True)]
        return await side_by_side(halls, slices=bench.slices, seconds=bench.seconds)


async def measure(
    bench: Bench,
    site: Site,
    *,
    watch: bool = True,
    raw: str | Path = "",
    environment: Mapping[str, str] | None = None,
) -> Measured:
    with Server(site, environment=environment) as server:
        steps = await hall(server.port, site, watch=watch)
        limit = bench.limit(raw or site.folder, environment)
        return await closed_loop(steps, limit, server.processor, slices=bench.slices, seconds=bench.seconds)


def _flat(name: str, measured: Measured, least: Measured, what: str) -> Line:
    """The cost of a command must not grow."""
    return rate(f"{name}: commands", measured.rates, least.rates, at_least=0.9, what=what)
