"""API keys: made, shown once, revoked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.app.api.keys import KEY_ROLES, LONGEST_NAME, ApiKey, KeyId, KeyMistakeError, KeyStore, Wanted, make_key
from server.net.forms import read_form
from server.web.admin.data_words import DATA_WORDS
from server.web.admin.office import Office, editor_of, go_on, text_in
from server.web.admin.overview import moment
from server.web.house.house import language_of
from server.web.house.words import ROLES
from shared.vocabulary import AgencyId, CounterId, Language, OfficerId, Role, Words

_LONGEST_DAYS = 3650
_KIOSK = Words("Memberi nomor (seperti kios)", "Gives numbers (like a kiosk)")
_FIELDS = ("name", "role", "agency", "officer", "counter", "days")


class Keys:
    def __init__(self, office: Office, keys: KeyStore) -> None:
        self._office = office
        self._keys = keys

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/admin/keys", self.show),
            Route("/admin/keys", self.make, methods=["POST"]),
            Route("/admin/keys/revoke", self.revoke, methods=["POST"]),
        ]

    async def show(self, http: Request) -> Response:
        return await self._page(http, dict.fromkeys(_FIELDS, ""), {})

    async def make(self, http: Request) -> Response:
        office, language, form = self._office, language_of(http), await read_form(http)
        given = {name: text_in(form, name) for name in _FIELDS}
        wrong: dict[str, str] = {}
        if not 0 < len(" ".join(given["name"].split())) <= LONGEST_NAME:
            wrong["name"] = DATA_WORDS["key_wrong_name"].in_(language)
        days = int(given["days"]) if given["days"].isdecimal() and len(given["days"]) < 5 else 0
        if given["days"] and not 0 < days <= _LONGEST_DAYS:
            wrong["days"] = DATA_WORDS["key_wrong_days"].in_(language)
        if not wrong:
            now = office.gate.clock()
            try:
                key, token = await office.aside(
                    make_key,
                    self._keys,
                    _wanted(given, days, now),
                    office.gate.catalogue(),
                    now,
                    editor_of(http).officer,
                )
                name = DATA_WORDS["key_made"].in_(language).format(name=key.name)
                return await office.page(http, "key.html", token=token, headline=name)
            except (KeyMistakeError, ValueError):
                wrong["role"] = DATA_WORDS["key_wrong_scope"].in_(language)
        return await self._page(http, given, wrong, status=422)

    async def revoke(self, http: Request) -> Response:
        key = KeyId(text_in(await read_form(http), "id"))
        office = self._office
        await office.aside(self._keys.revoke_key, key, office.gate.clock(), editor_of(http).officer)
        return go_on("/admin/keys")

    async def _page(
        self, http: Request, given: Mapping[str, str], wrong: Mapping[str, str], status: int = 200
    ) -> Response:
        office, language = self._office, language_of(http)
        catalogue, now = office.gate.catalogue(), office.gate.clock()
        zone = ZoneInfo(catalogue.site.time_zone)
        kept = await office.aside(self._keys.all_keys)
        return await office.page(
            http,
            "keys.html",
            status=status,
            given=given,
            wrong={**dict.fromkeys(_FIELDS, ""), **wrong},
            roles=[(role.value, _role(role, language)) for role in KEY_ROLES],
            agencies=[(one.id, one.name.in_(language)) for one in catalogue.agencies.values()],
            officers=[(one.id, one.name) for one in catalogue.officers.values() if one.role is not Role.AUDITOR],
            counters=[(one.id, one.number) for one in catalogue.counters.values()],
            keys=[_shown(key, now, zone, language) for key in kept],
        )


def _wanted(given: Mapping[str, str], days: int, now: datetime) -> Wanted:
    """Raises ValueError for a role that does not exist."""
    return Wanted(
        given["name"],
        Role(given["role"]),
        AgencyId(given["agency"]) if given["agency"] else None,
        OfficerId(given["officer"]) if given["officer"] else None,
        CounterId(given["counter"]) if given["counter"] else None,
        now + timedelta(days=days) if days else None,
    )


def _role(role: Role, language: Language) -> str:
    return (_KIOSK if role is Role.KIOSK else ROLES[role]).in_(language)


def _shown(key: ApiKey, now: datetime, zone: ZoneInfo, language: Language) -> dict[str, Any]:
    state = "key_revoked" if key.revoked_at else "key_good" if key.is_good(now) else "key_expired"
    used = DATA_WORDS["key_unused"].in_(language) if key.used_at is None else moment(key.used_at, zone, language)
    return {
        "id": key.id,
        "name": key.name,
        "role": _role(key.role, language),
        "scope": " · ".join(part for part in (key.agency, key.counter, key.officer) if part),
        "state": DATA_WORDS[state].in_(language),
        "good": state == "key_good",
        "used": used,
    }
