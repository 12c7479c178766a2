"""Histories: everything that a day knows of one ticket, and of those of its service who went before it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from server.app.history import History, WentBefore
from server.db.instants import from_micros, to_micros
from server.db.rows import fact_from
from server.db.tables import facts, legs, visits
from server.db.unit_of_work import Reader
from server.domain.facts import FactKind, Why


class Histories:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, service_date: date, ticket: str, start: datetime, end: datetime) -> History | None:
        series, _, number = ticket.rpartition("-")
        if not number.isascii() or not number.isdigit() or len(number) > 9:
            return None
        wanted = (service_date.isoformat(), series, int(number))
        return self._reader.read(lambda connection: _read(connection, service_date, wanted, start, end))


def _read(
    connection: Connection, day: date, wanted: tuple[str, str, int], start: datetime, end: datetime
) -> History | None:
    of_ticket = (visits.c.service_date == wanted[0], visits.c.series == wanted[1], visits.c.number == wanted[2])
    visit = connection.scalar(select(visits.c.id).where(*of_ticket))
    if visit is None:
        return None
    # The index is on the moment: a day is read, not the history of years.
    that_day = facts.c.at.between(to_micros(start), to_micros(end))
    happened = connection.execute(select(facts).where(that_day, facts.c.visit == visit).order_by(facts.c.id)).all()
    first = connection.execute(select(legs).where(legs.c.visit == visit).order_by(legs.c.order)).first()
    went_before = [] if first is None else _went_before(connection, first)
    calls = select(facts.c.leg, facts.c.why).where(
        that_day, facts.c.kind == FactKind.CALLED.value, facts.c.leg.in_([row.id for row in went_before])
    )
    reasons: dict[str, Why] = {row.leg: json.loads(row.why) for row in connection.execute(calls)}
    return History(
        ticket=f"{wanted[1]}-{wanted[2]:03d}",
        service_date=day,
        facts=[fact_from(row) for row in happened],
        went_before=[
            WentBefore(
                ticket=f"{row.series}-{row.number:03d}",
                arrival=from_micros(row.arrival),
                effective_at=from_micros(row.effective_at),
                called_at=from_micros(row.called_at),
                why=reasons.get(row.id, {}),
            )
            for row in went_before
        ],
    )


def _went_before(connection: Connection, mine: Row[Any]) -> Sequence[Any]:
    columns = (legs.c.id, legs.c.arrival, legs.c.effective_at, legs.c.called_at, visits.c.series, visits.c.number)
    earlier = legs.c.called_at.is_not(None) if mine.called_at is None else legs.c.called_at < mine.called_at
    others = (
        select(*columns)
        .join(visits, visits.c.id == legs.c.visit)
        .where(
            legs.c.service_date == mine.service_date,
            legs.c.service == mine.service,
            legs.c.arrival > mine.arrival,
            earlier,
        )
        .order_by(legs.c.called_at, legs.c.order)
    )
    return connection.execute(others).all()
