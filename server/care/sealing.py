"""Sealing: every hour the digest of what happened since goes into the audit log, so that the facts are covered, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog

from server.app.alarms import Alarm
from server.app.ports import StorageError
from server.care.caretaker import Moment

log = structlog.get_logger()

EVERY = 3600.0  # seconds


class Sealing:
    def __init__(self, seal: Callable[[], int], head: Callable[[], str]) -> None:
        """`head`: the hash of the last entry. It goes into the log, which whoever owns the database may not own."""
        self._seal = seal
        self._head = head
        self._due: float | None = None

    def look(self, at: Moment) -> Mapping[Alarm, bool]:
        if self._due is None or at.tick >= self._due:
            self._due = at.tick + EVERY
            try:
                log.info("facts_sealed", count=self._seal(), head=self._head())
            except StorageError as error:
                log.warning("facts_not_sealed", error=str(error))
        return {}
