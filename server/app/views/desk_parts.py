"""A desk in parts: its own, and those that all desks with the same work profile share, drawn up once (law 14).

`desk_view` says what a desk shows; this says the same for a hundred desks at a time. A shared part is the same object
until it changes, so that the hub compares it once for all of them, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from server.app.hall import Hall
from server.app.views import desk_view
from server.app.views.desk_view import WAITING_SHOWN
from server.domain.catalogue import Catalogue, Counter
from server.domain.lobby import Lobby
from server.domain.visit import Leg, Visit
from shared.protocol.views import Item, Table
from shared.vocabulary import CounterId, LegId, ServiceId

Profile = tuple[ServiceId, ...]


@dataclass(slots=True)
class _Waiting:
    """The first of the lines of a work profile."""

    version: int = -1
    rows: dict[LegId, tuple[Leg, Visit, str, Item]] = field(default_factory=dict)
    """Who looks the same at every desk, and what they were drawn up from."""
    common: Table = field(default_factory=dict)
    particular: list[Leg] = field(default_factory=list)
    """Whom one desk may call and another may not."""


class DeskParts:
    """Used by the writer's thread alone. Keeps what it drew up of one lobby under one catalogue."""

    def __init__(self) -> None:
        self._lobby: Lobby | None = None
        self._catalogue: Catalogue | None = None
        self._waiting: dict[Profile, _Waiting] = {}
        self._services: dict[Profile, Table] = {}
        self._open: frozenset[CounterId] = frozenset()
        self._counted_at = -1

    def of(self, lobby: Lobby, counter: Counter, hall: Hall) -> tuple[Table, Table, Table]:
        """Its own part, those who wait, the services; together they are `desk_view`."""
        if lobby is not self._lobby or lobby.catalogue is not self._catalogue:
            self._waiting, self._services, self._counted_at = {}, {}, -1
            self._lobby, self._catalogue = lobby, lobby.catalogue
        waiting = self._waiting_for(lobby, counter)
        own = desk_view.own_items(lobby, counter, hall.alerts, hall.deliveries.get(counter.id, {}))
        for leg in waiting.particular:
            own[f"waiting:{leg.id}"] = desk_view.waiting_item(lobby, counter.id, leg)
        return own, waiting.common, self._services_of(lobby, counter)

    def _waiting_for(self, lobby: Lobby, counter: Counter) -> _Waiting:
        waiting = self._waiting.setdefault(tuple(lobby.profiles.services(counter.id)), _Waiting())
        if waiting.version == lobby.version:
            return waiting
        waiting.version = lobby.version
        rows: dict[LegId, tuple[Leg, Visit, str, Item]] = {}
        waiting.particular = []
        known, changed = waiting.rows, False
        visits = lobby.visits
        for leg in lobby.waiting_for(counter.id, WAITING_SHOWN):
            row = known.get(leg.id)
            if row is not None and row[0] is leg and row[1] is visits[leg.visit]:
                rows[leg.id] = row
            elif desk_view.is_particular(leg):
                waiting.particular.append(leg)
            else:
                item = desk_view.waiting_item(lobby, counter.id, leg)
                rows[leg.id] = leg, visits[leg.visit], f"waiting:{leg.id}", item
                changed = True
        if changed or len(rows) != len(known):
            waiting.rows = rows
            waiting.common = {key: item for _, _, key, item in rows.values()}
        return waiting

    def _services_of(self, lobby: Lobby, counter: Counter) -> Table:
        """The largest part of a desk, and the one that changes least: when a counter opens or closes."""
        if self._counted_at != lobby.version:
            self._counted_at = lobby.version
            if (open_now := desk_view.open_counters(lobby)) != self._open:
                self._open = open_now
                self._services = {}
        if counter.profile not in self._services:
            self._services[counter.profile] = desk_view.service_items(lobby.catalogue, counter.profile, self._open)
        return self._services[counter.profile]
