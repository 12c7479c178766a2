"""Floor streams: the hall's and those of its agencies. Only what was touched is drawn up, and only while somebody
follows (law 14). Whatever a device did is told with the next beat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from server.app.hall import Hall
from server.app.hub import Hub
from server.app.kiosk_lines import KioskLines
from server.app.permissions import Family, split
from server.app.touching import Touched
from server.app.views import floor_view as view
from server.domain.lobby import Lobby
from server.domain.orders import BulletinId
from shared.protocol.views import Table
from shared.vocabulary import AgencyId

Part = tuple[str, Table, tuple[str, ...]]
"""A stream, what is now so in it, and what is gone."""


class FloorStreams:
    """Used by the writer's thread alone."""

    def __init__(self, hub: Hub, hall: Hall) -> None:
        self._hub = hub
        self._hall = hall
        self.lines = KioskLines()
        """Whose minutes are told a little later."""
        self._bulletins: frozenset[BulletinId] = frozenset()

    def after(self, found: Touched, lobby: Lobby, now: datetime) -> Iterator[Part]:
        """What a batch touched, with the minutes that were told before."""
        if found.services:
            self.lines.moved(found.services)
        counters = found.places | found.counters
        for stream, agency, told in self._followed():
            put = view.counter_items(lobby, self._hall, counters, agency)
            put |= view.line_items(lobby, found.services, agency, now, told)
            yield stream, put, ()
        if found.orders:
            yield from self.bulletins(lobby, now)

    def alerts(self, lobby: Lobby) -> Iterator[Part]:
        for stream, agency, told in self._followed():
            yield stream, *_instead(told, "alert:", view.alert_items(lobby, self._hall, agency))

    def bulletins(self, lobby: Lobby, now: datetime) -> Iterator[Part]:
        self._bulletins = _standing(lobby, now)
        for stream, agency, told in self._followed():
            yield stream, *_instead(told, "bulletin:", view.bulletin_items(lobby, agency, now))

    def bulletins_ended(self, lobby: Lobby, now: datetime) -> bool:
        """Whether one has come to its end, or another day has none."""
        return bool(self._bulletins - _standing(lobby, now))

    def later(self, lobby: Lobby, now: datetime) -> Iterator[Part]:
        """Minutes, once a second; and devices."""
        touched, self._hall.touched = self._hall.touched, set()
        streams = list(self._followed())
        if not streams:
            self.lines.told()
            return
        due = self.lines.due(lobby, now)
        # What kiosks were told a moment ago holds here, too: a forecast costs more than all the rest.
        forecasts = (self._hub.table("kiosk") or {}) if self._hub.is_followed("kiosk") else {}
        for stream, agency, told in streams:
            if due:
                yield stream, view.line_items(lobby, due, agency, now, forecasts), ()
            if touched and agency is None:
                devices = view.device_items(lobby, self._hall, agency)
                yield stream, *_instead(told, "device:", devices)

    def _followed(self) -> Iterator[tuple[str, AgencyId | None, Table]]:
        """With what was told last."""
        for stream in (*self._hub.followed("floor:"), *(["floor"] if self._hub.is_followed("floor") else [])):
            yield stream, agency_of(stream), self._hub.table(stream) or {}


def agency_of(stream: str) -> AgencyId | None:
    family, name = split(stream)
    assert family is Family.FLOOR
    return AgencyId(name) if name else None


def _instead(told: Table, prefix: str, now: Table) -> tuple[Table, tuple[str, ...]]:
    """All items of a kind: what is so, and what is gone."""
    return now, tuple(key for key in told if key.startswith(prefix) and key not in now)


def _standing(lobby: Lobby, now: datetime) -> frozenset[BulletinId]:
    return frozenset(one.id for one in lobby.bulletins.values() if one.stands(now))
