"""An outbox: messages on their way to one connection, bounded in number and size (law 9)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from server.net.protocol import Wire

MAX_FRAMES = 256
MAX_BEHIND = 262_144  # bytes that may wait for the peer to read; one message more, of any size, may wait behind them
MAX_AT_ONCE = 8_388_608  # bytes that one turn of the loop may bring: some snapshots of the largest kind


class BoundedOutbox:
    """Used by the loop's thread alone. `put` never waits: a reader too slow for it is dropped.

    What one turn of the loop puts in goes out together, behind that turn: a delta and the reply that follows it are one
    write to the socket.
    """

    __slots__ = ("_bytes", "_drop", "_ended", "_ending", "_last", "_messages", "_on_its_way", "_over", "_wire")

    def __init__(self, wire: Wire, drop: Callable[[], None]) -> None:
        self._wire = wire
        self._drop = drop
        self._messages: list[bytes] = []
        self._bytes = 0
        self._on_its_way = False
        self._over = False
        self._last: int | None = None
        self._ending: asyncio.Task[None] | None = None
        self._ended: asyncio.Event | None = None
        wire.when_clear(self._flush)

    def put(self, message: bytes) -> None:
        if self._over or self._last is not None:
            return
        if len(self._messages) >= MAX_FRAMES or self._bytes > (MAX_BEHIND if self._wire.is_clogged else MAX_AT_ONCE):
            self.close()
            self._drop()
            return
        self._messages.append(message)
        self._bytes += len(message)
        if not self._on_its_way:
            self._on_its_way = True
            asyncio.get_running_loop().call_soon(self._flush)

    def finish(self, message: bytes, code: int) -> None:
        """Send the message as the last one, then close with `code`."""
        self.put(message)
        if self._last is None:
            self._last = code
            self._ended = asyncio.Event()

    def close(self) -> None:
        """The connection is over: nothing more will be sent."""
        self._over = True
        self._messages.clear()

    async def ended(self, patience: float) -> None:
        """Wait for the last message and the close behind it, for so many seconds; at once where there is none."""
        if self._ended is not None and not self._over:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), patience)
        self.close()

    def _flush(self) -> None:
        self._on_its_way = False
        if self._over or self._wire.is_clogged:
            return  # the wire says when it is clear again
        if self._messages:
            messages, self._messages, self._bytes = self._messages, [], 0
            self._wire.write(messages)
        if self._last is not None and self._ending is None:
            self._ending = asyncio.get_running_loop().create_task(self._end(self._last))

    async def _end(self, code: int) -> None:
        try:
            await self._wire.end(code)
        finally:
            self.close()
            if self._ended is not None:
                self._ended.set()
