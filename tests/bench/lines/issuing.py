"""Issuing: from a kiosk's socket to the disk and back with the number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from tests.bench.bare_numbers import asking, bare_server
from tests.bench.bench import Bench
from tests.bench.figures import Line, count, latency, median, processor, rate
from tests.bench.load import Measured, closed_loop, issuing, kiosks
from tests.bench.serving import Server
from tests.bench.site import Site
from tests.support.watching import processor_seconds

RAW = "raw commits/s"
MANY = 64


async def one_kiosk(bench: Bench) -> list[Line]:
    site = bench.site("issue-1", kiosks=1, waiting=200)
    measured = await measure(bench, site, 1)
    return [
        rate("issue, 1 kiosk: rate", measured.rates, measured.limits, at_least=0.45, what=RAW),
        latency("issue, 1 kiosk: socket to reply", measured.latencies, p99_at_most=3),
        processor("issue, 1 kiosk: processor for each", measured.processor),
        *await bare(bench, 1, "issue, 1 kiosk"),
    ]


async def many_kiosks(bench: Bench) -> list[Line]:
    site = bench.site("issue-64", kiosks=MANY, waiting=200)
    measured = await measure(bench, site, MANY)
    return [
        rate(f"issue, {MANY} kiosks: rate", measured.rates, measured.limits, at_least=2, what=RAW),
        latency(f"issue, {MANY} kiosks: socket to reply", measured.latencies, p99_at_most=25),
        processor(f"issue, {MANY} kiosks: processor for each", measured.processor),
        count(f"issue, {MANY} kiosks: the same number twice", measured.doubles, "numbers"),
        *await bare(bench, MANY, f"issue, {MANY} kiosks"),
    ]


async def bare(bench: Bench, wanted: int, name: str) -> list[Line]:
    """The same rows by a server without a trade: how far a server in Python could go."""
    folder = bench.place("bare")
    with bare_server(folder) as (port, process):
        steps = [await asking(port, kiosk) for kiosk in range(wanted)]
        worked = partial(processor_seconds, process.pid)
        measured = await closed_loop(steps, bench.limit(folder), worked, slices=bench.slices, seconds=bench.seconds)
    reached, limit = median(measured.rates), median(measured.limits)
    return [
        Line(f"{name}: a server without a trade", reached, min(measured.rates), "/s", limit, RAW, reached / limit),
        processor(f"{name}: processor for each, without a trade", measured.processor),
    ]


async def measure(
    bench: Bench, site: Site, wanted: int, *, raw: str | Path = "", environment: Mapping[str, str] | None = None
) -> Measured:
    with Server(site, environment=environment) as server:
        steps = [issuing(kiosk, at * 7) for at, kiosk in enumerate(await kiosks(server.port, site, wanted))]
        limit = bench.limit(raw or site.folder, environment)
        return await closed_loop(steps, limit, server.processor, slices=bench.slices, seconds=bench.seconds)
