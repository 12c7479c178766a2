"""F29: no text becomes SQL. Every text field over the real wire, then every port of the store; both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed

from server.app.permissions import MAY_ASK
from server.app.ports import Approval, OfficerSecret, PendingDevice, PinFailures, StorageError
from server.db import Store, open_store
from shared.protocol import commands as c
from shared.protocol.codec import encode
from shared.protocol.messages import Request
from shared.protocol.replies import Issued, SignedIn
from shared.vocabulary import DeviceId, Language, OfficerId, Program, RequestId, Role, ZoneId
from tests.integration.db.rows import run_sql
from tests.support.many_counters import introduce
from tests.support.promises import RecordFigure
from tests.support.running_server import PIN, RunningServer, Wire, hello
from tests.support.small_catalogue import SMALL
from tests.unit.server.app.test_permissions import ONE_OF_EACH

PAYLOADS = (
    "'; DROP TABLE canary; --",
    '"); DELETE FROM canary; --',
    "' OR '1'='1",
    "x' UNION SELECT pin_hash FROM officer_secrets --",
    "\\'; UPDATE canary SET song = 'gone'; --",
)
NOW = datetime.now(UTC)


@pytest.fixture
def with_canary(url: str) -> Iterator[str]:
    open_store(url).close()
    run_sql(url, "CREATE TABLE canary (song TEXT)")
    run_sql(url, "INSERT INTO canary VALUES ('tweet')")
    yield url
    # Only where it sings still can it be changed; a table that is gone or another song fails here.
    run_sql(url, "INSERT INTO canary SELECT 1 / count(*) || '' FROM canary WHERE song = 'tweet'")


@pytest.mark.faults
def test_no_text_over_the_wire_becomes_sql(with_canary: str, tmp_path: Path, figure: RecordFigure) -> None:
    sent = 0
    with RunningServer(tmp_path, SMALL, generous=True, url=with_canary) as server:
        server.set_pin("registry-01")
        for command in ONE_OF_EACH.values():
            wire = _for(server, type(command))
            plain = json.loads(encode(Request(id="inject", command=command)))
            for place in _texts(plain):
                for payload in PAYLOADS[:2]:  # the edge treats all alike; what gets past it is tried below
                    if not _say(wire, _changed(plain, place, payload)):
                        wire = _for(server, type(command))
                    sent += 1
        for payload in PAYLOADS:
            for path in (f"/v/{quote(payload)}", f"/api/boards/{quote(payload)}", f"/v/x?lang={quote(payload)}"):
                with suppress(HTTPError):
                    urlopen(f"http://127.0.0.1:{server.port}{path}")
                sent += 1
            greeting = json.loads(encode(hello(Program.KIOSK, "kiosk")))
            for field in ("installation", "release", "token", "proof"):
                stranger = server.wire()
                stranger.socket.send(json.dumps(greeting | {field: payload}))
                stranger.receive()
                stranger.close()
                sent += 1
        kiosk = server.program(Program.KIOSK, "healthy")
        assert isinstance(kiosk.ask(c.IssueTicket(service="card", language=Language.INDONESIAN)).result, Issued)
    database = "PostgreSQL" if with_canary.startswith("postgresql") else "SQLite"
    figure("", "F29", f"{sent} texts over the wire on {database}: the canary sings")


def _for(server: RunningServer, command: type[c.Command]) -> Wire:
    """Who may say it."""
    role = min(MAY_ASK[command])
    program = {Role.KIOSK: Program.KIOSK, Role.DISPLAY: Program.DISPLAY}.get(role, Program.COUNTER)
    if program.value not in server.tokens:
        server.tokens[program.value] = introduce(server.store, program, program.value, NOW, zone=ZoneId("north"))
    wire = server.program(program, program.value, "north")
    if program is Program.COUNTER and command is not c.SignIn:
        signed_in = wire.ask(c.SignIn(officer="registry-01", pin=PIN, counter="counter-1", take_over=True))
        assert isinstance(signed_in.result, SignedIn)
    return wire


def _texts(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where texts stand in a message; not its tags."""
    match value:
        case dict():
            for key, inner in value.items():
                if key != "type":
                    yield from _texts(inner, (*before, key))
        case list():
            for at, inner in enumerate(value):
                yield from _texts(inner, (*before, at))
        case str() | None:
            yield before


def _changed(value: Any, place: tuple[Any, ...], text: str) -> Any:
    if not place:
        return text
    copy = value.copy()
    copy[place[0]] = _changed(copy[place[0]], place[1:], text)
    return copy


def _say(wire: Wire, message: Any) -> bool:
    """Whether the connection goes on afterwards."""
    if message["id"] == "inject":
        message = message | {"id": f"inject-{len(wire.heard)}"}
    wire.socket.send(msgspec.json.encode(message).decode())
    try:
        return wire.receive().__class__.__name__ != "Refused"
    except ConnectionClosed:
        return False


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_that_reaches_the_store_becomes_sql(with_canary: str, payload: str) -> None:
    with open_store(with_canary) as store:
        for name, ask in _ports(store, payload).items():
            with suppress(StorageError):
                ask()
            assert store.access.devices() is not None, name
        assert store.access.officer_secret(OfficerId(payload)) == OfficerSecret(OfficerId(payload), payload)


def _ports(store: Store, text: str) -> dict[str, Any]:
    access, device, officer = store.access, DeviceId(text), OfficerId(text)
    return {
        "ask_pairing": lambda: access.ask_pairing(PendingDevice(text, text, Program.KIOSK, NOW, NOW)),
        "approve": lambda: access.approve(Approval(text, text, text, ZoneId(text)), NOW),
        "collect": lambda: access.collect(text, text.encode(), device, text.encode(), NOW),
        "revoke": lambda: access.revoke_device(device, NOW, text),
        "offer": lambda: access.offer_token(device, text.encode()),
        "take_up": lambda: access.take_up_token(device, text.encode(), NOW),
        "by_token": lambda: access.device_by_token(text.encode()),
        "by_retired_token": lambda: access.device_by_retired_token(text.encode()),
        "secret": lambda: access.save_officer_secret(OfficerSecret(officer, text)),
        "failures": lambda: access.save_pin_failures(PinFailures(officer, device, 1)),
        "read_failures": lambda: access.pin_failures(officer, device),
        "replies": lambda: store.lobbies.replies_to([RequestId(text)]),
        "catalogue": lambda: store.catalogues.publish_catalogue(text, NOW),
    }
