"""Rolling up: days that are over are added up by the reporting process, a few at a time, and written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import date, datetime

import structlog

from server.app.alarms import Alarm
from server.app.ports import StorageError
from server.app.reports.packing import PackedSpan
from server.care.caretaker import Moment
from server.reporting.desk import ReportDesk, TooManyError
from server.reporting.wire import AddedUp, Due, FromWorker

log = structlog.get_logger()

FIRST_LOOK = 120.0  # seconds after the start: a hall that opens has more urgent things to do
BETWEEN = 600.0
AT_ONCE = 8  # spans: some ten milliseconds each for whoever writes at the same time


class RollingUpDays:
    """A duty of the caretaker; it never waits for the process."""

    def __init__(
        self,
        desk: ReportDesk,
        today: Callable[[datetime], date],
        write: Callable[[PackedSpan, datetime], None],
        first_look: float = FIRST_LOOK,
    ) -> None:
        self._desk = desk
        self._today = today
        self._write = write
        self._first_look = first_look
        self._next: float | None = None
        self._asked: Future[FromWorker] | None = None

    def look(self, at: Moment, /) -> Mapping[Alarm, bool]:
        if self._next is None:
            self._next = at.tick + self._first_look
        if self._asked is not None:
            if self._asked.done():
                answer, self._asked = self._asked.result(), None
                more = isinstance(answer, AddedUp) and self._keep(answer, at.now)
                self._next = at.tick if more else at.tick + BETWEEN
        elif at.tick >= self._next:
            try:
                self._asked = self._desk.submit(Due(self._today(at.now), AT_ONCE))
            except TooManyError:
                self._next = at.tick + BETWEEN / 10
        return {}

    def _keep(self, answer: AddedUp, now: datetime) -> bool:
        """Whether there may be more."""
        try:
            for span in answer.spans:
                self._write(span, now)
        except StorageError as error:
            log.warning("not_rolled_up", error=str(error))
            return False
        if answer.spans:
            log.info("rolled_up", first=answer.spans[0].span, last=answer.spans[-1].span)
        return bool(answer.spans)
