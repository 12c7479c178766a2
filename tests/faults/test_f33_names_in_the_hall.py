"""F33: what a person is called stays at the desk. Canaries wherever text can enter; then everything that leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.db import open_store
from shared import phrases
from shared.protocol import commands as c
from shared.protocol.codec import encode
from shared.protocol.messages import Announcement
from shared.protocol.replies import Issued, SignedIn
from shared.vocabulary import ErrorCode, Language, PrintState, Program, ZoneId
from tests.support.many_counters import introduce
from tests.support.promises import RecordFigure
from tests.support.real_server import RealServer
from tests.support.running_server import Wire, hello
from tests.support.small_catalogue import SMALL, changed
from tests.support.waiting import wait_until

NAME, NIK, PHONE = "Ni Wayan Canary", "5171014107770003", "081234567890"
OFFICER, PIN = "I Made Canary", "739154"
CANARIES = (NAME, "Canary", NIK, PHONE, OFFICER)
USUAL_PINS = ("0000", "1234", "123456", "000000")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RealServer]:
    with RealServer(tmp_path, changed("Petugas 01", OFFICER), LOKET_LOG_LEVEL="debug") as running:
        yield running


def programs(server: RealServer) -> dict[Program, tuple[Wire, str]]:
    """Each with its token; introduced while nobody else has the database."""
    server.process.end()
    with open_store(server.url) as store:
        now = datetime.now(UTC)
        tokens = {one: introduce(store, one, f"{one.value}-1", now, zone=ZoneId("north")) for one in Program}
    server.__enter__()
    wires = {}
    for program, token in tokens.items():
        wire = Wire(server.port)
        wire.send(hello(program, f"{program.value}-1", token))
        wire.receive()
        wires[program] = (wire, token)
    return wires


@pytest.mark.faults
def test_no_name_no_number_and_no_secret_leaves_the_desk(server: RealServer, figure: RecordFigure) -> None:
    server.command("officers", "set-pin", "registry-01", typed=f"{PIN}\n")
    wires = programs(server)
    kiosk, display, counter = (wires[one][0] for one in (Program.KIOSK, Program.DISPLAY, Program.COUNTER))
    kiosk.subscribe("kiosk")
    display.subscribe("board:north")
    assert isinstance(counter.ask(c.SignIn(officer="registry-01", pin=PIN, counter="counter-1")).result, SignedIn)
    counter.subscribe("desk:counter-1")
    counter.ask(c.OpenCounter())
    issued = kiosk.ask(c.IssueTicket(service="card", language=Language.INDONESIAN)).result
    assert isinstance(issued, Issued)
    counter.ask(c.CallNext())
    counter.ask(c.Serve(leg=issued.leg))
    assert counter.ask(c.Park(leg=issued.leg, note=f"{NAME} {NIK} {PHONE}")).refusal is None
    assert counter.ask(c.Resume(leg=issued.leg)).refusal is None
    display.ask(c.ReportVoice(fault=f"{NAME} {PHONE}"))
    page = server.read(f"/v/{issued.key}")
    counter.ask(c.Serve(leg=issued.leg))
    assert counter.ask(c.Finish(leg=issued.leg)).refusal is None
    kiosk.ask(c.ReportPrint(visit=issued.visit, state=PrintState.PRINTED))

    desk = b"".join(map(encode, counter.heard))
    assert NIK.encode() in desk, "this test would see a canary"
    said = [one for one in display.heard if isinstance(one, Announcement)]
    assert said
    wait_until(lambda: '"finished"' in server.log.read_text())
    leaves = {
        "kiosk, so also the slip": b"".join(map(encode, kiosk.heard)),
        "board": b"".join(map(encode, display.heard)),
        "voice": "".join(phrases.call(one.ticket, one.counter, Language.INDONESIAN).sentence for one in said).encode(),
        "phone": page,
        "log": server.log.read_bytes(),
        **{path: server.read(path) for path in ("/health", "/metrics", "/api/site", "/api/services", "/api/lines")},
        "/api/boards/north": server.read("/api/boards/north"),
    }
    found = [(place, canary) for place, content in leaves.items() for canary in CANARIES if canary.encode() in content]
    assert found == []
    secrets = (PIN, issued.key, *(token for _, token in wires.values()))
    running = Path(f"/proc/{server.process.pid}/cmdline").read_bytes() + leaves["log"] + leaves["/metrics"]
    assert [secret for secret in secrets if secret.encode() in running] == []
    figure("P10", "F33", f"{len(CANARIES)} canaries in {len(leaves)} places that leave the desk: 0 found")


@pytest.mark.faults
def test_no_officer_can_sign_in_before_a_pin_was_set(server: RealServer) -> None:
    wires = programs(server)
    counter = wires[Program.COUNTER][0]
    for pin in USUAL_PINS:
        refused = counter.ask(c.SignIn(officer="registry-01", pin=pin, counter="counter-1")).refusal
        assert refused is not None
        assert refused.code in (ErrorCode.WRONG_PIN, ErrorCode.PIN_LOCKED)
    assert server.command("officers", "list").count("no PIN yet") == SMALL.count("[[officer]]")
