"""Places of devices, visits and addresses on a real server: the newest connections have them."""

from __future__ import annotations

import socket
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

from websockets.sync.client import connect

from server.net.gate import Limits
from shared.protocol import commands as c
from shared.protocol.messages import Pairing
from shared.protocol.replies import Issued
from shared.vocabulary import ErrorCode, Language, Program
from tests.support.running_server import RunningServer, hello
from tests.support.small_catalogue import SMALL
from tests.support.waiting import wait_until

LIMITS = Limits()


def test_a_device_that_opens_ever_more_connections_keeps_the_newest(server: RunningServer) -> None:
    first = server.program(Program.KIOSK, "kiosk")
    more = [server.program(Program.KIOSK, "kiosk") for _ in range(LIMITS.each_device)]
    refused, _ = first.refused()
    assert refused.code is ErrorCode.TOO_MANY
    reply = more[0].ask(c.IssueTicket(service="card", language=Language.ENGLISH))
    assert isinstance(reply.result, Issued)
    other = server.program(Program.KIOSK, "another")
    assert isinstance(other.ask(c.IssueTicket(service="card", language=Language.ENGLISH)).result, Issued)


def test_one_visit_is_followed_by_so_many_phones(server: RunningServer) -> None:
    issued = server.program(Program.KIOSK, "kiosk").ask(c.IssueTicket(service="card", language=Language.ENGLISH)).result
    assert isinstance(issued, Issued)
    before = server.health()["connections"]
    with ExitStack() as open_phones:
        for _ in range(LIMITS.each_visit + 5):
            address = f"ws://127.0.0.1:{server.port}/v/{issued.key}/live"
            open_phones.enter_context(closing(connect(address, legacy=True, close_timeout=1)))
        wait_until(lambda: server.health()["connections"] == before + LIMITS.each_visit)


def test_whoever_holds_all_places_of_an_address_keeps_nobody_out(tmp_path: Path) -> None:
    with RunningServer(tmp_path, SMALL) as server, ExitStack() as held:
        for _ in range(LIMITS.each_address + 20):
            half = held.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            half.sendall(b"GET /v/half HTTP/1.1\r\nHost: hall\r\nX-")
        assert server.health()["ok"]


def test_nobody_gets_codes_without_end_and_a_known_device_is_let_in(server: RunningServer) -> None:
    asked = LIMITS.codes.burst + 20
    codes = 0
    for at in range(asked):
        wire = server.wire()
        wire.send(hello(Program.KIOSK, f"invented-{at}"))
        codes += isinstance(wire.receive(), Pairing)
        wire.socket.socket.close()
    assert LIMITS.codes.burst <= codes < asked
    assert len(server.store.access.pending_devices(datetime.now(UTC))) == codes, "each was a row on the disk"
    server.program(Program.KIOSK, "known")
