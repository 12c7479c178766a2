"""F16: the disk is full. A real one of some megabytes: the hall goes on as long as it can, says so, and heals."""

from __future__ import annotations

import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kiosk.words import refusal
from server.db.engine import sqlite_driver
from server.settings import ServerSettings
from shared.protocol import commands as c
from shared.protocol.messages import Reply, Snapshot
from shared.protocol.replies import Called, Issued
from shared.protocol.views import AlertItem
from shared.vocabulary import ErrorCode, Language, Program
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer, Wire, an_open_counter
from tests.support.small_catalogue import SMALL
from tests.support.waiting import wait_until

SIZE, RESERVE = 12, 2  # megabytes: the database's log alone grows to four
CARE = ServerSettings(backup_minutes=0, disk_reserve_mb=RESERVE, disk_low_mb=1)
MINUTE = 60.0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small disk")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.faults
def test_f16_a_full_disk_stops_nothing_but_numbers_and_heals_without_a_restart(
    small_disk: Path, figure: RecordFigure
) -> None:
    with RunningServer(small_disk, SMALL, generous=True, care=CARE) as server:
        kiosk, counter = server.program(Program.KIOSK, "kiosk"), an_open_counter(server)
        display = server.program(Program.DISPLAY, "tv", "north")
        wait_until((small_disk / "loket.reserve").exists)
        given = [_press(kiosk) for _ in range(5)]
        key = _issued(given[-1]).key

        ballast = _fill(small_disk / "ballast")
        wait_until(lambda: "disk_low" in server.health()["alarms"], MINUTE)
        assert not (small_disk / "loket.reserve").exists()
        wait_until(lambda: _issued_or_none(_press(kiosk)) is not None, MINUTE)  # the reserve carries the hall

        more_ballast = _fill(small_disk / "more-ballast")
        refused = _press_until_refused(kiosk)
        assert refused.refusal is not None
        assert refused.refusal.code is ErrorCode.STORAGE_UNAVAILABLE
        assert "petugas" in refusal(refused.refusal.code, Language.INDONESIAN)
        wait_until(lambda: {"storage", "disk_full"} <= set(server.health()["alarms"]), MINUTE)

        # What is read goes on: the page of a visitor, the lines, a television that is switched on now, the alarm.
        assert server.health()["database"]
        for path in (f"/v/{key}", "/api/lines", "/api/boards/north"):
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
                assert answer.status == 200
        display.subscribe("board:north")
        assert display.wait_for(Snapshot).table
        counter.subscribe("desk:counter-1")
        alerts = [item for item in counter.wait_for(Snapshot).table.values() if isinstance(item, AlertItem)]
        assert "storage" in {alert.kind for alert in alerts}
        call = counter.ask(c.CallNext(in_hand=None))
        assert call.refusal is not None
        assert call.refusal.code is ErrorCode.STORAGE_UNAVAILABLE

        last = len(server.store.lobbies.read_lobby(_day(server)).visits)
        ballast.unlink()
        more_ballast.unlink()
        wait_until(lambda: _issued_or_none(_press(kiosk)) is not None, MINUTE)
        again = _issued(_press(kiosk))
        assert int(again.ticket.removeprefix("A-")) > last, "it goes on behind the last number"
        called = counter.ask(c.CallNext(in_hand=None)).result
        assert isinstance(called, Called)
        assert called.ticket == "A-001"
        wait_until(lambda: not server.health()["alarms"], MINUTE)
        visits = server.store.lobbies.read_lobby(_day(server)).visits
        assert sorted(visit.number for visit in visits) == list(range(1, len(visits) + 1)), "no number was burnt"
    with closing(sqlite_driver().connect(small_disk / "loket.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    figure("", "F16", f"disk of {SIZE} MB filled twice: refused with a sentence, boards and phones go on, heals alone")


def _press(kiosk: Wire) -> Reply:
    return kiosk.ask(c.IssueTicket(service="birth", language=Language.INDONESIAN))


def _press_until_refused(kiosk: Wire) -> Reply:
    """A number is small: what SQLite has claimed of the disk already takes some more."""
    for _ in range(5000):
        reply = _press(kiosk)
        if reply.refusal is not None:
            return reply
    raise AssertionError("a full disk took 5,000 numbers")


def _issued_or_none(reply: Reply) -> Issued | None:
    return reply.result if isinstance(reply.result, Issued) else None


def _issued(reply: Reply) -> Issued:
    assert isinstance(reply.result, Issued), reply
    return reply.result


def _fill(file: Path) -> Path:
    with file.open("wb", buffering=0) as ballast:
        for size in (65_536, 512):
            try:
                while ballast.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    return file


def _day(server: RunningServer) -> date:
    return date.fromisoformat(server.health()["service_date"])
