"""F9: the server is killed under a full hall. Everybody is back with their snapshot by themselves (P5)."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.bench.lines.starting import all_back, devices_of
from tests.bench.serving import Server
from tests.bench.site import prepare
from tests.support.promises import RecordFigure
from tests.support.waiting import fair
from tests.support.watching import processor_seconds

KIOSKS, COUNTERS, DISPLAYS = 10, 100, 60
BACK_WITHIN = 10.0  # seconds, the server's own start included
CHEAP = 5.0  # processor seconds of the new server until everybody is back; its imports are one of them


@pytest.mark.faults
def test_p5_a_full_hall_is_live_again_by_itself_after_a_kill(tmp_path: Path, figure: RecordFigure) -> None:
    back, cost = asyncio.run(_killed_and_started(tmp_path))
    assert back <= fair(BACK_WITHIN)
    assert cost <= fair(CHEAP)
    figure("P5", "F9", f"{DISPLAYS} displays, {COUNTERS} counters and {KIOSKS} kiosks back after SIGKILL, the last "
           f"after {back:.1f} s, {cost:.1f} s of the server's processor, start included")  # fmt: skip


async def _killed_and_started(folder: Path) -> tuple[float, float]:
    url = f"sqlite:///{folder / 'loket.sqlite'}"
    site = await asyncio.to_thread(
        lambda: prepare(url, folder, kiosks=KIOSKS, counters=COUNTERS, displays=DISPLAYS, waiting=500)
    )
    devices = devices_of(site)
    server = Server(site)
    running: list[asyncio.Task[None]] = []
    try:
        await asyncio.to_thread(server.wait_until_it_serves)
        running = [asyncio.create_task(device.keep_connected(server.port)) for device in devices]
        await all_back(devices, 0.0)
        killed = time.perf_counter()
        server.kill()
        server = Server(site, port=server.port)
        back = await all_back(devices, killed)
        return back, processor_seconds(server.pid)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        server.kill()
