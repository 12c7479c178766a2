"""Numbers of a day as the database has them."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date

from sqlalchemy import Connection, select

from server.app.numbers import NumbersOfDay
from server.db import rows
from server.db.tables import facts, leases, sequences, visits
from server.db.unit_of_work import Reader
from server.domain.facts import FactKind
from server.domain.survey_plan import FINISHED


class Numbers:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, service_date: date) -> NumbersOfDay:
        """Raises StorageError."""
        return self._reader.read(lambda connection: _read(connection, service_date))


def _read(connection: Connection, service_date: date) -> NumbersOfDay:
    day = service_date.isoformat()
    given: defaultdict[str, set[int]] = defaultdict(set)
    for series, number in connection.execute(
        select(visits.c.series, visits.c.number).where(visits.c.service_date == day)
    ):
        given[series].add(number)
    last = connection.execute(select(sequences.c.series, sequences.c.last).where(sequences.c.service_date == day))
    blocks = select(leases).where(leases.c.service_date == day).order_by(leases.c.series, leases.c.first)
    refused = select(facts.c.why).where(facts.c.kind == FactKind.MERGE_REFUSED.value, facts.c.service_date >= day)
    too_late = {}
    for text in connection.scalars(refused):
        why = json.loads(text)
        if why["service_date"] == day:
            series, _, number = why["ticket"].partition("-")
            too_late[series, int(number)] = why["code"]
    return NumbersOfDay(
        service_date,
        given,
        {row.series: row.last for row in last if not row.series.startswith(FINISHED)},
        [rows.lease_from(row) for row in connection.execute(blocks).mappings()],
        too_late,
    )
