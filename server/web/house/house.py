"""The house: renders a page of any family in one layout, one language, and with the headers that keep it safe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from server.app.accounts import Staff
from server.app.ports import StorageError
from server.net.doorkeeper import CSRF_FIELD, Doorkeeper
from server.net.gate import Gate
from server.web.house.navigation import entrances
from server.web.house.words import REFUSALS, ROLES, WORDS, in_language
from shared.vocabulary import Language, OfficerId, Words

log = structlog.get_logger()

_HERE = Path(__file__).parent
_LANGUAGE_COOKIE, _YEAR = "lang", 365 * 24 * 3600
_LIKES_PAGES = "text/html"
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


class House:
    def __init__(self, gate: Gate, doorkeeper: Doorkeeper) -> None:
        self.gate = gate
        self.doorkeeper = doorkeeper
        self.served: set[str] = set()
        """The addresses of all pages: an entrance to what is not there is not shown."""
        self.followed: Counter[OfficerId] = Counter()
        """How many live parts somebody has open."""
        self._rooms: dict[str, FileSystemLoader] = {}
        house = FileSystemLoader(_HERE / "templates")
        self._pages = Environment(
            loader=ChoiceLoader([house, PrefixLoader(self._rooms)]),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def room(self, name: str, folder: Path, words: Mapping[str, Words]) -> Room:
        """A family of pages: its templates are `folder/templates`, in `{% include %}` named `name/...`."""
        self._rooms[name] = FileSystemLoader(folder / "templates")
        return Room(self, name, words)

    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.gate.catalogue().site.time_zone)

    def html(
        self, http: Request, template: str, language: Language, words: Mapping[str, Words], values: Mapping[str, Any]
    ) -> str:
        """One template, whole or a part of a page."""
        staff: Staff | None = getattr(http.state, "staff", None)
        return self._pages.get_template(template).render(
            **_about(http, staff, language),
            site=self.gate.catalogue().site.name.in_(language),
            entrances=entrances(self.served, staff, language, http.url.path),
            house=in_language(WORDS, language),
            w=in_language(words, language),
            **values,
        )

    async def refused(self, http: Request, error: Exception) -> Response:
        """A page for what went wrong; one line of text for whoever is no browser."""
        if isinstance(error, StorageError):
            log.error("storage_failed", error=str(error), page=_without_values(http))
            error = HTTPException(503, "storage")
        assert isinstance(error, HTTPException)
        headers = dict(error.headers or {})
        if _LIKES_PAGES not in http.headers.get("accept", "") or http.url.path.startswith("/api"):
            return PlainTextResponse(error.detail, error.status_code, headers=headers)
        language = language_of(http)
        known = REFUSALS.get(error.detail) or REFUSALS.get(str(error.status_code)) or REFUSALS["any"]
        shown = {"headline": known[0].in_(language), "advice": known[1].in_(language)}
        page = self.html(http, "refused.html", language, WORDS, shown)
        return HTMLResponse(page, error.status_code, headers=HEADERS | headers)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._home),
            Mount("/static/house", StaticFilesOfHouse(directory=_HERE / "static")),
        ]

    async def _home(self, http: Request) -> Response:
        http.state.staff = await self.doorkeeper.who(http)
        return Room(self, "", WORDS).page(
            http, "home.html", public=entrances(self.served, None, language_of(http), "/")
        )


def _without_values(http: Request) -> str:
    """The address as its row has it: a visitor's key may stand in it, which is not for a log."""
    values = {str(value): f"{{{name}}}" for name, value in http.path_params.items()}
    return "/".join(values.get(part, part) for part in http.scope["path"].split("/"))


class Room:
    """One family of pages."""

    def __init__(self, house: House, name: str, words: Mapping[str, Words]) -> None:
        self.house = house
        self.words = words
        self._prefix = f"{name}/" if name else ""

    def page(self, http: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The page, in the language that the address asks for, the browser remembers, or prefers. In the template:
        `w` the family's words, `house` everybody's, `language`, `other`, `staff` (or None), `csrf_field`."""
        language = language_of(http)
        page = HTMLResponse(
            self.house.html(http, f"{self._prefix}{template}", language, self.words, values), status, headers=HEADERS
        )
        if "lang" in http.query_params:
            page.set_cookie(_LANGUAGE_COOKIE, language.value, _YEAR, httponly=True, samesite="lax")
        return page

    def part(self, http: Request, template: str, language: Language, **values: Any) -> str:
        """A part of a page, for `live`."""
        return self.house.html(http, f"{self._prefix}{template}", language, self.words, values)


class StaticFilesOfHouse(StaticFiles):
    """The house's own files, and the typeface of all programs out of its package."""

    async def get_response(self, path: str, scope: Any) -> Response:
        if path == "typeface.ttf":
            response: Response = FileResponse(_typeface())
        else:
            response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=3600"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def language_of(http: Request) -> Language:
    known = {language.value: language for language in Language}
    for asked in (http.query_params.get("lang", ""), http.cookies.get(_LANGUAGE_COOKIE, "")):
        if asked in known:
            return known[asked]
    preferred = [
        part.split(";")[0].split("-")[0].strip() for part in http.headers.get("accept-language", "").split(",")
    ]
    return next((known[one] for one in preferred if one in known), Language.INDONESIAN)


def other_language(language: Language) -> Language:
    return Language.ENGLISH if language is Language.INDONESIAN else Language.INDONESIAN


def _about(http: Request, staff: Staff | None, language: Language) -> dict[str, Any]:
    other = other_language(language)
    return {
        "language": language.value,
        "other": other.value,
        "other_href": f"?{http.url.include_query_params(lang=other.value).query}",  # a path of two slashes is a host
        "staff": staff,
        "role": "" if staff is None else ROLES[staff.role].in_(language),
        "csrf_field": CSRF_FIELD,
        "path": http.url.path,
    }


def _typeface() -> Path:
    spec = find_spec("fontpkg_plus_jakarta_sans")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.rglob("PlusJakartaSans[[]wght].ttf"))
