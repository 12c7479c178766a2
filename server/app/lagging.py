"""Lagging: phones that only moved because others did. They are told a little later, a slice of them at a time.

A call touches one visitor and moves everybody behind them. Whoever was called hears it at once; the others' places and
minutes are told once a second, and never so many in one go that somebody at a kiosk would have to wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from server.app.hub import Hub
from server.domain.lobby import Lobby
from shared.vocabulary import ServiceId

PACE = timedelta(seconds=1)  # nobody reads their place in the line more often
BREATH = timedelta(milliseconds=3)  # between two slices, so that the network's thread gets the interpreter
SLICE, SLICE_WHEN_BUSY = 40, 10  # phones; about 2 ms of the writer, or half of one while somebody waits for a reply


class Lagging:
    """Used by the writer's thread alone."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._lines: set[ServiceId] = set()
        self._everybody = False
        self._late: dict[str, None] = {}
        """Streams that are told next, in this order."""
        self._gathered_at = datetime.min.replace(tzinfo=UTC)

    def moved(self, lines: Iterable[ServiceId]) -> None:
        """Those who wait in these lines have another place or other minutes now."""
        self._lines.update(lines)

    def everybody_moved(self) -> None:
        self._everybody = True

    def told(self) -> None:
        """Nobody is behind: everything was told just now."""
        self._lines.clear()
        self._late.clear()
        self._everybody = False

    @property
    def wake(self) -> timedelta | None:
        """When the next slice may go out; None: nobody is behind."""
        if self._late:
            return BREATH
        return PACE if self._lines or self._everybody else None

    def slice(self, lobby: Lobby, now: datetime, *, busy: bool) -> list[str]:
        """The streams to be told now: few while somebody waits for a reply, and a new round at most once a second."""
        if not self._late and not timedelta(0) <= now - self._gathered_at < PACE:
            self._gathered_at = now
            self._late = dict.fromkeys(self._gather(lobby))
        names = [name for name, _ in zip(self._late, range(SLICE_WHEN_BUSY if busy else SLICE), strict=False)]
        for name in names:
            del self._late[name]
        return names

    def _gather(self, lobby: Lobby) -> Iterator[str]:
        lines, self._lines = self._lines, set()
        if self._everybody:
            self._everybody = False
            yield from self._hub.followed("visit:")
            return
        for service in lines:
            for leg in lobby.line(service):
                if self._hub.is_followed(name := f"visit:{lobby.visits[leg.visit].key}"):
                    yield name
