"""What the displays of a zone show: who is called, where. Numbers only: law 12."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from server.domain.catalogue import Zone
from server.domain.lobby import Lobby
from server.domain.visit import Leg
from shared.protocol.views import CallItem, Table, ZoneItem
from shared.vocabulary import LegId, Need

CALLS_SHOWN = 12
_SLOWER = frozenset({Need.ELDERLY, Need.PREGNANT, Need.INFANT, Need.DISABILITY})


def board_view(lobby: Lobby, zone: Zone, calls: Iterable[LegId], now: datetime) -> Table:
    """`calls` are the last ones of the zone."""
    site = lobby.catalogue.site
    said = tuple(one.text for one in lobby.bulletins.values() if one.stands(now) and one.is_for(zone.id))
    table: Table = {
        "zone": ZoneItem(id=zone.id, name=zone.name, site=site.name, ticker=(*said, *site.ticker, *zone.ticker)),
    }
    table.update({f"call:{leg}": _call_item(lobby, lobby.leg(leg)) for leg in calls})
    return table


def _call_item(lobby: Lobby, leg: Leg) -> CallItem:
    assert leg.called_at is not None
    assert leg.counter is not None
    catalogue, visit = lobby.catalogue, lobby.visit_of(leg.id)
    return CallItem(
        leg=leg.id,
        ticket=visit.ticket,
        counter=catalogue.counters[leg.counter].number,
        agency=catalogue.agency(catalogue.service(leg.service).agency).name,
        called_at=leg.called_at,
        order=int(leg.called_at.timestamp() * 1000),  # newer is larger; a new call changes no other row
        calls=leg.calls,
        standing=leg.state.is_in_hand,
        long_flash=not _SLOWER.isdisjoint(visit.needs),
    )
