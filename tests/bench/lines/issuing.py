"""Issuing: from a kiosk's socket to the disk and back with the number."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.figures import Line, count, latency, processor, rate
from tests.bench.load import Measured, closed_loop, issuing, kiosks
from tests.bench.serving import Server
from tests.bench.site import Site

RAW = "raw commits/s"
MANY = 64


async def one_kiosk(bench: Bench) -> list[Line]:
    site = bench.site("issue-1", kiosks=1, waiting=200)
    measured = await measure(bench, site, 1)
    return [
        rate("issue, 1 kiosk: rate", measured.rates, measured.limits, at_least=0.45, what=RAW),
        latency("issue, 1 kiosk: socket to reply", measured.latencies, p99_at_most=3),
        processor("issue, 1 kiosk: processor for each", measured.processor),
    ]


async def many_kiosks(bench: Bench) -> list[Line]:
    site = bench.site("issue-64", kiosks=MANY, waiting=200)
    measured = await measure(bench, site, MANY)
    return [
        rate(f"issue, {MANY} kiosks: rate", measured.rates, measured.limits, at_least=2, what=RAW),
        latency(f"issue, {MANY} kiosks: socket to reply", measured.latencies, p99_at_most=25),
        processor(f"issue, {MANY} kiosks: processor for each", measured.processor),
        count(f"issue, {MANY} kiosks: the same number twice", measured.doubles, "numbers"),
    ]


async def measure(
    bench: Bench, site: Site, wanted: int, *, raw: str | Path = "", environment: Mapping[str, str] | None = None
) -> Measured:
    with Server(site, environment=environment) as server:
        steps = [issuing(kiosk, at * 7) for at, kiosk in enumerate(await kiosks(server.port, site, wanted))]
        limit = bench.limit(raw or site.folder, environment)
        return await closed_loop(steps, limit, server.processor, slices=bench.slices, seconds=bench.seconds)
