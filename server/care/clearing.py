"""Clearing: once a day, when the service date has turned, every class of data, a small step each second."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from server.app.alarms import Alarm
from server.app.ports import StorageError
from server.app.retention import AT_ONCE, Kept, Runs, due_since
from server.care.caretaker import Moment

log = structlog.get_logger()

LOOK = 60.0  # seconds between two looks whether a run is due
BELIEVED = timedelta(days=31)  # a clock that is further ahead of all that was written down erases nothing
AGAIN = 600.0  # seconds until another try when the database did not do it


@dataclass(slots=True)
class _Going:
    kept: Kept
    began_at: datetime
    erased: int = 0


class Clearing:
    def __init__(
        self,
        classes: Sequence[Kept],
        runs: Runs,
        time_zone: Callable[[], str],
        newest: Callable[[], datetime | None],
        sweep: Callable[[], bool],
        at_once: int = AT_ONCE,
    ) -> None:
        """`newest`: the latest moment that anything in the database bears. `sweep`: nothing that was erased is left in
        its files; False: it has to be tried again."""
        self._newest = newest
        self._sweep = sweep
        self._to_sweep = False
        self._classes = [one for one in classes if one.data.step is not None]
        self._runs = runs
        self._time_zone = time_zone
        self._at_once = at_once
        self._going: list[_Going] = []
        self._look_at = 0.0

    def look(self, at: Moment) -> Mapping[Alarm, bool]:
        try:
            if not self._going and at.tick >= self._look_at:
                self._look_at = at.tick + LOOK
                self._going = self._due(at.now)
            if self._going:
                self._step(self._going[0], at.now)
            elif self._to_sweep:
                self._to_sweep = not self._sweep()
        except StorageError as error:
            log.warning("not_erased", error=str(error))
            self._going, self._look_at = [], at.tick + AGAIN
        return {}

    def _due(self, now: datetime) -> list[_Going]:
        newest = self._newest()
        if newest is None or now - newest > BELIEVED:
            return []  # nothing happened here yet; or the clock is far ahead, and would erase what is not old
        since, last = due_since(now, self._time_zone()), self._runs.last()
        due = [one for one in self._classes if one.data.id not in last or last[one.data.id].began_at < since]
        return [_Going(one, now) for one in due]

    def _step(self, going: _Going, now: datetime) -> None:
        """One small step of the first class; the class is done with when there was nothing left."""
        assert going.kept.data.step is not None
        erased = going.kept.data.step(now, going.kept.days, self._at_once)
        going.erased += erased
        if erased:
            return
        self._runs.record(going.kept.data.id, going.began_at, now, going.erased)
        log.info("erased", data=going.kept.data.id, rows=going.erased, older_than_days=going.kept.days)
        self._going.pop(0)
        self._to_sweep = True
