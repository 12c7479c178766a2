"""F31: a page of another origin changes nothing. Every address of the running server, taken from its own routes."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.app.permissions import MAY_USE, SOCKET
from server.net.guard import addresses_of
from shared.protocol import commands as c
from shared.protocol.replies import Issued
from shared.vocabulary import Language, Program
from tests.support.kept import everything_kept
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import SMALL

FOREIGN: tuple[dict[str, str], ...] = (
    {"Origin": "http://evil.example"},
    {"Origin": "null"},  # a sandboxed frame
    {"Referer": "http://evil.example/page"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path, SMALL, generous=True) as running:
        yield running


def status(server: RunningServer, method: str, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def a_number(server: RunningServer) -> Issued:
    kiosk = server.program(Program.KIOSK, "kiosk")
    issued = kiosk.ask(c.IssueTicket(service="card", language=Language.INDONESIAN)).result
    kiosk.close()
    assert isinstance(issued, Issued)
    return issued


def addresses(server: RunningServer, key: str) -> list[tuple[str, str]]:
    """Of every route; what names something in them is filled in with what there is."""
    templates = sorted({address for route in server.routes for address in addresses_of(route)})
    assert set(templates) <= MAY_USE.keys()
    there = {"{key}": key, "{rest:path}": f"{key}/x", "{zone}": "north"}
    found = []
    for method, path in templates:
        for name, value in there.items():
            path = path.replace(name, value)
        found.append((method, f"{path}/any.js" if path.startswith("/static/") else path))
    return found


def test_no_page_of_another_origin_changes_anything(server: RunningServer, figure: RecordFigure) -> None:
    ticket = a_number(server)
    before, refused = everything_kept(server.url), 0
    known = addresses(server, ticket.key)
    for method, path in known:
        for headers in FOREIGN:
            if method == SOCKET:
                if "Referer" not in headers:  # browsers send none when they open a websocket
                    assert status(server, "GET", path, UPGRADE | headers) == 403, (path, headers)
                    refused += 1
                continue
            for changing in CHANGING:
                assert status(server, changing, path, headers) == 403, (changing, path, headers)
                refused += 1
    assert everything_kept(server.url) == before
    own = {"Origin": f"http://127.0.0.1:{server.port}", "Sec-Fetch-Site": "same-origin"}
    assert status(server, "POST", f"/v/{ticket.key}/cancel", own) == 303
    assert everything_kept(server.url) != before, "this test would see a change"
    figure("", "F31", f"{len(known)} addresses, {refused} requests of other origins: all 403, nothing changed")


def test_reading_changes_nothing_and_what_is_not_listed_is_not_done(server: RunningServer) -> None:
    ticket = a_number(server)
    before = everything_kept(server.url)
    known = addresses(server, ticket.key)
    for method, path in known:
        if method == SOCKET:
            continue
        assert status(server, "GET", path, {}) < 500
        for other in {*CHANGING, "GET"} - {listed for listed, same in known if same == path}:
            # 401: another operation of the API has an address of that form, and who holds no key learns nothing of it.
            no = (401, 404, 405) if path.startswith("/api/") else (404, 405)
            assert status(server, other, path, {}) in no, (other, path)
    assert everything_kept(server.url) == before
