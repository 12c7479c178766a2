"""F23: half-sent requests. Cut off in time, so many for each address, and nobody in the hall notices."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.bench.devices import Device, Kiosk
from tests.bench.figures import percentile
from tests.bench.serving import Server
from tests.bench.site import SERVICES, Site, prepare
from tests.support.promises import RecordFigure
from tests.support.waiting import fair

HALF_HEAD = b"GET /v/abcdefghijklmnopqrstuv HTTP/1.1\r\nHost: hall\r\nX-Never-"
HALF_BODY = b"POST /v/abcdefghijklmnopqrstuv/cancel HTTP/1.1\r\nHost: hall\r\nContent-Length: 500\r\n\r\nreq"
SECONDS, EACH = 2.0, 220  # the limits under which this server runs
HALVES = 200

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.mark.faults
def test_half_sent_requests_end_by_themselves_and_disturb_nobody(tmp_path: Path, figure: RecordFigure) -> None:
    site = prepare(f"sqlite:///{tmp_path / 'loket.sqlite'}", tmp_path, kiosks=1)
    limits = {"LOKET_REQUEST_SECONDS": str(SECONDS), "LOKET_CONNECTIONS_PER_ADDRESS": str(EACH)}
    with Server(site, environment=limits) as server:
        took, before, during = asyncio.run(_attacked(server.port, site))
        refused, others = asyncio.run(_crowded(server.port))
    assert took < fair(5 * SECONDS), "cut off, though a byte comes now and then"
    assert during < fair(10 * before + 100), "a kiosk does not wait for them"
    assert refused >= 20, "an address holds only so many"
    assert others, "and another address has its own"
    figure("", "F23", f"{HALVES} half-sent requests gone after {took:.1f} s; number p99 {during:.0f} ms meanwhile, "
           f"{before:.0f} ms before; of {EACH + 20} idle connections from one address {refused} closed")  # fmt: skip


async def _attacked(port: int, site: Site) -> tuple[float, float, float]:
    """Seconds until the last half-sent request was cut off; p99 of a kiosk before and meanwhile."""
    kiosk = Kiosk(await Device.connected(port, site.kiosks[0], "kiosk"))
    before = await _presses(kiosk)
    began = time.monotonic()
    halves = [await _connect(port, HALF_HEAD if at % 2 else HALF_BODY) for at in range(HALVES)]
    during = await _presses(kiosk)
    dripping = asyncio.create_task(_drip(halves))
    async with asyncio.timeout(fair(10 * SECONDS)):
        await asyncio.gather(*(_until_closed(reader) for reader, _ in halves))
    dripping.cancel()
    return time.monotonic() - began, before, during


async def _crowded(port: int) -> tuple[int, bool]:
    """How many idle connections of one address had to go; whether another address was let in meanwhile."""
    idle = [await _connect(port, b"") for _ in range(EACH + 20)]
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=("127.0.0.2", 0))
    writer.write(b"GET /health HTTP/1.1\r\nHost: hall\r\n\r\n")
    others = (await reader.readline()).startswith(b"HTTP/1.1 200")
    await asyncio.sleep(0)
    ended = [asyncio.create_task(_until_closed(reader)) for reader, _ in idle]
    done, pending = await asyncio.wait(ended, timeout=SECONDS / 4)
    for task in pending:
        task.cancel()
    for _, writer in idle:
        writer.close()
    return len(done), others


async def _connect(port: int, words: bytes) -> Stream:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(words)
    return reader, writer


async def _presses(kiosk: Kiosk) -> float:
    took = []
    for at in range(60):
        began = time.perf_counter()
        await kiosk.issue(SERVICES[at])
        took.append((time.perf_counter() - began) * 1000)
    return percentile(took, 0.99)


async def _drip(halves: list[Stream]) -> None:
    """Another byte of each every now and then: slow, but never silent."""
    while True:
        await asyncio.sleep(SECONDS / 4)
        for _, writer in halves:
            writer.write(b"x")


async def _until_closed(reader: asyncio.StreamReader) -> None:
    with suppress(OSError):
        while await reader.read(4096):
            pass
