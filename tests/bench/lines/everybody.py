"""Everybody: one call in a line of five thousand. Fifty boards hear it, and every phone has another place.

Nothing in the server tells all phones the same words, so this is the worst that one command can cause: five thousand
texts, each its own. The limit beside it is a loop that sends one text of that length to as many plain sockets.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from tests.bench.audience import Audience, phone
from tests.bench.bare import PHONE_TEXT, TELL, bare_broadcaster
from tests.bench.bench import Bench
from tests.bench.devices import Counter, Device
from tests.bench.figures import Line, latency, median, percentile, skipped
from tests.bench.lines.phones import AT_ONCE, room_for
from tests.bench.lines.telling import BOARDS
from tests.bench.load import in_groups
from tests.bench.serving import Server
from tests.bench.site import COUNTERS, PIN, ZONES, Site, officer_of, prepare
from tests.bench.wire import Wire

PAUSE = 2.5  # seconds after each call: whoever was told late shall not be counted for the next one
PATIENCE = 30.0
AT_LEAST = 0.6


class Everyone:
    """When each of many heard for the first time since somebody began to count."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._heard: dict[int, float] = {}
        self._all = asyncio.Event()

    def ear(self, at: int) -> Callable[[bytes], None]:
        def hear(_: bytes) -> None:
            self._heard.setdefault(at, time.perf_counter())
            if len(self._heard) == self._size:
                self._all.set()

        return hear

    def begin(self) -> float:
        self._heard.clear()
        self._all.clear()
        return time.perf_counter()

    async def last(self) -> float:
        """The moment at which the last one heard."""
        await asyncio.wait_for(self._all.wait(), PATIENCE)
        return max(self._heard.values())


async def one_long_line(bench: Bench) -> list[Line]:
    phones, calls = bench.choose(5_000, 1_000), bench.choose(8, 3)
    if not room_for(2 * phones + 200):
        return [skipped(f"one call, {phones:,} phones", "this system lets a process open too few files")]
    folder = bench.place("everybody")
    url = f"sqlite:///{folder / 'loket.sqlite'}"
    site = await asyncio.to_thread(
        lambda: prepare(url, folder, counters=1, displays=BOARDS * ZONES, waiting=phones + calls, lines=1)
    )
    boards, last = await _ours(site, phones, calls)
    bare = await _bare(phones, calls)
    share = median(bare) / median(last)
    name = f"one call, {BOARDS} boards and {phones:,} phones"
    return [
        latency(f"{name}: boards", boards, p99_at_most=15),
        Line(f"{name}: last phone", median(last), percentile(last, 0.99), "ms", median(bare),
             "ms of a loop that only sends", share, f">= {AT_LEAST:g} x", share >= AT_LEAST),
    ]  # fmt: skip


async def _ours(site: Site, phones: int, calls: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each board, and of the last phone of each call."""
    everyone, audience = Everyone(phones), Audience(BOARDS, b'{"type":"announcement"')
    boards: list[float] = []
    last: list[float] = []
    with Server(site) as server:
        for display in site.displays[::ZONES]:
            await Device.connected(server.port, display, "board:z0", hear=audience.hear)
        counter = Counter(await Device.connected(server.port, site.counters[0]))
        await counter.sit(officer_of(COUNTERS[0]), PIN, COUNTERS[0])

        async def one(at: int) -> Wire:
            return await phone(server.port, site.keys[-1 - at], everyone.ear(at))

        await in_groups(one, phones, AT_ONCE)
        for _ in range(calls):
            await asyncio.sleep(PAUSE)
            began = everyone.begin()
            boards += await audience.after(counter.call)
            last.append((await everyone.last() - began) * 1000)
            await counter.serve()
    return boards, last


async def _bare(phones: int, times: int) -> list[float]:
    """Milliseconds until the last of as many plain sockets has heard."""
    everyone = Everyone(phones)
    last = []
    loop = asyncio.get_running_loop()
    with bare_broadcaster("--sockets") as port:

        async def one(at: int) -> asyncio.BaseTransport:
            transport, _ = await loop.create_connection(lambda: _Plain(everyone.ear(at)), "127.0.0.1", port)
            transport.write(b"hear")
            return transport

        await in_groups(one, phones, AT_ONCE)
        teller, _ = await loop.create_connection(lambda: _Plain(lambda _: None), "127.0.0.1", port)
        for _ in range(times):
            await asyncio.sleep(0.3)
            began = everyone.begin()
            teller.write(TELL)
            last.append((await everyone.last() - began) * 1000)
    return last


class _Plain(asyncio.Protocol):
    """Counts a text as heard when all of it is there."""

    def __init__(self, hear: Callable[[bytes], None]) -> None:
        self._hear = hear
        self._bytes = 0

    def data_received(self, data: bytes) -> None:
        self._bytes += len(data)
        if self._bytes >= PHONE_TEXT:
            self._bytes -= PHONE_TEXT
            self._hear(b"")
