"""The feed: the newest facts, read once for all who follow them. Whoever is behind reads the database for themselves.

Nothing is queued for anybody (law 9): a follower is a place in the sequence, and what a slow one has not taken stays
where it is.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from server.app.api.records import Numbered, Records
from server.app.ports import StorageError
from server.net.gate import Gate

KEPT = 2_000  # facts: some minutes of a very busy hall
AT_ONCE = 500  # facts of one look
LOOK = 0.2  # seconds between two looks whether anything was committed
UNASKED = 2.0  # seconds until a look into the database without a sign: what the server does by itself is no request


class Feed:
    """Used by the loop's thread alone."""

    def __init__(self, gate: Gate, records: Records) -> None:
        self._gate = gate
        self._records = records
        self._newest: deque[Numbered] = deque(maxlen=KEPT)
        self._position = 0
        """All up to here were read, or were there before the first follower came."""
        self._news = asyncio.Event()
        self._followers = 0
        self._reading: asyncio.Task[None] | None = None

    async def join(self) -> int:
        """From now on `after` is up to date; where the sequence stands. Raises StorageError."""
        if not self._followers:
            self._position = await self._gate.aside(self._records.newest_fact)
            self._newest.clear()
        self._followers += 1
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
        return self._position

    def leave(self) -> None:
        self._followers -= 1
        if not self._followers and self._reading is not None:
            self._reading.cancel()
            self._reading = None

    async def after(self, sequence: int) -> Sequence[Numbered]:
        """The next facts behind that one; none when it is the newest. Raises StorageError."""
        if sequence >= self._position:
            return ()
        first = self._newest[0].sequence if self._newest else self._position + 1
        if sequence < first - 1:
            return await self._gate.aside(self._records.facts_after, sequence, AT_ONCE)
        return [one for one in self._newest if one.sequence > sequence][:AT_ONCE]

    async def wait(self, sequence: int, patience: float) -> None:
        """Until there is something behind it, or for so long."""
        if sequence >= self._position:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), patience)

    async def _read(self) -> None:
        seen, since = self._gate.figures.batches, 0.0
        while True:
            await asyncio.sleep(LOOK)
            since += LOOK
            if self._gate.figures.batches == seen and since < UNASKED:
                continue
            seen, since = self._gate.figures.batches, 0.0
            with suppress(StorageError):  # the next look comes soon, and begins where this one did
                while found := await self._gate.aside(self._records.facts_after, self._position, AT_ONCE):
                    self._newest.extend(found)
                    self._position = found[-1].sequence
                    self._news.set()
                    self._news = asyncio.Event()
