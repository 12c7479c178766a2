"""Bookings in the database: what is asked of them, and the two clocks that end and empty them.

Their rows are written by `server.db.batches`, in the commit of what they belong to.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, or_, select, text, update

from server.db.booking_tables import HAS_PLACE, HOLDS_PERSON, IS_BOOKED, bookings
from server.db.instants import from_micros, to_micros
from server.db.unit_of_work import Reader, Writer
from server.domain.booking import Booking, Person
from server.domain.called_off import Promise
from shared.vocabulary import BookingState, FollowKey, Language, ServiceId

FORGOTTEN = {"name": None, "phone": None, "forget_at": None}


class Bookings:
    """A `BookingStore`."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    def by_key(self, key: FollowKey) -> Booking | None:
        return self._one(bookings.c.key == key)

    def by_code(self, code: str) -> Booking | None:
        return self._one(bookings.c.code == code)

    def of_service(self, service: ServiceId, first: datetime, last: datetime) -> Sequence[Booking]:
        begins = bookings.c.starts_at
        return self._all(
            bookings.c.service == service, begins >= to_micros(first), begins < to_micros(last), text(HAS_PLACE)
        )

    def promised(self, now: datetime) -> Sequence[Promise]:
        service, begins = bookings.c.service, bookings.c.starts_at
        query = (
            select(service, begins, func.count())
            .where(text(IS_BOOKED), begins >= to_micros(now))
            .group_by(service, begins)
            .order_by(begins, service)
        )

        def read(connection: Connection) -> list[Promise]:
            return [Promise(ServiceId(one), from_micros(at), count) for one, at, count in connection.execute(query)]

        return self._reader.read(read)

    def tidy(self, today: date, now: datetime) -> int:
        unused = (
            update(bookings)
            .where(text(IS_BOOKED), bookings.c.service_date < today.isoformat())
            .values(state=BookingState.EXPIRED.value, changed_at=to_micros(now), **FORGOTTEN)
        )
        due = update(bookings).where(text(HOLDS_PERSON), bookings.c.forget_at <= to_micros(now)).values(FORGOTTEN)
        if not self._anything_to_tidy(today, now):
            return 0
        with self._writer.transaction() as connection:
            connection.execute(due)
            return connection.execute(unused).rowcount

    def _anything_to_tidy(self, today: date, now: datetime) -> bool:
        """A look costs no flush of the disk; most times there is nothing."""
        query = (
            select(bookings.c.id)
            .where(
                or_(
                    (bookings.c.state == BookingState.BOOKED.value) & (bookings.c.service_date < today.isoformat()),
                    bookings.c.forget_at <= to_micros(now),
                )
            )
            .limit(1)
        )
        return self._reader.read(lambda connection: connection.execute(query).first()) is not None

    def _one(self, where: ColumnElement[bool]) -> Booking | None:
        found = self._all(where)
        return found[0] if found else None

    def _all(self, *where: ColumnElement[bool] | Any) -> list[Booking]:
        query = select(bookings).where(*where).order_by(bookings.c.starts_at, bookings.c.place)

        def read(connection: Connection) -> list[Booking]:
            return [booking_from(row) for row in connection.execute(query).mappings()]

        return self._reader.read(read)


def booking_row(booking: Booking) -> tuple[Any, ...]:
    """In the order of the columns."""
    person = booking.person
    return (
        booking.id,
        booking.key,
        booking.code,
        booking.service,
        booking.service_date.isoformat(),
        to_micros(booking.starts_at),
        to_micros(booking.ends_at),
        booking.place,
        booking.language.value,
        to_micros(booking.booked_at),
        to_micros(booking.changed_at),
        booking.state.value,
        booking.visit,
        person.name or None,
        person.phone or None,
        to_micros(booking.forget_at),
    )


def booking_from(row: RowMapping) -> Booking:
    return Booking(
        id=row["id"],
        key=row["key"],
        code=row["code"],
        service=row["service"],
        service_date=date.fromisoformat(row["service_date"]),
        starts_at=from_micros(row["starts_at"]),
        ends_at=from_micros(row["ends_at"]),
        place=row["place"],
        language=Language(row["language"]),
        booked_at=from_micros(row["booked_at"]),
        changed_at=from_micros(row["changed_at"]),
        state=BookingState(row["state"]),
        visit=row["visit"],
        person=Person(row["name"] or "", row["phone"] or ""),
        forget_at=from_micros(row["forget_at"]),
    )
