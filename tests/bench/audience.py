"""An audience: many connections that wait to be told, and the moments at which they are."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from tests.bench import wire

PATIENCE = 10.0  # seconds until the last one must have heard


class Audience:
    """Counts frames that hold `word`; everybody is expected to hear it once after each cause."""

    def __init__(self, size: int, word: bytes) -> None:
        self.size = size
        self._word = word
        self._heard_at: list[float] = []
        self._all = asyncio.Event()

    def hear(self, frame: bytes) -> None:
        if self._word in frame:
            self._heard_at.append(time.perf_counter())
            if len(self._heard_at) == self.size:
                self._all.set()

    async def after(self, cause: Callable[[], Awaitable[object]]) -> list[float]:
        """Milliseconds from the cause to everybody's ear, in the order in which they heard."""
        self._heard_at.clear()
        self._all.clear()
        began = time.perf_counter()
        await cause()
        await asyncio.wait_for(self._all.wait(), PATIENCE)
        return [(at - began) * 1000 for at in self._heard_at]


async def phone(port: int, key: str, hear: Callable[[bytes], None]) -> wire.Wire:
    """A visitor's phone with the page open, following its own number."""
    opened = await wire.connect(port, f"/v/{key}/live", hear)
    opened.send(b'{"type":"subscribe","stream":"visit:%s"}' % key.encode())
    return opened
