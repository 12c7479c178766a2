"""Roll-ups: written span by span, read by adding spans up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select

from server.app.forecast_scores import Tally
from server.app.reports.packing import NUMBERS as _NUMBERS
from server.app.reports.packing import PackedSpan
from server.app.reports.ports import Mentioned, RolledSpan, SpanState
from server.db.adding_up import OUTLINE, WHOLE, Part, added_up
from server.db.instants import to_micros
from server.db.report_tables import (
    FORECAST_MINUTES,
    FORECAST_SUMS,
    report_figures,
    report_forecasts,
    report_mentions,
    report_spans,
)
from server.db.unit_of_work import Reader, Writer
from server.domain.reports.figures import HISTOGRAMS, Figures, Kind, Subject
from server.domain.reports.histogram import unpacked

_AT_ONCE = 500  # spans named in one statement
_FORECAST = (*FORECAST_SUMS, *FORECAST_MINUTES)


class RollUps:
    """A `server.app.reports.ports.RollUps`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def states(self) -> Mapping[str, SpanState]:
        rows = self._all(select(report_spans))
        return {row.span: SpanState(row.seal, row.legs, row.periods, row.built_at) for row in rows}

    def read(self, span: str) -> RolledSpan | None:
        return self._reader.read(lambda connection: _read(connection, span))

    def figures(self, kind: Kind, spans: Sequence[str], subjects: Collection[str] | None = None) -> dict[str, Figures]:
        return self._added_up(WHOLE, kind, spans, subjects)

    def outlines(self, kind: Kind, spans: Sequence[str], subjects: Collection[str] | None = None) -> dict[str, Figures]:
        return self._added_up(OUTLINE, kind, spans, subjects)

    def course(self, subject: Subject, spans: Sequence[str]) -> dict[str, Figures]:
        read = partial(added_up, part=OUTLINE, kind=subject.kind, subjects=(subject.id,), by="span")
        found: dict[str, Figures] = {}
        for some in _groups(spans):
            found |= self._reader.read(partial(read, spans=some))
        return found

    def _added_up(
        self, part: Part, kind: Kind, spans: Sequence[str], subjects: Collection[str] | None
    ) -> dict[str, Figures]:
        found: dict[str, Figures] = {}
        for some in _groups(spans):
            read = partial(added_up, part=part, kind=kind, spans=some, subjects=subjects)
            for subject, figures in self._reader.read(read).items():
                if subject in found:
                    found[subject].add(figures)
                else:
                    found[subject] = figures
        return found

    def mentions(self, what: str, spans: Sequence[str]) -> Sequence[Mentioned]:
        column = report_mentions.c
        found: dict[tuple[str, str, str], int] = {}
        for some in _groups(spans):
            query = (
                select(column.service, column.counter, column.word, func.sum(column.count))
                .where(column.what == what, column.span.in_(some))
                .group_by(column.service, column.counter, column.word)
            )
            for *where, count in self._all(query):
                found[where[0], where[1], where[2]] = found.get((where[0], where[1], where[2]), 0) + int(count)
        return [Mentioned(*where, count) for where, count in found.items()]

    def forecasts(self, spans: Sequence[str]) -> Mapping[str, Tally]:
        column = report_forecasts.c
        sums = [func.sum(column[name]) for name in _FORECAST]
        found: dict[str, Tally] = {}
        for some in _groups(spans):
            query = select(column.service, *sums).where(column.span.in_(some)).group_by(column.service)
            for service, *cells in self._all(query):
                found[service] = found.get(service, Tally()) + _tally(cells)
        return found

    def _all(self, query: Select[Any]) -> Sequence[Any]:
        return self._reader.read(lambda connection: connection.execute(query).all())


class KeptRollUps(RollUps):
    """For whoever may write, too."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        super().__init__(reader)
        self._writer = writer

    def write(self, one: PackedSpan, now: datetime) -> None:
        """In one short transaction. A day takes its month with it, which is then made anew. Raises StorageError."""
        spans = {one.span, one.span[:7]}
        figures = [
            {
                "kind": kind,
                "span": one.span,
                "subject": subject,
                **dict(zip(_NUMBERS, numbers, strict=True)),
                **dict(zip(HISTOGRAMS, histograms, strict=True)),
            }
            for kind, subject, numbers, histograms in one.figures
        ]
        mentions = [
            {"what": what, "span": one.span, "service": service, "counter": counter, "word": word, "count": count}
            for what, service, counter, word, count in one.mentions
        ]
        forecasts = [
            {"span": one.span, "service": service, **dict(zip(_FORECAST, numbers, strict=True))}
            for service, numbers in one.forecasts
        ]
        state = {"span": one.span, "seal": one.seal, "legs": one.legs, "periods": one.periods}
        with self._writer.transaction() as connection:
            column = report_figures.c
            kinds = [kind.value for kind in Kind]
            connection.execute(delete(report_figures).where(column.kind.in_(kinds), column.span.in_(spans)))
            for table in (report_mentions, report_forecasts, report_spans):
                connection.execute(delete(table).where(table.c.span.in_(spans)))
            for table, rows in (
                (report_figures, figures),
                (report_mentions, mentions),
                (report_forecasts, forecasts),
                (report_spans, [{**state, "built_at": to_micros(now)}]),
            ):
                if rows:
                    connection.execute(insert(table), rows)


def _groups(spans: Sequence[str]) -> Iterable[Sequence[str]]:
    return (spans[at : at + _AT_ONCE] for at in range(0, len(spans), _AT_ONCE))


def _read(connection: Connection, span: str) -> RolledSpan | None:
    def rows(table: Table) -> Sequence[Any]:
        return connection.execute(select(table).where(table.c.span == span)).all()

    state = next(iter(rows(report_spans)), None)
    if state is None:
        return None
    kinds = report_figures.c.kind.in_([kind.value for kind in Kind])
    figures = connection.execute(select(report_figures).where(kinds, report_figures.c.span == span))
    return RolledSpan(
        span,
        state.seal,
        state.legs,
        state.periods,
        {Subject(Kind(row.kind), row.subject): _figures(row) for row in figures},
        {(row.what, row.service, row.counter, row.word): row.count for row in rows(report_mentions)},
        {row.service: _tally([getattr(row, name) for name in _FORECAST]) for row in rows(report_forecasts)},
    )


def _figures(row: Any) -> Figures:
    return Figures(*(getattr(row, name) for name in _NUMBERS), *(unpacked(getattr(row, name)) for name in HISTOGRAMS))


def _tally(cells: Sequence[Any]) -> Tally:
    counts = len(FORECAST_SUMS)
    return Tally(*(int(cell) for cell in cells[:counts]), *(float(cell) for cell in cells[counts:]))
