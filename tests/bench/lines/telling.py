"""Telling: from an officer's press to fifty boards, beside a bare program that only tells."""

from __future__ import annotations

import asyncio

from tests.bench import wire
from tests.bench.audience import Audience
from tests.bench.bare import TELL, bare_broadcaster
from tests.bench.bench import Bench
from tests.bench.devices import Counter, Device
from tests.bench.figures import Line, peer
from tests.bench.serving import Server
from tests.bench.site import COUNTERS, COUNTERS_EACH, PIN, ZONES, officer_of

BOARDS = 50
PAUSE = 0.02  # seconds between two calls: each is told alone


async def fifty_boards(bench: Bench) -> list[Line]:
    """Fifty displays of one zone; the call is committed before anybody hears of it, the bare news is not."""
    calls = bench.choose(150, 40)
    site = bench.site("boards", counters=1, displays=BOARDS * ZONES, waiting=len(COUNTERS) * calls // COUNTERS_EACH)
    audience = Audience(BOARDS, b'{"type":"announcement"')
    ours: list[float] = []
    with Server(site) as server:
        for display in site.displays[::ZONES]:
            await Device.connected(server.port, display, "board:z0", hear=audience.hear)
        counter = Counter(await Device.connected(server.port, site.counters[0]))
        await counter.sit(officer_of(COUNTERS[0]), PIN, COUNTERS[0])
        for _ in range(calls):
            ours += await audience.after(counter.call)
            await counter.serve()
            await asyncio.sleep(PAUSE)
    theirs = await _bare(calls)
    return [peer("call -> 50 boards", ours, theirs, what="ms p99 of bare websockets", at_most=3, by_p99=True)]


async def _bare(times: int) -> list[float]:
    heard: list[float] = []
    audience = Audience(BOARDS, b"announcement")
    with bare_broadcaster() as port:
        for _ in range(BOARDS):
            await wire.connect(port, "/", audience.hear)
        teller = await wire.connect(port, "/", lambda _: None)

        async def tell() -> None:
            teller.send(TELL)

        for _ in range(times):
            heard += await audience.after(tell)
            await asyncio.sleep(PAUSE)
    return heard
