"""What a kiosk offers: agencies, services, and how each line stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from server.app.views.minutes import minutes_of
from server.domain.catalogue import Agency, Catalogue, Service
from server.domain.lobby import Lobby
from shared.protocol.values import OpenDay
from shared.protocol.views import AgencyItem, Item, LineItem, ServiceItem, Table
from shared.vocabulary import ServiceId


def kiosk_view(lobby: Lobby, now: datetime) -> Table:
    return choices(lobby.catalogue) | lines(lobby, lobby.catalogue.services, now)


def choices(catalogue: Catalogue) -> Table:
    """The part that changes with the catalogue only."""
    table: Table = {f"agency:{agency.id}": _agency_item(agency) for agency in catalogue.agencies.values()}
    table.update({f"service:{service.id}": _service_item(service) for service in catalogue.services.values()})
    return table


def lines(lobby: Lobby, services: Iterable[ServiceId], now: datetime, told: Table | None = None) -> Table:
    """How the lines of these services stand; removed services have none. With the minutes that were `told`, or with new
    ones where there are none."""
    offered = lobby.catalogue.services
    known = told or {}
    return {
        (key := f"line:{service}"): _line_item(lobby, offered[service], known.get(key), now)
        for service in services
        if service in offered
    }


def _agency_item(agency: Agency) -> AgencyItem:
    return AgencyItem(id=agency.id, name=agency.name, short_name=agency.short_name, order=agency.order)


def _service_item(service: Service) -> ServiceItem:
    return ServiceItem(
        id=service.id,
        agency=service.agency,
        name=service.name,
        prefix=service.prefix,
        requirements=service.requirements,
        fee=service.fee,
        standard_minutes=service.standard_minutes,
        order=service.order,
        keywords=service.keywords,
        bookable=service.booking is not None,
    )


def _line_item(lobby: Lobby, service: Service, told: Item | None, now: datetime) -> LineItem:
    opening = lobby.catalogue.openings.at(now, service.hours)
    quota_left = None if service.daily_quota is None else max(0, service.daily_quota - lobby.issued_today(service.id))
    if isinstance(told, LineItem):
        minutes, too_late, too_late_for_priority = told.minutes, told.too_late, told.too_late_for_priority
    else:
        wait = lobby.estimate(service.id, now)
        minutes, too_late = minutes_of(wait), lobby.too_late(service.id, now, wait)
        too_late_for_priority = too_late is not None and lobby.too_late_for_priority(service.id, now) is not None
    by_hand = lobby.is_closed_by_hand(service.id)
    days = lobby.catalogue.openings.next_days(now, service.hours) if too_late or quota_left == 0 else ()
    return LineItem(
        service=service.id,
        open=opening.is_open and not by_hand,
        waiting=len(lobby.line(service.id)),
        minutes=minutes,
        opens_at=None if by_hand else opening.opens_at,
        closes_at=None if by_hand else opening.closes_at,
        quota_left=quota_left,
        too_late=too_late,
        too_late_for_priority=too_late_for_priority,
        ends_at=opening.ends_at if too_late else None,
        next_days=tuple(OpenDay(day.opens_at, day.closes_at) for day in days),
    )
