"""Receipts: which announcement is really on the screen, and how long that took. Pure; times are monotonic seconds.

A receipt of "shown" is a promise to the officer, so it is given for a frame that was drawn, not for a property set.
"""

from __future__ import annotations

from collections.abc import Collection

REMEMBERED = 64  # announcements; far more than can be waiting


class Receipts:
    def __init__(self) -> None:
        self._arrived: dict[str, float] = {}
        self._undrawn: set[str] = set()
        self._visible: set[str] = set()
        self._in_frame: set[str] = set()

    def arrived(self, announcement: str, now: float) -> None:
        self._arrived[announcement] = now
        self._undrawn.add(announcement)
        while len(self._arrived) > REMEMBERED:
            oldest = next(iter(self._arrived))
            del self._arrived[oldest]
            self._undrawn.discard(oldest)

    def age(self, announcement: str, now: float) -> int:
        """Milliseconds since it arrived here."""
        return max(0, round((now - self._arrived.get(announcement, now)) * 1000))

    def visible(self, announcements: Collection[str]) -> None:
        """These have a place on the screen, as of now, for the next frame."""
        self._visible = self._undrawn.intersection(announcements)

    def frame_begun(self) -> None:
        self._in_frame |= self._visible

    def frame_drawn(self, now: float) -> list[tuple[str, int]]:
        """The announcements that this frame shows for the first time, and their age in milliseconds."""
        drawn = [(announcement, self.age(announcement, now)) for announcement in sorted(self._in_frame)]
        self._undrawn -= self._in_frame
        self._visible -= self._in_frame
        self._in_frame.clear()
        return drawn
