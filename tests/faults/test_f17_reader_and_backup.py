"""F17: a report reads for long and a backup is made while people press. Numbers come as fast as before."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from server.db import open_store
from server.db.backing_up import back_up
from server.db.engine import sqlite_driver
from shared.protocol.commands import IssueTicket
from shared.protocol.replies import Issued
from shared.vocabulary import Language, Program
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer, Wire
from tests.support.small_catalogue import SMALL

PRESSES = 400
PAUSE = 0.01  # seconds between two presses of one of two kiosks
LIMIT = 0.2  # seconds, for 99 of 100 presses
MEGABYTES = 60


@pytest.mark.faults
def test_f17_neither_a_long_reader_nor_a_backup_delays_a_number(tmp_path: Path, figure: RecordFigure) -> None:
    _grow(tmp_path / "loket.sqlite")
    with RunningServer(tmp_path, SMALL, generous=True) as server:
        kiosk = server.program(Program.KIOSK, "kiosk")
        quiet = _press_often(kiosk)
        with _a_report(tmp_path / "loket.sqlite"), _backups(server.url, tmp_path) as made:
            busy = _press_often(kiosk)
        assert len(made) >= 2
        with urlopen(f"http://127.0.0.1:{server.port}/metrics") as answer:
            assert "\nloket_storage_failures_total 0\n" in answer.read().decode(), "database is locked"
    limit = max(LIMIT, 4 * _p99(quiet))  # a machine that is slow without them proves nothing about them
    assert _p99(busy) <= limit, (_p99(quiet), _p99(busy))
    words = f"{len(made)} backups of {MEGABYTES} MB and a long reader: p99 {_p99(quiet) * 1000:.0f} ms before, "
    figure("", "F17", f"{words}{_p99(busy) * 1000:.0f} ms meanwhile; 0 of {PRESSES} presses refused")


def _press_often(kiosk: Wire) -> list[float]:
    took = []
    for _ in range(PRESSES):
        began = time.monotonic()
        reply = kiosk.ask(IssueTicket(service="birth", language=Language.INDONESIAN))
        took.append(time.monotonic() - began)
        assert isinstance(reply.result, Issued), reply
        time.sleep(PAUSE)
    return took


def _p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


def _grow(file: Path) -> None:
    """A database as after some months. What is in it does not matter here, only that it is copied."""
    open_store(f"sqlite:///{file}").close()
    with closing(sqlite_driver().connect(file)) as connection:
        connection.execute("CREATE TABLE some_months (content BLOB)")
        connection.executemany("INSERT INTO some_months VALUES (randomblob(1000000))", [()] * MEGABYTES)
        connection.commit()


@contextmanager
def _a_report(file: Path) -> Iterator[None]:
    """Somebody's tool that reads through everything and keeps its transaction open all the while."""
    with closing(sqlite_driver().connect(file, check_same_thread=False, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT sum(length(hex(content))) FROM some_months").fetchone()
        yield
        connection.execute("ROLLBACK")


@contextmanager
def _backups(url: str, folder: Path) -> Iterator[list[Path]]:
    made: list[Path] = []
    enough = threading.Event()

    def go_on() -> None:
        while not enough.is_set():
            file = folder / f"backup-{len(made)}.sqlite"
            back_up(url, file)
            file.unlink()
            made.append(file)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield made
    finally:
        enough.set()
        thread.join()
