"""An outbox: frames on their way to one connection, bounded in number and size (law 9)."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

MAX_FRAMES = 256
MAX_BYTES = 8_388_608  # two snapshots of the largest kind may wait; a program that reads has none waiting


class BoundedOutbox:
    """Used by the loop's thread alone. `put` never waits: a reader too slow for it is dropped."""

    def __init__(self, drop: Callable[[], None]) -> None:
        self._drop = drop
        self._frames: deque[str] = deque()
        self._bytes = 0
        self._filled = asyncio.Event()
        self._dropped = False
        self._last: int | None = None

    def put(self, frame: str) -> None:
        if self._dropped or self._last is not None:
            return
        self._frames.append(frame)
        self._bytes += len(frame)
        if len(self._frames) > MAX_FRAMES or self._bytes > MAX_BYTES:
            self._dropped = True
            self._frames.clear()
            self._drop()
        self._filled.set()

    def finish(self, frame: str, code: int) -> None:
        """Send the frame as the last one, then close with `code`."""
        self.put(frame)
        if self._last is None:
            self._last = code

    @property
    def is_finishing(self) -> bool:
        return self._last is not None

    def close(self) -> None:
        """The connection is over: nothing more will be sent."""
        self._dropped = True
        self._frames.clear()
        self._filled.set()

    async def take(self) -> str | int | None:
        """The next frame; the close code behind the last one; None when the connection was dropped."""
        while not self._frames:
            if self._dropped:
                return None
            if self._last is not None:
                return self._last
            self._filled.clear()
            await self._filled.wait()
        frame = self._frames.popleft()
        self._bytes -= len(frame)
        return frame
