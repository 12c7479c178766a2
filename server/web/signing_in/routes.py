"""Signing in and out, and the own account."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from wtforms import PasswordField, StringField, validators

from server.app.accounts import SHORTEST_PASSWORD, WeakPasswordError
from server.domain.errors import RefusedError
from server.net.crowd import asked_from, neighbourhood
from server.net.doorkeeper import COOKIE, safe_target, staff_of
from server.net.forms import read_form
from server.web.house.forms import HouseForm
from server.web.house.house import HEADERS, House, language_of
from server.web.signing_in.words import WORDS
from shared.vocabulary import ErrorCode, Language, OfficerId

_MINUTE = 60


def signing_in_routes(house: House) -> Sequence[BaseRoute]:
    return _SigningIn(house).routes()


def _sign_in_form(language: Language) -> type[HouseForm]:
    class SignIn(HouseForm):
        officer = StringField(
            WORDS["officer"].in_(language),
            [validators.InputRequired(), validators.Length(max=64)],
            render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
        )
        password = PasswordField(
            WORDS["password"].in_(language),
            [validators.InputRequired(), validators.Length(max=256)],
            render_kw={"autocomplete": "current-password"},
        )

    return SignIn


def _password_form(language: Language) -> type[HouseForm]:
    class Password(HouseForm):
        old = PasswordField(
            WORDS["old"].in_(language),
            [validators.InputRequired(), validators.Length(max=256)],
            render_kw={"autocomplete": "current-password"},
        )
        new = PasswordField(
            WORDS["new"].in_(language),
            [validators.InputRequired(), validators.Length(max=256)],
            render_kw={"autocomplete": "new-password"},
        )
        again = PasswordField(
            WORDS["again"].in_(language),
            [validators.EqualTo("new", WORDS["differ"].in_(language))],
            render_kw={"autocomplete": "new-password"},
        )

    return Password


class _SigningIn:
    def __init__(self, house: House) -> None:
        self._house = house
        self._accounts = house.doorkeeper.accounts
        self._room = house.room("signing_in", Path(__file__).parent, WORDS)

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/sign-in", self.show),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
            Route("/account", self.account),
            Route("/account/password", self.change_password, methods=["POST"]),
            Route("/account/end-others", self.end_others, methods=["POST"]),
        ]

    async def show(self, http: Request) -> Response:
        self._house.doorkeeper.refuse_in_clear(http)
        target = safe_target(http.query_params.get("next", "/"))
        if await self._house.doorkeeper.who(http) is not None:
            return RedirectResponse(target, 303)
        language = language_of(http)
        said = http.query_params.get("notice", "")
        notice = WORDS[said].in_(language) if said in ("changed", "signed_out") else ""
        return self._form(http, _sign_in_form(language).in_(language), target, notice)

    async def sign_in(self, http: Request) -> Response:
        self._house.doorkeeper.refuse_in_clear(http)
        language, given = language_of(http), await read_form(http, max_fields=10, max_files=0)
        form = _sign_in_form(language).in_(language, given)
        target = safe_target(str(given.get("next", "/")))
        if not form.validate():
            return self._form(http, form, target, status=422)
        gate = self._house.gate
        officer, address = OfficerId(form.officer.data.strip()), _place_of(http)
        if not gate.sign_ins.take(address, asyncio.get_running_loop().time()):
            raise HTTPException(429)
        try:
            token = await gate.aside_slowly(self._accounts.sign_in, officer, form.password.data, address, gate.clock())
        except RefusedError as error:
            return self._form(http, form, target, complaint=_said(error, language), status=422)
        signed_in = RedirectResponse(target, 303, headers=HEADERS)
        secure = http.url.scheme == "https"
        signed_in.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure, path="/")
        return signed_in

    async def sign_out(self, http: Request) -> Response:
        await self._house.gate.aside(self._accounts.sign_out, http.cookies.get(COOKIE, ""))
        return _out("signed_out")

    async def account(self, http: Request) -> Response:
        language = language_of(http)
        notice = http.query_params.get("notice", "")
        ended = http.query_params.get("ended", "")
        said = WORDS["must_change"].in_(language) if notice == "must_change" else ""
        if ended.isdecimal():
            said = WORDS["ended"].in_(language).format(count=int(ended[:6]))
        return self._account(http, _password_form(language).in_(language), said)

    async def change_password(self, http: Request) -> Response:
        language, staff, gate = language_of(http), staff_of(http), self._house.gate
        form = _password_form(language).in_(language, await read_form(http))
        if not form.validate():
            return self._account(http, form, status=422)
        address = _place_of(http)
        try:
            await gate.aside_slowly(
                self._accounts.change_password, staff, form.old.data, form.new.data, address, gate.clock()
            )
        except WeakPasswordError:
            form.new.errors = [WORDS["weak"].in_(language)]
            return self._account(http, form, status=422)
        except RefusedError as error:
            form.old.errors = [_said(error, language)]
            return self._account(http, form, status=422)
        return _out("changed")

    async def end_others(self, http: Request) -> Response:
        token = http.cookies.get(COOKIE, "")
        ended = await self._house.gate.aside(self._accounts.end_others, staff_of(http).id, token)
        return RedirectResponse(f"/account?ended={ended}", 303)

    def _form(
        self, http: Request, form: object, target: str, notice: str = "", complaint: str = "", status: int = 200
    ) -> Response:
        return self._room.page(
            http, "sign_in.html", status, form=form, target=target, notice=notice, complaint=complaint
        )

    def _account(self, http: Request, form: object, notice: str = "", status: int = 200) -> Response:
        hint = WORDS["new_hint"].in_(language_of(http)).format(shortest=SHORTEST_PASSWORD)
        return self._room.page(http, "account.html", status, form=form, notice=notice, new_hint=hint)


def _place_of(http: Request) -> str:
    """Where wrong passwords are counted."""
    return neighbourhood(asked_from(http))


def _said(error: RefusedError, language: Language) -> str:
    if error.code is not ErrorCode.PIN_LOCKED:
        return WORDS["wrong"].in_(language)
    seconds = int(error.facts["seconds"] or 0)
    if seconds < _MINUTE:
        return WORDS["locked_seconds"].in_(language).format(seconds=seconds)
    return WORDS["locked"].in_(language).format(minutes=-(-seconds // _MINUTE))


def _out(notice: str) -> Response:
    gone = RedirectResponse(f"/sign-in?notice={notice}", 303, headers=HEADERS)
    gone.delete_cookie(COOKIE, httponly=True, samesite="strict", path="/")
    return gone
