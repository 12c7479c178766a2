"""F36: a day of twelve hours, speeded up. Neither memory nor open files grow with what has been."""

from __future__ import annotations

import asyncio
import gc
import itertools
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bench.audience import phone
from tests.bench.devices import Counter, Device, Kiosk
from tests.bench.serving import Server
from tests.bench.site import AGENCIES, COUNTERS, COUNTERS_EACH, PIN, SERVICES, SERVICES_EACH, Site, officer_of, prepare
from tests.bench.wire import Wire
from tests.support.promises import RecordFigure
from tests.support.watching import files, memory, published

ROUNDS = 10  # the day in tenths: after the first ones everything is warm, and from then on it must be flat
WARM = 3
STEADY_FILES = 5
# A visit of today stays in memory until the day is over; more than this for each is a leak, not a memory.
EACH_VISIT = 8_000  # bytes
SLACK = 0.05  # of the memory when warm


@dataclass(frozen=True, slots=True)
class Day:
    tickets: int
    reconnects: int
    """Devices and phones that come and go, by twos and threes, all day long."""


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(Day(400, 300), id="short", marks=pytest.mark.faults),
        pytest.param(Day(3_000, 2_400), id="day", marks=pytest.mark.release),
    ],
)
def test_a_day_leaves_nothing_behind(day: Day, tmp_path: Path, figure: RecordFigure) -> None:
    site = prepare(
        f"sqlite:///{tmp_path / 'loket.sqlite'}", tmp_path, kiosks=2, counters=AGENCIES, displays=4, waiting=AGENCIES
    )
    with Server(site) as server:
        seen = asyncio.run(_lived(day, site, server))
    gc.collect()
    (warm, warm_files, warm_followers), (late, late_files, late_followers) = seen[WARM], seen[-1]
    visits = day.tickets * (ROUNDS - WARM - 1) // ROUNDS
    grown = late - warm
    assert abs(late_files - warm_files) <= STEADY_FILES
    assert late_followers == warm_followers, "whoever went is followed up for nobody"
    assert grown <= SLACK * warm + EACH_VISIT * visits
    figure("", "F36", f"{day.tickets:,} numbers and {day.reconnects:,} reconnects: {warm / 1e6:.0f} MB when warm, "
           f"{late / 1e6:.0f} MB at the end ({grown / max(1, visits) / 1000:.1f} kB a visit of today), files "
           f"{late_files - warm_files:+d}")  # fmt: skip


async def _lived(day: Day, site: Site, server: Server) -> list[tuple[int, int, int]]:
    """Memory, open files and followers after each tenth of the day, with everybody gone who came for a moment."""
    kiosks = [Kiosk(await Device.connected(server.port, one, "kiosk")) for one in site.kiosks]
    counters = []
    for at in range(AGENCIES):
        counter = Counter(await Device.connected(server.port, site.counters[at], "counters"))
        place = COUNTERS[at * COUNTERS_EACH]
        await counter.sit(officer_of(place), PIN, place)
        counters.append(counter)
    turns = itertools.cycle(range(AGENCIES))
    seen = []
    for _ in range(ROUNDS):
        passing: list[Wire | Device] = []
        for number in range(day.tickets // ROUNDS):
            agency = next(turns)
            issued = await kiosks[number % len(kiosks)].issue(SERVICES[agency * SERVICES_EACH])
            if number < day.reconnects // ROUNDS:
                passing.append(await phone(server.port, issued.key, lambda _: None))
            if number % 5 == 0:
                passing.append(await Device.connected(server.port, site.displays[number % 4], f"board:z{number % 4}"))
            if await counters[agency].call() is not None:
                await counters[agency].serve()
            while len(passing) > 3:
                passing.pop(0).close()
        for one in passing:
            one.close()
        await asyncio.sleep(0.5)
        followers = await asyncio.to_thread(published, server.port, "loket_followers")
        seen.append((memory(server.pid), files(server.pid), followers))
    return seen
