"""Records for the API: visits of a day by ticket, facts by sequence, the audit log page by page."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Connection, and_, func, or_, select

from server.app.api.records import Numbered, VisitsWanted
from server.app.api.resources import AuditEntry, LegRecord, VisitRecord
from server.db.instants import from_micros, to_micros
from server.db.rows import fact_from
from server.db.tables import audit, facts, legs, visits
from server.db.unit_of_work import Reader
from server.domain.facts import FactKind
from shared.vocabulary import FollowKey, Language, LegState, Outcome, PrintState, Priority, VisitId

LONGEST_STAY = timedelta(days=1)  # what is open expires with its day

_VISIT: tuple[Column[Any], ...] = (
    visits.c.id,
    visits.c.key,
    visits.c.service_date,
    visits.c.series,
    visits.c.number,
    visits.c.language,
    visits.c.priority,
    visits.c.arrived_at,
    visits.c.print_state,
)
_LEG: tuple[Column[Any], ...] = (
    legs.c.id,
    legs.c.visit,
    legs.c.service,
    legs.c.state,
    legs.c.since,
    legs.c.arrival,
    legs.c.stop,
    legs.c.calls,
    legs.c.missed,
    legs.c.counter,
    legs.c.called_at,
    legs.c.outcome,
)


class ApiRecords:
    """`Records`; safe to use from any thread."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def visits(self, wanted: VisitsWanted) -> Sequence[VisitRecord]:
        return self._reader.read(lambda connection: _visits(connection, wanted))

    def visit(self, visit: VisitId) -> tuple[VisitRecord, FollowKey] | None:
        def read(connection: Connection) -> tuple[VisitRecord, FollowKey] | None:
            row = connection.execute(select(*_VISIT).where(visits.c.id == visit)).one_or_none()
            if row is None:
                return None
            (record,) = _with_legs(connection, row.service_date, [row])
            return record, FollowKey(row.key)

        return self._reader.read(read)

    def facts_after(self, sequence: int, limit: int, kinds: Collection[FactKind] | None = None) -> Sequence[Numbered]:
        query = select(facts).where(facts.c.id > sequence).order_by(facts.c.id).limit(limit)
        if kinds is not None:
            query = query.where(facts.c.kind.in_(sorted(kinds)))
        return self._reader.read(lambda connection: [_numbered(row) for row in connection.execute(query)])

    def facts_of(self, visit: VisitRecord) -> Sequence[Numbered]:
        """The index is on the moment: a day is read, not the history of years."""
        during = facts.c.at.between(to_micros(visit.arrived_at), to_micros(visit.arrived_at + LONGEST_STAY))
        query = select(facts).where(during, facts.c.visit == visit.id).order_by(facts.c.id)
        return self._reader.read(lambda connection: [_numbered(row) for row in connection.execute(query)])

    def oldest_fact(self) -> int:
        return self._reader.read(lambda connection: connection.scalar(select(func.min(facts.c.id)))) or 0

    def newest_fact(self) -> int:
        return self._reader.read(lambda connection: connection.scalar(select(func.max(facts.c.id)))) or 0

    def audit_after(self, number: int, limit: int) -> Sequence[AuditEntry]:
        query = select(audit).where(audit.c.number > number).order_by(audit.c.number).limit(limit)
        return self._reader.read(lambda connection: [_entry(row) for row in connection.execute(query)])


def _visits(connection: Connection, wanted: VisitsWanted) -> list[VisitRecord]:
    day = wanted.service_date.isoformat()
    query = select(*_VISIT).where(visits.c.service_date == day)
    if wanted.after is not None:
        series, number = wanted.after
        behind = and_(visits.c.series == series, visits.c.number > number)
        query = query.where(or_(visits.c.series > series, behind))
    if wanted.ticket is not None:
        query = query.where(visits.c.series == wanted.ticket[0], visits.c.number == wanted.ticket[1])
    if wanted.services is not None or wanted.state is not None:
        having = select(legs.c.visit).where(legs.c.service_date == day)
        if wanted.services is not None:
            having = having.where(legs.c.service.in_(sorted(wanted.services)))
        if wanted.state is not None:
            having = having.where(legs.c.state == wanted.state.value)
        query = query.where(visits.c.id.in_(having))
    found = connection.execute(query.order_by(visits.c.series, visits.c.number).limit(wanted.limit)).all()
    return _with_legs(connection, day, found)


def _with_legs(connection: Connection, day: str, found: Sequence[Any]) -> list[VisitRecord]:
    ids = [row.id for row in found]
    query = select(*_LEG).where(legs.c.service_date == day, legs.c.visit.in_(ids)).order_by(legs.c.visit, legs.c.order)
    of_visit = {visit: list(mine) for visit, mine in groupby(connection.execute(query).all(), lambda row: row.visit)}
    return [_record(row, of_visit.get(row.id, ())) for row in found]


def _record(row: Any, legs_of: Iterable[Any]) -> VisitRecord:
    return VisitRecord(
        id=row.id,
        ticket=f"{row.series}-{row.number:03d}",
        service_date=date.fromisoformat(row.service_date),
        language=Language(row.language),
        priority=Priority(row.priority),
        arrived_at=from_micros(row.arrived_at),
        print_state=PrintState(row.print_state),
        legs=tuple(_leg(leg) for leg in legs_of),
    )


def _leg(row: Any) -> LegRecord:
    return LegRecord(
        id=row.id,
        service=row.service,
        state=LegState(row.state),
        since=from_micros(row.since),
        arrival=from_micros(row.arrival),
        stop=row.stop,
        calls=row.calls,
        missed=row.missed,
        counter=row.counter,
        called_at=from_micros(row.called_at),
        outcome=None if row.outcome is None else Outcome(row.outcome),
    )


def _numbered(row: Any) -> Numbered:
    return Numbered(row.id, date.fromisoformat(row.service_date), fact_from(row))


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(
        number=row.number,
        at=from_micros(row.at),
        what=row.what,
        actor=row.actor,
        device=row.device,
        subject=row.subject,
        before=json.loads(row.before),
        after=json.loads(row.after),
        hash=bytes(row.hash).hex(),
    )
