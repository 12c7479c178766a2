"""One line, counter, visit or day, looked at once by somebody who is about to act: followed by nobody."""

from __future__ import annotations

import re
from datetime import datetime

from server.app.hall import Hall
from server.app.views.floor_view import counter_items, line_items
from server.domain.lobby import Lobby
from server.domain.stops import path_of
from server.domain.visit import Leg, Visit
from shared.protocol.floor_views import FloorDayItem, FloorVisitItem
from shared.protocol.views import Table
from shared.vocabulary import AgencyId, CounterId, LegId, LegState, ServiceId, VisitId

_TICKET = re.compile(r"\s*([A-Za-z]{1,3})[\s-]*([0-9]{1,5})\s*")


def case_view(name: str, lobby: Lobby, hall: Hall, now: datetime) -> Table | None:
    """None: there is no such thing today."""
    kind, _, of = name.partition(":")
    match kind:
        case "line" if of in lobby.catalogue.services:
            return _line(lobby, ServiceId(of), now)
        case "counter" if of in lobby.catalogue.counters:
            return counter_items(lobby, hall, [CounterId(of)], None)
        case "visit" if (visit := find_visit(lobby, of)) is not None:
            return _legs(lobby, path_of(visit))
        case "day" if not of or of in lobby.catalogue.agencies:
            ends = lobby.day_end(AgencyId(of) if of else None)
            day = FloorDayItem(
                expired=ends.expired, in_hand=ends.in_hand, services=ends.services, counters=ends.counters
            )
            return {"day": day}
        case _:
            return None


def find_visit(lobby: Lobby, name: str) -> Visit | None:
    """By its id, or by its ticket as somebody types it: `a12` is A-012."""
    if (known := lobby.visits.get(VisitId(name))) is not None:
        return known
    typed = _TICKET.fullmatch(name)
    if typed is None:
        return None
    series, number = typed[1].upper(), int(typed[2])
    return next((one for one in lobby.visits.values() if (one.series, one.number) == (series, number)), None)


def _line(lobby: Lobby, service: ServiceId, now: datetime) -> Table:
    """Who waits, in calling order; then who is at a counter, was put aside, or missed a call."""
    elsewhere = [leg for leg in lobby.places.hands.values() if leg.service == service]
    for asides in (*lobby.places.parked_at.values(), *lobby.places.missed_at.values()):
        elsewhere += [leg for leg in asides.values() if leg.service == service]
    table = line_items(lobby, [service], None, now, {})
    return table | _legs(lobby, [*lobby.line(service), *sorted(elsewhere, key=lambda leg: (leg.since, leg.order))])


def _legs(lobby: Lobby, legs: list[Leg]) -> Table:
    places: dict[LegId, int] = {}
    for service in {leg.service for leg in legs}:
        places |= {leg.id: place for place, leg in enumerate(lobby.line(service), 1)}
    return {f"leg:{leg.id}": _item(lobby, leg, places.get(leg.id, 0)) for leg in legs}


def _item(lobby: Lobby, leg: Leg, place: int) -> FloorVisitItem:
    catalogue, visit = lobby.catalogue, lobby.visits[leg.visit]
    service = catalogue.service(leg.service)
    waits = leg.state is LegState.WAITING
    at = catalogue.counters.get((leg.only_counter if waits else leg.counter) or CounterId(""))
    return FloorVisitItem(
        visit=visit.id,
        leg=leg.id,
        ticket=visit.ticket,
        service=service.id,
        service_name=service.name,
        agency=service.agency,
        state=leg.state,
        since=leg.since,
        arrived_at=visit.arrived_at,
        priority=visit.priority,
        needs=visit.needs,
        place=place if waits else 0,
        counter="" if at is None else at.number,
        kept=waits and at is not None,
    )
