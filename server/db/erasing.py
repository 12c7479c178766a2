"""Erasing: the steps of retention. A reader looks up what is to go; the writer deletes it by its ids, briefly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Table, delete, func, select, update

from server.db.booking_tables import bookings
from server.db.floor_tables import bulletins, closures
from server.db.tables import HAS_NEEDS, HAS_NEEDS_OR_NOTE, counters, leases, legs, periods, sequences, visits
from server.db.unit_of_work import Reader, Writer
from server.domain.service_day import service_date

_BIG = (periods, legs, visits)  # in this order: a visit goes after its legs
_SMALL = (counters, sequences, leases, closures, bulletins)  # some hundred rows a day at most


class Erasing:
    """Each step is a `server.app.retention.Step`, for one thread."""

    def __init__(self, writer: Writer, reader: Reader, time_zone: str) -> None:
        self._writer = writer
        self._reader = reader
        self._time_zone = time_zone

    def needs(self, now: datetime, days: int, at_most: int) -> int:
        """What visitors said of their needs, and officers' notes on them; both are for the day alone."""
        before = self._day(now, days)
        of_visits = select(visits.c.id).where(HAS_NEEDS, visits.c.service_date < before)
        of_legs = select(legs.c.id).where(HAS_NEEDS_OR_NOTE, legs.c.service_date < before)
        done = self._empty(visits, of_visits.limit(at_most), needs="")
        return done or self._empty(legs, of_legs.limit(at_most), needs="", note="")

    def visits(self, now: datetime, days: int, at_most: int) -> int:
        """Whole days of visits with everything that belongs to them, the oldest day first."""
        before = self._day(now, days)
        for table in _BIG:
            oldest = self._oldest(table)
            if oldest is not None and oldest < before:
                if table is visits and self._oldest(legs) == oldest:
                    continue
                return self._delete(table, select(table.c.id).where(table.c.service_date == oldest).limit(at_most))
        for table in _SMALL:
            oldest = self._oldest(table)
            if oldest is not None and oldest < before:
                return self._delete_day(table, oldest)
        old = select(bookings.c.id).where(bookings.c.service_date < before).limit(at_most)
        return self._delete(bookings, old)

    def _day(self, now: datetime, days: int) -> str:
        """The first service date that is kept."""
        return (service_date(now, self._time_zone) - timedelta(days=days)).isoformat()

    def _oldest(self, table: Table) -> str | None:
        oldest: str | None = self._reader.read(lambda c: c.scalar(select(func.min(table.c.service_date))))
        return oldest

    def _ids(self, query: Select[Any]) -> Sequence[str | int]:
        return self._reader.read(lambda connection: connection.scalars(query).all())

    def _empty(self, table: Table, query: Select[Any], **values: str) -> int:
        ids = self._ids(query)
        if not ids:
            return 0
        with self._writer.transaction() as connection:
            return connection.execute(update(table).where(table.c.id.in_(ids)).values(values)).rowcount

    def _delete(self, table: Table, query: Select[Any]) -> int:
        ids = self._ids(query)
        if not ids:
            return 0
        with self._writer.transaction() as connection:
            return connection.execute(delete(table).where(table.c.id.in_(ids))).rowcount

    def _delete_day(self, table: Table, day: str) -> int:
        with self._writer.transaction() as connection:
            return connection.execute(delete(table).where(table.c.service_date == day)).rowcount
