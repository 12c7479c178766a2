"""A history: every request of every program, from its beginning to what became of it, in the order of one clock."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    INVOKE = "invoke"
    OK = "ok"
    FAIL = "fail"
    """Refused: it was not done."""
    INFO = "info"
    """Given up: it may have been done."""


@dataclass(frozen=True, slots=True)
class Event:
    at: float
    process: str
    kind: Kind
    verb: str
    what: str
    """A request's id; with OK what it gave: a ticket, a leg."""


@dataclass
class History:
    events: list[Event] = field(default_factory=list)

    def note(self, process: str, kind: Kind, verb: str, what: str) -> None:
        self.events.append(Event(time.monotonic(), process, kind, verb, what))

    def of(self, kind: Kind, verb: str) -> list[Event]:
        return [event for event in self.events if event.kind is kind and event.verb == verb]

    def unfinished(self) -> list[str]:
        """Processes whose last request has no end: each does one thing after the other."""
        last = {event.process: event for event in self.events}
        return [process for process, event in last.items() if event.kind is Kind.INVOKE]
