"""A stream of events without a socket: what is cut, who is slow, whose key is revoked, and signs of life."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from server.app.api.public_facts import Wish, begin_at
from server.app.api.records import Numbered
from server.domain.facts import Actor, Fact, FactKind
from server.net.api import events
from server.net.api.events import EventStreams, _Stream
from server.net.api.feed import AT_ONCE
from server.net.api.problems import ProblemError
from server.net.api.table import EVENTS
from shared.vocabulary import ErrorCode
from tests.support.builders import NINE, TODAY, a_catalogue

Send = Callable[[dict[str, Any]], Awaitable[None]]
NOBODY = Actor()


class ManyFacts:
    """The numbers from `oldest` to `newest`, each the closing of a day."""

    def __init__(self, oldest: int, newest: int) -> None:
        self.oldest, self.newest = oldest, newest
        self.read = 0

    def oldest_fact(self) -> int:
        return self.oldest

    def newest_fact(self) -> int:
        return self.newest

    def facts_after(self, sequence: int, limit: int, kinds: Collection[FactKind] | None = None) -> Sequence[Numbered]:
        first = max(sequence + 1, self.oldest)
        found = [
            Numbered(one, TODAY, Fact(FactKind.DAY_CLOSED, NINE, NOBODY))
            for one in range(first, min(first + limit, self.newest + 1))
        ]
        self.read += len(found)
        return found


class Keys:
    """Stands for the door: good until it is revoked."""

    revoked = False

    async def call_of(self, *_: object) -> None:
        if self.revoked:
            raise ProblemError(ErrorCode.REVOKED)


def streams_of(facts: ManyFacts, keys: Keys) -> EventStreams:
    async def aside(work: Callable[..., Any], *arguments: Any) -> Any:
        await asyncio.sleep(0)
        return work(*arguments)

    gate = SimpleNamespace(aside=aside, catalogue=a_catalogue, figures=SimpleNamespace(batches=0))
    return EventStreams(cast(Any, gate), cast(Any, facts), cast(Any, None), cast(Any, keys))


async def tell(streams: EventStreams, asked: int | None, send: Send, leaves: asyncio.Event) -> None:
    async def receive() -> dict[str, Any]:
        await leaves.wait()
        return {"type": "http.disconnect"}

    call = SimpleNamespace(key=SimpleNamespace(id="k1"))
    wish = Wish(frozenset({FactKind.DAY_CLOSED}))
    stream = _Stream(streams, EVENTS, cast(Any, None), cast(Any, call), wish, asked)
    await asyncio.wait_for(streams.tell(stream, receive, cast(Any, send)), 60)


def listened(
    facts: ManyFacts, asked: int | None, until: Callable[[list[str]], bool], keys: Keys | None = None
) -> list[str]:
    """Every message, until somebody has heard enough."""
    heard: list[str] = []

    async def listen() -> None:
        leaves = asyncio.Event()

        async def send(message: dict[str, Any]) -> None:
            heard.append(message["body"].decode())
            if until(heard):
                leaves.set()

        await tell(streams_of(facts, keys or Keys()), asked, send, leaves)

    asyncio.run(listen())
    return heard


def data(message: str) -> Any:
    return json.loads(message.split("data: ", 1)[1])


@pytest.mark.parametrize(
    ("asked", "oldest", "newest", "begins"),
    [
        (7, 1, 9, (7, True)),
        (9, 1, 9, (9, True)),
        (0, 1, 9, (0, True)),
        (0, 0, 0, (0, True)),  # nothing ever happened
        (4, 5, 9, (4, True)),  # the next one is the oldest that is left
        (3, 5, 9, (4, False)),  # the fourth was cut
        (0, 5, 9, (4, True)),  # has seen nothing, and gets all there is
        (12, 1, 9, (9, False)),  # restored from an older backup
    ],
)
def test_who_comes_back_is_told_whether_anything_is_lost(
    asked: int, oldest: int, newest: int, begins: tuple[int, bool]
) -> None:
    assert begin_at(asked, oldest, newest) == begins


def test_what_retention_has_cut_is_told_and_the_stream_goes_on_with_the_oldest() -> None:
    heard = listened(ManyFacts(5_000, 5_002), 10, lambda heard: len(heard) == 4)
    assert data(heard[0]) == {"after": 4_999, "complete": False}
    assert [data(one)["sequence"] for one in heard[1:]] == [5_000, 5_001, 5_002]
    assert [data(one)["previous"] for one in heard[1:]] == [4_999, 5_000, 5_001]


def test_a_slow_reader_is_let_go_and_nothing_is_piled_up_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "TAKEN_WITHIN", 0.05)
    facts = ManyFacts(1, 1_000_000)
    heard: list[dict[str, Any]] = []

    async def listen() -> EventStreams:
        streams = streams_of(facts, Keys())

        async def send(message: dict[str, Any]) -> None:
            if len(heard) == 3:
                await asyncio.Event().wait()  # takes nothing any more
            heard.append(message)

        await tell(streams, 0, send, asyncio.Event())
        return streams

    streams = asyncio.run(listen())
    assert len(heard) == 3
    assert facts.read <= AT_ONCE, "of a million"
    assert streams._open.total() == 0, "its place is free again"


def test_a_stream_gives_signs_of_life_and_ends_when_its_key_is_revoked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "STILL_HERE", 0.02)
    keys = Keys()

    def revoke_at_the_second(heard: list[str]) -> bool:
        keys.revoked = heard.count(": still here\n\n") >= 2
        return False

    heard = listened(ManyFacts(1, 3), None, revoke_at_the_second, keys)
    assert heard[1:] == [": still here\n\n"] * 2
