"""Numbers of a day, and why some of them are nobody's: every gap has a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from server.domain.leases import Lease
from server.domain.numbering import FIRST, ISLAND_FIRST, ISLAND_LAST


@dataclass(frozen=True, slots=True)
class NumbersOfDay:
    """What the store knows of one service date's numbers."""

    service_date: date
    given: Mapping[str, Collection[int]]
    """Numbers that are visits, by series."""
    last: Mapping[str, int]
    """The last number given from the row of each series."""
    leases: Sequence[Lease]
    too_late: Mapping[tuple[str, int], str]
    """Tickets that kiosks handed in and that were refused: the refusal's code."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers `first` to `last` of a series that are no visits. `reason` is empty where nothing explains them."""

    series: str
    first: int
    last: int
    reason: str


def gaps(day: NumbersOfDay) -> Iterator[Gap]:
    """In the order of the numbers; neighbours with one reason together."""
    for series in sorted({*day.last, *(lease.series for lease in day.leases), *day.given}):
        missing = [(number, _reason(day, series, number)) for number in _missing(day, series)]
        for _, run in groupby(enumerate(missing), key=lambda placed: (placed[1][0] - placed[0], placed[1][1])):
            numbers = [number for _, (number, _) in run]
            yield Gap(series, numbers[0], numbers[-1], _reason(day, series, numbers[0]))


def _missing(day: NumbersOfDay, series: str) -> list[int]:
    """Of all that were ever on their way to somebody: counted by the row, or leased to a kiosk."""
    counted = set(range(FIRST, day.last.get(series, 0) + 1)) - set(range(ISLAND_FIRST, ISLAND_LAST + 1))
    leased = {number for lease in day.leases if lease.series == series for number in lease.numbers}
    return sorted((counted | leased) - set(day.given.get(series, ())))


def _reason(day: NumbersOfDay, series: str, number: int) -> str:
    if (code := day.too_late.get((series, number))) is not None:
        return f"handed in and refused: {code}"
    for lease in day.leases:
        if lease.series == series and number in lease.numbers:
            state = "held by" if lease.end is None else f"{lease.end.value}, held by"
            return f"{state} {lease.device}"
    return ""
