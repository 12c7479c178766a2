"""F32: guessing a PIN is slow, hopeless within a day, no weapon against the officer, and stops nobody's screen."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic, process_time

import pytest
from argon2 import PasswordHasher

from server.app.officers import SLOW, Door
from server.app.ports import AccessStore
from server.domain.errors import RefusedError
from shared.protocol import commands as c
from shared.protocol.messages import Request
from shared.protocol.replies import SignedIn
from shared.vocabulary import DeviceId, ErrorCode, OfficerId, Program
from tests.support.builders import NINE
from tests.support.many_counters import QUICK, introduce
from tests.support.pin_secrets import Secrets
from tests.support.promises import RecordFigure
from tests.support.running_server import PIN, RunningServer, Wire, hello
from tests.support.small_catalogue import SMALL

OFFICER, COUNTER = "registry-01", "counter-1"
GUESSES = 1_000
LOGINS = 100
A_DAY = timedelta(hours=10)
PINS = 10**6  # of six digits
TICK = 0.005  # seconds


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path, SMALL, generous=True, hasher=SLOW) as running:
        running.set_pin(OFFICER)
        yield running


@pytest.mark.faults
def test_a_thousand_guesses_at_one_counter_open_nothing_and_keep_the_officer_out_nowhere_else(
    server: RunningServer, figure: RecordFigure
) -> None:
    guesser, tried = server.program(Program.COUNTER, "guesser"), 0
    for guess in range(GUESSES):
        reply = guesser.ask(c.SignIn(officer=OFFICER, pin=f"{guess:06}", counter=COUNTER))
        assert reply.refusal is not None
        assert reply.refusal.code in (ErrorCode.WRONG_PIN, ErrorCode.PIN_LOCKED)
        tried += reply.refusal.code is ErrorCode.WRONG_PIN
    assert tried <= 5
    elsewhere = server.program(Program.COUNTER, "elsewhere")
    assert isinstance(elsewhere.ask(c.SignIn(officer=OFFICER, pin=PIN, counter=COUNTER)).result, SignedIn)
    figure("", "F32", f"{GUESSES} guesses at one counter: {tried} were looked at, the officer signs in elsewhere")


def test_the_best_guesser_has_two_chances_in_ten_thousand_a_day(figure: RecordFigure) -> None:
    access: AccessStore = Secrets()  # type: ignore[assignment]
    door = Door(access, hasher=QUICK)
    door.set_pin(OfficerId(OFFICER), PIN)
    now, looked_at = NINE, 0
    while now < NINE + A_DAY:  # knocks again in the very second in which it may
        try:
            door.check(OfficerId(OFFICER), DeviceId("guesser"), f"{looked_at:06}", now)
        except RefusedError as error:
            looked_at += error.code is ErrorCode.WRONG_PIN
            wait = error.facts.get("seconds", 0)
            assert isinstance(wait, int)
            now += timedelta(seconds=wait)
    chance = looked_at / PINS
    assert chance <= 2.5e-4
    figure("", "F32", f"six digits, ten hours without a pause: {looked_at} guesses looked at, a chance of {chance:.1e}")


@pytest.mark.faults
def test_a_hundred_who_sign_in_at_once_do_not_stop_the_loop(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, figure: RecordFigure
) -> None:
    hashed_in: list[int] = []
    verify = PasswordHasher.verify

    def noted(hasher: PasswordHasher, *secrets: str) -> bool:
        hashed_in.append(threading.get_ident())
        return verify(hasher, *secrets)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    desks = [f"desk-{number}" for number in range(LOGINS)]
    tokens = [introduce(server.store, Program.COUNTER, desk, NINE) for desk in desks]
    wires = [_ready(server, token) for token in tokens]
    ticks = Ticks(server.loop)
    before = process_time()
    for number, wire in enumerate(wires):  # each its own officer: nobody is locked
        command = c.SignIn(officer=f"invented-{number}", pin=PIN, counter=COUNTER)
        wire.send(Request(id=f"login-{number}", command=command))
    for wire in wires:
        wire.receive()
    spent, worst = process_time() - before, ticks.stop()
    assert len(hashed_in) == LOGINS
    assert ticks.thread not in hashed_in
    figure(
        "", "F32", f"{LOGINS} sign-ins at once ({spent:.1f} s of processor): loop held {worst * 1000:.0f} ms at most"
    )


def _ready(server: RunningServer, token: str) -> Wire:
    wire = server.wire()
    wire.send(hello(Program.COUNTER, "desk", token))
    wire.receive()
    return wire


class Ticks:
    """Asks the server's loop every few milliseconds, and keeps the longest time in which it did not come."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.thread = 0
        self._worst = 0.0
        self._ended = threading.Event()
        self._running = asyncio.run_coroutine_threadsafe(self._tick(), loop)

    async def _tick(self) -> None:
        self.thread = threading.get_ident()
        while not self._ended.is_set():
            before = monotonic()
            await asyncio.sleep(TICK)
            self._worst = max(self._worst, monotonic() - before - TICK)

    def stop(self) -> float:
        self._ended.set()
        self._running.result(60)
        return self._worst
