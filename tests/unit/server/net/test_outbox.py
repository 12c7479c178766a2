"""Outboxes: in order, bounded, and never waited for (law 9)."""

from __future__ import annotations

import asyncio

from server.net.outbox import MAX_BYTES, MAX_FRAMES, BoundedOutbox


async def _all_of(outbox: BoundedOutbox) -> list[str | int | None]:
    taken: list[str | int | None] = []
    while True:
        taken.append(await outbox.take())
        if not isinstance(taken[-1], str):
            return taken


def test_frames_leave_in_order_and_the_close_code_comes_last() -> None:
    async def story() -> list[str | int | None]:
        outbox = BoundedOutbox(lambda: None)
        outbox.put("a")
        outbox.put("b")
        outbox.finish("bye", 1008)
        outbox.put("too late")
        return await _all_of(outbox)

    assert asyncio.run(story()) == ["a", "b", "bye", 1008]


def test_law_9_too_many_frames_drop_the_connection_once() -> None:
    async def story() -> tuple[int, list[str | int | None]]:
        drops: list[int] = []
        outbox = BoundedOutbox(lambda: drops.append(1))
        for _ in range(MAX_FRAMES + 10):
            outbox.put("x")
        return len(drops), await _all_of(outbox)

    assert asyncio.run(story()) == (1, [None])


def test_law_9_too_many_bytes_drop_the_connection() -> None:
    async def story() -> int:
        drops: list[int] = []
        outbox = BoundedOutbox(lambda: drops.append(1))
        for _ in range(3):
            outbox.put("x" * (MAX_BYTES // 2))
        return len(drops)

    assert asyncio.run(story()) == 1


def test_whoever_waits_for_a_frame_is_woken_by_it_and_by_the_end() -> None:
    async def story() -> list[str | int | None]:
        outbox = BoundedOutbox(lambda: None)
        waiting = asyncio.create_task(_all_of(outbox))
        await asyncio.sleep(0)
        outbox.put("a")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        outbox.close()
        return await waiting

    assert asyncio.run(story()) == ["a", None]
