"""PINs and passwords: given by an administrator (a PIN also by the agency's head), shown once, never kept in clear."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.catalogue_editing.rights import may_give_pin
from server.app.ports import StorageError
from server.net.forms import read_form
from server.web.admin.office import Office, editor_of, text_in
from server.web.admin.words import WORDS
from server.web.house.house import language_of
from shared.vocabulary import OfficerId


class Secrets:
    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/admin/officer/pin", self.give_pin, methods=["POST"]),
            Route("/admin/officer/password", self.give_password, methods=["POST"]),
        ]

    async def give_pin(self, http: Request) -> Response:
        officer = await self._officer(http)
        try:
            secret = await self._office.gate.aside_slowly(
                self._office.gate.door.give_pin, officer, editor_of(http).officer
            )
        except StorageError:
            raise HTTPException(503, "storage") from None
        return await self._shown(http, officer, "secret_pin", secret)

    async def give_password(self, http: Request) -> Response:
        officer = await self._officer(http)
        try:
            secret = await self._office.gate.aside_slowly(
                self._office.accounts.give_one_time, officer, editor_of(http).officer
            )
        except StorageError:
            raise HTTPException(503, "storage") from None
        return await self._shown(http, officer, "secret_password", secret)

    async def _officer(self, http: Request) -> OfficerId:
        """Of those who are published: a secret of somebody else would wait for whoever takes that code."""
        officer = OfficerId(text_in(await read_form(http), "id"))
        known = self._office.gate.catalogue().officers.get(officer)
        if known is None:
            raise HTTPException(404)
        if not may_give_pin(editor_of(http), known):
            raise HTTPException(403, "not_yours")
        return officer

    async def _shown(self, http: Request, officer: OfficerId, key: str, secret: str) -> Response:
        language = language_of(http)
        name = self._office.gate.catalogue().officers[officer].name
        return await self._office.page(
            http,
            "secret.html",
            headline=WORDS[key].in_(language).format(name=name),
            secret=secret,
            officer=officer,
            must_change=key == "secret_password",
            sign_in_with=WORDS["sign_in_with"].in_(language).format(officer=officer),
        )
