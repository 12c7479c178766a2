"""What a visitor's phone follows: their own number and nobody else's."""

from __future__ import annotations

from datetime import datetime

from server.app.views.minutes import minutes_of
from server.app.views.path import stops_of
from server.domain.lobby import Lobby
from server.domain.stops import path_of
from server.domain.visit import Visit
from shared.protocol.views import Table, VisitItem
from shared.vocabulary import LegState


def visit_view(lobby: Lobby, visit: Visit, now: datetime) -> Table:
    catalogue = lobby.catalogue
    leg = lobby.foremost(visit)
    service = catalogue.service(leg.service)
    waiting = leg.state is LegState.WAITING
    counter = None
    if leg.counter is not None and (leg.state.is_in_hand or leg.state is LegState.PARKED):
        counter = catalogue.counters.get(leg.counter)
    before = lobby.overtaken_by(leg.id) if waiting else None
    booked = lobby.booked_before(leg.id) if waiting else None
    early = lobby.called_before(leg.id) if waiting else None
    order = lobby.calling_of(leg.service)
    return {
        "visit": VisitItem(
            ticket=visit.ticket,
            service=service.name,
            agency=catalogue.agency(service.agency).name,
            requirements=service.requirements,
            state=leg.state,
            language=visit.language,
            issued_at=visit.arrived_at,
            ahead=lobby.ahead(leg.id) if waiting else 0,
            minutes=minutes_of(lobby.estimate_of(leg.id, now)) if waiting else None,
            counter=None if counter is None else counter.number,
            zone=None if counter is None else catalogue.zones[counter.zone].name,
            called_at=leg.called_at if leg.state.is_in_hand else None,
            calls=leg.calls if leg.state.is_in_hand else 0,
            put_before=0 if before is None else before.count,
            put_before_at=None if before is None else before.last_at,
            booked_before=0 if booked is None else booked.count,
            booked_before_at=None if booked is None else booked.last_at,
            called_early=0 if early is None else early.count,
            called_early_at=None if early is None else early.last_at,
            called_early_reason=None if early is None else early.reason,
            may_come_back=_may_come_back(lobby, visit),
            may_give_way=order.give_way if waiting and not leg.gave_way else 0,
            stops=stops_of(lobby, visit, now),
            invited=visit.invited is not None and not visit.is_open,
            was_served=any(leg.state is LegState.SERVED for leg in visit.legs),
        )
    }


def _may_come_back(lobby: Lobby, visit: Visit) -> bool:
    missed = (leg for leg in path_of(visit) if leg.state is LegState.MISSED)
    return any(leg.returned < lobby.calling_of(leg.service).returns for leg in missed)
