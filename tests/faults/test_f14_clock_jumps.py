"""F14: the machine's clock jumps. A server that runs goes on by its own; one that starts behind its facts refuses.

The clock is given to the real server as an argument, so it is turned without a library between Python and the system.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from server.app.days import ClockBehindError
from server.app.steady_clock import SteadyClock
from server.db.engine import sqlite_driver
from server.settings import ServerSettings
from shared.protocol import commands as c
from shared.protocol.replies import Issued
from shared.vocabulary import ErrorCode, Language, Outcome, Program
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer, Wire, an_open_counter
from tests.support.small_catalogue import SMALL
from tests.support.turned_clock import TurnedClock, running
from tests.support.waiting import wait_until

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in Makassar
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUIET = ServerSettings(backup_minutes=0, disk_reserve_mb=0, disk_low_mb=0)

Turn = Callable[[TurnedClock], None]
JUMPS: dict[str, Turn] = {
    "an hour back": lambda machine: machine.turn(-HOUR),
    "a day ahead": lambda machine: machine.turn(DAY),
    "a dead battery": lambda machine: machine.set(datetime(2000, 1, 1, tzinfo=UTC)),
}


@pytest.mark.faults
def test_f14_a_running_hall_does_not_notice_that_the_clock_jumps(tmp_path: Path, figure: RecordFigure) -> None:
    machine = running(NOON)
    clock = SteadyClock(machine.wall, machine.seconds)
    with RunningServer(tmp_path, SMALL, generous=True, care=QUIET, clock=clock) as server:
        kiosk, counter = server.program(Program.KIOSK, "kiosk"), an_open_counter(server)
        for number, turn in enumerate(JUMPS.values()):
            before = machine.wall() - clock()
            turn(machine)
            issued = [_issued(kiosk) for _ in range(2)]
            assert [one.ticket for one in issued] == [f"A-{2 * number + 1:03d}", f"A-{2 * number + 2:03d}"]
            assert all(abs(one.issued_at - NOON) < HOUR / 2 for one in issued), "the slip bears the right time"
            _serve_one(counter)
            wait_until(lambda: "clock_wrong" in server.health()["alarms"])
            assert server.health()["service_date"] == "2026-11-23"
            machine.turn(before - (machine.wall() - clock()))
            wait_until(lambda: "clock_wrong" not in server.health()["alarms"])
        assert _issued(kiosk).ticket == f"A-{2 * len(JUMPS) + 1:03d}"
    negative, backwards = _times(tmp_path / "loket.sqlite")
    assert (negative, backwards) == (0, 0)
    figure("", "F14", f"jumps while open ({', '.join(JUMPS)}): numbers and day go on, 0 negative durations")


def test_f14_a_server_does_not_start_on_a_clock_behind_its_facts(tmp_path: Path) -> None:
    server = RunningServer(tmp_path, SMALL, generous=True, clock=running(NOON).wall)
    with server:
        _issued(server.program(Program.KIOSK, "kiosk"))
    for behind in (HOUR, timedelta(minutes=6), NOON - datetime(2000, 1, 1, tzinfo=UTC)):
        late = RunningServer(tmp_path, SMALL, generous=True, clock=running(NOON - behind).wall)
        with pytest.raises(ClockBehindError, match="set the clock right"):
            late.__enter__()
        late.store.close()
    a_little = RunningServer(tmp_path, SMALL, generous=True, clock=running(NOON - timedelta(minutes=4)).wall)
    with a_little:
        assert a_little.health()["ok"]


def test_f14_who_vouches_for_the_clock_goes_on_after_one_that_was_ahead(tmp_path: Path) -> None:
    with RunningServer(tmp_path, SMALL, generous=True, clock=running(NOON + 3 * HOUR).wall) as ahead:
        assert _issued(ahead.program(Program.KIOSK, "kiosk")).ticket == "A-001"
    vouched = ServerSettings(trust_clock=True, backup_minutes=0, disk_reserve_mb=0, disk_low_mb=0)
    with RunningServer(tmp_path, SMALL, generous=True, care=vouched, clock=running(NOON).wall) as server:
        kiosk = server.program(Program.KIOSK, "kiosk")
        assert _issued(kiosk).ticket == "A-002", "the same day: the numbers go on"
    assert _times(tmp_path / "loket.sqlite")[0] == 0


def test_f14_no_number_is_given_by_a_clock_that_is_far_behind(tmp_path: Path) -> None:
    """Without the steady clock in between: the last line of defence, in the lobby itself."""
    machine = running(NOON)
    with RunningServer(tmp_path, SMALL, generous=True, clock=machine.wall) as server:
        kiosk = server.program(Program.KIOSK, "kiosk")
        _issued(kiosk)
        machine.turn(-HOUR)
        refused = kiosk.ask(c.IssueTicket(service="birth", language=Language.INDONESIAN)).refusal
        assert refused is not None
        assert refused.code is ErrorCode.CLOCK_BEHIND
        wait_until(lambda: "clock_behind" in server.health()["alarms"])
        machine.turn(HOUR)
        wait_until(lambda: "clock_behind" not in server.health()["alarms"])
        assert _issued(kiosk).ticket == "A-002"


def _issued(kiosk: Wire) -> Issued:
    result = kiosk.ask(c.IssueTicket(service="birth", language=Language.INDONESIAN)).result
    assert isinstance(result, Issued), result
    return result


def _serve_one(counter: Wire) -> None:
    called = counter.ask(c.CallNext(in_hand=None)).result
    assert called is not None
    leg = called.leg  # type: ignore[union-attr]
    assert counter.ask(c.Serve(leg=leg)).refusal is None
    assert counter.ask(c.Finish(leg=leg, outcome=Outcome.SOLVED)).refusal is None


def _times(file: Path) -> tuple[int, int]:
    """How many periods are negative, and how many facts are older than the one before them."""
    with closing(sqlite_driver().connect(file)) as connection:
        negative = connection.execute("SELECT count(*) FROM periods WHERE ended_at < started_at").fetchone()[0]
        moments = [row[0] for row in connection.execute("SELECT at FROM facts ORDER BY id")]
    return negative, sum(late < early for early, late in pairwise(moments))
