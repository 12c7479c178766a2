"""The doorkeeper: pages for people who signed in. Nothing of such a page runs before role and form are found right."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from server.app.accounts import Accounts, Staff
from server.app.permissions import MAY_USE
from server.net.forms import read_form
from server.net.gate import Gate
from server.net.guard import addresses_of
from shared.vocabulary import Role

COOKIE = "loket_session"
CSRF_FIELD = "csrf"
CHANGE_PASSWORD = ("/account", "/account/password", "/sign-out")
Endpoint = Callable[[Request], Awaitable[Response]]


class Doorkeeper:
    def __init__(self, gate: Gate, accounts: Accounts) -> None:
        self._gate = gate
        self.accounts = accounts

    def guard(self, routes: Iterable[BaseRoute]) -> list[BaseRoute]:
        """The same routes; those for people who signed in let in nobody else."""
        return [self._guarded(route) for route in routes]

    async def who(self, http: HTTPConnection) -> Staff | None:
        """None: nobody signed in, in this browser. Raises StorageError."""
        token = http.cookies.get(COOKIE, "")
        return await self._gate.aside(self.accounts.who, token, self._gate.clock()) if token else None

    def refuse_in_clear(self, http: HTTPConnection) -> None:
        """A hall with certificates does not take passwords without them. Raises HTTPException."""
        if self._gate.authority and http.url.scheme != "https":
            raise HTTPException(403, "only_https")

    def _guarded(self, route: BaseRoute) -> BaseRoute:
        rows = [MAY_USE[address] for address in addresses_of(route)]
        roles = [row for row in rows if isinstance(row, frozenset)]
        if not roles:
            return route
        if not isinstance(route, Route) or len(set(roles)) != 1 or len(roles) != len(rows):
            raise TypeError(f"{route!r}: an address for people who signed in is a page with one row for all methods.")
        methods = sorted((route.methods or set()) - {"HEAD"})
        limit = route.app.max_body_size if isinstance(route.app, RequestBodyLimitMiddleware) else None
        return Route(
            route.path, self._only(roles[0], route.endpoint), methods=methods, name=route.name, max_body_size=limit
        )

    def _only(self, roles: frozenset[Role], page: Endpoint) -> Endpoint:
        async def guarded(http: Request) -> Response:
            self.refuse_in_clear(http)
            staff = await self.who(http)
            if staff is None:
                return _to_the_door(http)
            if staff.role not in roles:
                raise HTTPException(403, "not_your_role")
            if staff.must_change and http.url.path not in CHANGE_PASSWORD:
                return RedirectResponse("/account?notice=must_change", 303)
            if http.method != "GET":
                await _refuse_foreign_form(http, staff)
            http.state.staff = staff
            return await page(http)

        return guarded


def staff_of(http: Request) -> Staff:
    """Who signed in; on a page that is for such people."""
    staff = http.state.staff
    assert isinstance(staff, Staff)
    return staff


def safe_target(target: str) -> str:
    """An address of our own, to go on to; "/" for any other."""
    own = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if own else "/"


def _to_the_door(http: Request) -> Response:
    if http.method != "GET":
        raise HTTPException(401, "session_over")
    wanted = http.url.path + (f"?{http.url.query}" if http.url.query else "")
    return RedirectResponse(f"/sign-in?{urlencode({'next': wanted})}", 303)


async def _refuse_foreign_form(http: Request, staff: Staff) -> None:
    """What changes something comes from a page that this session was shown. Raises HTTPException."""
    field = (await read_form(http)).get(CSRF_FIELD)
    given = field if isinstance(field, str) else ""
    if not hmac.compare_digest(given.encode(), staff.csrf.encode()):
        raise HTTPException(403, "form_too_old")
