"""Approvals: one look for all programs that show a code, however many they are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

LOOK = 0.5  # seconds between two looks


class Approvals:
    """Used by the loop's thread alone."""

    def __init__(self, look: Callable[[], Awaitable[frozenset[str]]]) -> None:
        self._look = look
        self._looking: asyncio.Future[frozenset[str]] | None = None
        self._looked_at = 0.0

    async def seen(self) -> frozenset[str]:
        """The installations whose approval waits, not older than LOOK. Raises what the look raises."""
        now = asyncio.get_running_loop().time()
        if self._looking is None or (self._looking.done() and now - self._looked_at >= LOOK):
            self._looked_at = now
            self._looking = asyncio.ensure_future(self._look())
        return await asyncio.shield(self._looking)
