"""Kiosk lines: how each line stands is told at once, how long it takes once a second.

A forecast plays through the line before a visitor, which costs more than giving the number. A range of minutes hardly
moves with one visitor, and nobody in front of a kiosk reads it five times a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from server.app.views.kiosk_view import lines
from server.domain.lobby import Lobby
from shared.protocol.views import Table
from shared.vocabulary import ServiceId

PACE = timedelta(seconds=1)


class KioskLines:
    """Used by the writer's thread alone."""

    def __init__(self) -> None:
        self._moved: set[ServiceId] = set()
        self._all = False
        self._told_at = datetime.min.replace(tzinfo=UTC)

    def moved(self, services: Iterable[ServiceId]) -> None:
        """Whoever would wait in these lines, or at a counter that they share with others, has other minutes now."""
        self._moved.update(services)

    def all_moved(self) -> None:
        """Minutes and opening hours move with the clock."""
        self._all = True

    def told(self) -> None:
        """Nobody is behind."""
        self._moved.clear()
        self._all = False

    @property
    def wake(self) -> timedelta | None:
        return PACE if self._moved or self._all else None

    def later(self, lobby: Lobby, now: datetime) -> Table:
        """What is to be told now; nothing more often than once a second."""
        return lines(lobby, self.due(lobby, now), now)

    def due(self, lobby: Lobby, now: datetime) -> Collection[ServiceId]:
        """Whose minutes are to be told now."""
        if self.wake is None or timedelta(0) <= now - self._told_at < PACE:
            return ()
        self._told_at = now
        services: Collection[ServiceId] = lobby.catalogue.services.keys()
        if not self._all:
            services = {one for service in self._moved for one in lobby.profiles.felt_by(service)}
        self.told()
        return services
