"""Estimating: how long a visitor waits, as a range of minutes. Rough on purpose, never falling with a longer line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

STEP = 5  # minutes; a finer figure would claim a precision that nobody has
SLACK = 0.25  # of the expected wait, to both sides
LEAST_REMAINING = 1.0  # minutes that a visitor in hand is still expected to take, however long it took already


@dataclass(frozen=True, slots=True)
class Range:
    """Whole minutes, both ends included."""

    low: int
    high: int


def estimate(loads: Iterable[float]) -> Range | None:
    """The wait behind the given loads: minutes of work that stand before the visitor at each open counter that may
    call them. None without such a counter."""
    loads = tuple(loads)
    if not loads:
        return None
    wait = expected_wait(loads)
    low = floor(wait * (1 - SLACK) / STEP) * STEP
    high = ceil(wait * (1 + SLACK) / STEP) * STEP
    return Range(low, max(high, low + STEP))


def expected_wait(loads: Iterable[float]) -> float:
    """Minutes until the first of several counters gets there, all working on their loads side by side.

    Two counters with equal loads halve the wait; a counter that is busy with another line for long adds little.
    """
    loads = tuple(loads)
    if not loads or min(loads) <= 0:
        return 0.0
    return 1 / sum(1 / load for load in loads)


def remaining(standard_minutes: int, elapsed_minutes: float) -> float:
    """Minutes that a visitor in hand will roughly still take."""
    return max(LEAST_REMAINING, standard_minutes - elapsed_minutes)
