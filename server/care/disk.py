"""The disk: how much is free where the database is, and a reserve that is given up when the rest is gone.

A full disk stops the hall: no number can be kept. The reserve is a file without meaning; when it is removed, the hall
goes on for hours, and the alarm has a name by then.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import structlog

from server.app.alarms import Alarm
from server.app.figures import Figures
from server.care.caretaker import Moment

log = structlog.get_logger()

RESERVE_NAME = "loket.reserve"
LOW_SHARE = 0.10  # of a disk: below it the alarm comes, unless the disk is so large that the setting is less
GIVEN_UP_BELOW = 0.25  # of the reserve's size: what must be free, else the reserve goes
NEARLY_NOTHING = 256 * 1024  # bytes; with less, SQLite cannot extend its log


class DiskWatch:
    def __init__(self, folder: Path, *, reserve: int, low: int, figures: Figures) -> None:
        """`reserve` and `low` in bytes; no reserve is held with 0."""
        self._folder = folder
        self._file = folder / RESERVE_NAME
        self._size = reserve
        self._low = low
        self._figures = figures

    def look(self, _: Moment) -> Mapping[Alarm, bool]:
        free, whole = self._space()
        if self._size:
            free = self._keep_reserve(free)
        self._figures.disk_free = free
        without_reserve = bool(self._size) and not self._file.exists()
        full = free < NEARLY_NOTHING or (without_reserve and free < self._size * GIVEN_UP_BELOW)
        low = without_reserve or free < min(self._low, whole * LOW_SHARE)
        return {Alarm.DISK_LOW: low and not full, Alarm.DISK_FULL: full}  # one of them says it

    def _keep_reserve(self, free: int) -> int:
        """Give it up or take it again; what is free then."""
        if self._file.exists():
            if free < self._size * GIVEN_UP_BELOW:
                log.error("reserve_given_up", free=free)
                with suppress(OSError):
                    self._file.unlink()
                return self._space()[0]
        elif free > self._size * 2:
            self._take()
            return self._space()[0]
        return free

    def _take(self) -> None:
        try:
            with self._file.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._size)
        except OSError as error:
            log.warning("no_reserve", error=str(error))
            self._file.unlink(missing_ok=True)

    def _space(self) -> tuple[int, int]:
        """Free for this user, and whole, in bytes."""
        found = os.statvfs(self._folder)
        return found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
