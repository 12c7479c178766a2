"""F13: the same officer, or the same counter, is signed in twice. The newest wins; the other is told why it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.protocol import commands as c
from shared.protocol.messages import Snapshot
from shared.protocol.replies import Called, Issued, SignedIn
from shared.protocol.views import AlertItem
from shared.vocabulary import ErrorCode, Language, Program
from tests.support import many_counters
from tests.support.many_counters import PIN, SERVICE, counter, officer
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer, Wire

POLICY = 1008


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    url = f"sqlite:///{tmp_path / 'loket.sqlite'}"
    devices = many_counters.prepare(url, kiosks=1, counters=3)
    running = RunningServer(tmp_path, "", generous=True, url=url)
    running.tokens = {f"counter-{at}": token for at, token in enumerate(devices.counters)}
    running.tokens["kiosk-0"] = devices.kiosks[0]
    with running:
        yield running


def _sign_in(server: RunningServer, device: int, who: int, where: int, *, take_over: bool = False) -> Wire:
    wire = server.program(Program.COUNTER, f"counter-{device}")
    reply = wire.ask(c.SignIn(officer=officer(who), pin=PIN, counter=counter(where), take_over=take_over))
    assert isinstance(reply.result, SignedIn), reply.refusal
    return wire


def _is_shown_out(wire: Wire, by: int) -> bool:
    refused, code = wire.refused()
    return (refused.code, refused.facts["officer"], code) == (ErrorCode.TAKEN_OVER, officer(by), POLICY)


def test_an_officer_who_signs_in_again_at_the_same_counter_replaces_the_first_session(server: RunningServer) -> None:
    first = _sign_in(server, 0, who=1, where=1)
    second = _sign_in(server, 1, who=1, where=1)
    assert _is_shown_out(first, by=1)
    assert second.ask(c.OpenCounter()).result is not None


def test_an_officer_who_signs_in_elsewhere_takes_the_visitor_in_hand_along(server: RunningServer) -> None:
    issued = server.program(Program.KIOSK, "kiosk-0").ask(c.IssueTicket(service=SERVICE, language=Language.INDONESIAN))
    assert isinstance(issued.result, Issued)
    first = _sign_in(server, 0, who=1, where=1)
    first.ask(c.OpenCounter())
    assert isinstance(first.ask(c.CallNext()).result, Called)
    second = _sign_in(server, 1, who=1, where=2)
    assert _is_shown_out(first, by=1)
    second.ask(c.OpenCounter())
    assert second.ask(c.Resume(leg=issued.result.leg)).result is not None


def test_a_counter_that_is_taken_over_belongs_to_the_newest_whoever_flaps(
    server: RunningServer, figure: RecordFigure
) -> None:
    sitting, told = _sign_in(server, 0, who=1, where=1), 0
    for turn in range(1, 21):
        who = 1 + turn % 2
        newest = _sign_in(server, turn % 2, who=who, where=1, take_over=True)
        told += _is_shown_out(sitting, by=who)
        sitting = newest
    assert sitting.ask(c.OpenCounter()).result is not None
    assert told == 20
    sitting.subscribe(f"desk:{counter(1)}")
    alerts = [item for item in sitting.wait_for(Snapshot).table.values() if isinstance(item, AlertItem)]
    assert {alert.kind for alert in alerts} == {"flapping"}
    figure("P3", "F13", "20 sign-ins at one counter: each time the newest sat there, the other was told, staff alerted")
