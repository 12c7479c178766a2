"""Past days: visits of earlier days as a busy hall leaves them, written row by row; the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from server.db.address import parse_address
from server.db.engine import writing_engine
from server.db.tables import facts, legs, periods, visits
from server.domain.catalogue import Catalogue

MICROS = 1_000_000
HOURS = (8, 8, 8, 9, 9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 13, 14)
ENDINGS = ("served",) * 84 + ("missed",) * 8 + ("cancelled",) * 2 + ("transferred",) * 3 + ("expired",) * 3
OUTCOMES = ("solved",) * 80 + ("papers_incomplete",) * 12 + ("referred",) * 5 + ("not_entitled",) * 3
REASONS = ("urgent_need", "urgent_need", "papers_brought", "officers_mistake", "supervisor")
ROWS_AT_ONCE = 50_000


@dataclass
class _Rows:
    visits: list[dict[str, Any]] = field(default_factory=list)
    legs: list[dict[str, Any]] = field(default_factory=list)
    periods: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)


def write_past(url: str, catalogue: Catalogue, days: Sequence[date], visits_a_day: int, seed: int = 1) -> None:
    """Into a database that has the schema and nothing of these days."""
    chance = random.Random(seed)
    rows = _Rows()
    for day in days:
        _a_day(rows, catalogue, day, visits_a_day, chance)
    engine = writing_engine(parse_address(url))
    with engine.begin() as connection:
        for table, found in ((visits, rows.visits), (legs, rows.legs), (periods, rows.periods), (facts, rows.facts)):
            for at in range(0, len(found), ROWS_AT_ONCE):
                connection.execute(insert(table), found[at : at + ROWS_AT_ONCE])
    engine.dispose()


def _a_day(rows: _Rows, catalogue: Catalogue, day: date, count: int, chance: random.Random) -> None:
    midnight = datetime.combine(day, time(), ZoneInfo(catalogue.site.time_zone)).astimezone(UTC)
    start = int(midnight.timestamp()) * MICROS
    counters = [one for one in catalogue.counters.values() if one.profile]
    for counter in counters:
        for kind, hour in (("counter_opened", 8), ("counter_paused", 12), ("counter_opened", 13)):
            _fact(rows, day, kind, start + hour * 3600 * MICROS, None, counter.id)
        _fact(rows, day, "counter_closed", start + int((14.6 + chance.random()) * 3600) * MICROS, None, counter.id)
    busy = 0.6 + 0.5 * chance.random() + 0.3 * (day.weekday() == 0)
    for number in range(int(count * busy)):
        counter = chance.choice(counters)
        service = chance.choice(counter.profile)
        arrived = start + int((chance.choice(HOURS) + chance.random()) * 3600 * MICROS)
        _a_visit(rows, catalogue, day, number, str(service), str(counter.id), arrived, chance)


def _a_visit(
    rows: _Rows, catalogue: Catalogue, day: date, number: int, service: str, counter: str, arrived: int,
    chance: random.Random,
) -> None:  # fmt: skip
    name = f"{day:%Y%m%d}-{number}"
    visit, leg = f"pv-{name}", f"pl-{name}"
    ending = chance.choice(ENDINGS)
    never = ending == "cancelled" or (ending == "expired" and chance.random() < 0.6)
    wait = int(chance.lognormvariate(6.6, 0.8) * MICROS)
    called = arrived + wait
    walk = int(chance.uniform(8, 70) * MICROS)
    take = int(chance.lognormvariate(6.2, 0.6) * MICROS) if chance.random() > 0.01 else 4 * MICROS
    at = called
    _period(rows, day, visit, leg, service, "waiting", None, arrived, called)
    if not never:
        _fact(rows, day, "called", called, service, counter, visit, leg, _why_called(chance))
        at = called + walk
        _period(rows, day, visit, leg, service, "called", counter, called, at)
        if ending != "missed":
            _period(rows, day, visit, leg, service, "serving", counter, at, at := at + take)
    outcome = chance.choice(OUTCOMES) if ending == "served" else None
    if outcome is not None:
        why: dict[str, str] = {"outcome": outcome}
        lines = [line.id for line in catalogue.service(service).requirements]  # type: ignore[arg-type]
        if outcome == "papers_incomplete" and lines:
            why["missing"] = "\n".join(line for line in lines if chance.random() < 0.6)
        _fact(rows, day, "finished", at, service, counter, visit, leg, why)
    middle = max(1.0, wait / MICROS / 60 * chance.uniform(0.6, 1.4))
    rows.visits.append(
        {
            "id": visit, "key": f"key{name}".ljust(22, "x"), "service_date": day.isoformat(), "series": "P",
            "number": number + 1, "language": "id", "priority": "regular", "needs": "", "arrived_at": arrived,
            "issued_by": None, "print_state": "printed",
        }
    )  # fmt: skip
    rows.legs.append(
        {
            "id": leg, "visit": visit, "service_date": day.isoformat(), "service": service, "order": number + 1,
            "state": ending, "since": at, "arrival": arrived, "effective_at": arrived,
            "counter": None if never else counter, "officer": None, "calls": 1, "missed": int(ending == "missed"),
            "outcome": outcome, "note": "", "expected": middle, "middle": middle, "likely_low": int(middle * 0.7),
            "likely_high": int(middle * 1.3) + 1, "sure_low": int(middle * 0.4), "sure_high": int(middle * 1.9) + 2,
            "first_called_at": None if never else called,
        }
    )  # fmt: skip


def _why_called(chance: random.Random) -> dict[str, str]:
    if chance.random() < 0.03:
        return {"rule": "by_ticket", "reason": chance.choice(REASONS)}
    return {"rule": "head_start"}


def _period(
    rows: _Rows, day: date, visit: str, leg: str, service: str, state: str, counter: str | None, start: int, end: int
) -> None:
    rows.periods.append(
        {
            "service_date": day.isoformat(), "visit": visit, "leg": leg, "state": state, "service": service,
            "counter": counter, "officer": None, "started_at": start, "ended_at": end,
        }
    )  # fmt: skip


def _fact(
    rows: _Rows, day: date, kind: str, at: int, service: str | None, counter: str, visit: str | None = None,
    leg: str | None = None, why: dict[str, str] | None = None,
) -> None:  # fmt: skip
    rows.facts.append(
        {
            "service_date": day.isoformat(), "kind": kind, "at": at, "device": "past", "officer": None,
            "request": None, "visit": visit, "leg": leg, "service": service, "counter": counter,
            "why": json.dumps(why or {}),
        }
    )  # fmt: skip


def working_days(last: date, count: int) -> list[date]:
    """So many weekdays up to a date, oldest first."""
    days: list[date] = []
    day = last
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]
