"""The floor's routes: the live page, the small pages on which somebody acts, and the acts themselves."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from server.app.accounts import Staff
from server.app.bookings.ports import BookingStore
from server.app.ports import StorageError
from server.domain.called_off import later_today
from server.domain.catalogue import Catalogue
from server.net.asking import ask_as_person
from server.net.doorkeeper import safe_target, staff_of
from server.net.forms import read_form
from server.net.rest import look
from server.web.floor import showing
from server.web.floor.acts import ACTS, NotFilledInError, command_of
from server.web.floor.parts import Parts
from server.web.floor.saying import Saying
from server.web.floor.words import WORDS
from server.web.house.house import HEADERS, House, language_of
from server.web.house.live import Live
from shared.protocol.floor_views import FloorCounterItem, FloorDayItem, FloorItem, FloorLineItem, FloorVisitItem
from shared.protocol.views import Table
from shared.vocabulary import AgencyId, LegState, PauseReason, Role, ServiceId

_HERE = Path(__file__).parent
_BESIDE = (LegState.CALLED, LegState.SERVING, LegState.PARKED, LegState.MISSED)
USUAL_MINUTES = 15  # of an announcement


def floor_routes(house: House, bookings: BookingStore) -> Sequence[BaseRoute]:
    return _Floor(house, bookings).routes()


class _Floor:
    def __init__(self, house: House, bookings: BookingStore) -> None:
        self._house = house
        self._bookings = bookings
        self._room = house.room("floor", _HERE, WORDS)

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/floor", self.floor),
            Route("/floor/live", self.live),
            Route("/floor/agency/{agency}", self.agency),
            Route("/floor/line/{service}", self.line),
            Route("/floor/counter/{counter}", self.counter),
            Route("/floor/visit", self.visit),
            Route("/floor/announce", self.announce),
            Route("/floor/day", self.day),
            Route("/floor/do/{act}", self.do, methods=["POST"]),
            Mount("/static/floor", StaticFiles(directory=_HERE / "static")),
        ]

    # --- the live page ---

    async def floor(self, http: Request) -> Response:
        table = await self._table(http)
        floor = table.get("floor")
        assert isinstance(floor, FloorItem)
        catalogue = self._house.gate.catalogue()
        return self._page(
            http,
            "floor.html",
            parts={name: Markup(html) for name, html in self._parts(http)(table).items()},  # noqa: S704 (our templates)
            zones=self._zones(table),
            zone_names={zone.id: zone.name.in_(language_of(http)) for zone in catalogue.zones.values()},
            name=floor.name.in_(language_of(http)),
        )

    async def live(self, http: Request) -> Response:
        return Live(self._house, http, staff_of(http), _stream(staff_of(http)), self._parts(http))

    def _parts(self, http: Request) -> Callable[[Table], Mapping[str, str]]:
        language, staff = language_of(http), staff_of(http)

        def render(template: str, **values: Any) -> str:
            return self._room.part(http, template, language, say=self._saying(http), **values)

        return Parts(render, language, self._house.gate.clock, has_devices=staff.agency is None).of

    def _zones(self, table: Table) -> list[tuple[str, list[AgencyId]]]:
        """The agencies of each zone by the catalogue: an agency stands where its first counter does."""
        catalogue = self._house.gate.catalogue()
        known = {item.agency for item in table.values() if isinstance(item, FloorCounterItem | FloorLineItem)}
        home: dict[AgencyId, str] = {}
        for counter in catalogue.counters.values():
            home.setdefault(counter.agency, counter.zone)
        places: dict[str, list[AgencyId]] = {zone: [] for zone in (*catalogue.zones, "")}
        for agency in catalogue.agencies:
            if agency in known:
                places[home.get(agency, "")].append(agency)
        return [(zone, agencies) for zone, agencies in places.items() if agencies]

    # --- where somebody acts ---

    async def agency(self, http: Request) -> Response:
        wanted = http.path_params["agency"]
        _refuse_others(staff_of(http), wanted)
        table = await self._table(http)
        card = showing.cards(table, language_of(http), self._house.gate.clock()).get(wanted)
        if card is None:
            raise HTTPException(404)
        return self._page(http, "agency_page.html", card=card)

    async def line(self, http: Request) -> Response:
        service, staff = http.path_params["service"], staff_of(http)
        table = await look(self._house.gate, f"case:line:{service}") or {}
        line = next((item for item in table.values() if isinstance(item, FloorLineItem)), None)
        if line is None:
            raise HTTPException(404)
        _refuse_others(staff, line.agency)
        visits = [item for item in table.values() if isinstance(item, FloorVisitItem)]
        return self._page(
            http,
            "line.html",
            line=line,
            waiting=[one for one in visits if one.state is LegState.WAITING],
            beside=[one for one in visits if one.state in _BESIDE],
            own_numbers=self._own_numbers(staff),
            booked=(await self._booked()).get(ServiceId(service), 0),
        )

    async def _booked(self) -> Mapping[ServiceId, int]:
        """Who would come in vain, were their service closed now."""
        gate = self._house.gate
        now = gate.clock()
        try:
            promises = await gate.aside(self._bookings.promised, now)
        except StorageError:
            raise HTTPException(503, "storage") from None
        return later_today(promises, self._house.zone(), now)

    async def counter(self, http: Request) -> Response:
        """Out of the own floor: there a head sees nothing of another agency's visitor."""
        item = (await self._table(http)).get(f"counter:{http.path_params['counter']}")
        if not isinstance(item, FloorCounterItem):
            raise HTTPException(404)
        return self._page(http, "counter.html", counter=item, pauses=[reason.value for reason in PauseReason])

    async def visit(self, http: Request) -> Response:
        staff, wanted = staff_of(http), http.query_params.get("ticket", "").strip()[:40]
        table = await look(self._house.gate, f"case:visit:{wanted}") or {}
        legs = [item for item in table.values() if isinstance(item, FloorVisitItem)]
        mine = [leg for leg in legs if staff.agency in (None, leg.agency)]
        if not mine:
            return self._page(http, "visit.html", status=404, legs=(), wanted=wanted, others=False)
        catalogue = self._house.gate.catalogue()
        agencies = [one for one in catalogue.agencies.values() if staff.agency in (None, one.id)]
        return self._page(
            http,
            "visit.html",
            legs=mine,
            wanted=wanted,
            others=len(mine) < len(legs),
            agencies=[(one, [s for s in catalogue.services.values() if s.agency == one.id]) for one in agencies],
            counters=[one for one in catalogue.counters.values() if staff.agency in (None, one.agency)],
            own_numbers=self._own_numbers(staff),
        )

    async def announce(self, http: Request) -> Response:
        staff, catalogue = staff_of(http), self._house.gate.catalogue()
        own = {one.zone for one in catalogue.counters.values() if staff.agency in (None, one.agency)}
        zones = [zone for zone in catalogue.zones.values() if zone.id in own]
        return self._page(http, "announce.html", zones=zones, minutes=USUAL_MINUTES)

    async def day(self, http: Request) -> Response:
        staff, catalogue = staff_of(http), self._house.gate.catalogue()
        agency = staff.agency or http.query_params.get("agency", "")
        table = await look(self._house.gate, f"case:day:{agency}") or {}
        ends = table.get("day")
        if not isinstance(ends, FloorDayItem):
            raise HTTPException(404)
        agencies = [] if staff.agency is not None else list(catalogue.agencies.values())
        booked = sum(
            count
            for service, count in (await self._booked()).items()
            if agency in ("", _agency_of(service, catalogue)) and not self._house.gate.is_closed_today(service)
        )
        return self._page(http, "day.html", ends=ends, agency=agency, agencies=agencies, booked=booked)

    # --- doing it ---

    async def do(self, http: Request) -> Response:
        act = http.path_params["act"]
        if act not in ACTS:
            raise HTTPException(404)
        staff, form = staff_of(http), await read_form(http)
        back = safe_target(str(form.get("back", "/floor")))
        try:
            command = command_of(act, form)
        except NotFilledInError:
            return _back(back, refused="malformed")
        request = str(form.get("request", "")) or secrets.token_urlsafe(16)
        reply = await ask_as_person(self._house.gate, request, command, staff.id, staff.role, staff.agency)
        if reply.refusal is not None:
            return _back(back, refused=reply.refusal.code.value)
        return _back(safe_target(str(form.get("then", "")) or back), done="1")

    # --- what they share ---

    async def _table(self, http: Request) -> Table:
        table = await look(self._house.gate, _stream(staff_of(http)))
        if not table:
            raise HTTPException(503)
        return table

    def _page(self, http: Request, template: str, status: int = 200, **values: Any) -> Response:
        refused = http.query_params.get("refused", "")
        said = f"refused_{refused}" if f"refused_{refused}" in WORDS else "refused_any" if refused else ""
        notice = "done" if "done" in http.query_params else said
        return self._room.page(
            http,
            template,
            status,
            say=self._saying(http),
            notice=notice,
            request_id=secrets.token_urlsafe(16),
            here=str(http.url.remove_query_params(["refused", "done"]).replace(scheme="", netloc="")),
            language_value=language_of(http),
            **values,
        )

    def _saying(self, http: Request) -> Saying:
        return Saying(language_of(http), self._house.zone(), self._house.gate.clock())

    def _own_numbers(self, staff: Staff) -> set[str]:
        """The counters that may be named."""
        counters = self._house.gate.catalogue().counters.values()
        return {one.number for one in counters if staff.agency in (None, one.agency)}


def _stream(staff: Staff) -> str:
    """Raises HTTPException for a head without an agency."""
    if staff.agency is None and staff.role is Role.AGENCY_HEAD:
        raise HTTPException(403, "not_yours")
    return "floor" if staff.agency is None else f"floor:{staff.agency}"


def _refuse_others(staff: Staff, agency: str) -> None:
    _stream(staff)
    if staff.agency not in (None, agency):
        raise HTTPException(403, "not_yours")


def _back(target: str, **said: str) -> Response:
    sign = "&" if "?" in target else "?"
    ((name, value),) = said.items()
    return RedirectResponse(f"{target}{sign}{name}={value}", 303, headers=HEADERS)


def _agency_of(service: ServiceId, catalogue: Catalogue) -> str:
    known = catalogue.services.get(service) or catalogue.removed.get(service)
    return "" if known is None else known.agency
