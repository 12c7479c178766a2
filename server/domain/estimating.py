"""Estimating: what a visitor is told about a wait, and from what: minutes that are left, a range in whole steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.vocabulary import PauseReason

STEP: Final = 5  # minutes; a finer figure would claim a precision that nobody has
LEAST_REMAINING: Final = 0.35  # of the usual time, for who is in hand however long: long ones tend to last
PAUSES: Final = {
    PauseReason.REST: 10.0,
    PauseReason.PRAYER: 15.0,
    PauseReason.MEAL: 40.0,
    PauseReason.MEETING: 30.0,
    PauseReason.EQUIPMENT: 20.0,
    PauseReason.OTHER: 15.0,
}
"""Minutes that a pause of this reason is expected to last."""
LEAST_PAUSE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Range:
    """Whole minutes, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a visitor is told at issue, and what is held against it later. Minutes."""

    expected: float
    """As rehearsed with the minutes that services usually take."""
    middle: float
    """As many such waits were shorter as longer."""
    likely: Range
    """About half of all waits."""
    sure: Range
    """About nine of ten."""


def remaining(usual: float, elapsed: float) -> float:
    """Minutes that a visitor in hand will roughly still take."""
    return max(usual * LEAST_REMAINING, usual - elapsed)


def remaining_pause(reason: PauseReason | None, elapsed: float) -> float:
    """Minutes until an officer who pauses will roughly be back."""
    return max(LEAST_PAUSE, PAUSES[reason or PauseReason.OTHER] - elapsed)
