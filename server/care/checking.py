"""Checking the database: at the start and every night, page by page; an alarm when one is damaged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

import structlog

from server.app.alarms import Alarm
from server.app.ports import StorageError
from server.care.caretaker import Moment

log = structlog.get_logger()

HOUR = 2  # local: after the hall, before the service date turns at 03:00


class Checking:
    def __init__(self, check: Callable[[], str], local: Callable[[datetime], datetime]) -> None:
        """`check` says what is damaged, "" when nothing is; `local` gives the time in the site's zone."""
        self._check = check
        self._local = local
        self._checked: date | None = None

    def look(self, at: Moment) -> Mapping[Alarm, bool]:
        local = self._local(at.now)
        if self._checked is not None and (local.hour != HOUR or local.date() == self._checked):
            return {}
        # The night's check is due even if the server started the same day; a start in the night counts as both.
        self._checked = local.date() if local.hour == HOUR else date.min
        try:
            damage = self._check()
        except StorageError as error:
            log.warning("not_checked", error=str(error))
            return {}
        if damage:
            log.error("database_damaged", damage=damage)
        else:
            log.info("database_checked")
        return {Alarm.DATABASE_DAMAGED: bool(damage)}
