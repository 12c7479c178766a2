"""The overview: what is set up, what is missing, and what waits to be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from server.app.catalogue_editing.desk import Present
from server.app.catalogue_editing.placing import Placed
from server.app.catalogue_editing.rights import may_see
from server.app.catalogue_editing.schema import KINDS, SITE
from server.app.catalogue_editing.tables import Tables, name_of, title_of
from server.web.admin.mistake_words import said
from server.web.admin.office import Office, editor_of
from server.web.admin.words import WORDS
from server.web.house.house import language_of
from shared import dates
from shared.vocabulary import DeviceId, Language, Program, Role

_CARDS = ("agency", "service", "counter", "zone", "hours", "officer")
_MOST_REMARKS = 60


class Overview:
    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> Sequence[BaseRoute]:
        return [Route("/setup", self.to_the_start), Route("/admin", self.page), Route("/admin/start", self.start)]

    async def to_the_start(self, _: Request) -> Response:
        """Where the first setup was: whoever kept that page open is shown how to go on."""
        return RedirectResponse("/admin/start", 303)

    async def start(self, http: Request) -> Response:
        """How the programs are started and introduced; after the first setup, and whenever a device is added."""
        scheme = "wss" if http.url.scheme == "https" else "ws"
        return await self._office.page(http, "start.html", server=f"{scheme}://{http.url.netloc}")

    async def page(self, http: Request) -> Response:
        office, language, editor = self._office, language_of(http), editor_of(http)
        present = await office.present()
        found = await office.aside(present.mistakes)
        remarks = [remark(one, present.tables, language) for one in found]
        versions = await office.aside(office.desk.versions)
        zone = office.house.zone()
        newest = versions[0] if versions else None
        return await office.page(
            http,
            "overview.html",
            present,
            cards=[
                {
                    "path": f"/admin/{name}",
                    "words": KINDS[name].many.in_(language),
                    "count": sum(may_see(editor, KINDS[name], item) for item in present.tables[name].values()),
                }
                for name in _CARDS
                if editor.role is not Role.AUDITOR and (editor.edits_all or name in ("service", "counter", "officer"))
            ],
            errors=[one for one, placed in zip(remarks, found, strict=True) if placed.is_error],
            warnings=[one for one, placed in zip(remarks, found, strict=True) if not placed.is_error][:_MOST_REMARKS],
            warning_count=sum(not placed.is_error for placed in found),
            newest=None if newest is None else (newest.number, moment(newest.published_at, zone, language)),
            missing=await self._missing(language) if editor.edits_all else [],
            draft=draft_line(present, zone, language),
            agency="" if editor.agency is None else name_of(present.tables, "agency", editor.agency).in_(language),
        )

    async def _missing(self, language: Language) -> Sequence[tuple[str, str]]:
        """What a published hall still needs before visitors can come: the way there, and what it is."""
        office, catalogue = self._office, self._office.gate.catalogue()
        devices = [
            one.device
            for one in await office.aside(office.devices.known, frozenset[DeviceId]())
            if one.device.revoked_at is None
        ]
        programs = {device.program for device in devices}
        shown = {device.zone for device in devices if device.program is Program.DISPLAY}
        staffed = {counter.zone for counter in catalogue.counters.values()}
        dark = [zone.name.in_(language) for zone in catalogue.zones.values() if zone.id in staffed - shown]
        with_pin = await office.aside(office.gate.access.officers_with_pin)
        at_counters = [one for one in catalogue.officers.values() if one.role is Role.OFFICER]
        without = sum(officer.id not in with_pin for officer in at_counters)
        found = []
        if Program.KIOSK not in programs:
            found.append(("/admin/devices", WORDS["no_kiosk"].in_(language)))
        if Program.COUNTER not in programs:
            found.append(("/admin/devices", WORDS["no_counter_program"].in_(language)))
        if dark:
            found.append(("/admin/devices", WORDS["no_display"].in_(language).format(zones=", ".join(dark))))
        if without:
            words = WORDS["without_pin"].in_(language)
            found.append(("/admin/officer", words.format(count=without, all=len(at_counters))))
        return found


def remark(placed: Placed, tables: Tables, language: Language) -> Mapping[str, str]:
    """A mistake, with the way to the form where it is mended."""
    if placed.kind is None:
        return {"href": "", "name": "", "field": "", "said": said(placed, tables, language)}
    kind = placed.kind
    if not placed.identity:
        return {
            "href": f"/admin/{kind.name}",
            "name": kind.many.in_(language),
            "field": "",
            "said": said(placed, tables, language),
        }
    item = tables[kind.name].get(placed.identity)
    title = title_of(kind, placed.identity, item).in_(language)
    word = kind.one.in_(language)
    field = kind.field(placed.field) if placed.field else None
    return {
        "href": "/admin/site" if kind is SITE else f"/admin/{kind.name}/edit?id={quote(placed.identity)}",
        "name": title if title.startswith(word) else f"{word}: {title}",
        "field": "" if field is None else field.label.in_(language),
        "said": said(placed, tables, language),
    }


def draft_line(present: Present, zone: ZoneInfo, language: Language) -> str:
    if present.draft is None:
        return ""
    officer = present.tables["officer"].get(present.draft.by, {})
    who = str(officer.get("name", present.draft.by))
    return WORDS["draft_by"].in_(language).format(who=who, when=moment(present.draft.at, zone, language))


def moment(at: datetime, zone: ZoneInfo, language: Language) -> str:
    return f"{dates.day(at, zone, language)}, {dates.clock(at, zone, language)}"
