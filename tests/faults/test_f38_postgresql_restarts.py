"""F38: PostgreSQL is restarted at once under load. The server heals by itself, and no number is lost or given twice."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from server.db import open_store
from shared.protocol.commands import IssueTicket
from shared.protocol.replies import Issued
from shared.vocabulary import ErrorCode, Language
from tests.bench.devices import Device
from tests.bench.serving import Server
from tests.bench.site import SERVICES, Site, prepare
from tests.support.databases import READY, PostgreSQL
from tests.support.promises import RecordFigure
from tests.support.waiting import fair, wait_until

KIOSKS = 10
AROUND = 200  # numbers before the restart, and twice after it
HEALED_WITHIN = 20.0  # seconds from the restart to the next number; PostgreSQL's own recovery is among them


@pytest.mark.faults
@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_p1_a_database_that_restarts_under_load_loses_nothing(
    postgresql: PostgreSQL, tmp_path: Path, figure: RecordFigure
) -> None:
    url = postgresql.url(postgresql.new_database(READY))
    site = prepare(url, tmp_path, kiosks=KIOSKS)
    with Server(site) as server:
        pid = server.pid
        told, gap = _pressed(server.port, site, postgresql)
        assert server.pid == pid, "no restart of the server"
        server.kill()
    kept = _kept(url)
    lost, twice = set(told) - set(kept), len(kept) - len(set(kept))
    phantom = set(kept) - set(told)
    assert (lost, twice, phantom) == (set(), 0, set())
    assert len(told) == len(set(told))
    assert gap <= fair(HEALED_WITHIN)
    figure("P1", "F38", f"PostgreSQL restarted (immediate) under {KIOSKS} kiosks: {len(told):,} numbers, 0 lost, "
           f"0 twice, 0 phantom; no number for {gap:.1f} s")  # fmt: skip


def _pressed(port: int, site: Site, cluster: PostgreSQL) -> tuple[list[str], float]:
    """The tickets that kiosks were told, and the longest time in which none of them was."""
    told: list[tuple[float, str]] = []
    over = threading.Event()

    async def press(at: int) -> None:
        device = await Device.connected(port, site.kiosks[at])
        number = 0
        while not over.is_set():
            number += 1
            told.append(await _until_issued(device, SERVICES[at], f"press-{at}-{number}"))

    async def all_press() -> None:
        await asyncio.gather(*map(press, range(KIOSKS)))

    with ThreadPoolExecutor(1) as kiosks:  # PostgreSQL ends with the thread that started it: the kiosks get another
        pressing = kiosks.submit(asyncio.run, all_press())
        try:
            wait_until(lambda: len(told) >= AROUND or pressing.done())
            cluster.stop_at_once()
            cluster.start()
            for _ in range(2):  # healed, and still well afterwards
                before = len(told)
                wait_until(lambda before=before: len(told) >= before + AROUND or pressing.done())  # type: ignore[misc]
        finally:
            over.set()
        pressing.result(fair(60))
    moments = sorted(at for at, _ in told)
    return [ticket for _, ticket in told], max(later - at for at, later in pairwise(moments))


async def _until_issued(device: Device, service: str, request: str) -> tuple[float, str]:
    """The same press, asked again with the same id until it is answered with a number."""
    while True:
        reply = await device.ask(IssueTicket(service=service, language=Language.INDONESIAN), request)
        if isinstance(reply.result, Issued):
            return time.monotonic(), reply.result.ticket
        assert reply.refusal is not None
        assert reply.refusal.code is ErrorCode.STORAGE_UNAVAILABLE, reply.refusal
        await asyncio.sleep(0.1)


def _kept(url: str) -> list[str]:
    with open_store(url) as store:
        days = store.lobbies.open_dates_before(date.max)
        return [visit.ticket for day in days for visit in store.lobbies.read_lobby(day).visits]
