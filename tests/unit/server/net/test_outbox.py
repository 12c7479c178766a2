"""Outboxes: in order, bounded, and never waited for (law 9)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from server.net.outbox import MAX_BEHIND, MAX_FRAMES, BoundedOutbox
from server.net.protocol import Hear, Successor

PATIENCE = 0.05


@dataclass
class FakeWire:
    is_clogged: bool = False
    sent: list[list[bytes]] = field(default_factory=list)
    code: int | None = None
    clear: Callable[[], None] = lambda: None

    def when_clear(self, clear: Callable[[], None]) -> None:
        self.clear = clear

    def listen(self, hear: Hear) -> None:
        raise NotImplementedError

    def write(self, messages: list[bytes]) -> None:
        self.sent.append(messages)

    async def end(self, code: int) -> None:
        self.code = code

    def leave_to(self, successor: Successor) -> None:
        raise NotImplementedError

    def known(self) -> None:
        raise NotImplementedError

    def abort(self) -> None:
        raise NotImplementedError


def test_messages_of_one_turn_leave_together_in_order_and_the_close_comes_last() -> None:
    async def story() -> FakeWire:
        outbox = BoundedOutbox(wire := FakeWire(), lambda: None)
        outbox.put(b"a")
        outbox.put(b"b")
        assert wire.sent == []
        outbox.finish(b"bye", 1008)
        outbox.put(b"too late")
        await outbox.ended(60)
        outbox.put(b"much too late")
        await asyncio.sleep(0)
        return wire

    wire = asyncio.run(story())
    assert wire.sent == [[b"a", b"b", b"bye"]]
    assert wire.code == 1008


def test_law_9_too_many_messages_drop_the_connection_once() -> None:
    async def story() -> tuple[int, FakeWire]:
        drops: list[int] = []
        outbox = BoundedOutbox(wire := FakeWire(is_clogged=True), lambda: drops.append(1))
        for _ in range(MAX_FRAMES + 10):
            outbox.put(b"x")
            await asyncio.sleep(0)
        wire.is_clogged = False
        wire.clear()
        return len(drops), wire

    drops, wire = asyncio.run(story())
    assert (drops, wire.sent) == (1, [])


def test_law_9_too_many_bytes_drop_the_connection() -> None:
    async def story() -> int:
        drops: list[int] = []
        outbox = BoundedOutbox(FakeWire(is_clogged=True), lambda: drops.append(1))
        for _ in range(4):
            outbox.put(b"x" * (MAX_BEHIND // 2))
            await asyncio.sleep(0)
        return len(drops)

    assert asyncio.run(story()) == 1


def test_a_message_of_any_size_reaches_a_peer_that_reads() -> None:
    async def story() -> FakeWire:
        outbox = BoundedOutbox(wire := FakeWire(), lambda: None)
        outbox.put(b"x" * 8 * MAX_BEHIND)
        outbox.put(b"y")
        await asyncio.sleep(0)
        return wire

    assert len(asyncio.run(story()).sent[0]) == 2


def test_what_waits_for_a_slow_reader_goes_out_when_the_wire_is_clear() -> None:
    async def story() -> FakeWire:
        outbox = BoundedOutbox(wire := FakeWire(is_clogged=True), lambda: None)
        outbox.put(b"a")
        await asyncio.sleep(0)
        outbox.put(b"b")
        await asyncio.sleep(0)
        assert wire.sent == []
        wire.is_clogged = False
        wire.clear()
        return wire

    assert asyncio.run(story()).sent == [[b"a", b"b"]]


def test_nobody_waits_for_the_last_message_of_a_frozen_reader() -> None:
    async def story() -> FakeWire:
        outbox = BoundedOutbox(wire := FakeWire(is_clogged=True), lambda: None)
        outbox.finish(b"bye", 1008)
        await outbox.ended(PATIENCE)
        return wire

    wire = asyncio.run(story())
    assert (wire.sent, wire.code) == ([], None)
