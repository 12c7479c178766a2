"""F15: midnight and time zones. Numbers begin anew at three in the night of the site, and at no other moment."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.domain.catalogue import always_open
from shared.protocol.commands import IssueTicket
from shared.protocol.replies import Issued
from shared.vocabulary import Language
from tests.support.builders import KTP, a_catalogue
from tests.support.promises import RecordFigure
from tests.support.server_in_memory import ServerInMemory

SITES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")  # WIB, WIB, WITA, WIT
MACHINES = ("UTC", "Asia/Jayapura", "America/Vancouver")
STEP = timedelta(minutes=15)
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUICK = ["test_service_day.py", "test_hours.py", "test_lobby.py", "test_calling.py", "test_estimating.py"]


@pytest.mark.parametrize("zone", SITES)
def test_f15_numbers_begin_anew_only_at_the_sites_rollover(zone: str, figure: RecordFigure) -> None:
    catalogue = always_open(a_catalogue(time_zone=zone))
    server = ServerInMemory(catalogue, now=START)
    kiosk, expected, resets = server.kiosk(), 1, []
    for step in range(2 * 24 * 4):
        server.now = START + step * STEP
        local = server.now.astimezone(ZoneInfo(zone))
        if local.time() == time(3, 0):
            expected = 1
            resets.append(local)
        reply = server.does(kiosk, IssueTicket(service=KTP, language=Language.INDONESIAN))
        assert isinstance(reply, Issued), (local, reply)
        assert reply.ticket == f"A-{expected:03d}", local
        expected += 1
    assert len(resets) == 2
    figure("", "F15", f"{zone}: a number every 15 minutes of two days, begun anew twice, both times at 03:00 there")


@pytest.mark.faults
@pytest.mark.parametrize("zone", MACHINES)
def test_f15_the_trade_does_not_ask_where_its_machine_is(zone: str) -> None:
    _domain_tests_pass_in(zone, [f"tests/unit/server/domain/{name}" for name in QUICK])


@pytest.mark.release
@pytest.mark.parametrize("zone", MACHINES)
def test_f15_nor_do_all_its_tests(zone: str) -> None:
    _domain_tests_pass_in(zone, ["tests/unit/server/domain"])


def _domain_tests_pass_in(zone: str, tests: list[str]) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"TZ": zone})
    assert done.returncode == 0, done.stdout[-2000:]
