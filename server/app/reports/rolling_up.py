"""Rolling up: which days and months are to be added up, and adding them up. It reads; somebody else writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from server.app.forecast_scores import ForecastScores
from server.app.reports.ports import DayRecords, RolledSpan, RollUps, SpanState
from server.domain.catalogue import Catalogue
from server.domain.reports.day_record import EXCEPTION, PAPER, House
from server.domain.reports.figures import Kind, Subject
from server.domain.reports.rolling import rolled_up
from server.domain.reports.spans import DAY, Stretch, days_of_month, is_month, month_of
from server.domain.reports.trust import Trust

FORMAT = 1  # raised when figures mean something else than before: everything is made anew
LOOKED_AT_AGAIN = 7  # days: nothing older than that is handed in late


@dataclass(frozen=True, slots=True)
class RollingUp:
    days: DayRecords
    rollups: RollUps
    scores: ForecastScores
    catalogue: Catalogue
    trust: Trust

    @property
    def seal(self) -> str:
        return f"{FORMAT}:{self.trust.seal}"

    def next(self, today: date, limit: int) -> list[RolledSpan]:
        """The next spans that are due, days before months, `limit` at most. Raises StorageError."""
        return [self.of(span) for span in islice(self.due(today), limit)]

    def of(self, span: str) -> RolledSpan:
        return self._month(span) if is_month(span) else self.day(date.fromisoformat(span))

    def due(self, today: date) -> Iterator[str]:
        """Days that are over, then months whose days are all there."""
        states = self.rollups.states()
        first = self.first_day(states)
        if first is None or first >= today:
            return
        past = Stretch(first, today - DAY)
        due = [day.isoformat() for day in past if not self._stands(states.get(day.isoformat()))]
        due += self._changed(states, past)
        open_days = self.days.open_days(today)
        yield from (span for span in sorted(set(due)) if date.fromisoformat(span) not in open_days)
        if due:
            return  # months next time: they are made of what is written
        for month in sorted({month_of(day) for day in past}):
            whole = days_of_month(month)
            if whole.last < today and not self._stands(states.get(month)):
                yield month

    def first_day(self, states: Mapping[str, SpanState]) -> date | None:
        """Of the rows, or of what was made of rows that are erased by now."""
        first = self.days.first_day()
        known = min((date.fromisoformat(span) for span in states if not is_month(span)), default=None)
        return min((day for day in (first, known) if day is not None), default=None)

    def day(self, day: date, now: datetime | None = None) -> RolledSpan:
        """`now`: the day is not over. Raises StorageError."""
        record = self.days.of(day, self.catalogue.site.time_zone, now)
        told = self.scores.between(day, day)
        return RolledSpan(
            day.isoformat(),
            self.seal,
            len(record.legs),
            len(record.periods),
            rolled_up(record, house_of(self.catalogue), self.trust),
            Counter((one.what, one.service, one.counter, one.word) for one in record.mentions),
            {one.service: one.tally for one in told},
        )

    def _month(self, month: str) -> RolledSpan:
        states = self.rollups.states()
        spans = [day.isoformat() for day in days_of_month(month) if day.isoformat() in states]
        mentions = {
            (what, one.service, one.counter, one.word): one.count
            for what in (EXCEPTION, PAPER)
            for one in self.rollups.mentions(what, spans)
        }
        figures = {
            Subject(kind, subject): one for kind in Kind for subject, one in self.rollups.figures(kind, spans).items()
        }
        return RolledSpan(
            month,
            self.seal,
            sum(states[span].legs for span in spans),
            sum(states[span].periods for span in spans),
            figures,
            mentions,
            self.rollups.forecasts(spans),
        )

    def _stands(self, state: SpanState | None) -> bool:
        return state is not None and state.seal == self.seal

    def _changed(self, states: Mapping[str, SpanState], past: Stretch) -> Iterator[str]:
        """Of the last days those that have more rows than they were made of. Fewer: rows were erased, the figures
        stay."""
        recent = list(past)[-LOOKED_AT_AGAIN:]
        for day, (legs, periods) in self.days.sizes(recent).items():
            state = states.get(day.isoformat())
            if state is not None and (legs > state.legs or periods > state.periods):
                yield day.isoformat()


def house_of(catalogue: Catalogue) -> House:
    services = {**catalogue.removed, **catalogue.services}
    served: Mapping[str, Sequence[str]] = {counter.id: counter.profile for counter in catalogue.counters.values()}
    return House(
        agency_of={service.id: service.agency for service in services.values()},
        zone_of={counter.id: counter.zone for counter in catalogue.counters.values()},
        counter_agency={counter.id: counter.agency for counter in catalogue.counters.values()},
        services_at=served,
    )
