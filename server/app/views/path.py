"""The path of a visit with several services, as paper, phone and counter show it."""

from __future__ import annotations

from datetime import datetime

from server.app.views.minutes import minutes_of
from server.domain.estimating import Forecast
from server.domain.lobby import Lobby
from server.domain.stops import path_of
from server.domain.visit import Leg, Visit
from shared.protocol.values import Stop
from shared.vocabulary import CounterId, LegState, Words, ZoneId


def stops_of(lobby: Lobby, visit: Visit, now: datetime | None = None) -> tuple[Stop, ...]:
    """Nothing for a visit with one stop. Without `now` no minutes."""
    if not visit.has_several_stops:
        return ()
    told = {} if now is None else lobby.estimates_of(visit, now)
    return tuple(_stop(lobby, leg, told.get(leg.id), now is not None) for leg in path_of(visit))


def also_waits_for(visit: Visit, leg: Leg) -> tuple[str, ...]:
    """Services of the other stops that are still to be done."""
    if not visit.has_several_stops:
        return ()
    return tuple(other.service for other in visit.open_legs if other.id != leg.id)


def _stop(lobby: Lobby, leg: Leg, told: Forecast | None, tells_place: bool) -> Stop:
    catalogue = lobby.catalogue
    service = catalogue.service(leg.service)
    waiting = leg.state is LegState.WAITING
    at = leg.counter if leg.counter in catalogue.counters and not waiting else None
    return Stop(
        service=service.id,
        name=service.name,
        agency=catalogue.agency(service.agency).name,
        zones=_zones(lobby, lobby.profiles.counters(service.id) if at is None else [at]),
        state=leg.state,
        counter=None if at is None else catalogue.counters[at].number,
        ahead=lobby.ahead(leg.id) if tells_place else 0,
        minutes=minutes_of(told),
    )


def _zones(lobby: Lobby, counters: list[CounterId]) -> tuple[Words, ...]:
    """Each once, in the order of the counters."""
    zones: dict[ZoneId, None] = dict.fromkeys(lobby.catalogue.counters[counter].zone for counter in counters)
    return tuple(lobby.catalogue.zones[zone].name for zone in zones)
