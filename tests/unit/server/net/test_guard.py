"""The guard: an address without a row stops the server, and a page of another origin changes nothing."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers
from starlette.routing import BaseRoute, Host, Mount, Route, Router, WebSocketRoute

from server.app.permissions import SOCKET
from server.net.guard import UnlistedRouteError, addresses_of, is_foreign, refuse_unlisted


async def nothing(_: object) -> None:
    return None


@pytest.mark.parametrize(
    "route",
    [
        Route("/backdoor", nothing),
        Route("/health", nothing, methods=["GET", "DELETE"]),
        Route("/v/{key}/cancel", nothing),  # its row is for POST
        WebSocketRoute("/health", nothing),
        Mount("/files", Router()),
        Host("elsewhere", Router()),
    ],
    ids=["unknown", "another method", "of another method", "as a websocket", "files", "another host"],
)
def test_an_address_without_a_row_stops_the_server(route: BaseRoute) -> None:
    with pytest.raises(UnlistedRouteError):
        refuse_unlisted([route])


def test_an_address_with_a_row_does_not() -> None:
    refuse_unlisted([Route("/health", nothing), WebSocketRoute("/socket", nothing)])
    assert addresses_of(WebSocketRoute("/socket", nothing)) == {(SOCKET, "/socket")}


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"origin": "http://hall:8400"}, False),
        ({"origin": "https://HALL:8400"}, False),  # TLS may end at a proxy
        ({"referer": "http://hall:8400/v/key"}, False),
        ({"origin": "http://hall"}, True),
        ({"origin": "http://evil.example"}, True),
        ({"origin": "http://hall:8400.evil.example"}, True),
        ({"origin": "http://hall:8400@evil.example"}, True),
        ({"origin": "null"}, True),
        ({"referer": "http://evil.example/?http://hall:8400"}, True),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site", "origin": "http://hall:8400"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "http://hall:8400"}, False),
    ],
)
def test_what_a_browser_says_of_the_page_decides(headers: dict[str, str], foreign: bool) -> None:
    assert is_foreign(Headers({"host": "hall:8400", **headers})) is foreign
