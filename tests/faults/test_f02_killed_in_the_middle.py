"""F2: the server is killed in the middle, again and again, while ten kiosks press."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from shared.protocol.replies import Issued
from shared.vocabulary import Program, RequestId
from tests.support import many_counters
from tests.support.ledger import NOTHING, Audit, audit
from tests.support.many_counters import OTHER_SERVICE, SERVICE
from tests.support.nursery import Nursery
from tests.support.pressing import Presser
from tests.support.promises import RecordFigure

KIOSKS = 10
KILLS_PER_HALL = 30  # then the books are read, and the next hall begins empty: a start reads the day's visits
SOONEST, LATEST = 0.05, 0.3  # seconds of pressing until the next kill
STILLBORN = 0.1  # so many of the servers are killed before or while they start
BREATH = 0.04  # seconds at most between two presses of a kiosk


Told = list[tuple[RequestId, Issued]]


async def _press_on(kiosk: Presser, told: Told, stop: asyncio.Event, dice: random.Random) -> None:
    while not stop.is_set():
        issued = await kiosk.press(dice.choice((SERVICE, OTHER_SERVICE)))
        told.append((kiosk.last_request, issued))
        await asyncio.sleep(dice.uniform(0, BREATH))


async def _kill_and_press(nursery: Nursery, tokens: tuple[str, ...], kills: int, dice: random.Random) -> Told:
    told: Told = []
    stop = asyncio.Event()
    nursery.spawn()
    port = await asyncio.to_thread(nursery.wait_for_port)
    async with AsyncExitStack() as running:
        kiosks = [
            await running.enter_async_context(Presser(Program.KIOSK, f"kiosk-{at}", token, port, retry=0.02))
            for at, token in enumerate(tokens)
        ]
        pressing = [asyncio.create_task(_press_on(kiosk, told, stop, dice)) for kiosk in kiosks]
        for _ in range(kills):
            if dice.random() < STILLBORN:
                await asyncio.sleep(dice.uniform(0, LATEST))
            else:
                await kiosks[0].live()
                await asyncio.sleep(dice.uniform(SOONEST, LATEST))
            nursery.kill()
            await kiosks[0].lost()
            nursery.spawn()
        stop.set()
        await asyncio.gather(*pressing)
        for kiosk in kiosks:
            await kiosk.settled()
    return told


@pytest.mark.parametrize(
    "kills",
    [2, pytest.param(150, marks=pytest.mark.faults), pytest.param(1_000, marks=pytest.mark.release)],
)
def test_what_was_acknowledged_survives_every_kill_and_nothing_else_was_issued(
    tmp_path: Path, kills: int, figure: RecordFigure
) -> None:
    books: Audit = NOTHING
    for hall, first in enumerate(range(0, kills, KILLS_PER_HALL)):
        folder = tmp_path / str(hall)
        folder.mkdir()
        url = f"sqlite:///{folder / 'loket.sqlite'}"
        tokens = many_counters.prepare(url, kiosks=KIOSKS).kiosks
        with Nursery(url, folder) as nursery:
            told = asyncio.run(
                _kill_and_press(nursery, tokens, min(KILLS_PER_HALL, kills - first), random.Random(hall))
            )
        books += audit(url, told)
        assert "Traceback" not in nursery.log.read_text()
    assert books.findings == []
    assert books.tickets == books.presses
    for promise in ("P1", "P2"):
        figure(promise, "F2", f"{kills} kills, {books}")
