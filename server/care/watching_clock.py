"""Watching the clock: an alarm while the machine's has jumped and is not believed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import structlog

from server.app.alarms import Alarm
from server.app.steady_clock import SteadyClock
from server.care.caretaker import Moment

log = structlog.get_logger()


class WatchingClock:
    def __init__(self, clock: SteadyClock) -> None:
        self._clock = clock
        self._was = timedelta(0)

    def look(self, _: Moment) -> Mapping[Alarm, bool]:
        off = self._clock.off
        if bool(off) != bool(self._was):
            log.warning("clock_jumped" if off else "clock_agrees", seconds=round((off or self._was).total_seconds()))
        self._was = off
        return {Alarm.CLOCK_WRONG: bool(off)}
