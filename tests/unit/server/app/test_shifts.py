"""Shifts: a counter that was left asks for the PIN again; one that serves somebody does not."""

from __future__ import annotations

from datetime import timedelta

from server.app.sessions import Session
from server.app.shifts import Shifts
from shared.protocol import commands as c
from shared.vocabulary import ErrorCode, PauseReason
from tests.support.server_in_memory import ServerInMemory

QUARTER = timedelta(minutes=15)


def a_server() -> tuple[ServerInMemory, Session]:
    server = ServerInMemory(shifts=Shifts(idle=QUARTER))
    return server, server.officer()


def test_after_a_while_without_a_command_the_pin_is_needed_and_nothing_is_done() -> None:
    server, officer = a_server()
    server.issues(server.kiosk())
    server.now += QUARTER + timedelta(seconds=1)
    assert server.refusal(officer, c.CallNext()).code is ErrorCode.PIN_NEEDED
    assert officer.seat is not None
    assert server.lobby.in_hand(officer.seat.counter) is None


def test_each_command_begins_the_while_anew_and_so_does_the_pin() -> None:
    server, officer = a_server()
    for _ in range(3):
        server.now += QUARTER - timedelta(seconds=1)
        server.does(officer, c.PauseCounter(reason=PauseReason.REST))
        server.does(officer, c.OpenCounter())
    server.now += 2 * QUARTER
    assert server.refusal(officer, c.PauseCounter(reason=PauseReason.REST)).code is ErrorCode.PIN_NEEDED
    assert officer.seat is not None
    server.does(officer, c.SignIn(officer=officer.seat.officer, pin="1234", counter=officer.seat.counter))
    server.does(officer, c.PauseCounter(reason=PauseReason.REST))


def test_who_serves_somebody_is_there_however_long_it_takes() -> None:
    server, officer = a_server()
    server.issues(server.kiosk())
    server.does(officer, c.CallNext())
    assert officer.seat is not None
    leg = server.lobby.in_hand(officer.seat.counter)
    assert leg is not None
    server.does(officer, c.Serve(leg=leg.id))
    server.now += 4 * QUARTER
    server.does(officer, c.Finish(leg=leg.id))


def test_no_sign_in_lasts_longer_than_a_shift() -> None:
    server = ServerInMemory(shifts=Shifts(longest=timedelta(hours=1)))
    officer = server.officer()
    for _ in range(6):
        server.now += timedelta(minutes=10)
        server.does(officer, c.PauseCounter(reason=PauseReason.REST))
        server.does(officer, c.OpenCounter())
    server.now += timedelta(minutes=10)
    assert server.refusal(officer, c.CloseCounter()).code is ErrorCode.PIN_NEEDED


def test_leaving_needs_no_pin() -> None:
    server, officer = a_server()
    server.now += 2 * QUARTER
    server.does(officer, c.SignOut())
