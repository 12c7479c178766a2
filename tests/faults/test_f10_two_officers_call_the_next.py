"""F10: officers call the next at the same moment. Each visitor is called to one counter, on both databases."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from server.app.days import open_day
from server.app.ports import StorageError
from server.bootstrap import catalogues_of
from server.db import open_store
from server.domain.errors import RefusedError
from server.domain.facts import Actor
from server.domain.lobby import Lobby
from shared.protocol import commands as c
from shared.protocol.replies import Called, SignedIn
from shared.vocabulary import CounterId, ErrorCode, OfficerId, Outcome, Program
from tests.support import many_counters
from tests.support.many_counters import PIN
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer

CallAll = Callable[[int], list[str]]
"""Call and serve until nobody waits; the tickets that this officer was given."""


def contend(officers: int, call_all: CallAll) -> Counter[str]:
    """All officers at once. How often each ticket was called."""
    together = threading.Barrier(officers)

    def work(number: int) -> list[str]:
        together.wait()
        return call_all(number)

    with ThreadPoolExecutor(officers) as hall:
        return Counter(ticket for tickets in hall.map(work, range(1, officers + 1)) for ticket in tickets)


@pytest.mark.parametrize(
    ("officers", "visits"),
    [(4, 60), pytest.param(16, 800, marks=pytest.mark.faults), pytest.param(16, 20_000, marks=pytest.mark.release)],
)
def test_officers_who_call_together_never_get_the_same_visitor(
    tmp_path: Path, url: str, officers: int, visits: int, figure: RecordFigure
) -> None:
    devices = many_counters.prepare(url, kiosks=0, counters=officers)
    many_counters.fill(url, visits)
    waits: list[float] = []

    with RunningServer(tmp_path, "", generous=True, url=url) as server:

        def call_all(number: int) -> list[str]:
            server.tokens[f"counter-{number - 1}"] = devices.counters[number - 1]
            wire = server.program(Program.COUNTER, f"counter-{number - 1}")
            seat = c.SignIn(officer=many_counters.officer(number), pin=PIN, counter=many_counters.counter(number))
            assert isinstance(wire.ask(seat).result, SignedIn)
            assert wire.ask(c.OpenCounter()).result is not None
            tickets: list[str] = []
            hand: str | None = None
            while True:
                asked = monotonic()
                reply = wire.ask(c.CallNext(in_hand=hand))
                waits.append(monotonic() - asked)
                if not isinstance(reply.result, Called):
                    assert reply.refusal is not None
                    assert reply.refusal.code is ErrorCode.NOBODY_WAITING
                    wire.close()
                    return tickets
                tickets.append(reply.result.ticket)
                hand = reply.result.leg
                assert wire.ask(c.Serve(leg=hand)).result is not None

        called = contend(officers, call_all)

    assert len(called) == visits, "somebody was forgotten"
    assert set(called.values()) == {1}, "somebody was called twice"
    slow = sorted(waits)[int(len(waits) * 0.99)] * 1000
    kind = url.partition(":")[0]
    words = f"{officers} officers, {visits:,} visits on {kind}: 0 called twice, 0 forgotten (p99 {slow:.0f} ms)"
    figure("P3", "F10", words)


@pytest.mark.faults
def test_the_same_contest_finds_what_reads_first_and_writes_later(url: str) -> None:
    """The naive way, without the one writer: every officer's program reads the line, chooses, and writes."""
    officers, visits = 8, 40
    many_counters.prepare(url, kiosks=0, counters=officers)
    many_counters.fill(url, visits)
    now = datetime.now(UTC)
    with open_store(url) as store:
        catalogue = catalogues_of(store.catalogues, always=True).read(now)
        sitting = open_day(store.lobbies, catalogue, now)
        for number in range(1, officers + 1):
            counter, officer = CounterId(many_counters.counter(number)), OfficerId(many_counters.officer(number))
            sitting.sit(counter, officer, take_over=False, now=now, actor=Actor())
            sitting.open(counter, now, Actor())
        store.lobbies.commit(sitting.service_date, sitting.take_changes(), ())

        def call_all(number: int) -> list[str]:
            counter = CounterId(many_counters.counter(number))
            tickets: list[str] = []
            while True:
                lobby: Lobby = open_day(store.lobbies, catalogue, now)
                try:
                    leg = lobby.call_next(counter, in_hand=None, now=now, actor=Actor())
                    ticket = lobby.visit_of(leg.id).ticket
                    lobby.serve(counter, leg.id, now, Actor())
                    lobby.finish(counter, leg.id, Outcome.SOLVED, now, Actor())
                    store.lobbies.commit(lobby.service_date, lobby.take_changes(), ())
                except RefusedError:
                    return tickets
                except StorageError:
                    continue
                tickets.append(ticket)

        called = contend(officers, call_all)
    assert max(called.values()) > 1, "a contest that finds nothing here proves nothing above"


def test_a_second_server_is_not_let_onto_the_database(url: str) -> None:
    with open_store(url) as _, pytest.raises(StorageError, match="Another Loket server"):
        open_store(url, patience=0.1)
