"""Cutting: how logs that only grow are shortened at their old end, so that what is left can still be verified.

First a mark is set and, in the same transaction, an entry is chained that says what goes: the anchor. Only then rows
up to the mark may be deleted, which the database's own triggers hold everybody to. Facts go by whole seals, so that
every seal either stands with all its facts or lies behind the mark as a whole.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select

from server.app.audit import AUDIT_LOG, FACTS_LOG, Entry, What, seal_in
from server.db.chain import Chain
from server.db.instants import to_micros
from server.db.putting import put
from server.db.retention_tables import cuts
from server.db.tables import audit, facts
from server.db.unit_of_work import Reader, Writer, driver_of

_BEHIND_ALL = 2**62


class Cutting:
    """Each is a `server.app.retention.Step`, for one thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    def facts(self, now: datetime, days: int, at_most: int) -> int:
        before = to_micros(now - timedelta(days=days))
        mark, oldest = self._mark(FACTS_LOG), self._oldest(facts.c.id)
        if oldest is None:
            return 0
        if oldest <= mark:
            return self._delete(facts, facts.c.id, min(mark, oldest + at_most - 1))
        seal = self._reader.read(lambda connection: _last_seal_before(connection, before))
        if seal <= mark:
            return 0
        self._cut(FACTS_LOG, seal, Entry(What.FACTS_CUT, f"facts 1-{seal}", after={"up_to": seal}))
        return self._delete(facts, facts.c.id, min(seal, oldest + at_most - 1))

    def audit(self, now: datetime, days: int, at_most: int) -> int:
        before = to_micros(now - timedelta(days=days))
        mark, oldest = self._mark(AUDIT_LOG), self._oldest(audit.c.number)
        if oldest is None:
            return 0
        if oldest <= mark:
            return self._delete(audit, audit.c.number, min(mark, oldest + at_most - 1))
        found = self._reader.read(lambda connection: _last_entry_before(connection, before))
        if found is None or found[0] <= mark:
            return 0
        number, hash_ = found
        anchor = Entry(What.AUDIT_CUT, f"entries 1-{number}", after={"up_to": number, "hash": hash_.hex()})
        self._cut(AUDIT_LOG, number, anchor)
        return self._delete(audit, audit.c.number, min(number, oldest + at_most - 1))

    def _mark(self, log: str) -> int:
        query = select(cuts.c.up_to).where(cuts.c.log == log)
        return self._reader.read(lambda connection: connection.scalar(query)) or 0

    def _oldest(self, column: Any) -> int | None:
        oldest: int | None = self._reader.read(lambda connection: connection.scalar(select(func.min(column))))
        return oldest

    def _cut(self, log: str, up_to: int, anchor: Entry) -> None:
        with self._writer.transaction() as connection:
            put(connection, cuts, {"log": log}, {"up_to": up_to})
            self._chain.append(driver_of(connection), [anchor])

    def _delete(self, table: Table, column: Any, up_to: int) -> int:
        with self._writer.transaction() as connection:
            return connection.execute(delete(table).where(column <= up_to)).rowcount


def _first_young(connection: Connection, before: int) -> int:
    """The first entry that is to stay. In the order of the numbers: a clock that was wrong once, and put a moment long
    past on a late entry, takes nothing along."""
    query = select(audit.c.number).where(audit.c.at >= before).order_by(audit.c.number).limit(1)
    young = connection.scalar(query)
    return _BEHIND_ALL if young is None else int(young)


def _last_seal_before(connection: Connection, before: int) -> int:
    """The last fact of the newest seal that is so old; 0 while there is none."""
    query = (
        select(audit.c.after)
        .where(audit.c.what == What.FACTS_SEALED.value, audit.c.number < _first_young(connection, before))
        .order_by(audit.c.number.desc())
        .limit(1)
    )
    after = connection.scalar(query)
    seal = None if after is None else seal_in(after)
    return 0 if seal is None else seal.last


def _last_entry_before(connection: Connection, before: int) -> tuple[int, bytes] | None:
    """The newest entry that is so old; never the last seal, which says where the next one begins."""
    newest_seal = connection.scalar(select(func.max(audit.c.number)).where(audit.c.what == What.FACTS_SEALED.value))
    stays = _first_young(connection, before)
    first = stays if newest_seal is None else min(stays, newest_seal)
    old = select(audit.c.number, audit.c.hash).where(audit.c.number < first).order_by(audit.c.number.desc()).limit(1)
    row = connection.execute(old).one_or_none()
    return None if row is None else (row.number, bytes(row.hash))
