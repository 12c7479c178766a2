"""A day as the database has it: the rows from which its figures are made. Moments are microseconds since 1970, UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class LegRow(NamedTuple):
    """In the order in which the legs were made."""

    id: str
    visit: str
    service: str
    state: str
    since: int
    counter: str | None
    outcome: str | None
    returned: int
    gave_way: int


class PeriodRow(NamedTuple):
    """In the order in which they ended."""

    leg: str
    visit: str
    state: str
    counter: str | None
    start: int
    end: int


class StandRow(NamedTuple):
    """A counter was opened, paused or closed. In the order of time."""

    counter: str
    is_open: bool
    at: int


class Mention(NamedTuple):
    """A call out of its order with the reason for it, or a line of papers that was missing."""

    what: str
    service: str
    counter: str
    word: str


EXCEPTION, PAPER = "call", "paper"


@dataclass(frozen=True, slots=True)
class DayRecord:
    date: date
    time_zone: str
    legs: Sequence[LegRow]
    periods: Sequence[PeriodRow]
    stands: Sequence[StandRow] = ()
    mentions: Sequence[Mention] = ()
    now: int | None = None
    """None when the day is over: then a counter that nobody closed was open until its last visitor left."""


@dataclass(frozen=True, slots=True)
class House:
    """Which agency a service belongs to, which zone a counter stands in, and who serves what."""

    agency_of: Mapping[str, str]
    zone_of: Mapping[str, str]
    counter_agency: Mapping[str, str]
    services_at: Mapping[str, Sequence[str]]
