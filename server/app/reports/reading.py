"""Reading: the figures of a stretch of days, from roll-ups and, for what is not rolled up yet, from the day's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from server.app.forecast_scores import Tally
from server.app.reports.ports import Mentioned, RolledSpan
from server.app.reports.rolling_up import RollingUp
from server.domain.reports.figures import Figures, Kind, Subject, outlined
from server.domain.reports.spans import Cover, Stretch, cover, is_month, month_of

LIVE_MOST = 4  # days that are added up while somebody waits; of others the report says that they are being prepared
FRESH = timedelta(seconds=10)  # how old today's figures may be
MANY_DAYS = 92  # a longer course is shown by month


@dataclass
class LiveDays:
    """Days that are not rolled up, kept for a moment: one page asks for them many times."""

    rolling_up: RollingUp
    _kept: dict[date, tuple[datetime, RolledSpan]] = field(default_factory=dict)

    def of(self, day: date, now: datetime, today: date) -> RolledSpan:
        kept = self._kept.get(day)
        if kept is None or not timedelta(0) <= now - kept[0] < FRESH:
            self._kept = {other: one for other, one in self._kept.items() if now - one[0] < FRESH}
            kept = self._kept[day] = (now, self.rolling_up.day(day, now if day == today else None))
        return kept[1]


class Reading:
    """One stretch of days. Raises StorageError."""

    def __init__(self, stretch: Stretch, today: date, now: datetime, live: LiveDays) -> None:
        self._rolling_up = live.rolling_up
        self._rollups = live.rolling_up.rollups
        self.stretch = stretch
        states = self._rollups.states()
        good = {span for span, state in states.items() if state.seal == self._rolling_up.seal}
        first = self._rolling_up.first_day(states)
        self._good = good
        self._cover: Cover = cover(stretch, good)
        left = [day for day in self._cover.left if first is not None and first <= day <= today]
        self._live = [live.of(day, now, today) for day in left[-LIVE_MOST:]]
        self.pending = tuple(left[:-LIVE_MOST])
        """Days that are in no figure yet."""

    def figures(self, kind: Kind, subjects: Collection[str] | None = None) -> Mapping[str, Figures]:
        found = self._rollups.figures(kind, self._cover.spans, subjects)
        for subject, figures in self._live_of(kind, subjects):
            found.setdefault(subject, Figures()).add(figures)
        return found

    def outlines(self, kind: Kind, subjects: Collection[str] | None = None) -> Mapping[str, Figures]:
        """For tables of many subjects."""
        found = self._rollups.outlines(kind, self._cover.spans, subjects)
        for subject, figures in self._live_of(kind, subjects):
            found.setdefault(subject, Figures()).add(outlined(figures))
        return found

    def _live_of(self, kind: Kind, subjects: Collection[str] | None) -> Iterator[tuple[str, Figures]]:
        for day in self._live:
            for subject, figures in day.figures.items():
                if subject.kind is kind and (subjects is None or subject.id in subjects):
                    yield subject.id, figures

    def of(self, subject: Subject) -> Figures:
        return self.figures(subject.kind, [subject.id]).get(subject.id, Figures())

    def course(self, subject: Subject) -> Sequence[tuple[str, Figures]]:
        """Outlines day by day, or month by month when there are many days; only those with anybody in them."""
        by_month = self.stretch.days > MANY_DAYS
        spans = self._cover.spans if by_month else cover(self.stretch, {s for s in self._good if not is_month(s)}).spans
        found = self._rollups.course(subject, spans)
        for day in self._live:
            if subject in day.figures:
                found[day.span] = outlined(day.figures[subject])
        course: dict[str, Figures] = {}
        for span in sorted(found):
            name = span if is_month(span) or not by_month else month_of(date.fromisoformat(span))
            course.setdefault(name, Figures()).add(found[span])
        return [(name, figures) for name, figures in sorted(course.items()) if figures.visits]

    def mentions(self, what: str, of: Callable[[str, str], bool]) -> Sequence[Mentioned]:
        """Of those services and counters that `of` takes."""
        found: Counter[tuple[str, str, str]] = Counter()
        for one in self._rollups.mentions(what, self._cover.spans):
            found[one.service, one.counter, one.word] += one.count
        for day in self._live:
            for (kind, *where), count in day.mentions.items():
                if kind == what:
                    found[where[0], where[1], where[2]] += count
        return [Mentioned(*where, count) for where, count in found.items() if of(where[0], where[1])]

    def forecasts(self) -> Mapping[str, Tally]:
        found = dict(self._rollups.forecasts(self._cover.spans))
        for day in self._live:
            for service, tally in day.forecasts.items():
                found[service] = found.get(service, Tally()) + tally
        return found
