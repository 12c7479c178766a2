"""Starting: how soon a server serves, with and without a past, and how soon a hall is back after a power switch."""

from __future__ import annotations

import asyncio
import random
import secrets
import subprocess
import sys
import time

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from shared.notices import TableChanged
from shared.program import RELEASE
from shared.protocol.values import MAX_FRAME_OUT
from shared.session import Session
from shared.vocabulary import Program
from tests.bench.bench import Bench
from tests.bench.devices import Pass
from tests.bench.figures import Line, peer
from tests.bench.serving import ROOT, Server
from tests.bench.site import ZONES, Site

KIOSKS, COUNTERS, DISPLAYS = 64, 56, 50
PATIENCE = 30.0  # seconds until the last device must be back
BACK_WITHIN = 5.0


async def with_history(bench: Bench) -> list[Line]:
    """From its first instruction to its first answer, by turns."""
    young, old = bench.hall("start", 1_000), bench.old_hall
    imports, empty, past = [], [], []
    for _ in range(bench.choose(5, 2)):
        imports.append(await asyncio.to_thread(_imports))
        empty.append(await asyncio.to_thread(_start, young))
        past.append(await asyncio.to_thread(_start, old))
    name = f"server start, {bench.visits_of_history:,} visits of history"
    return [
        peer(name, past, empty, what="ms with none", at_most=1.1),
        peer("server start", empty, imports, what="ms of its bare imports", at_most=2),
    ]


async def after_kill(bench: Bench) -> list[Line]:
    """Every device with the real session, which waits longer and longer between two tries."""
    times = []
    site = bench.site("back", kiosks=KIOSKS, counters=COUNTERS, displays=DISPLAYS, waiting=1_000)
    devices = devices_of(site)
    server = Server(site)
    await asyncio.to_thread(server.wait_until_it_serves)
    running = [asyncio.create_task(device.keep_connected(server.port)) for device in devices]
    try:
        await all_back(devices, 0.0)
        for _ in range(bench.choose(3, 1)):
            killed = time.perf_counter()
            server.kill()
            server = Server(site, port=server.port)
            times.append(await all_back(devices, killed))
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        server.kill()
    slowest = max(times)
    goal = f"<= {BACK_WITHIN:g} s"
    name = f"back after SIGKILL: the last of {len(devices)} devices"
    return [Line(name, sorted(times)[len(times) // 2], slowest, "s", goal=goal, met=slowest <= BACK_WITHIN)]


class Returning:
    """A device that comes back by itself: the programs' own session in a shell without a window."""

    def __init__(self, let_in: Pass, stream: str) -> None:
        self.whole_at = 0.0
        self._session = Session(
            let_in.program,
            release=RELEASE,
            installation=secrets.token_hex(8),
            token=let_in.token,
            new_id=lambda: secrets.token_hex(16),
            random=random.random,
        )
        self._session.subscribe(stream)

    async def keep_connected(self, port: int) -> None:
        while True:
            try:
                address = f"ws://127.0.0.1:{port}/socket"
                async with connect(address, compression=None, max_size=MAX_FRAME_OUT, proxy=None) as socket:
                    await self._converse(socket)
            except (OSError, TimeoutError, InvalidHandshake, WebSocketException):
                pass
            await asyncio.sleep(self._session.closed(time.monotonic()))
            self._session.take_notices()

    async def _converse(self, socket: ClientConnection) -> None:
        self._session.opened()
        await self._flush(socket)
        async for frame in socket:
            self._session.received(frame)
            for notice in self._session.take_notices():
                if isinstance(notice, TableChanged) and notice.whole:
                    self.whole_at = time.perf_counter()
            await self._flush(socket)

    async def _flush(self, socket: ClientConnection) -> None:
        for text in self._session.take_outgoing():
            await socket.send(text, text=True)


def devices_of(site: Site) -> list[Returning]:
    streams = {Program.KIOSK: "kiosk", Program.COUNTER: "counters"}
    several = [Returning(one, streams[one.program]) for one in (*site.kiosks, *site.counters)]
    return several + [Returning(one, f"board:z{at % ZONES}") for at, one in enumerate(site.displays)]


async def all_back(devices: list[Returning], since: float) -> float:
    """Seconds from `since` until the last one had its snapshot."""
    async with asyncio.timeout(PATIENCE):
        while any(device.whole_at <= since for device in devices):
            await asyncio.sleep(0.005)
    return max(device.whole_at for device in devices) - since


def _start(site: Site) -> float:
    server = Server(site)
    try:
        return server.wait_until_it_serves() * 1000
    finally:
        server.kill()


def _imports() -> float:
    began = time.perf_counter()
    words = "import server.bootstrap, server.cli.arguments"
    subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True, stdin=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000
