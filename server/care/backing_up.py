"""Backing up, again and again: one copy after the other, old ones away, an alarm when it does not work."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import structlog

from server.app.alarms import Alarm
from server.app.figures import Figures
from server.app.ports import StorageError
from server.care.backups import backups_in, made_at, name_of, superfluous
from server.care.caretaker import Moment

log = structlog.get_logger()

SHARE = 50  # a backup that takes a second comes no more often than every 50 s
AGAIN = 60.0  # seconds until a backup that failed is tried once more
LEFT_FREE = 256 * 1024 * 1024  # bytes: a backup must never be what fills the disk


class BackingUp:
    def __init__(
        self,
        folder: Path,
        *,
        suffix: str,
        minutes: int,
        kept_days: int,
        size: Callable[[], int],
        back_up: Callable[[Path], object],
        beside: Callable[[Path], Path],
        figures: Figures,
        left_free: int = LEFT_FREE,
    ) -> None:
        """`size`: about how many bytes the next one needs. `beside`: what belongs to a backup and goes with it."""
        self._folder = folder
        self._suffix = suffix
        self._seconds = minutes * 60.0
        self._kept_days = kept_days
        self._size = size
        self._back_up = back_up
        self._beside = beside
        self._figures = figures
        self._left_free = left_free
        self._due: float | None = None

    def look(self, at: Moment) -> Mapping[Alarm, bool]:
        now = at.now
        if self._due is None:
            self._due = at.tick + self._first_after(now)
        if at.tick < self._due:
            return {}
        self._due = at.tick + AGAIN
        try:
            self._refuse_without_space()
            started = time.monotonic()
            file = self._folder / name_of(now, self._suffix)
            self._back_up(file)
            took = time.monotonic() - started
            self._remove_old(now)
        except (StorageError, OSError) as error:
            log.error("backup_failed", error=str(error))
            return {Alarm.BACKUP_FAILED: True}
        self._figures.backup = int(now.timestamp())
        self._due = at.tick + max(self._seconds, took * SHARE)
        log.info("backed_up", file=str(file), seconds=round(took, 2))
        return {Alarm.BACKUP_FAILED: False}

    def _first_after(self, now: datetime) -> float:
        """A server that starts often does not make more backups for it."""
        try:
            newest = max((made_at(file) for file in backups_in(self._folder)), default=None)  # type: ignore[type-var]
        except OSError:
            return 0.0
        if newest is None:
            return 0.0
        self._figures.backup = int(newest.timestamp())
        return min(self._seconds, max(0.0, self._seconds - (now - newest).total_seconds()))

    def _refuse_without_space(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self._folder).free
        needed = self._size() + self._left_free
        if free < needed:
            raise StorageError(f"{self._folder} has {free} bytes free; a backup wants {needed}.")

    def _remove_old(self, now: datetime) -> None:
        for file in superfluous(backups_in(self._folder), now, self._kept_days):
            self._beside(file).unlink(missing_ok=True)
            file.unlink(missing_ok=True)
