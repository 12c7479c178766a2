"""Figures: what was measured, beside what, against which goal. Arithmetic only; nothing here reads a clock."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (above 0, up to 1) of all values do not exceed: one that was really measured."""
    if not values:
        raise ValueError("no values: nothing was measured")
    if not 0 < share <= 1:
        raise ValueError(f"a share is above 0 and at most 1, not {share}")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def median(values: Sequence[float]) -> float:
    """The middle value; of two middle values, the mean."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values: nothing was measured")
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table. What was not measured is None, and `note` says why."""

    name: str
    median: float | None
    p99: float | None
    unit: str
    beside: float | None = None
    beside_what: str = ""
    """The limit or the peer, measured in the same run."""
    ratio: float | None = None
    """`median / beside`, unless the goal speaks of another figure."""
    goal: str = ""
    met: bool | None = None
    """None: there is no goal, or nothing could be measured."""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def rate(name: str, slices: Sequence[float], limits: Sequence[float], *, at_least: float, what: str) -> Line:
    """So many a second in each slice of the run, beside slices of a limit: the goal is a share of the limit.

    In the place of the p99 stands the rate that 99 % of the slices reach.
    """
    reached, limit = median(slices), median(limits)
    ratio = reached / limit
    return Line(
        name, reached, percentile([-each for each in slices], 0.99) * -1, "/s", limit, what, ratio,
        f">= {at_least:g} x", ratio >= at_least,
    )  # fmt: skip


def latency(name: str, milliseconds: Sequence[float], *, p99_at_most: float, note: str = "") -> Line:
    """How long each took, beside a fixed bound for the slowest hundredth."""
    p99 = percentile(milliseconds, 0.99)
    goal = f"p99 <= {p99_at_most:g} ms"
    return Line(name, median(milliseconds), p99, "ms", goal=goal, met=p99 <= p99_at_most, note=note)


def peer(
    name: str, ours: Sequence[float], theirs: Sequence[float], *, what: str, at_most: float, unit: str = "ms",
    by_p99: bool = False,
) -> Line:  # fmt: skip
    """Ours beside a bare program that does the same, by the medians or by the slowest hundredths."""
    ours_p99, theirs_p99 = percentile(ours, 0.99), percentile(theirs, 0.99)
    beside = theirs_p99 if by_p99 else median(theirs)
    ratio = (ours_p99 if by_p99 else median(ours)) / beside
    goal = f"{'p99 ' if by_p99 else ''}<= {at_most:g} x"
    return Line(name, median(ours), ours_p99, unit, beside, what, ratio, goal, ratio <= at_most)


def processor(name: str, microseconds: Sequence[float]) -> Line:
    """What each command costs the server, by slices of the run. It hardly depends on what else the machine does."""
    return Line(name, median(microseconds), percentile(microseconds, 0.99), "us")


def count(name: str, found: int, unit: str) -> Line:
    """Something of which there must be none."""
    return Line(name, found, None, unit, goal="0", met=found == 0)


def skipped(name: str, why: str) -> Line:
    return Line(name, None, None, "", note=f"not measured: {why}")
