"""Forecast scores as the legs have them: what was told at issue, and when the first call came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Double, and_, case, cast, func, select

from server.app.forecast_scores import ServiceDay, Tally
from server.db.tables import legs
from server.db.unit_of_work import Reader
from server.domain.outlook import MINUTE
from shared.vocabulary import LegState, ServiceId

MICROSECONDS = float(MINUTE // timedelta(microseconds=1))


class ForecastScores:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def between(self, first: date, last: date) -> Sequence[ServiceDay]:
        """Both days included, in the order of days and services. Raises StorageError."""
        return self._reader.read(lambda connection: _read(connection, first, last))


def _read(connection: Connection, first: date, last: date) -> list[ServiceDay]:
    column = legs.c
    micros = column.first_called_at - func.coalesce(column.checked_in_at, column.arrival)
    waited = case((micros > 0, cast(micros, Double) / MICROSECONDS), else_=0.0)
    was_called = column.first_called_at.is_not(None)
    never = and_(column.first_called_at.is_(None), column.state == LegState.EXPIRED.value)
    off = column.middle - waited

    def of_called(value: ColumnElement[float] | ColumnElement[int] | int) -> ColumnElement[float]:
        return func.coalesce(func.sum(case((was_called, value), else_=0)), 0)

    def inside(low: ColumnElement[int | None], high: ColumnElement[int | None]) -> ColumnElement[float]:
        return of_called(case((and_(waited >= low, waited <= high), 1), else_=0))

    query = (
        select(
            column.service_date,
            column.service,
            of_called(1),
            func.sum(case((never, 1), else_=0)),
            inside(column.sure_low, column.sure_high),
            inside(column.likely_low, column.likely_high),
            of_called(column.sure_high - column.sure_low),
            of_called(column.likely_high - column.likely_low),
            of_called(off),
            of_called(func.abs(off)),
            of_called(waited),
        )
        .where(column.service_date.between(first.isoformat(), last.isoformat()))
        # who gave way waited longer by choice: no forecast could know
        .where(column.expected.is_not(None), column.gave_way == 0, was_called | never)
        .group_by(column.service_date, column.service)
        .order_by(column.service_date, column.service)
    )
    return [
        ServiceDay(date.fromisoformat(day), ServiceId(service), Tally(*map(int, counts), *map(float, minutes)))
        for day, service, *figures in connection.execute(query)
        for counts, minutes in [(figures[:4], figures[4:])]
    ]
