"""Ports of the reports: what they ask of the database. `server.db` implements them; a process of its own uses them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from server.app.forecast_scores import Tally
from server.domain.reports.day_record import DayRecord
from server.domain.reports.figures import Figures, Kind, Subject

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    service: str
    counter: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class RolledSpan:
    """A day or a month, added up: what is written, and what a live day is shown from."""

    span: str
    seal: str
    legs: int
    periods: int
    figures: Mapping[Subject, Figures]
    mentions: Mapping[tuple[str, str, str, str], int]
    """By what, service, counter and word."""
    forecasts: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class SpanState:
    """What is known of a span that was rolled up."""

    seal: str
    legs: int
    periods: int
    built_at: int


class DayRecords(Protocol):
    """Raises StorageError."""

    def of(self, day: date, time_zone: str, now: datetime | None = None) -> DayRecord: ...
    def first_day(self) -> date | None:
        """Of all that are kept; None in a new hall."""

    def sizes(self, days: Collection[date]) -> Mapping[date, tuple[int, int]]:
        """How many legs and closed periods each day has."""

    def open_days(self, before: date) -> frozenset[date]:
        """Earlier days on which somebody is still open: the next start of the server closes them."""


class RollUps(Protocol):
    """Raises StorageError."""

    def states(self) -> Mapping[str, SpanState]: ...
    def read(self, span: str) -> RolledSpan | None: ...
    def figures(self, kind: Kind, spans: Sequence[str], subjects: Collection[str] | None = None) -> dict[str, Figures]:
        """By subject, added up over the spans."""

    def outlines(self, kind: Kind, spans: Sequence[str], subjects: Collection[str] | None = None) -> dict[str, Figures]:
        """The same as `server.domain.reports.figures.outlined`."""

    def course(self, subject: Subject, spans: Sequence[str]) -> dict[str, Figures]:
        """The outlines of one subject, span by span."""

    def mentions(self, what: str, spans: Sequence[str]) -> Sequence[Mentioned]: ...
    def forecasts(self, spans: Sequence[str]) -> Mapping[str, Tally]:
        """By service."""
