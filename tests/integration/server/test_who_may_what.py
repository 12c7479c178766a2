"""Who may what, over the wire: the tables of `server.app.permissions`, each role against each place of another."""

from __future__ import annotations

import itertools

import pytest

from server.app.permissions import MAY_FOLLOW, ROLE_OF, Family
from shared.protocol import commands as c
from shared.protocol.messages import Snapshot
from shared.vocabulary import ErrorCode, Program, Role
from tests.support.running_server import PIN, RunningServer, Wire, hello

STREAMS = {Family.KIOSK: "kiosk", Family.BOARD: "board:north", Family.COUNTERS: "counters"}
STREAMS |= {Family.DESK: "desk:counter-1", Family.VISIT: "visit:abcdefghijklmnopqrstuv"}
STREAMS |= {Family.FLOOR: "floor", Family.CASE: "case:day:"}


def a_program(server: RunningServer, role: Role) -> Wire:
    if role in ROLE_OF.values():
        program = next(program for program, its in ROLE_OF.items() if its is role)
        return server.program(program, program.value, "north")
    server.set_pin("registry-01")
    counter = server.program(Program.COUNTER, "counter", "north")
    counter.ask(c.SignIn(officer="registry-01", pin=PIN, counter="counter-1"))
    return counter


@pytest.mark.parametrize(("here", "there"), list(itertools.permutations(Program, 2)))
def test_a_token_of_one_program_is_worth_nothing_in_the_place_of_another(
    server: RunningServer, here: Program, there: Program
) -> None:
    server.program(here, "one", "north").close()
    wire = server.wire()
    wire.send(hello(there, "one", server.tokens["one"]))
    refused, code = wire.refused()
    assert (refused.code, code) == (ErrorCode.NOT_INTRODUCED, 4403)


@pytest.mark.parametrize(
    ("role", "family"),
    list(itertools.product([Role.KIOSK, Role.COUNTER, Role.DISPLAY, Role.OFFICER], MAY_FOLLOW)),
)
def test_a_role_follows_its_own_streams_and_is_shown_out_of_others(
    server: RunningServer, role: Role, family: Family
) -> None:
    wire = a_program(server, role)
    wire.subscribe(STREAMS[family])
    if role in MAY_FOLLOW[family]:
        assert isinstance(wire.wait_for(Snapshot), Snapshot)
    elif (role, family) == (Role.COUNTER, Family.DESK):
        # Nothing yet: a program that comes back asks for its desk before its officer has signed in again.
        wire.subscribe("counters")
        assert wire.wait_for(Snapshot).stream == "counters"
    else:
        refused, code = wire.refused()
        assert (refused.code, code) == (ErrorCode.FORBIDDEN, 4403)
