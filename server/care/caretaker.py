"""The caretaker: goes its round once a second, lets each duty do what is due, and passes on the alarms."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from server.app.alarms import Alarm

log = structlog.get_logger()

ROUND = 1.0  # seconds between two rounds
MODEST = 10  # added to the thread's niceness: a backup never takes the processor from a kiosk


@dataclass(frozen=True, slots=True)
class Moment:
    now: datetime
    tick: float
    """Seconds that only count up, whatever happens to the clock."""


class Duty(Protocol):
    def look(self, at: Moment, /) -> Mapping[Alarm, bool]:
        """Do what is due; which alarms stand, as far as this was looked at."""


class Caretaker:
    def __init__(
        self,
        duties: Sequence[Duty],
        tell: Callable[[Alarm, bool], None],
        clock: Callable[[], datetime],
        tick: Callable[[], float],
    ) -> None:
        self._duties = duties
        self._tell = tell
        self._clock = clock
        self._tick = tick
        self._standing: dict[Alarm, bool] = {}
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._work, name="caretaker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """Whatever is in the middle of its work may be cut off: nothing of it counts before it is complete."""
        self._enough.set()
        self._thread.join(patience)

    def go_round(self) -> None:
        for duty in self._duties:
            try:
                found = duty.look(Moment(self._clock(), self._tick()))
            except Exception:
                log.exception("duty_failed", duty=type(duty).__name__)
                continue
            for alarm, stands in found.items():
                if self._standing.get(alarm, False) != stands:
                    self._standing[alarm] = stands
                    self._tell(alarm, stands)

    def _work(self) -> None:
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), MODEST)
        while not self._enough.is_set():
            self.go_round()
            self._enough.wait(ROUND)
