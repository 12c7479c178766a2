"""The record's pages: the audit log with what somebody looks for, and the history of one number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.api.keys import KeyStore
from server.app.api.public_facts import agency_of
from server.app.audit import What
from server.app.audit_pages import PAGE, AuditPages, Wanted
from server.app.history import Histories, History
from server.app.ports import AccessStore
from server.domain import service_day
from server.domain.catalogue import Catalogue
from server.net.doorkeeper import staff_of
from server.web.audit.telling import decision, events_of, lines_of, those_before
from server.web.audit.words import WORDS
from server.web.house.house import House, language_of
from shared.vocabulary import AgencyId

_LONGEST = 64
_FIRST_YEAR, _LAST_YEAR = 2000, 9000  # what lies beyond has days that no clock can hold
_SHOWN_FIELDS = ("what", "actor", "subject", "since", "until")


def audit_routes(
    house: House, pages: AuditPages, histories: Histories, access: AccessStore, keys: KeyStore
) -> Sequence[BaseRoute]:
    return _Record(house, pages, histories, access, keys).routes()


class _Record:
    def __init__(
        self, house: House, pages: AuditPages, histories: Histories, access: AccessStore, keys: KeyStore
    ) -> None:
        self._house = house
        self._pages = pages
        self._histories = histories
        self._access = access
        self._keys = keys
        self._room = house.room("audit", Path(__file__).parent, WORDS)

    def routes(self) -> Sequence[BaseRoute]:
        return [Route("/audit", self.log), Route("/audit/ticket", self.ticket)]

    async def log(self, http: Request) -> Response:
        language, catalogue = language_of(http), self._house.gate.catalogue()
        given = {name: http.query_params.get(name, "").strip()[:_LONGEST] for name in _SHOWN_FIELDS}
        since, until = _date(given["since"]), _date(given["until"])
        wrong = bool((given["since"] and since is None) or (given["until"] and until is None))
        before = http.query_params.get("before", "")
        zone = catalogue.site.time_zone
        wanted = Wanted(
            what=given["what"],
            actor=given["actor"],
            subject=given["subject"],
            since=None if since is None else service_day.bounds(since, zone)[0],
            until=None if until is None else service_day.bounds(until, zone)[1],
            before=int(before) if before.isdecimal() and len(before) < 18 else None,
        )
        entries = [] if wrong else await self._house.gate.aside(self._pages.page, wanted)
        older = http.url.include_query_params(before=entries[-1].number).query if len(entries) == PAGE else ""
        return self._room.page(
            http,
            "log.html",
            lines=lines_of(entries, catalogue, await self._devices(), language),
            given=given,
            wrong=wrong,
            kinds=sorted(((kind.value, decision(kind.value, language)) for kind in What), key=lambda one: one[1]),
            older=older,
            paged=wanted.before is not None,
        )

    async def ticket(self, http: Request) -> Response:
        staff, language, gate = staff_of(http), language_of(http), self._house.gate
        catalogue = gate.catalogue()
        zone = catalogue.site.time_zone
        today = service_day.service_date(gate.clock(), zone)
        asked = http.query_params.get("ticket", "").strip().upper()[:_LONGEST]
        day = _date(http.query_params.get("date", "")) or today
        history: History | None = None
        complaint = ""
        if asked:
            history = await gate.aside(self._histories.of, day, asked, *service_day.bounds(day, zone))
            if history is None:
                complaint = WORDS["unknown_ticket"].in_(language)
            elif staff.agency is not None and not concerns(history, staff.agency, catalogue):
                history, complaint = None, WORDS["not_your_agency"].in_(language)
            elif staff.agency is not None:
                history = part_of(history, staff.agency, catalogue)
        return self._room.page(
            http,
            "ticket.html",
            asked=asked,
            day=day.isoformat(),
            complaint=complaint,
            history=history,
            events=[] if history is None else events_of(history, catalogue, await self._devices(), language),
            before=[] if history is None else those_before(history, catalogue, language),
        )

    async def _devices(self) -> dict[str, str]:
        aside = self._house.gate.aside
        systems = {str(one.device): one.name for one in await aside(self._keys.all_keys)}
        return systems | {one.id: one.name for one in await aside(self._access.devices)}


def concerns(history: History, agency: AgencyId, catalogue: Catalogue) -> bool:
    """Whether any of its services is the agency's."""
    services = {fact.service for fact in history.facts if fact.service is not None}
    offered = {**catalogue.removed, **catalogue.services}
    return any(service in offered and offered[service].agency == agency for service in services)


def part_of(history: History, agency: AgencyId, catalogue: Catalogue) -> History:
    """What happened at the agency or at none. Who went before it, in the service that the number was taken for, stays
    when that is the agency's."""
    first = next((fact for fact in history.facts if fact.service is not None), None)
    before = history.went_before if first is not None and agency_of(first, catalogue) == agency else ()
    mine = [fact for fact in history.facts if agency_of(fact, catalogue) in (None, agency)]
    return replace(history, facts=mine, went_before=before)


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None
