"""A day over real sockets: from the number to the voice, two officers at one counter, and the faults between."""

from __future__ import annotations

import json
import socket
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError

import pytest

from shared.protocol import commands as c
from shared.protocol.codec import encode
from shared.protocol.messages import Announcement, Delta, Reply, Request, Snapshot
from shared.protocol.replies import Called, Issued, SignedIn
from shared.protocol.views import CallItem, DeskItem, LineItem
from shared.vocabulary import ErrorCode, Language, Program, RequestId
from tests.support.running_server import PIN, RunningServer, Wire, hello
from tests.support.small_catalogue import SMALL, changed
from tests.support.waiting import wait_until

A_NUMBER = c.IssueTicket(service="card", language=Language.ENGLISH)
OFFICER, HEAD, COUNTER = "registry-01", "head", "counter-1"


def _issued(reply: Reply) -> Issued:
    assert isinstance(reply.result, Issued), reply
    return reply.result


def _code(reply: Reply) -> ErrorCode | None:
    return None if reply.refusal is None else reply.refusal.code


def _officer(server: RunningServer, officer: str = OFFICER, name: str = "desk") -> Wire:
    server.set_pin(officer)
    counter = server.program(Program.COUNTER, name)
    reply = counter.ask(c.SignIn(officer=officer, pin=PIN, counter=COUNTER))
    assert isinstance(reply.result, SignedIn), reply
    counter.subscribe(reply.result.stream)
    counter.wait_for(Snapshot)
    return counter


def test_from_the_number_to_the_voice(server: RunningServer) -> None:
    kiosk, display = server.program(Program.KIOSK, "kiosk"), server.program(Program.DISPLAY, "tv", "north")
    kiosk.subscribe("kiosk")
    display.subscribe("board:north")
    assert isinstance(kiosk.receive(), Snapshot)
    assert isinstance(display.receive(), Snapshot)
    officer = _officer(server)
    assert officer.ask(c.OpenCounter()).result is not None

    kiosk.heard.clear()
    ticket = _issued(kiosk.ask(A_NUMBER))
    assert ticket.url == f"http://127.0.0.1:{server.port}/v/{ticket.key}"
    assert [type(m) for m in kiosk.heard if not isinstance(m, Reply)][-1] is Delta, "law 6"

    called = officer.ask(c.CallNext()).result
    assert called == Called(leg=ticket.leg, ticket=ticket.ticket)
    delta = display.wait_for(Delta)
    item = delta.put[f"call:{ticket.leg}"]
    assert isinstance(item, CallItem)
    assert (item.ticket, item.counter, item.standing) == (ticket.ticket, "1", True)
    voice = display.wait_for(Announcement)
    assert (voice.ticket, voice.counter, voice.again) == (ticket.ticket, "1", False)
    assert voice.languages == (Language.INDONESIAN, Language.ENGLISH)
    officer.ask(c.Recall(leg=ticket.leg))
    assert display.wait_for(Announcement).again
    assert officer.ask(c.Serve(leg=ticket.leg)).result is not None
    assert officer.ask(c.Finish(leg=ticket.leg)).result is not None


def test_a_wrong_pin_is_refused_like_an_unknown_officer_and_then_locked(server: RunningServer) -> None:
    server.set_pin(OFFICER)
    counter = server.program(Program.COUNTER, "desk")
    unknown = counter.ask(c.SignIn(officer="nobody", pin=PIN, counter=COUNTER))
    wrong = [counter.ask(c.SignIn(officer=OFFICER, pin="0000", counter=COUNTER)) for _ in range(4)]
    assert unknown.refusal == wrong[0].refusal
    assert _code(wrong[0]) is ErrorCode.WRONG_PIN
    assert _code(wrong[3]) is ErrorCode.PIN_LOCKED
    assert _code(counter.ask(c.CallNext())) is ErrorCode.FORBIDDEN


def test_who_takes_a_counter_over_shows_the_other_out(server: RunningServer) -> None:
    first = _officer(server)
    server.set_pin(HEAD)
    second = server.program(Program.COUNTER, "desk-2")
    taken = second.ask(c.SignIn(officer=HEAD, pin=PIN, counter=COUNTER))
    assert _code(taken) is ErrorCode.COUNTER_TAKEN
    sign_in = c.SignIn(officer=HEAD, pin=PIN, counter=COUNTER, take_over=True)
    assert isinstance(second.ask(sign_in).result, SignedIn)
    refused, _ = first.refused()
    assert refused.code is ErrorCode.TAKEN_OVER
    assert refused.facts["officer"] == HEAD


def test_law_5_a_restart_between_commit_and_reply_does_it_exactly_once(tmp_path: Path) -> None:
    running = RunningServer(tmp_path, SMALL)
    with running as server:
        kiosk = server.program(Program.KIOSK, "kiosk")
        kiosk.send(Request(id="in-flight", command=A_NUMBER))
        wait_until(lambda: bool(server.store.lobbies.replies_to([RequestId("in-flight")])))
    with running as server:
        kiosk = server.program(Program.KIOSK, "kiosk")
        again = kiosk.ask(A_NUMBER, "in-flight")
        assert again.replayed
        assert _issued(again).ticket == "A-001"
        assert _issued(kiosk.ask(A_NUMBER)).ticket == "A-002"


def test_a_full_disk_refuses_everything_and_heals_without_a_restart(server: RunningServer) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    assert _issued(kiosk.ask(A_NUMBER)).ticket == "A-001"
    server.disk.broken = True
    lost = kiosk.ask(A_NUMBER, "lost")
    assert _code(lost) is ErrorCode.STORAGE_UNAVAILABLE
    assert _health(server)["release"]
    server.disk.broken = False
    wait_until(lambda: _code(kiosk.ask(A_NUMBER, "lost")) is not ErrorCode.STORAGE_UNAVAILABLE)
    assert _issued(kiosk.ask(A_NUMBER, "lost")).ticket == "A-002"


def test_law_9_who_does_not_read_is_dropped_and_nobody_waits_for_them(tmp_path: Path) -> None:
    with RunningServer(tmp_path, SMALL, generous=True) as server:
        frozen, kiosk = _frozen_kiosk(server), server.program(Program.KIOSK, "kiosk")
        with frozen:
            with suppress(ConnectionError):  # it may be dropped between a look and the next word
                # Many at once: if it takes longer than the patience of a ping, it is gone before it is dropped.
                for _ in range(40):
                    frozen.sendall(_masked(b'{"type":"subscribe","stream":"kiosk"}') * 100)
                    if server_dropped(server):
                        break
            assert _issued(kiosk.ask(A_NUMBER)).ticket == "A-001"
            wait_until(lambda: server_dropped(server))
            assert _issued(kiosk.ask(A_NUMBER)).ticket == "A-002"


def test_a_new_catalogue_is_taken_while_the_hall_is_open(server: RunningServer) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    kiosk.subscribe("kiosk")
    kiosk.wait_for(Snapshot)
    text = changed('en = "Birth certificate"', 'en = "Birth and adoption certificate"')
    server.store.catalogues.publish_catalogue(text, datetime.now(UTC))
    delta = kiosk.wait_for(Delta)
    assert set(delta.put) == {"service:birth"}


# --- REST ---


def test_health_and_figures_are_there_for_a_watcher(server: RunningServer) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    kiosk.ask(A_NUMBER)
    wait_until(lambda: _health(server)["ok"] is True)
    text = _get(server, "/metrics").decode()
    assert "loket_requests_total 1\n" in text
    assert "loket_database_up 1\n" in text


def test_the_hall_can_be_read_by_other_programs_without_names(server: RunningServer) -> None:
    _officer(server).ask(c.OpenCounter())
    kiosk = server.program(Program.KIOSK, "kiosk")
    ticket = _issued(kiosk.ask(A_NUMBER))
    services = json.loads(_get(server, "/api/services"))
    assert {service["id"] for service in services["services"]} == {"card", "birth", "clearance"}
    (line,) = [line for line in json.loads(_get(server, "/api/lines"))["lines"] if line["service"] == "card"]
    assert line["waiting"] == 1
    site = _get(server, "/api/site")
    assert {"number": "1", "zone": "north", "agency": "registry", "state": "open"} in json.loads(site)["counters"]
    assert b"Petugas" not in site
    assert OFFICER.encode() not in site
    board = _get(server, "/api/boards/north")
    assert json.loads(board)["calls"] == []
    assert ticket.key.encode() not in board
    with pytest.raises(HTTPError) as unknown:
        _get(server, "/api/boards/nowhere")
    assert unknown.value.code == 404


def test_readers_are_turned_away_before_anyone_in_the_hall(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.net.writer.MAX_WAITING", 0)
    for path in ("/api/lines", f"/v/{'x' * 22}"):
        with pytest.raises(HTTPError) as busy:
            _get(server, path)
        assert busy.value.code == 503
        assert busy.value.headers["Retry-After"] == "2"


def _get(server: RunningServer, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}", timeout=60) as answer:
        body: bytes = answer.read()
        return body


def _health(server: RunningServer) -> dict[str, object]:
    try:
        answer: dict[str, object] = json.loads(_get(server, "/health"))
    except HTTPError as error:
        answer = json.loads(error.read())
    return answer


def server_dropped(server: RunningServer) -> bool:
    return "loket_dropped_total 1" in _get(server, "/metrics").decode()


def _frozen_kiosk(server: RunningServer) -> socket.socket:
    """A kiosk that sends and never reads a byte after its handshake."""
    server.program(Program.KIOSK, "frozen").close()
    frozen = socket.socket()
    frozen.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    frozen.settimeout(5)
    frozen.connect(("127.0.0.1", server.port))
    frozen.sendall(
        b"GET /socket HTTP/1.1\r\nHost: hall\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    assert frozen.recv(4096).startswith(b"HTTP/1.1 101")
    frozen.sendall(_masked(encode(hello(Program.KIOSK, "frozen", server.tokens["frozen"]))))
    return frozen


def _masked(text: bytes) -> bytes:
    """A text frame as a client sends it; the mask is zero, so the text stays readable."""
    length = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0x80 | 126]) + len(text).to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + text


def test_a_desk_shows_its_officer_and_state(server: RunningServer) -> None:
    officer = _officer(server)
    officer.ask(c.OpenCounter())
    desk = [m for m in officer.heard if isinstance(m, Delta)][-1].put["desk"]
    assert isinstance(desk, DeskItem)
    assert (desk.officer, desk.state.value) == (OFFICER, "open")


def test_the_other_kiosk_learns_how_long_the_line_is(server: RunningServer) -> None:
    one, two = server.program(Program.KIOSK, "kiosk"), server.program(Program.KIOSK, "kiosk-2")
    two.subscribe("kiosk")
    two.wait_for(Snapshot)
    one.ask(A_NUMBER)
    line = two.wait_for(Delta).put["line:card"]
    assert isinstance(line, LineItem)
    assert (line.waiting, line.quota_left) == (1, 49)
