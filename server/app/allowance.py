"""An allowance: how often something may happen, with a burst. A token bucket whose clock is an argument."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    burst: int
    per_second: float


class Allowance:
    """`now` is any clock in seconds that does not run backwards; if it does, nothing is earned meanwhile."""

    __slots__ = ("_at", "_left", "_rate")

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._left = float(rate.burst)
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until the next one is allowed; 0 when it is now."""
        self._earn(now)
        return max(0.0, (1.0 - self._left) / self._rate.per_second)

    def take(self, now: float) -> bool:
        """Use one up. False when there is none left; then nothing changed."""
        self._earn(now)
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True

    def _earn(self, now: float) -> None:
        self._left = min(float(self._rate.burst), self._left + max(0.0, now - self._at) * self._rate.per_second)
        self._at = now
