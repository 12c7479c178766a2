"""Histograms: times in buckets that grow by 5 %, so that many days add up and a percentile is exact enough.

A cell is a weekday, an hour and a bucket; a packed histogram is a list of cells with their counts, four bytes each.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import compress
from math import ceil, log, sqrt
from typing import Final

GROWTH: Final = 1.05
ERROR: Final = sqrt(GROWTH) - 1
"""How far a percentile may be from the one of the times themselves, as a share of it: 2.5 %. Below a second: half a
second."""
_LOG = log(GROWTH)
LAST: Final = 255  # the bucket of everything beyond two days
_HOURS, _BUCKETS, _MOST = 5, 8, 0xFFFF  # bits of an hour and of a bucket; what one word of a cell can count

Cells = Counter[int]


def bucket(seconds: float) -> int:
    """0 holds what is below a second, bucket n what is from 1.05^(n-1) up to 1.05^n seconds."""
    return 0 if seconds < 1 else min(LAST, 1 + int(log(seconds) / _LOG))


def middle(number: int) -> float:
    """The time that stands for a bucket, in seconds: no time of the bucket is further away than `ERROR`."""
    return 0.5 if number == 0 else GROWTH ** (number - 0.5)


def cell(weekday: int = 0, hour: int = 0, number: int = 0) -> int:
    return (weekday << _HOURS | hour) << _BUCKETS | number


def weekday_of(one: int) -> int:
    return one >> (_HOURS + _BUCKETS)


def hour_of(one: int) -> int:
    return one >> _BUCKETS & 0x1F


def packed(cells: Mapping[int, int]) -> bytes:
    words: list[int] = []
    for one, count in sorted(cells.items()):
        left = count
        while left > _MOST:
            words.append(one << 16 | _MOST)
            left -= _MOST
        if left:
            words.append(one << 16 | left)
    return struct.pack(f"<{len(words)}I", *words)


def unpacked(packs: bytes) -> Cells:
    """Also of several packed histograms one after the other: they add up."""
    cells: dict[int, int] = {}  # a Counter would go through Python for every new cell, and there are many
    known = cells.get
    for word in struct.unpack(f"<{len(packs) // 4}I", packs):
        at = word >> 16
        cells[at] = known(at, 0) + (word & _MOST)
    return Counter(cells)


def unpacked_by_bucket(packs: bytes) -> Cells:
    """The same at whatever hour. Of the four bytes of a word the third is the bucket, the first two are the count, the
    second mostly nothing: taken apart as bytes, which are numbers already, they add up in half the time."""
    counts = [0] * (LAST + 1)
    buckets, more = packs[2::4], packs[1::4]
    for at, count in zip(buckets, packs[0::4], strict=True):
        counts[at] += count
    for at, count in zip(compress(buckets, more), filter(None, more), strict=True):
        counts[at] += count << 8
    return Counter({at: count for at, count in enumerate(counts) if count})


def by_bucket(cells: Mapping[int, int]) -> dict[int, int]:
    """How many are in each bucket, at whatever hour."""
    if not cells or max(cells) <= LAST:
        return dict(cells)
    counts: dict[int, int] = {}
    known = counts.get
    for one, count in cells.items():
        at = one & LAST
        counts[at] = known(at, 0) + count
    return counts


def percentiles(counts: Mapping[int, int], shares: Iterable[float]) -> list[float | None]:
    """For each share the least time, in seconds, that so many of all do not exceed; None when there are none."""
    total, ordered = sum(counts.values()), sorted(counts.items())
    return [_percentile(ordered, ceil(share * total)) if total else None for share in shares]


def _percentile(ordered: list[tuple[int, int]], rank: int) -> float:
    seen = 0
    for number, count in ordered:
        seen += count
        if seen >= rank:
            return middle(number)
    raise AssertionError("a rank beyond the total")
