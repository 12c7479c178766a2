"""The track record: how waits compared with what was expected of them, and the ranges that follow from it.

A formula for the spread of a wait would need to know pauses, slow mornings and who comes with priority later. What
such waits really were is known instead: a range holds as large a share of new waits as it held of the last few hundred
(split conformal prediction; G. Shafer and V. Vovk, "A tutorial on conformal prediction", JMLR 9, 2008).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Iterable
from typing import Final

from server.domain.estimating import STEP, Forecast, Range

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
CLASSES: Final = (4.0, 10.0, 20.0, 35.0, 60.0)
"""Expected minutes at which one class of waits ends and the next begins: short waits scatter more."""
CENTRES: Final = (2.0, 7.0, 15.0, 27.0, 46.0, 80.0)
POINTS: Final = (0.0, *CENTRES)
"""Expected minutes between which ranges are straight lines."""
EASE: Final = 3.0
"""Minutes added to both sides of a ratio: nobody minds whether two minutes became four."""
KEPT: Final = 400
ENOUGH: Final = 60
"""Waits of a class before its own record replaces what simulated days gave."""

SIMULATED: Final = (
    (0.66, 1.00, 1.00, 1.00, 1.19),
    (0.42, 0.67, 0.99, 1.40, 2.31),
    (0.56, 0.88, 1.12, 1.39, 2.05),
    (0.73, 0.98, 1.15, 1.35, 1.76),
    (0.80, 1.01, 1.15, 1.30, 1.66),
    (0.82, 1.03, 1.12, 1.24, 1.54),
)
"""Ratios by class at QUANTILES, of 15,000 waits of invented days (server.simulation) under the head start."""


class TrackRecord:
    """Ratios of waits to expectations, the newest `KEPT` of each class."""

    __slots__ = ("_curves", "_sorted", "_windows")

    def __init__(self, seen: Iterable[tuple[float, float]] = ()) -> None:
        self._windows: list[deque[float]] = [deque() for _ in CENTRES]
        self._sorted: list[list[float]] = [[] for _ in CENTRES]
        self._curves: tuple[tuple[float, ...], ...] | None = None
        for expected, waited in seen:
            self.saw(expected, waited)

    def saw(self, expected: float, waited: float) -> None:
        """One wait that ended, in minutes."""
        ratio = (waited + EASE) / (expected + EASE)
        at = bisect_right(CLASSES, expected)
        window, ascending = self._windows[at], self._sorted[at]
        if len(window) == KEPT:
            oldest = window.popleft()
            del ascending[bisect_left(ascending, oldest)]
        window.append(ratio)
        insort(ascending, ratio)
        self._curves = None

    def forecast(self, expected: float) -> Forecast:
        """Never shorter at any end for a longer expectation."""
        ends = [_on_curve(curve, expected) for curve in self._quantile_curves()]
        return Forecast(
            expected=expected,
            middle=ends[2],
            likely=_whole(ends[1], ends[3], STEP),
            sure=_whole(ends[0], ends[4], 1),
        )

    def _quantile_curves(self) -> tuple[tuple[float, ...], ...]:
        """For each quantile the minutes at zero and at each class's centre, made ascending."""
        if self._curves is None:
            ratios = [
                [_quantile(seen, share) for share in QUANTILES] if len(seen) >= ENOUGH else simulated
                for seen, simulated in zip(self._sorted, SIMULATED, strict=True)
            ]
            self._curves = tuple(_ascending(of_class[place] for of_class in ratios) for place in range(len(QUANTILES)))
        return self._curves


def _ascending(ratios: Iterable[float]) -> tuple[float, ...]:
    points: list[float] = []
    found = list(ratios)
    for centre, ratio in zip(POINTS, [found[0], *found], strict=True):
        minutes = max(0.0, (centre + EASE) * ratio - EASE)
        points.append(max([minutes, *points[-1:]]))
    return tuple(points)


def _on_curve(points: tuple[float, ...], expected: float) -> float:
    """Straight between the points; beyond the last in its proportion."""
    if expected >= POINTS[-1]:
        return points[-1] * expected / POINTS[-1]
    right = bisect_right(POINTS, expected)
    left = right - 1
    share = (expected - POINTS[left]) / (POINTS[right] - POINTS[left])
    return points[left] + (points[right] - points[left]) * share


def _quantile(ascending: list[float], share: float) -> float:
    return ascending[min(len(ascending) - 1, int(len(ascending) * share))]


def _whole(low: float, high: float, step: int) -> Range:
    """To the nearest step: rounding outwards would make nine of ten nineteen of twenty, and every range wider."""
    lower = round(low / step) * step
    return Range(lower, max(round(high / step) * step, lower + step))
