"""Numbering: each series counts from 1 on every service date, without gaps. A number comes from its row (law 3)."""

from __future__ import annotations

from collections.abc import Mapping

FIRST = 1


def next_number(sequences: Mapping[str, int], series: str) -> int:
    """The number after the last one given; `sequences` holds the last number by series."""
    return sequences.get(series, FIRST - 1) + 1
