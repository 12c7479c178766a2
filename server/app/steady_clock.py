"""The steady clock: the machine's, as long as it only goes on; one that jumps while the hall is open is not believed.

A dead battery, a time server gone mad, a hand at the wrong PC: an hour back would stop every number, a day ahead would
close the day under the people who wait. So a jump is not followed: the seconds since the last moment that was
believed are counted by a clock that nobody can set, and an alarm stands until the machine's clock agrees again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from server.domain.issuing import CLOCK_TOLERANCE


def boot_seconds() -> float:
    """Seconds that count while the machine sleeps, too, and never jump."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class SteadyClock:
    """Safe to use from any thread."""

    def __init__(self, wall: Callable[[], datetime], seconds: Callable[[], float] = boot_seconds) -> None:
        self._wall = wall
        self._seconds = seconds
        self._turn = threading.Lock()
        self._at, self._at_seconds = wall(), seconds()
        self._off = timedelta(0)

    def __call__(self) -> datetime:
        with self._turn:
            wall, seconds = self._wall(), self._seconds()
            expected = self._at + timedelta(seconds=seconds - self._at_seconds)
            off = wall - expected
            believed = abs(off) <= CLOCK_TOLERANCE
            self._off = timedelta(0) if believed else off
            self._at, self._at_seconds = wall if believed else expected, seconds
            return self._at

    @property
    def off(self) -> timedelta:
        """How far the machine's clock has jumped; zero while it is believed."""
        self()
        return self._off
