"""Runs of retention as rows, with an entry in the audit log when something was erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from server.app.audit import Entry, What
from server.app.retention import Run
from server.db.chain import Chain
from server.db.instants import from_micros, to_micros
from server.db.putting import put
from server.db.retention_tables import retention_runs
from server.db.unit_of_work import Reader, Writer, driver_of


class RetentionRuns:
    """`server.app.retention.Runs`; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    def last(self) -> Mapping[str, Run]:
        rows = self._reader.read(lambda connection: connection.execute(select(retention_runs)).all())
        return {
            row.data: Run(row.data, from_micros(row.began_at), from_micros(row.ended_at), row.erased, row.total)
            for row in rows
        }

    def record(self, data: str, began_at: datetime, ended_at: datetime, erased: int) -> None:
        column = retention_runs.c
        with self._writer.transaction() as connection:
            before = connection.scalar(select(column.total).where(column.data == data)) or 0
            values = {
                "began_at": to_micros(began_at),
                "ended_at": to_micros(ended_at),
                "erased": erased,
                "total": before + erased,
            }
            put(connection, retention_runs, {"data": data}, values)
            if erased:
                entry = Entry(What.ERASED_BY_CLOCK, data, after={"rows": erased})
                self._chain.append(driver_of(connection), [entry])
