"""The API's page: one address, in both languages, for anybody; no script is needed to read it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from server.app.api.public_facts import DETAILS
from server.net.api.operations import ROOT, Operation
from server.web.api.meanings import EVENTS
from server.web.api.showing import common_refusals, groups_of
from server.web.api.words import WORDS
from server.web.house.house import House, StaticFilesOfHouse, language_of
from shared.vocabulary import Language

_HERE = Path(__file__).parent
EXAMPLE = _HERE / "waiting-times.html"
"""For another site: it reads the public waiting times."""
ADDRESS = "http://192.168.1.10:8400"
"""Stands in the example where the server's own address belongs."""


def api_page_routes(house: House, operations: Sequence[Operation]) -> Sequence[BaseRoute]:
    room = house.room("api", _HERE, WORDS)
    shown: dict[Language, tuple[Sequence[str], Markup]] = {}
    refused, example = common_refusals(), EXAMPLE.read_text(encoding="utf-8")

    def drawn(http: Request, language: Language) -> tuple[Sequence[str], Markup]:
        """The groups' names, and all operations: the part of the page that is the same for everybody."""
        groups = groups_of(operations, language)
        kinds = [(kind.value, words.in_(language), DETAILS[kind]) for kind, words in EVENTS.items()]
        html = room.part(http, "operations.html", language, groups=groups, kinds=kinds)
        return [name for name, _ in groups], Markup(html)  # noqa: S704 (our template)

    async def page(http: Request) -> Response:
        http.state.staff = await house.doorkeeper.who(http)
        language = language_of(http)
        if language not in shown:  # the table does not change while the server runs, and this takes 8 ms of the loop
            shown[language] = drawn(http, language)
        groups, drawn_before = shown[language]
        return room.page(
            http,
            "api.html",
            groups=groups,
            operations=drawn_before,
            refused=refused,
            document=f"{ROOT}/openapi.json",
            hall=_address(http, with_tls=bool(house.gate.authority)),
            example=example.replace(ADDRESS, house.gate.public_url),
        )

    return [Route("/api", page), Mount("/static/api", StaticFilesOfHouse(directory=_HERE / "static"))]


def _address(http: Request, *, with_tls: bool) -> str:
    """How the reader got here. With TLS never the port without: a key could be read on the way."""
    reached = str(http.base_url).rstrip("/")
    return reached if http.url.scheme == "https" or not with_tls else "https://..."
