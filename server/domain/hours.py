"""Opening hours: when a service takes visitors, and when it opens next. All times are the site's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from types import MappingProxyType

HORIZON = timedelta(days=21)  # the longest closure a screen announces: Lebaran with its collective leave days
MIDNIGHT = time.max  # as the end of a span: the end of the day, which `time` has no other word for


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `start` until just before `end`; with MIDNIGHT as its end, until the day is over."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        return self.start <= at and (at < self.end or self.end == MIDNIGHT)


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans by weekday (Monday is 0), ascending and apart; a day without an entry is closed."""

    week: Mapping[int, tuple[Span, ...]]


ALWAYS = Hours(MappingProxyType({weekday: (Span(time.min, MIDNIGHT),) for weekday in range(7)}))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that differ: a date maps to its spans (ascending and apart), or to none for a closed day (a holiday)."""

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
    return any(span.holds(local.time()) for span in spans_on(local.date(), hours, calendar))


def closes_at(local: datetime, hours: Hours, calendar: Calendar) -> datetime | None:
    """The first moment after `local` that is closed; None when `local` is, or when no closing is within the horizon."""
    day = local.date()
    holding = next((span for span in spans_on(day, hours, calendar) if span.holds(local.time())), None)
    if holding is None:
        return None
    while day - local.date() <= HORIZON:
        if holding.end != MIDNIGHT:
            return datetime.combine(day, holding.end, local.tzinfo)
        day += timedelta(days=1)
        morning = spans_on(day, hours, calendar)[:1]
        if not morning or morning[0].start != time.min:
            return datetime.combine(day, time.min, local.tzinfo)
        holding = morning[0]  # open through the night
    return None


def opens_at(local: datetime, hours: Hours, calendar: Calendar) -> datetime | None:
    """The next moment after `local` that opens, also over nights and holidays; None when none is within the horizon."""
    open_at_midnight = _ends_at_midnight(spans_on(local.date() - timedelta(days=1), hours, calendar))
    for ahead in range(HORIZON.days + 1):
        day = local.date() + timedelta(days=ahead)
        spans = spans_on(day, hours, calendar)
        for span in spans:
            start = datetime.combine(day, span.start, local.tzinfo)
            if start > local and not (open_at_midnight and span.start == time.min):
                return start
        open_at_midnight = _ends_at_midnight(spans)
    return None


def rest_of_day(local: datetime, hours: Hours, calendar: Calendar) -> list[tuple[datetime, datetime]]:
    """What is left of the spans of `local`'s day, ascending; of the one that holds `local` the rest."""
    found = [_on(local.date(), span, local.tzinfo) for span in spans_on(local.date(), hours, calendar)]
    return [(max(start, local), end) for start, end in found if end > local]


def next_days(local: datetime, hours: Hours, calendar: Calendar, count: int) -> list[tuple[datetime, datetime]]:
    """From the first opening to the last closing of the next `count` days after `local`'s that open at all, within
    the horizon."""
    found: list[tuple[datetime, datetime]] = []
    for ahead in range(1, HORIZON.days + 1):
        day = local.date() + timedelta(days=ahead)
        if spans := spans_on(day, hours, calendar):
            found.append((_on(day, spans[0], local.tzinfo)[0], _on(day, spans[-1], local.tzinfo)[1]))
        if len(found) == count:
            break
    return found


def _on(day: date, span: Span, zone: tzinfo | None) -> tuple[datetime, datetime]:
    end = datetime.combine(day, span.end, zone)
    if span.end == MIDNIGHT:
        end = datetime.combine(day + timedelta(days=1), time.min, zone)
    return datetime.combine(day, span.start, zone), end


def _ends_at_midnight(spans: tuple[Span, ...]) -> bool:
    return bool(spans) and spans[-1].end == MIDNIGHT
