"""Projecting: any stream's table from the lobby and the hall. Law 8: snapshot and deltas always add up to this."""

from __future__ import annotations

from datetime import datetime

from server.app.hall import Hall
from server.app.permissions import Family, split
from server.app.recent_calls import RecentCalls
from server.app.views.board_view import CALLS_SHOWN, board_view
from server.app.views.case_view import case_view
from server.app.views.counters_view import counters_view
from server.app.views.desk_view import desk_view
from server.app.views.floor_view import floor_view
from server.app.views.kiosk_view import kiosk_view
from server.app.views.visit_view import visit_view
from server.domain.lobby import Lobby
from shared.protocol.views import Table
from shared.vocabulary import AgencyId, CounterId, FollowKey, ZoneId


class UnknownStreamError(LookupError):
    """Nothing of that name can be followed."""


def project(stream: str, lobby: Lobby, calls: RecentCalls, hall: Hall, now: datetime) -> Table:
    """Raises UnknownStreamError, also for a counter or zone that the catalogue does not have any more."""
    family, name = split(stream)
    catalogue = lobby.catalogue
    match family:
        case Family.KIOSK:
            return kiosk_view(lobby, now)
        case Family.BOARD if (zone := catalogue.zones.get(ZoneId(name))) is not None:
            return board_view(lobby, zone, calls.last(zone.id, CALLS_SHOWN), now)
        case Family.COUNTERS:
            return counters_view(lobby)
        case Family.DESK if (counter := catalogue.counters.get(CounterId(name))) is not None:
            return desk_view(lobby, counter, hall.alerts, hall.deliveries.get(counter.id, {}))
        case Family.VISIT if (visit := lobby.visit_by_key(FollowKey(name))) is not None:
            return visit_view(lobby, visit, now)
        case Family.CASE if (table := case_view(name, lobby, hall, now)) is not None:
            return table
        case Family.FLOOR if not name:
            return floor_view(lobby, hall, None, now)
        case Family.FLOOR if (agency := catalogue.agencies.get(AgencyId(name))) is not None:
            return floor_view(lobby, hall, agency, now)
        case _:
            raise UnknownStreamError(stream)
