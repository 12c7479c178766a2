"""The office: what every page of setting up shares. Who asks, the draft as it is, and where the ways lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.app.accounts import Accounts
from server.app.catalogue_editing.desk import CatalogueDesk, Present
from server.app.catalogue_editing.rights import Editor
from server.app.catalogue_editing.schema import KINDS
from server.app.devices import DeviceOffice
from server.app.ports import StorageError
from server.net.doorkeeper import staff_of
from server.net.gate import Gate
from server.web.admin.data_words import DATA_WORDS
from server.web.admin.words import NOTICES, WORDS
from server.web.house.house import HEADERS, House, language_of
from shared.vocabulary import Language, Role

T = TypeVar("T")
ALL_WORDS = {**WORDS, **DATA_WORDS}
# What the way round shows: the address below /admin, and the key of its words.
_WAYS = (
    ("", "overview"),
    ("/agency", "agency"),
    ("/service", "service"),
    ("/counter", "counter"),
    ("/zone", "zone"),
    ("/hours", "hours"),
    ("/officer", "officer"),
    ("/site", "site"),
    ("/devices", "devices"),
    ("/keys", "keys"),
    ("/data", "data"),
    ("/exchange", "exchange"),
    ("/changes", "changes"),
    ("/history", "history"),
)
_OF_ADMINISTRATORS = frozenset({"/devices", "/keys", "/data", "/exchange", "/history"})
_OF_AUDITORS = frozenset({"", "/history"})
_OF_HEADS = frozenset({"", "/service", "/counter", "/officer", "/changes"})


@dataclass(frozen=True, slots=True)
class Way:
    path: str
    words: str
    here: bool
    count: int = 0


class Office:
    def __init__(self, house: House, desk: CatalogueDesk, accounts: Accounts, devices: DeviceOffice) -> None:
        self.house = house
        self.gate: Gate = house.gate
        self.desk = desk
        self.accounts = accounts
        self.devices = devices
        self._room = house.room("admin", Path(__file__).parent, ALL_WORDS)

    async def aside(self, work: Callable[..., T], *arguments: object) -> T:
        """In a thread. A database that is gone is a page that says so: raises HTTPException."""
        try:
            return await self.gate.aside(work, *arguments)
        except StorageError:
            raise HTTPException(503, "storage") from None

    async def present(self) -> Present:
        return await self.aside(self.desk.present)

    async def page(
        self, http: Request, template: str, present: Present | None = None, status: int = 200, **values: Any
    ) -> Response:
        seen = present or await self.present()
        changes = await self.aside(seen.changes)
        language = language_of(http)
        said = http.query_params.get("notice", "")
        notice = NOTICES[said].in_(language) if said in NOTICES else ""
        ways = ways_of(editor_of(http), http.url.path, len(changes), language)
        return self._room.page(
            http, template, status, **{"notice": notice, "ways": ways, "unpublished": len(changes)} | values
        )


def ways_of(editor: Editor, path: str, changes: int, language: Language) -> list[Way]:
    """Where this person may go, and where they are."""
    section = "/" + path.removeprefix("/admin").strip("/").split("/")[0]
    if section in ("/holiday", "/special_day"):
        section = "/hours"
    shown = []
    for way, key in _WAYS:
        if _may_go(editor.role, way):
            words = (ALL_WORDS.get(f"way_{key}") or KINDS[key].many).in_(language)
            here = section == (way or "/")
            shown.append(Way(f"/admin{way}", words, here, changes if way == "/changes" else 0))
    return shown


def _may_go(role: Role, way: str) -> bool:
    match role:
        case Role.ADMINISTRATOR:
            return True
        case Role.AUDITOR:
            return way in _OF_AUDITORS
        case _:
            return way in _OF_HEADS and way not in _OF_ADMINISTRATORS


def editor_of(http: Request) -> Editor:
    staff = staff_of(http)
    return Editor(staff.id, staff.role, staff.agency)


def go_on(path: str, notice: str = "") -> Response:
    """After something was done: another page, which a reload does not do again."""
    joined = "&" if "?" in path else "?"
    return RedirectResponse(f"{path}{joined}notice={notice}" if notice else path, 303, headers=HEADERS)


def text_in(form: Mapping[str, Any], key: str) -> str:
    value = form.get(key, "")
    return value.strip() if isinstance(value, str) else ""
