"""Puts the API together: keys, what is read, what is asked, its description for programs and for people."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from server.app.allowance import Rate
from server.db.store import Store
from server.net.api.catalogue_reading import CatalogueReading
from server.net.api.description import description_route
from server.net.api.doorman import Doorman
from server.net.api.events import EventStreams
from server.net.api.floor_reading import FloorReading
from server.net.api.reading import Reading
from server.net.api.results_reading import ResultsReading
from server.net.api.routes import Api
from server.net.api.table import EVENTS, WAITING, Readings, operations
from server.net.api.waiting import PublicWaiting
from server.reporting.desk import ReportDesk
from server.reporting.service import ReportService
from server.settings import ServerSettings
from server.web.api.routes import api_page_routes
from server.web.house.house import House


def api_routes(settings: ServerSettings, store: Store, house: House, desk: ReportDesk) -> Sequence[BaseRoute]:
    gate = house.gate
    rate = Rate(settings.api_burst, settings.api_per_second)
    doorman = Doorman(store.api_keys, gate.aside, gate.clock, gate.misses, rate)
    reading, api = Reading(gate, store.api_records, store.bookings), Api(gate, doorman)
    results = ResultsReading(gate, ReportService(desk, gate.clock), store.forecast_scores)
    table = operations(Readings(reading, FloorReading(gate), results, CatalogueReading(gate, store.drafts)))
    return [
        *api.routes(table),
        EventStreams(gate, store.api_records, reading, api).route(EVENTS),
        PublicWaiting(gate, api).route(WAITING),
        description_route(api, table),
        *api_page_routes(house, table),
    ]
