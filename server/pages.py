"""The pages: every family of them, put together. A new family is named here, its addresses in `app/permissions`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from starlette.routing import BaseRoute, Mount, Route

from server.app.catalogue_editing.desk import CatalogueDesk
from server.app.devices import DeviceOffice
from server.app.retention import Kept
from server.db.store import Store
from server.net.phone_socket import Phones
from server.reporting.desk import ReportDesk
from server.reporting.service import ReportService
from server.tls.certificates import fingerprint_of
from server.web.admin.routes import admin_routes
from server.web.audit.routes import audit_routes
from server.web.booking.challenge import Challenges
from server.web.booking.hall import BookingHall
from server.web.booking.own import OwnPages
from server.web.booking.routes import booking_room, booking_routes
from server.web.floor.routes import floor_routes
from server.web.house.house import House
from server.web.ikm.routes import ikm_routes
from server.web.phone.hall import GatePhoneHall
from server.web.phone.routes import phone_routes
from server.web.reports.routes import report_routes
from server.web.signing_in.routes import signing_in_routes
from server.web.survey.routes import survey_routes


def all_pages(
    house: House, phones: Phones, store: Store, desk: ReportDesk, kept: Callable[[], Sequence[Kept]]
) -> Sequence[BaseRoute]:
    """What people see in a browser; `store` is what a family asks of the database, by its ports; `desk` where reports
    are made, `kept` how long this hall keeps what."""
    room, bookings = booking_room(house), BookingHall(house.gate, store.bookings)
    own = OwnPages(room, bookings)
    routes = [
        *house.routes(),
        *signing_in_routes(house),
        *survey_routes(house, house.gate.surveys),
        *ikm_routes(house, house.gate.surveys),
        *audit_routes(house, store.audit, store.histories, store.access, store.api_keys),
        *_admin(house, store, kept),
        *floor_routes(house, store.bookings),
        *report_routes(house, ReportService(desk, house.gate.clock)),
        *booking_routes(room, bookings, Challenges(secrets.token_bytes(32))),
        *own.routes(),
        *phone_routes(GatePhoneHall(house.gate, phones), own.page),
    ]
    house.served |= {route.path for route in routes if isinstance(route, Route | Mount)}
    return routes


def _admin(house: House, store: Store, kept: Callable[[], Sequence[Kept]]) -> Sequence[BaseRoute]:
    gate = house.gate

    def authority() -> str:
        return fingerprint_of(gate.authority) if gate.authority else ""

    desk = CatalogueDesk(store.drafts, gate.clock)
    devices = DeviceOffice(store.access, store.sightings, gate.clock, authority)
    return admin_routes(
        house, desk, devices, store.api_keys, (kept, store.retention_runs, store.persons), store.bookings
    )
