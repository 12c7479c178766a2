"""Lessons: what earlier days teach about waits, read when a day begins or a server starts."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from server.db.instants import from_micros
from server.db.tables import legs
from server.domain.outlook import MINUTE, Lessons, PastWait
from server.domain.pace import LONGEST
from server.domain.track_record import CENTRES, KEPT
from shared.vocabulary import LegState, ServiceId

WEEKS = 4  # the same weekday of as many weeks
MICROSECOND = timedelta(microseconds=1)


def read_lessons(connection: Connection, today: date) -> Lessons:
    return Lessons(usual=_usual(connection, today), waits=_waits(connection, today))


def _usual(connection: Connection, today: date) -> dict[ServiceId, tuple[int, timedelta]]:
    days = [(today - timedelta(weeks=week)).isoformat() for week in range(1, WEEKS + 1)]
    lasted = legs.c.since - legs.c.called_at
    query = (
        select(legs.c.service, func.count(), func.sum(lasted))
        .where(legs.c.service_date.in_(days), legs.c.state == LegState.SERVED.value)
        .where(lasted.between(0, LONGEST // MICROSECOND))
        .group_by(legs.c.service)
    )
    return {
        ServiceId(service): (count, timedelta(microseconds=int(total)))
        for service, count, total in connection.execute(query)
    }


def _waits(connection: Connection, today: date) -> list[PastWait]:
    """The newest, by the index of a day's order: no day is read whole."""
    came_at = func.coalesce(legs.c.checked_in_at, legs.c.arrival)
    query = (
        select(legs.c.service, legs.c.service_date, came_at, legs.c.expected, legs.c.first_called_at)
        .where(legs.c.service_date <= today.isoformat())
        .where(legs.c.expected.is_not(None), legs.c.first_called_at.is_not(None), legs.c.gave_way == 0)
        .order_by(legs.c.service_date.desc(), legs.c.order.desc())
        .limit(KEPT * len(CENTRES))
    )
    newest = [
        PastWait(
            ServiceId(service),
            date.fromisoformat(day),
            from_micros(came),
            expected,
            max(0.0, (called - came) / (MINUTE // MICROSECOND)),
        )
        for service, day, came, expected, called in connection.execute(query)
    ]
    return newest[::-1]
