"""Phones: five thousand visitors with the page open; who is called must know, and nobody else may be slowed."""

from __future__ import annotations

import asyncio
import resource
import time
from dataclasses import dataclass, field

from tests.bench import wire
from tests.bench.audience import Audience, phone
from tests.bench.bench import Bench
from tests.bench.devices import Counter, Device, Kiosk
from tests.bench.figures import Line, latency, peer, skipped
from tests.bench.load import counters, in_groups
from tests.bench.serving import Server
from tests.bench.site import AGENCIES, COUNTERS_EACH, SERVICES, SERVICES_EACH, Site

WATCHING = 20  # phones that follow the one who is called
A_SECOND = 20  # calls
AT_ONCE = 50  # phones that connect at the same time
SETTLE = 1.0  # seconds for the first snapshots
KILOBYTES, MEGABYTES = 1_000, 1_000_000
SLOWEST = 30.0  # ms that one issue may take while everybody is told


@dataclass
class Told:
    heard: list[float] = field(default_factory=list)
    issued: list[float] = field(default_factory=list)


async def five_thousand(bench: Bench) -> list[Line]:
    phones, calls = bench.choose(5_000, 1_000), bench.choose(100, 25)
    if not room_for(phones + 200):
        return [skipped(f"{phones:,} phones", f"this system lets a process open fewer than {phones + 200} files")]
    site = bench.site("phones", kiosks=1, counters=AGENCIES, waiting=phones)
    with Server(site) as server:
        calling = await counters(server.port, site, range(0, AGENCIES * COUNTERS_EACH, COUNTERS_EACH))
        kiosk = Kiosk(await Device.connected(server.port, site.kiosks[0], "kiosk"))
        idle = [await _issue(kiosk, at) for at in range(2 * calls)]
        before = server.memory()
        crowd = await _crowd(server.port, site, phones - WATCHING * calls)
        await asyncio.sleep(SETTLE)
        each = (server.memory() - before) / len(crowd)
        families = await _families(server.port, site, calls)
        await asyncio.sleep(SETTLE)
        whole = server.memory()
        told = await _tell(calling, kiosk, families)
    return [
        _at_most(f"memory of an idle phone, {phones:,} connected", each / KILOBYTES, "kB", 25),
        _at_most(f"server with {phones:,} phones", whole / MEGABYTES, "MB", 250),
        latency(f"call -> its {WATCHING} phones of {phones:,}, {A_SECOND} calls/s", told.heard, p99_at_most=50),
        peer("issue while the phones are told", told.issued, idle, what="ms p99 with none", at_most=2, by_p99=True),
        _at_most("issue while the phones are told: slowest", max(told.issued), "ms", SLOWEST),
    ]


async def _tell(calling: list[Counter], kiosk: Kiosk, families: list[Audience]) -> Told:
    """Calls at their pace, agency after agency, while a kiosk gives one number after the other."""
    told, going_on = Told(), True

    async def issue_on() -> None:
        at = 0
        while going_on:
            told.issued.append(await _issue(kiosk, at))
            at += 1
            await asyncio.sleep(0.01)

    issuing = asyncio.create_task(issue_on())
    began = time.perf_counter()
    for at, family in enumerate(families):
        counter = calling[at % len(calling)]
        told.heard += await family.after(counter.call)
        await counter.serve()
        await asyncio.sleep(max(0.0, began + (at + 1) / A_SECOND - time.perf_counter()))
    going_on = False
    await issuing
    return told


async def _families(port: int, site: Site, calls: int) -> list[Audience]:
    """For each call that comes, the phones that follow its visitor: the agencies take turns, each calls its next."""
    families = []
    for at in range(calls):
        turn, agency = divmod(at, AGENCIES)
        first = turn // SERVICES_EACH * len(SERVICES) + agency * SERVICES_EACH + turn % SERVICES_EACH
        family = Audience(WATCHING, b'"state":"called"')
        key = site.keys[first]
        await asyncio.gather(*(phone(port, key, family.hear) for _ in range(WATCHING)))
        families.append(family)
    return families


async def _crowd(port: int, site: Site, size: int) -> list[wire.Wire]:
    """Those who came last, each with one phone."""
    last = site.keys[-size:]

    async def one(at: int) -> wire.Wire:
        return await phone(port, last[at], lambda _: None)

    return await in_groups(one, size, AT_ONCE)


async def _issue(kiosk: Kiosk, at: int) -> float:
    began = time.perf_counter()
    await kiosk.issue(SERVICES[at % len(SERVICES)])
    return (time.perf_counter() - began) * 1000


def _at_most(name: str, value: float, unit: str, bound: float) -> Line:
    return Line(name, value, None, unit, goal=f"<= {bound:g} {unit}", met=value <= bound)


def room_for(files: int) -> bool:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, max(soft, files + 1_000))
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted >= files
