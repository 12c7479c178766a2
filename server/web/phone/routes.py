"""The phone page's routes: the page, its live stream, and giving the number up."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import msgspec
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from server.net.crowd import asked_from
from server.web.phone.showing import showing
from server.web.phone.words import WORDS, for_script, in_language
from shared.protocol.commands import CancelOwnVisit, ComeBack, GiveWay
from shared.protocol.messages import Reply
from shared.protocol.views import Table, VisitItem
from shared.survey_words import RATING
from shared.vocabulary import ErrorCode, Language, Words

_HERE = Path(__file__).parent
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LARGEST_FORM = 1024  # bytes
VisitorsOwn = CancelOwnVisit | ComeBack | GiveWay
_NOTICES: Mapping[tuple[type[VisitorsOwn], ErrorCode], str] = {
    (CancelOwnVisit, ErrorCode.VISIT_IN_HAND): "cancel_late",
    (CancelOwnVisit, ErrorCode.WRONG_STATE): "cancel_late",
    (ComeBack, ErrorCode.USED_UP): "come_back_used",
    (ComeBack, ErrorCode.WRONG_STATE): "come_back_late",
    (GiveWay, ErrorCode.USED_UP): "give_way_used",
    (GiveWay, ErrorCode.NOBODY_BEHIND): "give_way_nobody",
    (GiveWay, ErrorCode.WRONG_STATE): "give_way_late",
}
"""What the page says to a refusal; to any other, to try again."""
_THANKS = ("rated", "rate_done")
_HEADERS = {
    "Cache-Control": "no-store",
    # The address is the visitor's key. Not no-referrer: browsers would say Origin: null when the number is given up.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}


class PhoneHall(Protocol):
    """What the page needs of the server."""

    def site_name(self) -> Words: ...

    def zone(self) -> ZoneInfo:
        """The site's time zone."""

    async def view(self, stream: str) -> Table | None:
        """The table of a stream; None when there is no such thing. Raises HTTPException when too many ask."""

    def may_miss(self, address: str) -> bool:
        """Whether somebody there may ask for one more page that does not exist."""

    async def ask(self, request: str, command: VisitorsOwn) -> Reply:
        """Do what the visitor wants with the own number; the same request id gets the same reply."""

    async def follow(self, socket: WebSocket, key: str) -> None:
        """Accept the socket; from then on it is served with the visit's stream."""


Before = Callable[[HttpRequest, str], Awaitable[Response | None]]
"""The page of a key that is no number's yet: a booking's. None when it is nobody's."""


async def nothing_before(_: HttpRequest, __: str) -> Response | None:
    return None


def phone_routes(hall: PhoneHall, before: Before = nothing_before) -> Sequence[BaseRoute]:
    return _Phone(hall, before).routes()


class _Phone:
    def __init__(self, hall: PhoneHall, before: Before) -> None:
        self._hall = hall
        self._before = before
        pages = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=select_autoescape())
        self._visit_page = pages.get_template("visit.html")
        self._not_found_page = pages.get_template("not_found.html")

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/v/{key}", self.page),
            Route("/v/{key}/cancel", self.cancel, methods=["POST"]),
            Route("/v/{key}/come-back", self.come_back, methods=["POST"]),
            Route("/v/{key}/give-way", self.give_way, methods=["POST"]),
            WebSocketRoute("/v/{key}/live", self.live),
            Route("/v/{rest:path}", self.anything_else),
            Mount("/static/phone", StaticFiles(directory=_HERE / "static")),
        ]

    async def page(self, http: HttpRequest) -> Response:
        key = http.path_params["key"]
        visit = await self._visit(key)
        if visit is None:
            before = await self._before(http, key) if _KEY.fullmatch(key) else None
            return before or self._not_found(http)
        language = _language(http, visit.language)
        said = http.query_params.get("notice", "")
        notice = WORDS[said].in_(language) if said in {"try_again", *_THANKS, *_NOTICES.values()} else ""
        return HTMLResponse(
            self._visit_page.render(
                show=showing(visit, language, self._hall.zone()),
                site=self._hall.site_name().in_(language),
                words=in_language(language),
                script_words=_script_json(for_script(language) | {"utc_offset": self._utc_offset()}),
                language=language.value,
                other=_other(language).value,
                path=f"/v/{key}",
                request_id=secrets.token_urlsafe(16),
                notice=notice,
                kind="" if said in _THANKS else " bad",
                rated=said in _THANKS,
                ratings=[answer.in_(language) for answer in RATING.answers],
            ),
            headers=_HEADERS | {"Content-Security-Policy": _policy(http)},
        )

    def _utc_offset(self) -> str:
        """Minutes, for the script: a phone's own clock may stand in another zone."""
        offset = datetime.now(UTC).astimezone(self._hall.zone()).utcoffset() or timedelta(0)
        return str(offset // timedelta(minutes=1))

    async def cancel(self, http: HttpRequest) -> Response:
        return await self._do(http, CancelOwnVisit)

    async def come_back(self, http: HttpRequest) -> Response:
        return await self._do(http, ComeBack)

    async def give_way(self, http: HttpRequest) -> Response:
        return await self._do(http, GiveWay)

    async def _do(self, http: HttpRequest, command: type[VisitorsOwn]) -> Response:
        """One form of the page: ask, and show the page again with what became of it."""
        key = http.path_params["key"]
        visit = await self._visit(key)
        if visit is None:
            return self._not_found(http)
        asked = (await _small_form(http)).get("request", [""])[0]
        request_id = asked if _REQUEST_ID.fullmatch(asked) else secrets.token_urlsafe(16)
        reply = await self._hall.ask(request_id, command(key=key))
        notice = "" if reply.refusal is None else f"&notice={_NOTICES.get((command, reply.refusal.code), 'try_again')}"
        language = _language(http, visit.language)
        return RedirectResponse(f"/v/{key}?lang={language.value}{notice}", status_code=303, headers=_HEADERS)

    async def live(self, socket: WebSocket) -> None:
        key = socket.path_params["key"]
        if await self._visit(key) is None:
            await socket.close(4404)
            return
        await self._hall.follow(socket, key)

    async def anything_else(self, http: HttpRequest) -> Response:
        return self._not_found(http)

    async def _visit(self, key: str) -> VisitItem | None:
        if not _KEY.fullmatch(key):
            return None
        table = await self._hall.view(f"visit:{key}")
        item = table.get("visit") if table else None
        return item if isinstance(item, VisitItem) else None

    def _not_found(self, http: HttpRequest) -> Response:
        """The same answer for a key that never was and for one of an earlier day: it tells nothing. Whoever guesses
        gets no more than a word; pages that exist are never refused, for thousands may share that address."""
        if not self._hall.may_miss(asked_from(http)):
            return PlainTextResponse("Too many pages that do not exist.", 429, headers=_HEADERS)
        language = _language(http, Language.INDONESIAN)
        page = self._not_found_page.render(
            words=in_language(language),
            other_words=in_language(_other(language)),
            language=language.value,
            other=_other(language).value,
        )
        return HTMLResponse(page, 404, headers=_HEADERS | {"Content-Security-Policy": _policy(http)})


async def _small_form(http: HttpRequest) -> dict[str, list[str]]:
    """The fields of a urlencoded form; none when it is larger than any of ours."""
    body = b""
    async for chunk in http.stream():
        body += chunk
        if len(body) > _LARGEST_FORM:
            return {}
    return parse_qs(body.decode("ascii", "replace"))


def _language(http: HttpRequest, otherwise: Language) -> Language:
    asked = http.query_params.get("lang", "")
    return Language(asked) if asked in {language.value for language in Language} else otherwise


def _other(language: Language) -> Language:
    return Language.ENGLISH if language is Language.INDONESIAN else Language.INDONESIAN


def _script_json(values: dict[str, str]) -> Markup:
    """JSON inside a script element: `<` must not end it."""
    return Markup(msgspec.json.encode(values).decode().replace("<", "\\u003c"))  # noqa: S704  (escaped right here)


def _policy(http: HttpRequest) -> str:
    # Older browsers do not count a websocket of the same host as 'self'.
    host = http.headers.get("host", "")
    sockets = f"ws://{host} wss://{host}" if re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", host) else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' {sockets}; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
