"""F24: ten thousand phones with the page open. They fit one small server and cost it next to nothing."""

from __future__ import annotations

import asyncio
import resource
from pathlib import Path

import pytest

from tests.bench.audience import Audience, phone
from tests.bench.devices import Counter, Device
from tests.bench.figures import percentile
from tests.bench.load import in_groups
from tests.bench.serving import Server
from tests.bench.site import COUNTERS, PIN, SERVICES, SERVICES_EACH, Site, officer_of, prepare
from tests.bench.wire import Wire
from tests.support.promises import RecordFigure
from tests.support.watching import processor_seconds

WATCHING, CALLS = 20, 10
IDLE = 5.0  # seconds for which nothing happens
FITS, CHEAP = 400_000_000, 0.05  # bytes; share of a core while nothing happens


@pytest.mark.parametrize(
    "phones",
    [
        pytest.param(1_000, id="thousand", marks=pytest.mark.faults),
        pytest.param(10_000, id="ten-thousand", marks=pytest.mark.release),
    ],
)
def test_p4_idle_phones_cost_next_to_nothing(phones: int, tmp_path: Path, figure: RecordFigure) -> None:
    _allow_files(phones + 500)
    site = prepare(f"sqlite:///{tmp_path / 'loket.sqlite'}", tmp_path, counters=1, waiting=phones)
    with Server(site) as server:
        whole, each, share, heard = asyncio.run(_idle(phones, site, server))
    assert whole <= FITS
    assert each <= 25_000
    assert share <= CHEAP
    figure("P4", "F24", f"{phones:,} idle phones: {each / 1000:.1f} kB each, the server {whole / 1e6:.0f} MB, "
           f"{share:.1%} of a core; a call is with its {WATCHING} phones after {heard:.0f} ms (p99)")  # fmt: skip


async def _idle(phones: int, site: Site, server: Server) -> tuple[int, float, float, float]:
    """Bytes of the server, bytes for each phone, share of a core, milliseconds (p99) from a call to its phones."""
    counter = Counter(await Device.connected(server.port, site.counters[0]))
    await counter.sit(officer_of(COUNTERS[0]), PIN, COUNTERS[0])
    before = server.memory()

    async def one(at: int) -> Wire:
        return await phone(server.port, site.keys[-1 - at], lambda _: None)

    await in_groups(one, phones - WATCHING * CALLS, 50)
    await asyncio.sleep(2)
    whole = server.memory()
    began = processor_seconds(server.pid)
    await asyncio.sleep(IDLE)
    share = (processor_seconds(server.pid) - began) / IDLE
    heard: list[float] = []
    for at in range(CALLS):
        family = Audience(WATCHING, b'"state":"called"')
        key = site.keys[at // SERVICES_EACH * len(SERVICES) + at % SERVICES_EACH]
        await asyncio.gather(*(phone(server.port, key, family.hear) for _ in range(WATCHING)))
        await asyncio.sleep(0.2)
        heard += await family.after(counter.call)
        await counter.serve()
    return whole, (whole - before) / (phones - WATCHING * CALLS), share, percentile(heard, 0.99)


def _allow_files(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < wanted:
        pytest.skip(f"this system lets a process open {hard} files, {wanted} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
