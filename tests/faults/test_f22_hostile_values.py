"""F22: valid JSON with hostile values. Every one gets a typed refusal or a typed reply, on both databases."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.app import permissions
from server.app.jobs import Asked, Followed, Job, Withdrew
from server.app.sessions import Session
from server.db import open_store
from server.net.frames import TurnedAwayError, message_of
from shared.protocol.commands import OpenCounter, SignIn
from shared.protocol.messages import ClientMessage, Hello, Refused, Reply, Request, Snapshot, Subscribe, Withdraw
from shared.protocol.replies import Issued
from shared.vocabulary import Program
from tests.support import hostile, many_counters
from tests.support.bookable import a_bookable_hall
from tests.support.builders import AKTA, AYU, BUDI, KTP, ONE, PKB, TWO
from tests.support.many_counters import SERVICE
from tests.support.nursery import Nursery
from tests.support.pressing import Presser
from tests.support.promises import RecordFigure
from tests.support.raw_http import ask
from tests.support.server_in_memory import ServerInMemory, ear

MOMENTS = ("2026-11-23T01:05:00Z", "2026-11-23T01:05:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")


def _island_ticket(number: int, moment: str) -> dict[str, Any]:
    """As a kiosk gives it without the server."""
    return {
        "request": f"island-{number}",
        "series": "A",
        "number": number,
        "key": "k" * 22,
        "service": KTP,
        "language": "id",
        "arrived_at": moment,
    }


GOOD: dict[str, tuple[Any, ...]] = {
    "service": (KTP, AKTA, PKB),
    "language": ("id", "en"),
    "priority": ("regular", "priority"),
    "needs": ((), ("elderly",)),
    "state": ("printed", "failed", "unknown"),
    "fault": (None, "paper_out"),
    "copy": (0, 1),
    "officer": (AYU, BUDI),
    "pin": ("1234",),
    "counter": (ONE, TWO, None),
    "take_over": (True, False),
    "leg": tuple(f"l{at}" for at in range(2, 30)),
    "in_hand": (None, *(f"l{at}" for at in range(2, 12))),
    "visit": tuple(f"v{at}" for at in range(1, 20)),
    "key": ("k3", "k6"),
    "reason": ("prayer", "by_visitor", "urgent_need"),
    "outcome": ("solved",),
    "note": ("KK",),
    "announcement": ("a10",),
    "step": ("shown", "spoken"),
    "after": (10,),
    "id": tuple(f"r-{at}" for at in range(20_000)),
    "stream": ("kiosk", "board:A", "counters", f"desk:{ONE}", "visit:k3"),
    "protocol": (1,),
    "program": ("kiosk",),
    "journal": ("j1", "j2"),
    "paper_low": (True, False),
    "service_date": ("2026-11-23", "2026-11-23", "2026-11-22", "0001-01-01", "9999-12-31"),
    "tickets": tuple([_island_ticket(number, moment)] for number in (1, 5, 99_999) for moment in MOMENTS),
    "installation": ("here",),
    "starts_at": (*MOMENTS, "2026-11-24T01:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
    "booking": ("CODE01", "k" * 22),
    "name": ("", "Tamu"),
    "phone": ("", "0812 3456 7890", "+()-/", "0"),
}


class Attacked:
    """The whole server but its sockets, over a real database; who speaks takes turns."""

    def __init__(self, url: str) -> None:
        self.store = open_store(url)
        self.server = ServerInMemory(
            a_bookable_hall(),
            store=self.store.lobbies,  # type: ignore[arg-type]  # any store will do
            bookings=self.store.bookings,
        )
        self.ends: Counter[str] = Counter()
        self._dice = random.Random(22)
        self._come()

    def _come(self) -> None:
        server = self.server
        kiosk = server.kiosk()
        key = server.issues(kiosk).key
        desk = server.counter("desk-1")
        server.does(desk, SignIn(officer=AYU, pin="1234", counter=ONE, take_over=True))
        server.asks(desk, OpenCounter())
        self._speakers = [kiosk, desk, server.display(), server.phone(key), server.counter("new")]

    def hear(self, frame: str) -> None:
        try:
            message = message_of(frame.encode())
        except TurnedAwayError as error:
            self.ends[error.code.value] += 1
            return
        session = self._speaker(message)
        before = len(ear(session).heard)
        job: Job
        match message:
            case Request():
                job = Asked(session, message)
            case Withdraw():
                job = Withdrew(session, message)
            case Subscribe(stream=stream):
                job = Followed(session, stream)
            case Hello():
                self.ends["hello"] += 1
                return
        self.server.passes(seconds=0.1)  # 100,000 of them are three hours: the services stay open
        self.server.run(job)
        self._judge(session, message, before)
        assert self.server.figures.storage_failures == 0, message
        if ear(session).closed is not None:
            self.server.leaves(session)
            self._come()

    def _speaker(self, message: ClientMessage) -> Session:
        """Mostly one who may ask for that."""
        if isinstance(message, Request) and self._dice.random() < 0.8:
            may = [one for one in self._speakers if permissions.may_ask(one.role, message.command)]
            return self._dice.choice(may or self._speakers)
        return self._dice.choice(self._speakers)

    def _judge(self, session: Session, message: Request | Withdraw | Subscribe, before: int) -> None:
        answers = ear(session).heard[before:]
        if isinstance(message, Subscribe):
            ended = any(isinstance(answer, Snapshot | Refused) for answer in answers)
            assert ended or message.stream in session.wanted, message
            self.ends["subscribe"] += 1
            return
        replies = [answer for answer in answers if isinstance(answer, Reply) and answer.id == message.id]
        assert len(replies) == 1, message
        assert (replies[0].result is None) is not (replies[0].refusal is None)
        self.ends["done" if replies[0].refusal is None else replies[0].refusal.code.value] += 1


@pytest.fixture
def attacked(url: str) -> Iterator[Attacked]:
    target = Attacked(url)
    yield target
    target.store.close()


@pytest.mark.parametrize(
    "examples",
    [500, pytest.param(10_000, marks=pytest.mark.faults), pytest.param(100_000, marks=pytest.mark.release)],
)
def test_every_hostile_message_is_answered_with_a_type(
    attacked: Attacked, url: str, examples: int, figure: RecordFigure
) -> None:
    dice = random.Random(22)
    for _ in range(examples):
        attacked.hear(hostile.frame(dice, GOOD))
    assert attacked.ends["done"] > examples / 50, attacked.ends
    assert attacked.ends["malformed"] > examples / 10, attacked.ends
    total, kind = sum(attacked.ends.values()), url.partition(":")[0]
    figure("", "F22", f"{total:,} messages on {kind}: {len(attacked.ends)} kinds of typed ends, 0 internal errors")


PATHS = (
    *("/health", "/metrics", "/api/site", "/api/services", "/api/lines", "/api/boards/hall", "/socket", "/", "*"),
    *("/v/{key}", "/v/{key}/cancel", "/v/{key}/live", "/static/phone/visit.js", "http://elsewhere.example/health"),
    *("/api/boards/{odd}", "/v/{odd}", "/{odd}", "/v/{odd}/cancel", "/static/phone/{odd}", "/api/{odd}"),
)
ODD = (
    *("%00", "%ff%fe", "..%2f..%2fetc%2fpasswd", "../../../etc/passwd", "%e2%80%ae", "a" * 3_000, "'%20OR%201=1--"),
    *("%", "%zz", "a%0d%0aX:y", "{{7*7}}", "<script>", "\\..\\", "?late=1&lang=%00", "?lang=" + "x" * 500, "//", ";"),
    *("%2e%2e", "\u00e9", "#"),
)
METHODS = ("GET", "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "BREW")
HEADERS = (
    *("", "Origin: null\r\n", "Origin: http://elsewhere.example\r\n", "Cookie: a=\x01\r\n", "Host: elsewhere\r\n"),
    *("Content-Type: application/x-www-form-urlencoded\r\n", "Accept-Language: " + "x," * 300 + "\r\n"),
    *("Upgrade: websocket\r\nConnection: Upgrade\r\n", "X-Forwarded-For: ' OR 1=1\r\n", "If-Modified-Since: never\r\n"),
    "Range: bytes=99999999-\r\n",
)
BODIES = (
    *(b"", b"", b"request=" + b"x" * 20, b"request=%00%ff&request=2", b"x" * 70_000, b"\x00" * 100, b"{}"),
    b"request=" + b"\xff" * 30,
)


@pytest.mark.parametrize(
    "requests", [40, pytest.param(1_500, marks=pytest.mark.faults), pytest.param(30_000, marks=pytest.mark.release)]
)
def test_every_hostile_http_request_gets_an_ordinary_answer(
    tmp_path: Path, requests: int, figure: RecordFigure
) -> None:
    url = f"sqlite:///{tmp_path / 'loket.sqlite'}"
    devices = many_counters.prepare(url, kiosks=1)
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    dice = random.Random(22)

    async def story(nursery: Nursery) -> None:
        async with Presser(Program.KIOSK, "kiosk-0", devices.kiosks[0], nursery.port) as kiosk:
            issued: Issued = await kiosk.press(SERVICE)
            for _ in range(requests):
                path = dice.choice(PATHS).format(key=issued.key, odd=dice.choice(ODD))
                method, more, body = dice.choice(METHODS), dice.choice(HEADERS), dice.choice(BODIES)
                status = await ask(nursery.port, method, path, more, body)
                statuses[status] += 1
                if status < 0 or (status >= 500 and status != 503):
                    wrong.append(f"{status}: {method} {path[:80]} {more[:40]!r} {body[:20]!r}")
            await kiosk.press(SERVICE)

    with Nursery(url, tmp_path) as nursery:
        nursery.spawn()
        nursery.wait_for_port()
        asyncio.run(story(nursery))
        log = nursery.log.read_text()
    assert wrong == []
    assert "Traceback" not in log, log[log.index("Traceback") - 200 :][:6000]
    assert statuses[200] > 0
    figure(
        "", "F22", f"{requests:,} HTTP requests to pages and REST: {dict(sorted(statuses.items()))}, 0 internal errors"
    )


@settings(max_examples=200, deadline=None)
@given(note=st.text(max_size=150) | st.text("ab\u061c\u202e\u2028\x85\ufeff\u200f", max_size=3))
def test_a_note_is_either_refused_or_kept_to_the_letter(note: str) -> None:
    """What a counter shows of a note is what was typed: nothing that turns the text round or hides in it."""

    text = json.dumps({"type": "request", "id": "n", "command": {"type": "park", "leg": "l1", "note": note}})
    try:
        message = message_of(text.encode())
    except TurnedAwayError:
        return
    assert isinstance(message, Request)
    assert not any(ord(letter) < 32 or letter in "\u202e\u2066\u200f\u061c\u2028\x85\ufeff" for letter in note)
