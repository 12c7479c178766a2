"""A report: cards, sections and their tables as values. Pages, spreadsheets, CSV and PDF draw the same ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from server.domain.reports.figures import Subject
from server.domain.reports.spans import Stretch
from shared.vocabulary import Words


class Unit(StrEnum):
    TEXT = "text"
    """A name: the same in every language, or `Words`."""
    WORD = "word"
    """A key of the words that each drawing knows."""
    COUNT = "count"
    DECIMAL = "decimal"
    DURATION = "duration"
    """Seconds."""
    SHARE = "share"
    SPAN = "span"
    """A service date or a month, ISO."""
    HOUR = "hour"
    MINUTES = "minutes"


Cell = str | int | float | Words | None
"""None: there is nothing to say (no median of nobody)."""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]


class Drawing(StrEnum):
    COURSE = "course"
    STAFFING = "staffing"
    HEAT = "heat"
    """No chart: the table itself is coloured."""
    RANGE = "range"
    """Waits of those with most visits: the median, and what nine of ten did not exceed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a section says in one sentence: a key of the words, and the figures in it."""

    key: str
    facts: Mapping[str, tuple[Cell, Unit]]


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    """Of its heading, its explanation (`KEY_means`), its sheet and its CSV file."""
    table: Table
    drawing: Drawing | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Card:
    key: str
    unit: Unit
    value: float | None
    before: float | None
    less_is_better: bool | None
    """None: neither is."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Of the times of one kind: how many are in the figures, and how many are not, by reason."""

    key: str
    kept: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def out(self) -> int:
        return sum(count for _, count in self.reasons)


@dataclass(frozen=True, slots=True)
class Report:
    site: Words
    subject: Subject
    subject_name: Words
    stretch: Stretch
    before: Stretch
    made_at: datetime
    time_zone: str
    cards: tuple[Card, ...]
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    pending: tuple[date, ...]
    """Days that are in no figure yet."""
    live: bool
    """Today is in it: the figures still move."""
    error: float
    """How far a median or a ninth tenth may be off, as a share of it."""
    visits: int = 0
