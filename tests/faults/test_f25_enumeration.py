"""F25: nobody finds another's ticket by trying addresses; no answer tells a key that ended from one that never was."""

from __future__ import annotations

import http.client
import random
import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from server.app.days import open_day
from server.app.identities import RandomIds
from server.domain.facts import Actor
from server.domain.lobby import Lobby
from shared.protocol import commands as c
from shared.protocol.replies import Issued
from shared.vocabulary import FollowKey, Language, Priority, Program
from tests.support.builders import KTP, NINE, a_catalogue
from tests.support.memory_store import MemoryStore
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import SMALL
from tests.support.waiting import wait_until

LIVE, GUESSES, OVER_HTTP = 5_000, 1_000_000, 150
LETTERS = string.ascii_letters + string.digits + "-_"


@pytest.mark.faults
def test_a_million_guesses_and_every_neighbour_find_nobody(figure: RecordFigure) -> None:
    ids, catalogue = RandomIds(), a_catalogue()
    lobby = open_day(MemoryStore(), catalogue, NINE)
    keys = [_a_visit(lobby, ids) for _ in range(LIVE)]
    assert all(lobby.visit_by_key(key) is not None for key in keys), "this test would see a hit"
    guessed = sum(lobby.visit_by_key(ids.follow_key()) is not None for _ in range(GUESSES))
    neighbours = [neighbour for key in keys for neighbour in _neighbours(key)]
    found = sum(lobby.visit_by_key(neighbour) is not None for neighbour in neighbours)
    assert (guessed, found) == (0, 0)
    figure("P9", "F25", f"{GUESSES:,} guesses and {len(neighbours):,} neighbours of {LIVE:,} live keys: 0 found")


def _a_visit(lobby: Lobby, ids: RandomIds) -> FollowKey:
    visit = lobby.issue(
        KTP,
        visit=ids.visit(),
        leg=ids.leg(),
        key=ids.follow_key(),
        language=Language.INDONESIAN,
        priority=Priority.REGULAR,
        needs=(),
        now=NINE,
        actor=Actor(None, None, None),
    )
    lobby.take_changes()
    return visit.key


def _neighbours(key: FollowKey) -> Iterator[FollowKey]:
    """One letter another, one place after the other; and the same letters in another order."""
    for place in range(len(key)):
        other = random.choice([letter for letter in LETTERS if letter != key[place]])
        yield FollowKey(key[:place] + other + key[place + 1 :])
    yield FollowKey(key[::-1])
    yield FollowKey(key.swapcase())


def test_a_key_that_ended_is_answered_as_one_that_never_was(tmp_path: Path, figure: RecordFigure) -> None:
    later = timedelta(0)
    with RunningServer(tmp_path, SMALL, generous=True, clock=lambda: datetime.now(UTC) + later) as server:
        kiosk = server.program(Program.KIOSK, "kiosk")
        issued = kiosk.ask(c.IssueTicket(service="card", language=Language.INDONESIAN)).result
        assert isinstance(issued, Issued)
        web = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        assert _answer(web, issued.key)[0] == 200, "this test would see a difference"
        later = timedelta(days=1)
        wait_until(lambda: _answer(web, issued.key)[0] == 404)
        slower = 0
        for _ in range(OVER_HTTP):
            unknown = RandomIds().follow_key()
            pair = [(issued.key, "ended"), (unknown, "never")]
            random.shuffle(pair)
            took = {}
            answers = []
            for key, name in pair:
                began = perf_counter()
                answers.append(_answer(web, key))
                took[name] = perf_counter() - began
            assert answers[0] == answers[1]
            slower += took["ended"] > took["never"]
    # Fair coins: outside of this once in thirty thousand runs, however busy the machine is.
    assert OVER_HTTP * 0.33 < slower < OVER_HTTP * 0.67
    figure("P9", "F25", f"ended against never given, {OVER_HTTP} pairs: the same bytes, ended slower in {slower}")


def _answer(web: http.client.HTTPConnection, key: str) -> tuple[int, list[tuple[str, str]], bytes]:
    web.request("GET", f"/v/{key}")
    answer = web.getresponse()
    headers = sorted((name, value) for name, value in answer.getheaders() if name.lower() != "date")
    return answer.status, headers, answer.read()


def test_a_key_has_a_hundred_and_twenty_eight_bits() -> None:
    keys = {RandomIds().follow_key() for _ in range(1_000)}
    assert len(keys) == 1_000
    assert {len(key) for key in keys} == {22}
