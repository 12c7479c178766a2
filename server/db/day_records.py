"""Day records: the rows of one service date as the reports need them, for a process that only reads."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select, text

from server.db import rows
from server.db.instants import to_micros
from server.db.tables import IS_OPEN, facts, legs, periods
from server.db.unit_of_work import Reader
from server.domain import service_day
from server.domain.facts import MISSING, FactKind
from server.domain.reports.day_record import EXCEPTION, PAPER, DayRecord, LegRow, Mention, PeriodRow, StandRow

_OPENED = FactKind.COUNTER_OPENED.value
_STANDS = (_OPENED, FactKind.COUNTER_PAUSED.value, FactKind.COUNTER_CLOSED.value)
_CALLED, _FINISHED = FactKind.CALLED.value, FactKind.FINISHED.value
_WITH_PAPERS = f'%"{MISSING}"%'  # as rows.fact_row writes it


class DayRecords:
    """A `server.app.reports.ports.DayRecords`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, day: date, time_zone: str, now: datetime | None = None) -> DayRecord:
        return self._reader.read(lambda connection: _read(connection, day, time_zone, now))

    def first_day(self) -> date | None:
        first = self._reader.read(lambda connection: connection.scalar(select(func.min(legs.c.service_date))))
        return None if first is None else date.fromisoformat(first)

    def sizes(self, days: Collection[date]) -> Mapping[date, tuple[int, int]]:
        names = [day.isoformat() for day in days]

        def counted(connection: Connection, table: Any) -> dict[str, int]:
            column = table.c.service_date
            query = select(column, func.count()).where(column.in_(names)).group_by(column)
            return {row[0]: row[1] for row in connection.execute(query)}

        def read(connection: Connection) -> Mapping[date, tuple[int, int]]:
            of_legs, of_periods = counted(connection, legs), counted(connection, periods)
            return {day: (of_legs.get(day.isoformat(), 0), of_periods.get(day.isoformat(), 0)) for day in days}

        return self._reader.read(read)

    def open_days(self, before: date) -> frozenset[date]:
        query = select(legs.c.service_date).where(text(IS_OPEN), legs.c.service_date < before.isoformat()).distinct()
        return frozenset(date.fromisoformat(day) for day in self._reader.read(lambda c: c.scalars(query).all()))


def _read(connection: Connection, day: date, time_zone: str, now: datetime | None) -> DayRecord:
    name = day.isoformat()
    column = legs.c
    of_legs = (
        select(
            column.id,
            column.visit,
            column.service,
            column.state,
            column.since,
            column.counter,
            column.outcome,
            column.returned,
            column.gave_way,
        )
        .where(column.service_date == name)
        .order_by(column.order)
    )
    period = periods.c
    of_periods = (
        select(period.leg, period.visit, period.state, period.counter, period.started_at, period.ended_at)
        .where(period.service_date == name)
        .order_by(period.id)
    )
    start, end = (to_micros(at) for at in service_day.bounds(day, time_zone))
    fact = facts.c
    told = (
        select(fact.kind, fact.at, fact.service, fact.counter, fact.why)
        # The index is on the moment: a day is read, not the history of years.
        .where(fact.at >= start, fact.at < end, fact.service_date == name)
        .where(
            or_(
                fact.kind.in_(_STANDS),
                (fact.kind == _CALLED) & fact.why.like(rows.CALLED_BY_TICKET),
                (fact.kind == _FINISHED) & fact.why.like(_WITH_PAPERS),
            )
        )
        .order_by(fact.id)
    )
    happened = connection.execute(told).all()
    return DayRecord(
        day,
        time_zone,
        [LegRow._make(row) for row in connection.execute(of_legs).all()],
        [PeriodRow._make(row) for row in connection.execute(of_periods).all()],
        [
            StandRow(row.counter, row.kind == _OPENED, row.at)
            for row in happened
            if row.kind not in (_CALLED, _FINISHED)
        ],
        [mention for row in happened for mention in _mentions(row)],
        to_micros(now),
    )


def _mentions(row: Any) -> Iterator[Mention]:
    if row.kind == _CALLED:
        yield Mention(EXCEPTION, row.service, row.counter or "", str(json.loads(row.why).get("reason", "")))
    elif row.kind == _FINISHED:
        for line in str(json.loads(row.why).get(MISSING, "")).splitlines():
            yield Mention(PAPER, row.service, row.counter or "", line)
