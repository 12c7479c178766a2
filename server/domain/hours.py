"""Opening hours: when a service takes visitors, and when it opens next. All times are the site's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

HORIZON = timedelta(days=21)  # the longest closure a screen announces: Lebaran with its collective leave days


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `start` until just before `end`."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans by weekday (Monday is 0), ascending and apart; a day without an entry is closed."""

    week: Mapping[int, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that differ: a date maps to its spans, or to none for a closed day (a holiday)."""

    special: Mapping[date, tuple[Span, ...]] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))


def spans_on(day: date, hours: Hours, calendar: Calendar) -> tuple[Span, ...]:
    """The spans of one day. A special day's spans bound those of the week: a holiday closes, a short day shortens."""
    week = hours.week.get(day.weekday(), ())
    if day not in calendar.special:
        return week
    return tuple(
        Span(max(mine.start, day_span.start), min(mine.end, day_span.end))
        for day_span in calendar.special[day]
        for mine in week
        if max(mine.start, day_span.start) < min(mine.end, day_span.end)
    )


def is_open(local: datetime, hours: Hours, calendar: Calendar) -> bool:
    """Whether a visitor who comes at `local` (aware, in the site's zone) is taken."""
    at = local.timetz().replace(tzinfo=None)
    return any(span.start <= at < span.end for span in spans_on(local.date(), hours, calendar))


def closes_at(local: datetime, hours: Hours, calendar: Calendar) -> datetime | None:
    """When the span that holds `local` ends; None when closed."""
    at = local.timetz().replace(tzinfo=None)
    for span in spans_on(local.date(), hours, calendar):
        if span.start <= at < span.end:
            return datetime.combine(local.date(), span.end, local.tzinfo)
    return None


def opens_at(local: datetime, hours: Hours, calendar: Calendar) -> datetime | None:
    """The next start of a span after `local`, also over nights and holidays; None beyond the horizon."""
    for ahead in range(HORIZON.days + 1):
        day = local.date() + timedelta(days=ahead)
        for span in spans_on(day, hours, calendar):
            start = datetime.combine(day, span.start, local.tzinfo)
            if start > local:
                return start
    return None
