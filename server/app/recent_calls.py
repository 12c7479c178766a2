"""The calls of the day by zone: what a board shows, found without reading the whole lobby (law 14)."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import datetime

from server.domain.catalogue import Catalogue
from server.domain.lobby import Lobby
from server.domain.visit import Leg
from shared.vocabulary import LegId, ZoneId

_Entry = tuple[datetime, int, LegId]


class RecentCalls:
    """An index over legs that follows from them alone: note every leg, in any order, and it is complete."""

    def __init__(self, catalogue: Catalogue, legs: Iterable[Leg]) -> None:
        self._catalogue = catalogue
        self._calls: dict[ZoneId, list[_Entry]] = {}
        self._where: dict[LegId, tuple[ZoneId, _Entry]] = {}
        for leg in legs:
            self.note(leg)

    @classmethod
    def of(cls, lobby: Lobby) -> RecentCalls:
        return cls(lobby.catalogue, (leg for visit in lobby.visits.values() for leg in visit.legs))

    def note(self, leg: Leg) -> None:
        """The leg is so now."""
        if (known := self._where.pop(leg.id, None)) is not None:
            zone, entry = known
            del self._calls[zone][bisect_left(self._calls[zone], entry)]
        counter = None if leg.counter is None else self._catalogue.counters.get(leg.counter)
        if leg.called_at is None or counter is None:
            return
        entry = (leg.called_at, leg.order, leg.id)
        insort(self._calls.setdefault(counter.zone, []), entry)
        self._where[leg.id] = (counter.zone, entry)

    def last(self, zone: ZoneId, limit: int) -> list[LegId]:
        """Newest first."""
        return [leg for _, _, leg in reversed(self._calls.get(zone, [])[-limit:])]
