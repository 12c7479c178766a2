"""F19: displays that stop reading are dropped within ten seconds; nobody else waits, memory stays flat (P4)."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shared.protocol.codec import decode_server
from shared.protocol.messages import Announcement
from shared.vocabulary import Program
from tests.bench.audience import Audience
from tests.bench.devices import Counter, Device
from tests.bench.figures import percentile
from tests.bench.serving import Server
from tests.bench.site import COUNTERS, PIN, ZONES, Site, officer_of, prepare
from tests.support.demo.processes import Program as Running
from tests.support.demo.processes import Programs
from tests.support.frozen import Frozen
from tests.support.promises import RecordFigure
from tests.support.waiting import fair, wait_until
from tests.support.watching import published

FROZEN, HEALTHY = 5, 20
CALLS = 60
MEANWHILE = 5  # calls while the display program is frozen
DROPPED_WITHIN = 10.0  # seconds
LOOK = 0.05  # seconds between two looks at the figures: looking is work for the server, too
FLAT = 5_000_000  # bytes that the server may grow by meanwhile


@contextmanager
def _hall(folder: Path) -> Iterator[tuple[Site, Server]]:
    site = prepare(f"sqlite:///{folder / 'loket.sqlite'}", folder, counters=1,
                   displays=ZONES * (FROZEN + HEALTHY), waiting=len(COUNTERS) * CALLS)  # fmt: skip
    with Server(site) as server:
        yield site, server


@pytest.mark.faults
def test_p4_five_frozen_displays_delay_nobody_and_are_dropped(tmp_path: Path, figure: RecordFigure) -> None:
    with _hall(tmp_path) as (site, server):
        p99, after, grown = asyncio.run(_calls_beside_frozen(site, server))
    assert p99 <= fair(300), "ms from call to display"
    assert after <= fair(DROPPED_WITHIN)
    assert grown <= FLAT
    figure("P4", "F19", f"{FROZEN} frozen displays beside {HEALTHY}: call to display p99 {p99:.0f} ms, dropped after "
           f"{after:.1f} s, the server grew by {max(0, grown) / 1e6:.1f} MB")  # fmt: skip


async def _calls_beside_frozen(site: Site, server: Server) -> tuple[float, float, int]:
    """p99 of the others in ms, seconds until the frozen were gone, bytes by which the server grew."""
    displays = site.displays[::ZONES]
    audience = Audience(HEALTHY, b'{"type":"announcement"')
    for display in displays[FROZEN:]:
        await Device.connected(server.port, display, "board:z0", hear=audience.hear)
    counter = Counter(await Device.connected(server.port, site.counters[0]))
    await counter.sit(officer_of(COUNTERS[0]), PIN, COUNTERS[0])
    others = await asyncio.to_thread(published, server.port, "loket_connections")
    deaf = [(server.port, Program.DISPLAY, one.token, "board:z0") for one in displays[:FROZEN]]
    frozen = [await asyncio.to_thread(Frozen, *one) for one in deaf]
    began, before = time.monotonic(), server.memory()
    heard: list[float] = []
    after = 0.0
    for _ in range(CALLS):
        heard += await audience.after(counter.call)
        await counter.serve()
        if not after and await asyncio.to_thread(published, server.port, "loket_connections") == others:
            after = time.monotonic() - began
        await asyncio.sleep(0.12)
    if not after:
        await asyncio.to_thread(
            wait_until, lambda: published(server.port, "loket_connections") == others, DROPPED_WITHIN + 5, LOOK
        )
        after = time.monotonic() - began
    grown = server.memory() - before
    for one in frozen:
        one.close()
    return percentile(heard, 0.99), after, grown


@pytest.mark.faults
def test_p12_a_display_program_that_was_frozen_speaks_nothing_old(tmp_path: Path, figure: RecordFigure) -> None:
    """SIGSTOP of the real program with calls under way; it comes back by itself and is silent about them."""
    with _hall(tmp_path) as (site, server), Programs(tmp_path / "logs") as programs:
        state = tmp_path / "display"
        state.mkdir()
        (state / "token").write_text(site.displays[0].token)
        display = programs.start(
            "display", "display", "--server", f"ws://127.0.0.1:{server.port}", "--state", str(state), "--window",
            "640x360", "--audio-out", str(tmp_path / "voice.wav"), QT_QPA_PLATFORM="offscreen",
        )  # fmt: skip
        wait_until(lambda: published(server.port, "loket_followers") >= 1, 30, LOOK)
        gone, announced = asyncio.run(_frozen_under_calls(site, server, display))
        spoken = {fact["announcement"] for fact in display.facts() if fact.get("event") == "spoken"}
    assert gone <= fair(DROPPED_WITHIN)
    assert len(announced) == MEANWHILE + 1
    assert spoken == {announced[-1]}, "only the call that came after it was back"
    figure("P12", "F19", f"a display stopped by SIGSTOP is dropped after {gone:.1f} s; "
           f"of the {MEANWHILE} calls meanwhile it speaks {len(spoken) - 1}")  # fmt: skip


async def _frozen_under_calls(site: Site, server: Server, display: Running) -> tuple[float, list[str]]:
    """Seconds until the server had dropped it, and the announcements: those meanwhile, and one afterwards."""
    announced: list[str] = []

    def note(frame: bytes) -> None:
        if isinstance(message := decode_server(frame), Announcement):
            announced.append(message.id)

    await Device.connected(server.port, site.displays[ZONES], "board:z0", hear=note)
    counter = Counter(await Device.connected(server.port, site.counters[0]))
    await counter.sit(officer_of(COUNTERS[0]), PIN, COUNTERS[0])
    connections = await asyncio.to_thread(published, server.port, "loket_connections")
    followers = await asyncio.to_thread(published, server.port, "loket_followers")
    os.kill(display.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        for _ in range(MEANWHILE):
            await counter.call()
            await counter.serve()
        await _until(lambda: published(server.port, "loket_connections") < connections)
        gone = time.monotonic() - began
    finally:
        os.kill(display.pid, signal.SIGCONT)
    await _until(lambda: published(server.port, "loket_connections") >= connections)
    await _until(lambda: published(server.port, "loket_followers") >= followers)
    await counter.call()
    await _until(lambda: len(announced) == MEANWHILE + 1)
    await asyncio.to_thread(lambda: display.wait_for_fact("spoken", announcement=announced[-1], patience=60))
    return gone, announced


async def _until(condition: Callable[[], bool]) -> None:
    await asyncio.to_thread(wait_until, condition, 20, LOOK)
