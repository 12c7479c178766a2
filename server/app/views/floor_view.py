"""What a supervisor sees: every counter, every line, the devices, what needs a hand. Of an agency's head: the own part.

The whole is `floor_view`; the parts are drawn up alone for what a command touched (law 14).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from server.app.hall import Hall, Presence
from server.app.norm_watch import idle_since, seen_of
from server.app.views.minutes import minutes_of
from server.app.views.pauses import next_pause
from server.domain.breaches import Breach, waits_longest
from server.domain.catalogue import Agency, Counter, Service
from server.domain.lobby import Lobby
from server.domain.norms import NormKind
from shared.protocol.floor_views import (
    BulletinItem,
    FloorAlertItem,
    FloorCounterItem,
    FloorDeviceItem,
    FloorItem,
    FloorLineItem,
)
from shared.protocol.views import AlertItem, Item, LineItem, Table
from shared.vocabulary import AgencyId, CounterId, CounterState, DeviceId, OfficerId, ServiceId

MINUTE = timedelta(minutes=1)


def floor_view(lobby: Lobby, hall: Hall, agency: Agency | None, now: datetime) -> Table:
    mine = None if agency is None else agency.id
    table: Table = {"floor": FloorItem(agency=mine, name=agency.name if agency else lobby.catalogue.site.name)}
    table |= counter_items(lobby, hall, lobby.catalogue.counters, mine)
    table |= line_items(lobby, lobby.catalogue.services, mine, now, {})
    return table | device_items(lobby, hall, mine) | alert_items(lobby, hall, mine) | bulletin_items(lobby, mine, now)


def counter_items(lobby: Lobby, hall: Hall, counters: Iterable[CounterId], agency: AgencyId | None) -> Table:
    known = (lobby.catalogue.counters.get(one) for one in counters)
    mine = (one for one in known if one is not None and agency in (None, one.agency))
    return {f"counter:{one.id}": _counter_item(lobby, hall, one, agency) for one in mine}


def line_items(
    lobby: Lobby, services: Iterable[ServiceId], agency: AgencyId | None, now: datetime, told: Table
) -> Table:
    """With the minutes that were `told`, or with new ones where there are none."""
    known = (lobby.catalogue.services.get(one) for one in services)
    mine = (one for one in known if one is not None and agency in (None, one.agency))
    return {(key := f"line:{one.id}"): _line_item(lobby, one, told.get(key), now) for one in mine}


def device_items(lobby: Lobby, hall: Hall, agency: AgencyId | None) -> Table:
    """The hall's own: an agency has none."""
    if agency is not None:
        return {}
    faults: dict[str, list[str]] = {}
    for alert in hall.alerts.values():
        faults.setdefault(alert.device, []).append(alert.kind)
    return {
        f"device:{one.device}": _device_item(lobby, hall, one, tuple(sorted(faults.get(one.device, ()))))
        for one in hall.watched()
    }


def alert_items(lobby: Lobby, hall: Hall, agency: AgencyId | None) -> Table:
    table: Table = {
        f"alert:{breach.key}": _breach_item(lobby, hall, breach)
        for breach in hall.breaches.values()
        if agency in (None, breach.agency)
    }
    if agency is None:
        table |= {key: _alert_item(hall, key.removeprefix("alert:"), item) for key, item in hall.alerts.items()}
    return table


def bulletin_items(lobby: Lobby, agency: AgencyId | None, now: datetime) -> Table:
    """An agency sees what its own head said."""
    officers = lobby.catalogue.officers
    return {
        f"bulletin:{one.id}": BulletinItem(
            id=one.id,
            text=one.text,
            zones=one.zones,
            until=one.until,
            by=known.name if (known := officers.get(one.officer or OfficerId(""))) is not None else "",
        )
        for one in lobby.bulletins.values()
        if one.stands(now) and agency in (None, one.agency)
    }


def _counter_item(lobby: Lobby, hall: Hall, counter: Counter, agency: AgencyId | None) -> FloorCounterItem:
    catalogue, status, leg = lobby.catalogue, lobby.counters[counter.id], lobby.in_hand(counter.id)
    officer = catalogue.officers.get(status.officer or OfficerId(""))
    service = None if leg is None else catalogue.service(leg.service)
    is_mine = service is not None and agency in (None, service.agency)
    return FloorCounterItem(
        id=counter.id,
        number=counter.number,
        zone=counter.zone,
        zone_name=catalogue.zones[counter.zone].name,
        agency=counter.agency,
        agency_name=catalogue.agencies[counter.agency].short_name,
        state=status.state,
        since=status.since,
        officer="" if officer is None else officer.name,
        pause_reason=status.pause_reason,
        paused_until=status.pause_until,
        next_pause=next_pause(status.planned),
        free_since=idle_since(lobby, hall, counter.id),
        hand=None if leg is None else leg.state,
        hand_since=None if leg is None else leg.called_at or leg.since,
        ticket=lobby.visits[leg.visit].ticket if leg is not None and is_mine else "",
        visit=leg.visit if leg is not None and is_mine else "",
        leg=leg.id if leg is not None and is_mine else "",
        service=service.name if service is not None and is_mine else None,
        served_today=lobby.served_today(counter.id),
    )


def _line_item(lobby: Lobby, service: Service, told: Item | None, now: datetime) -> FloorLineItem:
    line, opening = lobby.line(service.id), lobby.catalogue.openings.at(now, service.hours)
    longest, by_hand = waits_longest(line), lobby.is_closed_by_hand(service.id)
    serving = lobby.catalogue.counters_of.get(service.id, ())
    if isinstance(told, FloorLineItem | LineItem):
        minutes, too_late = told.minutes, told.too_late
    else:
        wait = lobby.estimate(service.id, now)
        minutes, too_late = minutes_of(wait), lobby.too_late(service.id, now, wait)
    return FloorLineItem(
        service=service.id,
        agency=service.agency,
        agency_name=lobby.catalogue.agencies[service.agency].short_name,
        name=service.name,
        order=service.order,
        open=opening.is_open and not by_hand,
        waiting=len(line),
        closed_because=lobby.closures[service.id].because if by_hand else "",
        waits_since=None if longest is None else longest.since,
        minutes=minutes,
        too_late=None if by_hand else too_late,
        counters=sum(lobby.counters[one].state is CounterState.OPEN for one in serving),
        opens_at=None if by_hand else opening.opens_at,
        closes_at=None if by_hand else opening.ends_at,
    )


def _device_item(lobby: Lobby, hall: Hall, presence: Presence, faults: tuple[str, ...]) -> FloorDeviceItem:
    zone = lobby.catalogue.zones.get(presence.zone) if presence.zone is not None else None
    receipt = hall.receipts.get(presence.device)
    return FloorDeviceItem(
        id=presence.device,
        name=presence.name,
        role=presence.role,
        zone=None if zone is None else zone.name,
        gone_since=None if presence.connections else presence.gone_at or hall.watching_since,
        faults=faults,
        receipt=None if receipt is None else receipt.step,
        receipt_at=None if receipt is None else receipt.at,
        receipt_ticket="" if receipt is None else receipt.ticket,
    )


def _breach_item(lobby: Lobby, hall: Hall, breach: Breach) -> FloorAlertItem:
    catalogue, seen = lobby.catalogue, seen_of(hall, breach.key)
    leg = None if breach.leg is None else lobby.leg(breach.leg)  # of today: the watch looks anew each morning
    at_counter = catalogue.counters.get(CounterId(breach.subject)) if breach.kind is not NormKind.WAIT else None
    service = None if leg is None else catalogue.service(leg.service)
    is_shown = service is not None and service.agency == breach.agency
    device = hall.known(DeviceId(breach.subject)) if breach.kind is NormKind.PAPER else None
    return FloorAlertItem(
        key=breach.key,
        kind=breach.kind.value,
        agency=breach.agency,
        since=breach.since,
        name=at_counter.number if at_counter is not None else device.name if device is not None else breach.subject,
        service=service.name if service is not None and is_shown else None,
        ticket=lobby.visit_of(leg.id).ticket if leg is not None and is_shown else "",
        norm=breach.norm // MINUTE,
        seen_by="" if seen is None else seen.name,
        seen_at=None if seen is None else seen.at,
        because="" if seen is None else seen.because,
    )


def _alert_item(hall: Hall, key: str, alert: AlertItem) -> FloorAlertItem:
    seen = seen_of(hall, key)
    return FloorAlertItem(
        key=key,
        kind=alert.kind,
        agency=None,
        since=alert.since,
        name=alert.name,
        ticket=alert.ticket,
        seen_by="" if seen is None else seen.name,
        seen_at=None if seen is None else seen.at,
        because="" if seen is None else seen.because,
    )
