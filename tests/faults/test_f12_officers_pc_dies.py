"""F12: the officer's PC dies while serving. The visitor stays with the counter; whoever signs in there goes on."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from server.domain.service_day import service_date
from shared.protocol import commands as c
from shared.protocol.messages import Delta, Snapshot
from shared.protocol.replies import Issued, SignedIn
from shared.protocol.views import HandItem
from shared.vocabulary import Language, Program
from tests.support.demo.driver import Window
from tests.support.demo.processes import Programs
from tests.support.promises import RecordFigure
from tests.support.running_server import PIN, RunningServer, Wire
from tests.support.small_catalogue import SMALL
from tests.support.waiting import fair, wait_until

A_NUMBER = c.IssueTicket(service="card", language=Language.INDONESIAN)
OFFICER, COUNTER = "registry-01", "counter-1"
SIGN_IN = c.SignIn(officer=OFFICER, pin=PIN, counter=COUNTER)


def _hand(wire: Wire) -> HandItem | None:
    """What the desk shows in hand, by the last table it was told."""
    for message in reversed(wire.heard):
        match message:
            case Snapshot(table={"hand": HandItem() as hand}) | Delta(put={"hand": HandItem() as hand}):
                return hand
            case Delta(drop=gone) if "hand" in gone:
                return None
    return None


def _ticket(server: RunningServer) -> str:
    result = server.program(Program.KIOSK, "kiosk").ask(A_NUMBER).result
    assert isinstance(result, Issued)
    return result.ticket


def test_who_signs_in_after_the_pc_died_finds_the_visitor_and_the_time_that_has_run(tmp_path: Path) -> None:
    with RunningServer(tmp_path, SMALL) as server:
        server.set_pin(OFFICER)
        ticket = _ticket(server)
        dead = server.program(Program.COUNTER, "pc-1")
        assert isinstance(dead.ask(SIGN_IN).result, SignedIn)
        dead.subscribe(f"desk:{COUNTER}")
        dead.ask(c.OpenCounter())
        dead.ask(c.CallNext())
        before = _hand(dead)
        assert before is not None
        dead.ask(c.Serve(leg=before.leg))
        serving = _hand(dead)
        assert serving is not None
        dead.socket.socket.shutdown(socket.SHUT_RDWR)  # no close frame: the power is gone

        spare = server.program(Program.COUNTER, "pc-2")
        assert isinstance(spare.ask(SIGN_IN).result, SignedIn)
        spare.subscribe(f"desk:{COUNTER}")
        spare.wait_for(Snapshot)
        assert _hand(spare) == serving, "the same visitor, in the same state, since the same moment"
        assert serving.ticket == ticket
        assert spare.ask(c.Finish(leg=serving.leg)).result is not None


@pytest.mark.faults
def test_a_killed_counter_program_is_replaced_by_another_pc_within_seconds(
    tmp_path: Path, figure: RecordFigure
) -> None:
    """The real programs: the first is killed, the officer signs in at the spare one."""
    with RunningServer(tmp_path, SMALL) as server, Programs(tmp_path / "logs") as programs:
        server.set_pin(OFFICER)
        windows = []
        for name in ("pc-1", "pc-2"):
            running = programs.start(
                name, "counter", "--server", f"ws://127.0.0.1:{server.port}", "--state", str(tmp_path / name),
                "--counter", COUNTER, LOKET_DRIVE=str(tmp_path / f"{name}.drive"), QT_QPA_PLATFORM="offscreen",
                QT_QUICK_BACKEND="software",
            )  # fmt: skip
            windows.append((running, Window(name, tmp_path / f"{name}.drive")))
        approved: set[str] = set()

        def all_approved() -> bool:
            for pending in server.store.access.pending_devices(datetime.now(UTC)):
                if pending.code not in approved:
                    server.approve(pending.code, f"Loket {len(approved)}", "north")
                    approved.add(pending.code)
            return len(approved) == len(windows)

        wait_until(all_approved, patience=60)
        (first, desk), (_, spare) = windows
        desk.connect(60)
        spare.connect(60)
        spare.wait("option-0", patience=60)
        _sign_in(desk)
        desk.key("B")
        ticket = _ticket(server)
        desk.wait("verb-callNext")
        desk.key("Space")
        desk.wait("handTicket", text=ticket)
        desk.key("L")
        desk.wait("verb-finish")
        began = _since(server)

        killed = monotonic()
        first.kill()
        _sign_in(spare)
        spare.wait("handTicket", text=ticket)
        seconds = monotonic() - killed
        assert _since(server) == began
        assert seconds < fair(10)
        figure(
            "P1", "F12", f"counter program killed while serving: {ticket} in hand at another PC after {seconds:.1f} s"
        )


def _sign_in(window: Window) -> None:
    window.wait("option-0", patience=60)
    window.type("1")
    window.key("Return")
    window.wait("signIn-counter", text="1")
    window.type("petugas 01")
    window.key("Return")
    window.wait("signIn-officer", text="Petugas 01")
    window.type(PIN)
    window.key("Return")
    window.wait("counterState")


def _since(server: RunningServer) -> datetime:
    """When the one visit of the day came into its present state."""
    today = service_date(datetime.now(UTC), "Asia/Makassar")
    (visit,) = server.store.lobbies.read_lobby(today).visits
    return visit.last_leg.since
