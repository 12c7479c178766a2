"""Every address of setting up. The pages of things come last: theirs takes any word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from server.app.api.keys import KeyStore
from server.app.bookings.ports import BookingStore
from server.app.catalogue_editing.desk import CatalogueDesk
from server.app.devices import DeviceOffice
from server.app.persons import PersonStore
from server.app.retention import Kept, Runs
from server.web.admin.changes import Changes
from server.web.admin.data import Data
from server.web.admin.devices import Devices
from server.web.admin.exchange import Exchange
from server.web.admin.keys import Keys
from server.web.admin.lists import Lists
from server.web.admin.office import Office
from server.web.admin.overview import Overview
from server.web.admin.secrets import Secrets
from server.web.admin.striking import Striking
from server.web.admin.things import Things
from server.web.house.house import House

Keeping = tuple[Callable[[], Sequence[Kept]], Runs, PersonStore]
"""The clocks of this hall, what they did last, and where one person's data is found."""
_STATIC = Path(__file__).parent / "static"


def admin_routes(
    house: House, desk: CatalogueDesk, devices: DeviceOffice, keys: KeyStore, keeping: Keeping, bookings: BookingStore
) -> Sequence[BaseRoute]:
    office = Office(house, desk, house.doorkeeper.accounts, devices)
    things = Things(office)
    families = (
        Overview(office),
        Changes(office, Striking(office, bookings)),
        Exchange(office),
        Devices(office),
        Secrets(office),
        Keys(office, keys),
        Data(office, *keeping),
        Lists(office, things.edit),
        things,
    )
    pages = [route for family in families for route in family.routes()]
    return [*pages, Mount("/static/admin", StaticFiles(directory=_STATIC))]
