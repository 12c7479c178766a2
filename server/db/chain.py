"""The chain: appends entries to the audit log inside a caller's transaction, on the driver's own connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect

from server.app.audit import FIRST_HASH, Entry, written
from server.db.instants import to_micros

_COLUMNS = "number, at, what, actor, device, subject, before, after, previous, hash"


def utc_now() -> datetime:
    return datetime.now(UTC)


class Chain:
    def __init__(self, dialect: Dialect, by: str, clock: Callable[[], datetime] = utc_now) -> None:
        """`by`: who runs this program, for entries that name nobody else."""
        self._on_sqlite = dialect.name == "sqlite"
        mark = "?" if self._on_sqlite else "%s"
        self._append = f"INSERT INTO audit ({_COLUMNS}) VALUES ({', '.join([mark] * 10)})"  # noqa: S608 - our words
        self._by = by
        self._clock = clock

    def append(self, driver: Any, entries: Sequence[Entry]) -> None:
        """Whoever else wants to append waits for the end of the transaction: no two entries follow the same one."""
        if not entries:
            return
        cursor = driver.cursor()
        if not self._on_sqlite:  # SQLite's transaction has been alone since it began
            cursor.execute("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
        number, previous = cursor.fetchone() or (0, FIRST_HASH)
        at = to_micros(self._clock())
        for entry in entries:
            number += 1
            row = written(entry, number, at, self._by, bytes(previous))
            cursor.execute(
                self._append,
                (
                    row.number,
                    row.at,
                    row.what,
                    row.actor,
                    row.device,
                    row.subject,
                    row.before,
                    row.after,
                    row.previous,
                    row.hash,
                ),
            )
            previous = row.hash
