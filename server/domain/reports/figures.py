"""Figures: what is counted of a site, an agency, a service, a counter or a zone in a span of days. They add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Final, NamedTuple

from server.domain.reports.histogram import Cells, by_bucket


class Kind(StrEnum):
    SITE = "site"
    AGENCY = "agency"
    SERVICE = "service"
    COUNTER = "counter"
    ZONE = "zone"


class Subject(NamedTuple):
    kind: Kind
    id: str


SITE: Final = Subject(Kind.SITE, "")


@dataclass(slots=True)
class Figures:
    """Milliseconds where nothing else is said. `docs/reports.md` defines each."""

    visits: int = 0
    legs: int = 0
    open: int = 0
    """Legs that have not ended; of a day that is over, none."""
    served: int = 0
    transferred: int = 0
    missed: int = 0
    cancelled: int = 0
    expired: int = 0
    solved: int = 0
    papers_incomplete: int = 0
    referred: int = 0
    not_entitled: int = 0
    called: int = 0
    """Legs that were called at least once."""
    never_called: int = 0
    came_back: int = 0
    gave_way: int = 0
    calls: int = 0
    """Out of the line; neither recalls nor calls of who was parked."""
    by_ticket: int = 0
    """Of these, those out of their order."""
    waited: int = 0
    waited_too_long: int = 0
    """How many waits are left out."""
    walked: int = 0
    walked_left_open: int = 0
    walked_too_long: int = 0
    took: int = 0
    took_left_open: int = 0
    took_too_short: int = 0
    took_too_long: int = 0
    longest_wait: int = 0
    longest_walk: int = 0
    longest_service: int = 0
    days: Cells = field(default_factory=Counter)
    """By weekday: on how many days anybody came."""
    arrivals: Cells = field(default_factory=Counter)
    """Visits by weekday and hour of arrival."""
    waits: Cells = field(default_factory=Counter)
    """By weekday and hour at which the wait began."""
    walks: Cells = field(default_factory=Counter)
    services: Cells = field(default_factory=Counter)
    staffed: Cells = field(default_factory=Counter)
    """Minutes of open counters by weekday and hour."""

    def add(self, other: Figures) -> None:
        for name in SUMMED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in LARGEST:
            setattr(self, name, max(getattr(self, name), getattr(other, name)))
        for name in HISTOGRAMS:
            getattr(self, name).update(getattr(other, name))


LARGEST: Final = ("longest_wait", "longest_walk", "longest_service")
HISTOGRAMS: Final = ("days", "arrivals", "waits", "walks", "services", "staffed")
SUMMED: Final = tuple(one.name for one in fields(Figures) if one.name not in (*LARGEST, *HISTOGRAMS))
OUTLINE: Final = ("visits", "legs", "served", "transferred", "missed", "called", "papers_incomplete")
OUTLINE_LARGEST: Final = ("longest_wait", "longest_service")
OUTLINE_TIMES: Final = ("waits", "walks", "services")


def outlined(whole: Figures) -> Figures:
    """What one row of a table shows, and no more: a few counts, and times at whatever hour. Of a hundred services and
    many days that is read in a tenth of the time."""
    outline = Figures(**{name: getattr(whole, name) for name in (*OUTLINE, *OUTLINE_LARGEST)})
    for name in OUTLINE_TIMES:
        setattr(outline, name, Counter(by_bucket(getattr(whole, name))))
    return outline


def total(several: Iterable[Figures]) -> Figures:
    whole = Figures()
    for one in several:
        whole.add(one)
    return whole
