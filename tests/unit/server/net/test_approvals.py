"""Approvals: however many programs show a code, the database is asked once for all of them."""

from __future__ import annotations

import asyncio

import pytest

from server.app.ports import StorageError
from server.net.approvals import LOOK, Approvals


def test_sixty_four_that_wait_are_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    async def look() -> frozenset[str]:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0)
        return frozenset({f"look-{looks}"})

    async def story() -> list[frozenset[str]]:
        loop = asyncio.get_running_loop()
        approvals, began = Approvals(look), loop.time()
        monkeypatch.setattr(loop, "time", lambda: began)
        first = await asyncio.gather(*(approvals.seen() for _ in range(64)))
        monkeypatch.setattr(loop, "time", lambda: began + LOOK)
        return [*set(first), *set(await asyncio.gather(*(approvals.seen() for _ in range(64))))]

    assert asyncio.run(story()) == [{"look-1"}, {"look-2"}]


def test_a_look_that_fails_is_told_and_not_kept() -> None:
    found: list[frozenset[str] | StorageError] = [StorageError("gone"), frozenset({"kiosk"})]

    async def look() -> frozenset[str]:
        one = found.pop(0)
        if isinstance(one, StorageError):
            raise one
        return one

    async def story() -> frozenset[str]:
        approvals = Approvals(look)
        with pytest.raises(StorageError):
            await approvals.seen()
        await asyncio.sleep(LOOK)
        return await approvals.seen()

    assert asyncio.run(story()) == {"kiosk"}
