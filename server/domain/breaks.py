"""Breaks: closed hours between two openings of a day, in which the officers are away and waits stand still.

They follow from the opening hours, so that nobody has to announce them. A counter has a break while all that its work
profile offers is closed; waits for a service stand still while all counters that may call for it have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from server.domain import hours
from server.domain.catalogue import Catalogue
from server.domain.hours import Span
from server.domain.profiles import WorkProfiles
from shared.vocabulary import CounterId, ServiceId

MINUTE = timedelta(minutes=1)

Break = tuple[datetime, datetime]
"""From and until, UTC."""
Still = tuple[float, float]
"""The same in minutes from some moment on; never before it."""


class Breaks:
    """Of one day, each worked out once."""

    def __init__(self, catalogue: Catalogue, profiles: WorkProfiles, on: date) -> None:
        self._catalogue = catalogue
        self._profiles = profiles
        self.day = on
        self._zone = ZoneInfo(catalogue.site.time_zone)
        self._of: dict[CounterId, tuple[Break, ...]] = {}
        self._shared: dict[ServiceId, tuple[Break, ...]] = {}

    def on(self, day: date) -> Breaks:
        """Of another day, by the same catalogue."""
        return Breaks(self._catalogue, self._profiles, day)

    def of(self, counter: CounterId) -> tuple[Break, ...]:
        """Ascending and apart."""
        found = self._of.get(counter)
        if found is None:
            found = self._of[counter] = tuple(self._on_the_clock(pairwise(self._open(counter))))
        return found

    def shared(self, service: ServiceId) -> tuple[Break, ...]:
        """When nobody calls for the service: all its counters, and those that help out, have a break."""
        found = self._shared.get(service)
        if found is None:
            counters = [*self._profiles.counters(service), *self._profiles.helpers(service)]
            found = self.of(counters[0]) if counters else ()
            for counter in counters[1:]:
                found = _common(found, self.of(counter))
            self._shared[service] = found
        return found

    def worked(self, service: ServiceId, since: datetime, minutes: float) -> float:
        """What is left of a wait that began then, without the breaks that it stood still in."""
        until = since + minutes * MINUTE
        still = (max(timedelta(0), min(until, end) - max(since, start)) for start, end in self.shared(service))
        return minutes - sum(still, timedelta(0)) / MINUTE

    def _open(self, counter: CounterId) -> Sequence[Span]:
        """When anything is offered there, joined where the hours of services overlap."""
        offered = (self._catalogue.services.get(one) for one in self._profiles.services(counter))
        weeks = {id(one.hours): one.hours for one in offered if one is not None}
        every = {span for week in weeks.values() for span in hours.spans_on(self.day, week, self._catalogue.calendar)}
        joined: list[Span] = []
        for span in sorted(every, key=lambda one: (one.start, one.end)):
            if joined and span.start <= joined[-1].end:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        return joined

    def _on_the_clock(self, gaps: Iterable[tuple[Span, Span]]) -> Iterable[Break]:
        for before, after in gaps:
            start, end = (datetime.combine(self.day, at, self._zone) for at in (before.end, after.start))
            yield start.astimezone(UTC), end.astimezone(UTC)


def _common(these: Sequence[Break], those: Sequence[Break]) -> tuple[Break, ...]:
    both = ((max(one[0], other[0]), min(one[1], other[1])) for one in these for other in those)
    return tuple((start, end) for start, end in both if start < end)


def to_come(breaks: Iterable[Break], now: datetime) -> list[Still]:
    """Those that are not over."""
    return [(max(0.0, (start - now) / MINUTE), (end - now) / MINUTE) for start, end in breaks if end > now]


def without(minutes: float, stills: Sequence[Still]) -> float:
    """How much of a wait is not spent in breaks."""
    return minutes - sum(min(minutes, until) - begins for begins, until in stills if minutes > begins)


def with_those(minutes: float, stills: Sequence[Still]) -> float:
    """How long a wait lasts that goes on only outside of breaks. The other way round than `without`."""
    for begins, until in stills:
        if minutes >= begins:
            minutes += until - begins
    return minutes
