"""A machine's clock that a test turns, beside the seconds that nobody can turn. Each may also go on by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta


class TurnedClock:
    def __init__(self, now: datetime, running: Callable[[], float] = lambda: 0.0) -> None:
        """`running`: seconds that really pass; none when the test alone lets time pass."""
        self._running = running
        self._started = running()
        self._passed = timedelta(0)
        self._base = now
        self._offset = timedelta(0)

    def wall(self) -> datetime:
        return self._base + timedelta(seconds=self.seconds()) + self._offset

    def seconds(self) -> float:
        return self._running() - self._started + self._passed.total_seconds()

    def set(self, to: datetime) -> None:
        self._offset += to - self.wall()

    def turn(self, by: timedelta) -> None:
        self._offset += by

    def goes_on(self, by: timedelta) -> None:
        self._passed += by


def running(now: datetime) -> TurnedClock:
    return TurnedClock(now, time.monotonic)
