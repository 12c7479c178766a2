"""Rows of the supervisor's orders of the day, and back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, RowMapping, select

from server.db.floor_tables import bulletins, closures
from server.db.instants import from_micros, to_micros
from server.db.rows import Row
from server.domain.orders import Bulletin, Closure
from shared.vocabulary import Words, ZoneId


def closure_row(closure: Closure, service_date: str) -> Row:
    return (
        service_date,
        closure.service,
        to_micros(closure.since),
        closure.officer,
        closure.because,
        to_micros(closure.opened_at),
    )


def bulletin_row(bulletin: Bulletin, service_date: str) -> Row:
    return (
        bulletin.id,
        service_date,
        bulletin.text.id,
        bulletin.text.en,
        ",".join(bulletin.zones),
        to_micros(bulletin.given_at),
        to_micros(bulletin.until),
        bulletin.officer,
        bulletin.agency,
        to_micros(bulletin.ended_at),
    )


def read_closures(connection: Connection, day: date) -> list[Closure]:
    query = select(closures).where(closures.c.service_date == day.isoformat()).order_by(closures.c.service)
    return [_closure_from(row) for row in connection.execute(query).mappings()]


def read_bulletins(connection: Connection, day: date) -> list[Bulletin]:
    of_the_day = select(bulletins).where(bulletins.c.service_date == day.isoformat())
    rows = connection.execute(of_the_day.order_by(bulletins.c.given_at, bulletins.c.id)).mappings()
    return [_bulletin_from(row) for row in rows]


def _closure_from(row: RowMapping) -> Closure:
    return Closure(
        service=row["service"],
        since=from_micros(row["since"]),
        officer=row["officer"],
        because=row["because"],
        opened_at=from_micros(row["opened_at"]),
    )


def _bulletin_from(row: RowMapping) -> Bulletin:
    return Bulletin(
        id=row["id"],
        text=Words(id=row["text_id"], en=row["text_en"]),
        zones=tuple(ZoneId(zone) for zone in row["zones"].split(",") if zone),
        given_at=from_micros(row["given_at"]),
        until=from_micros(row["until"]),
        officer=row["officer"],
        agency=row["agency"],
        ended_at=from_micros(row["ended_at"]),
    )
