"""F1: the network is lost between commit and reply. After every byte of the request and of the reply: one ticket."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shared.notices import Answered, GivenUp
from shared.protocol.commands import IssueTicket
from shared.protocol.replies import Issued
from shared.vocabulary import Language, Program, RequestId
from tests.support import many_counters
from tests.support.chaos_proxy import ChaosProxy, Fault, Way
from tests.support.ledger import Audit, audit, rows
from tests.support.many_counters import SERVICE
from tests.support.pressing import Presser
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer

A_NUMBER = IssueTicket(service=SERVICE, language=Language.INDONESIAN)
DELAY = 0.1  # seconds to the server: longer than the kiosk of that test waits
PING = 0.25  # seconds after which a silent server is given up here; a hall's programs take 2 + 3


@dataclass
class Wired:
    """One kiosk behind a proxy of its own, and what it was told."""

    proxy: ChaosProxy
    kiosk: Presser
    told: list[tuple[RequestId, Issued]] = field(default_factory=list)
    given_up: int = 0

    async def press(self, give_up_after: float | None = None) -> None:
        await self.kiosk.live()
        match await self.kiosk.ask(A_NUMBER, give_up_after):
            case Answered(request=request, result=Issued() as issued):
                self.told.append((request, issued))
            case GivenUp():
                self.given_up += 1
            case Answered(refusal=refusal):
                raise AssertionError(refusal)

    async def suffer(self, way: Way, after: int, fault: Fault, give_up_after: float | None = None) -> None:
        """Press once, with the fault armed."""
        await self.kiosk.live()
        self.proxy.arm(way, after, fault)
        await self.press(give_up_after)
        await self.kiosk.settled()
        self.proxy.disarm()

    async def lengths(self) -> dict[Way, int]:
        """Bytes of a request, and of the delta and the reply that answer it."""
        await self.press()
        self.proxy.count()
        await self.press()
        return dict(self.proxy.passed)


class Hall:
    """The real server in a thread."""

    def __init__(self, folder: Path, kiosks: int = 1) -> None:
        self.url = f"sqlite:///{folder / 'loket.sqlite'}"
        self._tokens = many_counters.prepare(self.url, kiosks=kiosks).kiosks
        self._server = RunningServer(folder, "", generous=True, url=self.url)

    def run(
        self,
        story: Callable[[list[Wired]], Awaitable[None]],
        *,
        ping: float | None = None,
        delay_up: float = 0.0,
        delay_down: float = 0.0,
    ) -> Audit:
        async def play() -> list[Wired]:
            async with AsyncExitStack() as running:
                wired = []
                for number, token in enumerate(self._tokens):
                    proxy = await running.enter_async_context(ChaosProxy(self._server.port, delay_up, delay_down))
                    kiosk = Presser(Program.KIOSK, f"kiosk-{number}", token, proxy.port, ping=ping)
                    wired.append(Wired(proxy, await running.enter_async_context(kiosk)))
                    kiosk.subscribe("kiosk")
                await story(wired)
                for one in wired:
                    await one.kiosk.settled()
            return wired

        with self._server:
            wired = asyncio.run(play())
        told = [press for one in wired for press in one.told]
        return audit(self.url, told, given_up=sum(one.given_up for one in wired))


def shared_out(work: Sequence[tuple[Way, int]], among: int) -> list[Sequence[tuple[Way, int]]]:
    return [work[at::among] for at in range(among)]


@pytest.mark.faults
@pytest.mark.parametrize("fault", [Fault.CUT, Fault.RESET])
def test_a_connection_cut_after_any_byte_gives_one_press_one_ticket(
    tmp_path: Path, fault: Fault, figure: RecordFigure
) -> None:
    struck: dict[Way, int] = {}

    async def story(wired: list[Wired]) -> None:
        (one,) = wired
        for way, length in (await one.lengths()).items():
            before = one.proxy.struck
            # a reset throws away what was not sent yet: between two offsets there is little new to see
            for after in range(0, length + 1, 1 if fault is Fault.CUT else 7):
                await one.suffer(way, after, fault)
            struck[way] = one.proxy.struck - before

    found = Hall(tmp_path).run(story)
    assert found.findings == []
    assert found.tickets == found.presses, "each press was answered in the end, and nothing else was issued"
    assert struck[Way.UP] > 20
    assert struck[Way.DOWN] > 50
    figure("P2", "F1", f"{fault.name.lower()} at {sum(struck.values())} offsets of request and reply, {found}")


@pytest.mark.faults
@pytest.mark.parametrize("fault", [Fault.SWALLOW, Fault.HALF_CLOSE])
def test_a_wire_that_goes_silent_or_ends_one_way_gives_one_press_one_ticket(
    tmp_path: Path, fault: Fault, figure: RecordFigure
) -> None:
    async def story(wired: list[Wired]) -> None:
        async def suffer(one: Wired, work: Sequence[tuple[Way, int]]) -> None:
            for way, after in work:
                await one.suffer(way, after, fault)

        lengths = await wired[0].lengths()
        work = [(way, after) for way, length in lengths.items() for after in range(0, length + 1, 16)]
        await asyncio.gather(*map(suffer, wired, shared_out(work, len(wired))))

    found = Hall(tmp_path, kiosks=8).run(story, ping=PING)
    assert found.findings == []
    assert found.tickets == found.presses
    figure("P2", "F1", f"{fault.name.lower().replace('_', ' ')}: {found}")


@pytest.mark.faults
def test_a_press_that_was_given_up_leaves_no_ticket_wherever_its_withdrawal_is_cut(
    tmp_path: Path, figure: RecordFigure
) -> None:
    """The wire is so slow that the kiosk gives up; the answer comes, and the withdrawal is cut on its way."""
    hall = Hall(tmp_path, kiosks=8)

    async def story(wired: list[Wired]) -> None:
        async def suffer(one: Wired, work: Sequence[tuple[Way, int]]) -> None:
            for way, after in work:
                await one.suffer(way, after, Fault.CUT, give_up_after=DELAY / 2)

        lengths = await wired[0].lengths()
        both = range(0, lengths[Way.UP] + 61, 8)  # a withdrawal has some 60 bytes with its frame
        work = [(Way.UP, after) for after in both] + [(Way.DOWN, after) for after in range(0, lengths[Way.DOWN], 40)]
        await asyncio.gather(*map(suffer, wired, shared_out(work, len(wired))))

    found = hall.run(story, delay_up=DELAY)
    assert found.findings == []
    cancelled = [row for row in rows(hall.url) if row.state == "cancelled"]
    assert len(cancelled) > 10, "numbers were issued that nobody saw"
    figure("P2", "F1", f"{len(cancelled)} numbers taken back after a cut, {found}")


@pytest.mark.faults
def test_a_slow_wire_both_ways_changes_nothing(tmp_path: Path, figure: RecordFigure) -> None:
    async def story(wired: list[Wired]) -> None:
        async def suffer(one: Wired) -> None:
            for after in range(0, 400, 100):
                await one.suffer(Way.DOWN, after, Fault.CUT)

        await asyncio.gather(*map(suffer, wired))

    found = Hall(tmp_path, kiosks=8).run(story, delay_up=DELAY / 4, delay_down=DELAY / 2)
    assert found.findings == []
    assert found.tickets == found.presses == 8 * 4
    figure("P2", "F1", f"cut on a wire with 75 ms of delay: {found}")
