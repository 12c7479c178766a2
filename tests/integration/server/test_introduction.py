"""Introduction: the first frames of a connection, and every way in which it can end there."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from server.app.pairing import ALPHABET
from shared.protocol import commands as c
from shared.protocol.messages import Introduced, Pairing, Snapshot, Subscribe, Welcome
from shared.vocabulary import DeviceId, ErrorCode, Language, Program
from tests.support.running_server import RunningServer, hello
from tests.support.small_catalogue import SMALL


def test_an_unknown_program_shows_a_code_and_is_welcome_once_it_is_approved(server: RunningServer) -> None:
    wire = server.wire()
    wire.send(hello(Program.DISPLAY, "tv"))
    pairing = wire.receive()
    assert isinstance(pairing, Pairing)
    assert re.fullmatch(f"[{ALPHABET}]{{8}}", pairing.code)
    assert 590 < pairing.expires_in <= 600
    server.approve(pairing.code, "TV 1", "north")
    introduced = wire.wait_for(Introduced)
    welcome = wire.receive()
    assert isinstance(welcome, Welcome)
    assert (welcome.name, welcome.zone, welcome.site.time_zone) == ("TV 1", "north", "Asia/Makassar")
    assert abs((datetime.now(UTC) - welcome.now).total_seconds()) < 5
    assert introduced.token.startswith(f"dev_{welcome.device}_")


def test_the_token_opens_the_door_the_next_time(server: RunningServer) -> None:
    server.program(Program.KIOSK, "kiosk").close()
    again = server.program(Program.KIOSK, "kiosk")
    assert [type(message) for message in again.heard] == [Welcome]


def test_a_token_of_one_program_is_worth_nothing_to_another(server: RunningServer) -> None:
    server.program(Program.DISPLAY, "tv").close()
    wire = server.wire()
    wire.send(hello(Program.KIOSK, "tv", server.tokens["tv"]))
    refused, code = wire.refused()
    assert (refused.code, code) == (ErrorCode.NOT_INTRODUCED, 4403)


def test_a_token_that_nobody_gave_leads_to_a_code(server: RunningServer) -> None:
    wire = server.wire()
    wire.send(hello(Program.KIOSK, "kiosk", "dev_0_" + "x" * 43))
    assert isinstance(wire.receive(), Pairing)


def test_a_revoked_device_is_shown_out_and_not_let_in_again(server: RunningServer) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    (device,) = server.store.access.devices()
    server.store.access.revoke_device(DeviceId(device.id), datetime.now(UTC))
    refused, _ = kiosk.refused()
    assert refused.code is ErrorCode.REVOKED
    back = server.wire()
    back.send(hello(Program.KIOSK, "kiosk", server.tokens["kiosk"]))
    assert back.refused()[0].code is ErrorCode.REVOKED


@pytest.mark.parametrize(
    ("protocol", "code"), [(0, ErrorCode.CLIENT_TOO_OLD), (99, ErrorCode.SERVER_TOO_OLD)], ids=["older", "newer"]
)
def test_another_protocol_version_is_told_which_side_to_update(
    server: RunningServer, protocol: int, code: ErrorCode
) -> None:
    wire = server.wire()
    wire.send(hello(Program.KIOSK, "kiosk", protocol=protocol))
    refused, _ = wire.refused()
    assert refused.code is code
    assert refused.facts == {"client": protocol, "server": 1}


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        '{"type":"hello"}',
        '{"type":"dance"}',
        '{"type":"subscribe","stream":"kiosk","more":1}',
        '{"type":"request","id":"' + "x" * 65 + '","command":{"type":"call_next"}}',
        '{"type":"request","id":"a b","command":{"type":"call_next"}}',
        '{"type":"request","id":"a","command":{"type":"acknowledge","announcement":"a","step":"shown","after":1e20}}',
        "[" * 5000,
        b"\xff\xfe",
    ],
)
def test_what_is_not_of_our_protocol_ends_the_connection_with_a_reason(
    server: RunningServer, frame: str | bytes
) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    kiosk.socket.send(frame)
    refused, code = kiosk.refused()
    assert (refused.code, code) == (ErrorCode.MALFORMED, 1007)
    assert isinstance(server.program(Program.KIOSK, "kiosk").heard[0], Welcome), "the server lives"


def test_a_first_frame_that_is_no_hello_ends_the_connection(server: RunningServer) -> None:
    wire = server.wire()
    wire.send(Subscribe(stream="kiosk"))
    assert wire.refused()[0].code is ErrorCode.NOT_INTRODUCED


def test_a_crowd_that_waits_for_approval_does_not_lock_out_a_device_that_is_approved(tmp_path: Path) -> None:
    with RunningServer(tmp_path, SMALL, crowd=2) as server:
        server.program(Program.KIOSK, "kiosk").close()
        for name in ("stranger-1", "stranger-2"):
            wire = server.wire()
            wire.send(hello(Program.KIOSK, name))
            assert isinstance(wire.receive(), Pairing)
        one_more = server.wire()
        one_more.send(hello(Program.KIOSK, "stranger-3"))
        assert one_more.refused()[0].code is ErrorCode.OVERLOADED
        assert isinstance(server.program(Program.KIOSK, "kiosk").heard[0], Welcome)


def test_a_second_hello_ends_the_connection(server: RunningServer) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    kiosk.send(hello(Program.KIOSK, "kiosk"))
    assert kiosk.refused()[0].code is ErrorCode.MALFORMED


def test_a_frame_that_is_too_large_is_refused_and_a_monster_is_cut_off(server: RunningServer) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    kiosk.socket.send("x" * 20_000)
    refused, code = kiosk.refused()
    assert (refused.code, code) == (ErrorCode.TOO_LARGE, 1009)
    wide = server.program(Program.KIOSK, "kiosk")
    wide.socket.send("\N{SNOWMAN}" * 8_000)  # fewer characters than the limit, more bytes
    assert wide.refused()[0].code is ErrorCode.TOO_LARGE
    monster = server.program(Program.KIOSK, "kiosk")
    monster.socket.send("x" * 200_000)
    assert monster.closed() == 1009


def test_who_sends_too_much_is_shown_out(server: RunningServer) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    with suppress(ConnectionClosed):  # the server may close before the last one is sent
        for _ in range(30):
            kiosk.subscribe("kiosk")
    refused, code = kiosk.refused()
    assert (refused.code, code) == (ErrorCode.TOO_MANY, 1008)


def test_a_page_in_a_browser_is_not_let_in(server: RunningServer) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://127.0.0.1:{server.port}/socket", origin=Origin("http://evil.example"), legacy=True)
    assert refused.value.response.status_code == 403


def test_a_kiosk_that_asks_to_call_is_refused_and_stays(server: RunningServer) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    refusal = kiosk.ask(c.CallNext()).refusal
    assert refusal is not None
    assert refusal.code is ErrorCode.FORBIDDEN
    assert kiosk.ask(c.IssueTicket(service="card", language=Language.INDONESIAN)).result is not None


def test_a_display_sees_its_own_zone_only(server: RunningServer) -> None:
    display = server.program(Program.DISPLAY, "tv", "north")
    display.subscribe("board:north")
    assert isinstance(display.receive(), Snapshot)
    display.subscribe("board:south")
    assert display.refused()[0].code is ErrorCode.FORBIDDEN


def test_a_silent_stranger_makes_room_and_is_asked_to_come_again(tmp_path: Path) -> None:
    """`overloaded`, and nothing that would make an honest device forget its token."""
    with RunningServer(tmp_path, SMALL, crowd=2) as server:
        silent = [server.wire() for _ in range(2)]
        assert isinstance(server.program(Program.KIOSK, "kiosk").heard[0], Welcome)
        refused, code = silent[0].refused()
        assert (refused.code, code) == (ErrorCode.OVERLOADED, 1013)
