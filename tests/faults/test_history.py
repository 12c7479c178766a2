"""A history of everything at once: kiosks and officers behind broken wires, a server that is killed, and one truth."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import text

from server.db.address import parse_address
from server.db.engine import reading_engine
from shared.notices import Answered
from shared.protocol import commands as c
from shared.protocol.commands import Command
from shared.protocol.replies import Called, Issued
from shared.vocabulary import ErrorCode, Language, Program
from tests.support import many_counters
from tests.support.chaos_proxy import ChaosProxy, Fault, Way
from tests.support.history import History, Kind
from tests.support.ledger import rows
from tests.support.many_counters import PIN, SERVICE
from tests.support.nursery import Nursery
from tests.support.pressing import Outcome, Presser
from tests.support.promises import RecordFigure

KIOSKS, OFFICERS = 5, 4
LONGEST_PATIENCE = 0.6  # seconds after which an impatient kiosk gives a press up
BETWEEN_KILLS = (0.4, 1.2)  # seconds
BREATH = 0.03  # seconds at most between two presses


class Person:
    """One program behind a wire of its own, that does one thing after the other and writes it down."""

    def __init__(self, name: str, program: Presser, history: History, dice: random.Random) -> None:
        self.name = name
        self.program = program
        self._history = history
        self.dice = dice

    async def ask(self, verb: str, command: Command, give_up_after: float | None = None) -> Outcome:
        request, answer = self.program.send(command, give_up_after)
        self._history.note(self.name, Kind.INVOKE, verb, request)
        outcome = await asyncio.wait_for(answer, 60)
        match outcome:
            case Answered(result=Issued(visit=what) | Called(leg=what)):
                self._history.note(self.name, Kind.OK, verb, what)
            case Answered(result=None):
                self._history.note(self.name, Kind.FAIL, verb, request)
            case Answered():
                self._history.note(self.name, Kind.OK, verb, request)
            case _:
                self._history.note(self.name, Kind.INFO, verb, request)
        await asyncio.sleep(self.dice.uniform(0, BREATH))
        return outcome


async def _press(person: Person, stop: asyncio.Event) -> None:
    command = c.IssueTicket(service=SERVICE, language=Language.INDONESIAN)
    while not stop.is_set():
        patience = person.dice.choice((None, None, person.dice.uniform(0.02, LONGEST_PATIENCE)))
        await person.ask("issue", command, patience)


async def _work(person: Person, number: int, stop: asyncio.Event) -> None:
    """Call, serve, call; after a lost connection sign in again and believe what the server says is in hand."""
    seat = c.SignIn(officer=many_counters.officer(number), pin=PIN, counter=many_counters.counter(number))
    hand: str | None = None
    while not stop.is_set():
        outcome = await person.ask("call", c.CallNext(in_hand=hand))
        assert isinstance(outcome, Answered)
        if isinstance(outcome.result, Called):
            hand = outcome.result.leg
            await person.ask("serve", c.Serve(leg=hand))
            continue
        assert outcome.refusal is not None
        match outcome.refusal.code:
            case ErrorCode.FORBIDDEN:
                await person.ask("sign in", seat)
            case ErrorCode.COUNTER_NOT_OPEN:
                await person.ask("open", c.OpenCounter())
            case ErrorCode.HAND_MISMATCH:
                found = outcome.refusal.facts["in_hand"]
                hand = None if found is None else str(found)
            case ErrorCode.WRONG_STATE if hand is not None:
                await person.ask("serve", c.Serve(leg=hand))
            case other:
                assert other is ErrorCode.NOBODY_WAITING, other


async def _break_wires(proxies: list[ChaosProxy], stop: asyncio.Event, dice: random.Random) -> None:
    while not stop.is_set():
        dice.choice(proxies).arm(
            dice.choice(list(Way)), dice.randrange(1_500), dice.choice((Fault.CUT, Fault.RESET, Fault.HALF_CLOSE))
        )
        await asyncio.sleep(dice.uniform(0, 0.05))


async def _play(nursery: Nursery, devices: many_counters.Devices, history: History, kills: int) -> int:
    stop, calm, dice = asyncio.Event(), asyncio.Event(), random.Random(7)
    nursery.spawn()
    port = await asyncio.to_thread(nursery.wait_for_port)
    tokens = [(Program.KIOSK, f"kiosk-{at}", token) for at, token in enumerate(devices.kiosks)]
    tokens += [(Program.COUNTER, f"counter-{at}", token) for at, token in enumerate(devices.counters)]
    async with AsyncExitStack() as running:
        people, proxies = [], []
        for program, name, token in tokens:
            proxies.append(await running.enter_async_context(ChaosProxy(port)))
            presser = Presser(program, name, token, proxies[-1].port, ping=0.5, retry=0.03)
            people.append(Person(name, await running.enter_async_context(presser), history, random.Random(name)))
        busy = [asyncio.create_task(_press(person, stop)) for person in people[:KIOSKS]]
        busy += [asyncio.create_task(_work(one, at, stop)) for at, one in enumerate(people[KIOSKS:], start=1)]
        breaking = asyncio.create_task(_break_wires(proxies, calm, dice))
        for _ in range(kills):
            await people[0].program.live()
            await asyncio.sleep(dice.uniform(*BETWEEN_KILLS))
            nursery.kill()
            nursery.spawn()
        calm.set()
        await breaking
        for proxy in proxies:
            proxy.disarm()
        stop.set()
        await asyncio.gather(*busy)
        for person in people:
            await person.program.settled()
        return sum(proxy.struck for proxy in proxies)


def _calls(url: str) -> Counter[str]:
    """How often each leg was called, by the facts."""
    engine = reading_engine(parse_address(url))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT leg FROM facts WHERE kind = 'called'")).scalars().all()
    engine.dispose()
    return Counter(found)


@pytest.mark.parametrize(
    "kills", [pytest.param(8, marks=pytest.mark.faults), pytest.param(100, marks=pytest.mark.release)]
)
def test_every_number_and_every_call_of_the_history_happened_once(
    tmp_path: Path, kills: int, figure: RecordFigure
) -> None:
    url = f"sqlite:///{tmp_path / 'loket.sqlite'}"
    devices = many_counters.prepare(url, kiosks=KIOSKS, counters=OFFICERS)
    history = History()
    with Nursery(url, tmp_path) as nursery:
        cuts = asyncio.run(_play(nursery, devices, history, kills))
        assert "Traceback" not in nursery.log.read_text()
    assert history.unfinished() == []

    kept = {row.visit: row for row in rows(url)}
    issued = [event.what for event in history.of(Kind.OK, "issue")]
    assert len(issued) == len(set(issued)), "one number was given to two presses"
    assert set(issued) <= kept.keys(), "an acknowledged number is lost"
    by_request = Counter(row.request for row in kept.values())
    assert max(by_request.values()) == 1, "one press gave two numbers"
    unsure = {event.what for event in history.of(Kind.INFO, "issue")}
    unseen = [row for visit, row in kept.items() if visit not in set(issued)]
    assert {row.request for row in unseen} <= unsure, "a number that nobody pressed for"
    assert not [row for row in unseen if row.state == "waiting"], "nobody saw this number, yet it waits"

    called = Counter(event.what for event in history.of(Kind.OK, "call"))
    assert max(called.values()) == 1, "one visitor was given to two officers"
    assert max(_calls(url).values()) == 1, "one visitor was called twice"
    assert called.keys() == _calls(url).keys(), "a call that its officer was never told of"
    figure(
        "P3",
        "",
        f"history of {len(history.events):,} events, {kills} kills, {cuts} broken wires: {len(issued):,} numbers, "
        f"{len(called):,} calls, {len(unsure)} given up; each happened once",
    )
