"""An officer's day at one counter: who is in hand, who waits, who was put aside, where else a visit can go."""

from __future__ import annotations

from collections.abc import Collection

from server.app.views.path import also_waits_for, stops_of
from server.app.views.pauses import next_pause
from server.app.views.why_called import why_called
from server.domain.catalogue import Catalogue, Counter
from server.domain.lobby import Lobby
from server.domain.visit import Leg
from shared.protocol.views import (
    AlertItem,
    AsideItem,
    DeliveryItem,
    DeskItem,
    DeskServiceItem,
    HandItem,
    Table,
    WaitingItem,
)
from shared.vocabulary import CounterId, CounterState, DeviceId, LegState, ServiceId

WAITING_SHOWN = 60  # more than an officer reads; the whole line is a number


def desk_view(
    lobby: Lobby, counter: Counter, alerts: dict[str, AlertItem], deliveries: dict[DeviceId, DeliveryItem]
) -> Table:
    table = own_items(lobby, counter, alerts, deliveries)
    for leg in lobby.waiting_for(counter.id, WAITING_SHOWN):
        table[f"waiting:{leg.id}"] = waiting_item(lobby, counter.id, leg)
    return table | service_items(lobby.catalogue, counter.profile, open_counters(lobby))


def own_items(
    lobby: Lobby, counter: Counter, alerts: dict[str, AlertItem], deliveries: dict[DeviceId, DeliveryItem]
) -> Table:
    """Everything but those who wait and the services."""
    table: Table = {"desk": _desk_item(lobby, counter)}
    hand = lobby.in_hand(counter.id)
    if hand is not None:
        table["hand"] = _hand_item(lobby, hand)
        table.update({f"delivery:{device}": item for device, item in deliveries.items() if item.leg == hand.id})
    for leg in (*lobby.parked_at(counter.id), *lobby.missed_at(counter.id)):
        table[f"aside:{leg.id}"] = _aside_item(lobby, leg)
    table.update(alerts)
    return table


def open_counters(lobby: Lobby) -> frozenset[CounterId]:
    return frozenset(one for one, status in lobby.counters.items() if status.state is CounterState.OPEN)


def service_items(catalogue: Catalogue, profile: Collection[ServiceId], open_now: Collection[CounterId]) -> Table:
    """Where a visit can be sent on to."""
    return {
        f"service:{service.id}": DeskServiceItem(
            id=service.id,
            agency=service.agency,
            agency_name=catalogue.agency(service.agency).name,
            name=service.name,
            prefix=service.prefix,
            mine=service.id in profile,
            counters=tuple(
                catalogue.counters[counter].number
                for counter in catalogue.counters_of.get(service.id, ())
                if counter in open_now
            ),
        )
        for service in catalogue.services.values()
    }


def is_particular(leg: Leg) -> bool:
    """Whether the leg may be blocked at one desk and free at another with the same work profile."""
    return leg.only_counter is not None or bool(leg.needs)


def _desk_item(lobby: Lobby, counter: Counter) -> DeskItem:
    catalogue, status = lobby.catalogue, lobby.counters[counter.id]
    officer = None if status.officer is None else catalogue.officers.get(status.officer)
    return DeskItem(
        counter=counter.id,
        number=counter.number,
        zone=catalogue.zones[counter.zone].name,
        officer=status.officer,
        officer_name="" if officer is None else officer.name,
        state=status.state,
        since=status.since,
        waiting=lobby.waiting_count(counter.id),
        served_today=lobby.served_today(counter.id),
        pause_reason=status.pause_reason,
        paused_until=status.pause_until,
        next_pause=next_pause(status.planned),
        helping=sum(len(line) for line in lobby.may_help(counter.id)),
    )


def _hand_item(lobby: Lobby, leg: Leg) -> HandItem:
    visit = lobby.visit_of(leg.id)
    called = leg.state is LegState.CALLED
    recalls_left = max(0, lobby.calling_of(leg.service).recalls + 1 - leg.calls) if called else 0
    return HandItem(
        visit=visit.id,
        leg=leg.id,
        ticket=visit.ticket,
        service=leg.service,
        state=leg.state,
        since=leg.since,
        calls=leg.calls,
        language=visit.language,
        priority=visit.priority,
        needs=visit.needs,
        arrived_at=leg.came_at,
        note=leg.note,
        why=why_called(lobby, leg),
        recalls_left=recalls_left,
        recall_from=lobby.recall_from(leg) if recalls_left else None,
        miss_from=lobby.miss_from(leg) if called else None,
        stops=stops_of(lobby, visit),
        booked_for=visit.booked_for,
        requirements=lobby.catalogue.service(leg.service).requirements if leg.state is LegState.SERVING else (),
    )


def waiting_item(lobby: Lobby, counter: CounterId, leg: Leg) -> WaitingItem:
    visit = lobby.visit_of(leg.id)
    return WaitingItem(
        visit=visit.id,
        leg=leg.id,
        ticket=visit.ticket,
        service=leg.service,
        arrived_at=leg.came_at,
        effective_at=leg.effective_at,
        order=leg.order,
        priority=visit.priority,
        needs=visit.needs,
        blocked=_why_blocked(lobby, counter, leg),
        also=also_waits_for(visit, leg),
        booked_for=visit.booked_for,
    )


def _why_blocked(lobby: Lobby, counter: CounterId, leg: Leg) -> str | None:
    if leg.only_counter is not None and leg.only_counter != counter:
        return "other_counter"
    if leg.only_counter is None and not lobby.meets(counter, leg):
        return "needs"
    return "elsewhere" if lobby.is_held(leg) else None


def _aside_item(lobby: Lobby, leg: Leg) -> AsideItem:
    visit = lobby.visit_of(leg.id)
    return AsideItem(
        visit=visit.id,
        leg=leg.id,
        ticket=visit.ticket,
        service=leg.service,
        state=leg.state,
        since=leg.since,
        note=leg.note,
    )
