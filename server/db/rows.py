"""Rows: every value of the trade as a row and back, by hand. The order of a row is that of its table's columns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Row as SqlRow
from sqlalchemy import RowMapping

from server.app.ports import StoredReply
from server.db.instants import from_micros, to_micros
from server.domain.changes import CounterStatus
from server.domain.estimating import Forecast, Range
from server.domain.facts import Actor, Fact, FactKind
from server.domain.leases import Lease, LeaseEnd
from server.domain.pauses import MINUTE, PlannedPause
from server.domain.visit import Leg, Period, Visit
from shared.vocabulary import CounterState, Language, LegState, Need, Outcome, PauseReason, PrintState, Priority

Cell: TypeAlias = str | int | float | bytes | None
Row: TypeAlias = tuple[Cell, ...]

_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make one for each fact

CALLED_BY_TICKET = '%"rule": "by_ticket"%'  # LIKE in `facts.why`, as `fact_row` writes it


def visit_row(visit: Visit) -> Row:
    return (
        visit.id,
        visit.key,
        visit.service_date.isoformat(),
        visit.series,
        visit.number,
        visit.language.value,
        visit.priority.value,
        ",".join(visit.needs),
        to_micros(visit.arrived_at),
        visit.issued_by,
        visit.print_state.value,
        to_micros(visit.booked_for),
        visit.invited,
    )


def visit_from(row: RowMapping, legs: Iterable[Leg]) -> Visit:
    return Visit(
        id=row["id"],
        key=row["key"],
        service_date=date.fromisoformat(row["service_date"]),
        series=row["series"],
        number=row["number"],
        language=Language(row["language"]),
        priority=Priority(row["priority"]),
        needs=_needs(row["needs"]),
        arrived_at=from_micros(row["arrived_at"]),
        issued_by=row["issued_by"],
        legs=tuple(legs),
        print_state=PrintState(row["print_state"]),
        booked_for=from_micros(row["booked_for"]),
        invited=row["invited"],
    )


def leg_row(leg: Leg, service_date: str) -> Row:
    return (
        leg.id,
        leg.visit,
        service_date,
        leg.service,
        leg.order,
        leg.state.value,
        to_micros(leg.since),
        to_micros(leg.arrival),
        to_micros(leg.effective_at),
        leg.counter,
        leg.officer,
        leg.only_counter,
        to_micros(leg.called_at),
        leg.calls,
        leg.missed,
        _value(leg.outcome),
        leg.note,
        ",".join(leg.needs),
        to_micros(leg.announced_at),
        leg.returned,
        leg.gave_way,
        *_forecast_cells(leg.forecast),
        to_micros(leg.first_called_at),
        leg.stop,
        to_micros(leg.checked_in_at),
    )


def _forecast_cells(told: Forecast | None) -> Row:
    if told is None:
        return (None, None, None, None, None, None)
    return (told.expected, told.middle, told.likely.low, told.likely.high, told.sure.low, told.sure.high)


def _forecast_from(row: RowMapping) -> Forecast | None:
    if row["expected"] is None:
        return None
    likely, sure = Range(row["likely_low"], row["likely_high"]), Range(row["sure_low"], row["sure_high"])
    return Forecast(row["expected"], row["middle"], likely, sure)


def leg_from(row: RowMapping) -> Leg:
    return Leg(
        id=row["id"],
        visit=row["visit"],
        service=row["service"],
        order=row["order"],
        state=LegState(row["state"]),
        since=from_micros(row["since"]),
        arrival=from_micros(row["arrival"]),
        effective_at=from_micros(row["effective_at"]),
        counter=row["counter"],
        officer=row["officer"],
        only_counter=row["only_counter"],
        called_at=from_micros(row["called_at"]),
        calls=row["calls"],
        missed=row["missed"],
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        note=row["note"],
        needs=_needs(row["needs"]),
        announced_at=from_micros(row["announced_at"]),
        returned=row["returned"],
        gave_way=row["gave_way"],
        forecast=_forecast_from(row),
        first_called_at=from_micros(row["first_called_at"]),
        stop=row["stop"],
        checked_in_at=from_micros(row["checked_in_at"]),
    )


def counter_row(status: CounterStatus, service_date: str) -> Row:
    return (
        service_date,
        status.counter,
        status.state.value,
        to_micros(status.since),
        status.officer,
        _value(status.pause_reason),
        to_micros(status.pause_until),
        *_planned_cells(status.planned),
    )


def _planned_cells(planned: PlannedPause | None) -> Row:
    if planned is None:
        return (None, None, None)
    return (planned.reason.value, to_micros(planned.starts_at), planned.lasts // MINUTE)


def _planned_from(row: RowMapping) -> PlannedPause | None:
    if row["planned_at"] is None:
        return None
    lasts = row["planned_minutes"] * MINUTE
    return PlannedPause(PauseReason(row["planned_reason"]), from_micros(row["planned_at"]), lasts)


def counter_from(row: RowMapping) -> CounterStatus:
    return CounterStatus(
        counter=row["counter"],
        state=CounterState(row["state"]),
        since=from_micros(row["since"]),
        officer=row["officer"],
        pause_reason=None if row["pause_reason"] is None else PauseReason(row["pause_reason"]),
        pause_until=from_micros(row["pause_until"]),
        planned=_planned_from(row),
    )


def lease_row(lease: Lease, service_date: str) -> Row:
    return (
        service_date,
        lease.series,
        lease.first,
        lease.last,
        lease.device,
        lease.journal,
        to_micros(lease.granted_at),
        to_micros(lease.ended_at),
        _value(lease.end),
    )


def lease_from(row: RowMapping) -> Lease:
    return Lease(
        series=row["series"],
        first=row["first"],
        last=row["last"],
        device=row["device"],
        journal=row["journal"],
        granted_at=from_micros(row["granted_at"]),
        ended_at=from_micros(row["ended_at"]),
        end=None if row["end"] is None else LeaseEnd(row["end"]),
    )


def period_row(period: Period, service_date: str) -> Row:
    """Without the id, which the database counts up."""
    return (
        service_date,
        period.visit,
        period.leg,
        period.state.value,
        period.service,
        period.counter,
        period.officer,
        to_micros(period.start),
        to_micros(period.end),
    )


def fact_row(fact: Fact, service_date: str) -> Row:
    """Without the id, which the database counts up."""
    return (
        service_date,
        fact.kind.value,
        to_micros(fact.at),
        fact.actor.device,
        fact.actor.officer,
        fact.actor.request,
        fact.visit,
        fact.leg,
        fact.service,
        fact.counter,
        _json(dict(fact.why)) if fact.why else "{}",
    )


def reply_row(reply: StoredReply) -> Row:
    return reply.request, reply.device, reply.body, reply.reply, to_micros(reply.at)


def reply_from(row: RowMapping) -> StoredReply:
    return StoredReply(
        request=row["id"], device=row["device"], body=row["body"], reply=row["reply"], at=from_micros(row["at"])
    )


def _needs(cell: str) -> tuple[Need, ...]:
    return tuple(Need(need) for need in cell.split(",") if need)


def _value(word: Any) -> str | None:
    return None if word is None else word.value


def fact_from(row: SqlRow[Any]) -> Fact:
    return Fact(
        kind=FactKind(row.kind),
        at=from_micros(row.at),
        actor=Actor(row.device, row.officer, row.request),
        visit=row.visit,
        leg=row.leg,
        service=row.service,
        counter=row.counter,
        why=json.loads(row.why),
    )
