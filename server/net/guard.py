"""The guard: no address without a row in the table of permissions, no change for a page of another origin, no body
where one reads, no body of two lengths, no NUL in what is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from server.app.permissions import MAY_USE, SOCKET
from server.net.api.operations import ROOT
from server.net.api.problems import ProblemError, answer, status_of
from shared.vocabulary import ErrorCode

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class UnlistedRouteError(Exception):
    """An address that nobody said who may use: the server does not start with it."""


def refuse_unlisted(routes: Iterable[BaseRoute]) -> None:
    """Default deny. Raises UnlistedRouteError."""
    unlisted = sorted({address for route in routes for address in addresses_of(route)} - MAY_USE.keys())
    if unlisted:
        names = ", ".join(f"{method} {path}" for method, path in unlisted)
        raise UnlistedRouteError(f"No row in server/app/permissions.py says who may use {names}.")


def addresses_of(route: BaseRoute) -> set[tuple[str, str]]:
    """(method, path) of everything that the route answers. HEAD goes with GET."""
    match route:
        case WebSocketRoute(path=path):
            return {(SOCKET, path)}
        case Mount(path=path):
            return {("GET", path)}  # files; nothing else is mounted
        case Route(path=path, methods=methods):
            return {(method, path) for method in (methods or {"any method"}) - {"HEAD"}}
        case _:
            return {("any method", repr(route))}


class SameOriginOnly:
    """Refuses with 403 what would change something, and every websocket, when a page of another origin asks for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            if is_foreign(Headers(scope=scope)):
                await send({"type": "websocket.close", "code": 1008, "reason": ""})
                return
        elif scope["type"] == "http" and scope["method"] not in _READING and is_foreign(Headers(scope=scope)):
            await _refusal(scope, ErrorCode.FORBIDDEN, "This page belongs to another site.")(scope, receive, send)
            return
        await self._app(scope, receive, send)


class ReadingHasNoBody:
    """Refuses with 400 what reads and brings a body: nobody would read it, and a file's answer stumbles over it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in _READING and _has_body(Headers(scope=scope)):
            await _refusal(scope, ErrorCode.MALFORMED, "A request that reads has no body.")(scope, receive, send)
            return
        await self._app(scope, receive, send)


class OneLength:
    """Refuses with 400, and lets go, a body whose end is told in two ways: a proxy in front may go by the other one,
    and would take its rest for somebody else's request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and {"transfer-encoding", "content-length"} <= set(Headers(scope=scope)):
            refusal = _refusal(scope, ErrorCode.MALFORMED, "A body has one length.")
            refusal.headers["connection"] = "close"
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


class NoNul:
    """Refuses with 400 an address that has a NUL in it: no page has one, and PostgreSQL takes none, not to look for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\x00" in scope["path"] or b"%00" in scope["query_string"]):
            await _refusal(scope, ErrorCode.MALFORMED, "An address has no NUL in it.")(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _refusal(scope: Scope, code: ErrorCode, words: str) -> Response:
    """A line of text; another system gets a problem, as from every address of the API."""
    if scope["path"].startswith(f"{ROOT}/"):
        return answer(ProblemError(code, words))
    return PlainTextResponse(words, status_of(code))


def _has_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that a page from elsewhere asks. Programs and old browsers say nothing at all."""
    if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return True
    origin = headers.get("origin") or headers.get("referer")
    if origin is None:
        return False
    return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()  # "null" has no place at all
