"""Packing: a span that was added up, as rows that go from the process that reads to the one that writes."""

from __future__ import annotations

from dataclasses import astuple

import msgspec

from server.app.reports.ports import RolledSpan
from server.domain.reports.figures import HISTOGRAMS, LARGEST, SUMMED
from server.domain.reports.histogram import packed

NUMBERS = (*SUMMED, *LARGEST)


class PackedSpan(msgspec.Struct, frozen=True):
    span: str
    seal: str
    legs: int
    periods: int
    figures: list[tuple[str, str, list[int], list[bytes]]]
    """Kind, subject, NUMBERS, HISTOGRAMS."""
    mentions: list[tuple[str, str, str, str, int]]
    forecasts: list[tuple[str, list[float]]]
    """Service, the fields of its `Tally`."""


def pack(rolled: RolledSpan) -> PackedSpan:
    return PackedSpan(
        rolled.span,
        rolled.seal,
        rolled.legs,
        rolled.periods,
        [
            (
                subject.kind.value,
                subject.id,
                [getattr(one, name) for name in NUMBERS],
                [packed(getattr(one, name)) for name in HISTOGRAMS],
            )
            for subject, one in rolled.figures.items()
        ],
        [(*where, count) for where, count in rolled.mentions.items()],
        [(service, list(astuple(tally))) for service, tally in rolled.forecasts.items()],
    )
