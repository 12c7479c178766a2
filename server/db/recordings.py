"""Recordings: the facts of a day in the order in which they happened, for a replay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from server.db.instants import to_micros
from server.db.rows import fact_from
from server.db.tables import facts
from server.db.unit_of_work import Reader
from server.domain.facts import Fact


class Recordings:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def facts_between(self, start: datetime, end: datetime) -> Sequence[Fact]:
        """`start` included, `end` not. Raises StorageError."""
        query = select(facts).where(facts.c.at >= to_micros(start), facts.c.at < to_micros(end)).order_by(facts.c.id)
        return self._reader.read(lambda connection: [fact_from(row) for row in connection.execute(query)])
