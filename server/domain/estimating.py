"""Estimating: what a visitor is told about a wait, and from what: minutes that are left, a range in whole steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STEP: Final = 5  # minutes, of what screens show; a finer figure would claim a precision that nobody has
LEAST_REMAINING: Final = 0.35  # of the usual time, for who is in hand however long: long ones tend to last


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
    """About nine of ten; to the minute, so that steps make it no wider than it is."""


def remaining(usual: float, elapsed: float) -> float:
    """Minutes that a visitor in hand will roughly still take."""
    return max(usual * LEAST_REMAINING, usual - elapsed)
