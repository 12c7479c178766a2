"""Lagging: phones that only moved because others did. They are told a little later, a slice of them at a time.

A call touches one visitor and moves everybody behind them. Whoever was called hears it at once; the others' places and
minutes are told once a second, and never so many in one go that somebody at a kiosk would have to wait for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from server.app.hub import Hub
from server.domain.lobby import Lobby
from shared.vocabulary import ServiceId, VisitId

PACE = timedelta(seconds=1)  # nobody reads their place in the line more often
BREATH = timedelta(milliseconds=2)  # between two slices, so that the network's thread gets the interpreter
LOOKED_AT = 10  # times a slice: visits that are looked at in one go, most of which may have no phone
SLICE, SLICE_WHEN_BUSY = 80, 20  # phones; about 2 ms of the writer, or half of one while somebody waits for a reply


class Lagging:
    """Used by the writer's thread alone."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._lines: set[ServiceId] = set()
        self._everybody = False
        self._behind_since: datetime | None = None
        self._gathered_at = datetime.min.replace(tzinfo=UTC)
        self._visits: deque[VisitId] = deque()
        """Who is told next, if they have a phone."""
        self._streams: deque[str] = deque()
        """Phones that are told next."""
        self.wake: timedelta | None = None
        """When to ask for a slice again; None: nobody is behind."""

    def moved(self, lines: Iterable[ServiceId]) -> None:
        """Those who wait in these lines have another place or other minutes now."""
        self._lines.update(lines)

    def everybody_moved(self) -> None:
        self._everybody = True

    def slice(self, lobby: Lobby, now: datetime, *, busy: bool) -> list[str]:
        """The streams to be told now: few while somebody waits for a reply, and a new round at most once a second."""
        wait = self._until_next_round(now, busy=busy)
        if wait is not None and wait <= timedelta(0):
            self._gather(lobby, now)
            wait = None
        names = self._take(SLICE_WHEN_BUSY if busy else SLICE, lobby)
        self.wake = BREATH if self._visits or self._streams else wait
        return names

    def _until_next_round(self, now: datetime, *, busy: bool) -> timedelta | None:
        """Zero: it begins now. None: there is nothing to begin, or one is under way."""
        if self._visits or self._streams or not (self._lines or self._everybody):
            return None
        self._behind_since = self._behind_since or now
        if timedelta(0) <= now - self._gathered_at < PACE:
            return self._gathered_at + PACE - now
        # Whoever called somebody a moment ago shall not wait until a long line was gathered; in a hall that is never
        # idle, phones wait a second for it and no longer.
        is_due = not busy or not timedelta(0) <= now - self._behind_since < PACE
        return timedelta(0) if is_due else BREATH

    def _gather(self, lobby: Lobby, now: datetime) -> None:
        self._gathered_at, self._behind_since = now, None
        lines, self._lines = self._lines, set()
        if self._everybody:
            self._everybody = False
            self._streams.extend(self._hub.followed("visit:"))
        elif self._hub.is_any_followed("visit:"):  # not for long lines at which nobody looks
            self._visits.extend(leg.visit for service in lines for leg in lobby.line(service))

    def _take(self, size: int, lobby: Lobby) -> list[str]:
        names = [self._streams.popleft() for _ in range(min(size, len(self._streams)))]
        for _ in range(LOOKED_AT * size):
            if not self._visits or len(names) >= size:
                break
            visit = lobby.visits.get(self._visits.popleft())
            if visit is not None and self._hub.is_followed(name := f"visit:{visit.key}"):
                names.append(name)
        return names
