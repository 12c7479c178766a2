"""Numbering: each series counts from 1 on every service date, without gaps. A number comes from its row (law 3).

One range of every series is kept for blocks that kiosks hold to go on without the server: so a hall with many kiosks
does not begin its day at 300, and a ticket from 501 to 999 tells that it was given on an island.
"""

from __future__ import annotations

from collections.abc import Mapping

FIRST = 1
ISLAND_FIRST, ISLAND_LAST = 501, 999  # three digits, and above what a series of a busy hall reaches in a day


def next_number(sequences: Mapping[str, int], series: str) -> int:
    """The number after the last one given, past the range of the islands; `sequences` holds the last by series."""
    number = sequences.get(series, FIRST - 1) + 1
    return ISLAND_LAST + 1 if ISLAND_FIRST <= number <= ISLAND_LAST else number


def next_block(last: int | None, size: int) -> range:
    """The next numbers for a block of a series; `last` is the highest that any block holds or held. Fewer than `size`
    where the range ends."""
    first = ISLAND_FIRST if last is None else last + 1
    return range(first, min(first + max(size, 0), ISLAND_LAST + 1))
