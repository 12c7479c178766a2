"""Shades of a heat map: waits by bounds that mean the same in every report, anything else by the largest of the map."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from server.app.reports.report import Section, Unit

HEATS = 6  # from little to much
WAITS = (5.0, 10.0, 20.0, 30.0, 60.0)  # minutes at which the next shade begins


def bounds(section: Section) -> Sequence[float]:
    """Where the second shade begins, the third, ..."""
    columns = section.table.columns
    if columns[-1].unit is Unit.MINUTES:
        return WAITS
    cells = (cell for row in section.table.rows for cell in row[1:])
    most = max((cell for cell in cells if isinstance(cell, int | float)), default=0.0)
    return [most * step / HEATS for step in range(1, HEATS)] if most else []


def shade(value: object, steps: Sequence[float]) -> int | None:
    """None: nothing to colour."""
    return bisect_right(steps, value) if isinstance(value, int | float) else None
