"""Forgetting: every hour, what nobody may know any more: who answered the survey on earlier days, old suggestions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog

from server.app.alarms import Alarm
from server.app.ports import StorageError
from server.care.caretaker import Moment

log = structlog.get_logger()

EVERY = 3600.0  # seconds


class Forgetting:
    def __init__(self, forget: Callable[[], None]) -> None:
        self._forget = forget
        self._due: float | None = None

    def look(self, at: Moment) -> Mapping[Alarm, bool]:
        if self._due is None or at.tick >= self._due:
            self._due = at.tick + EVERY
            try:
                self._forget()
            except StorageError as error:
                log.warning("not_forgotten", error=str(error))
        return {}
