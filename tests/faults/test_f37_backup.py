"""F37: a backup is made while the hall works, and restores on a clean machine to what the hall was at that moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import monotonic

import pytest

from server.app.ports import StorageError
from server.db import open_store
from server.db.backing_up import _seal, back_up, restore, seal_of, suffix
from server.db.engine import sqlite_driver
from server.domain.numbering import next_number
from server.domain.service_day import service_date
from server.settings import ServerSettings
from shared.protocol.commands import IssueTicket
from shared.protocol.replies import Issued
from shared.vocabulary import Language, Program
from tests.support.databases import PostgreSQL, empty_postgresql_url, postgresql, postgresql_url, sqlite_url
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer, Wire
from tests.support.small_catalogue import SMALL
from tests.support.waiting import fair, wait_until

__all__ = ["empty_postgresql_url", "postgresql", "postgresql_url", "sqlite_url"]

BEFORE_EACH = 15  # numbers given before each backup
LOST_AT_MOST = 5  # minutes of numbers
BACK_WITHIN = 600.0  # seconds from the backup to the first number
Given = list[tuple[str, str]]
"""Visit and ticket, in the order in which the kiosk was answered."""


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]),
    ]
)
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Addresses of databases in which there is nothing yet."""
    numbers = count(1)
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / f'machine-{next(numbers)}' / 'loket.sqlite'}"
    cluster: PostgreSQL = request.getfixturevalue("postgresql")
    return lambda: cluster.url(cluster.new_database())


@pytest.mark.parametrize(
    "rounds", [pytest.param(10, marks=pytest.mark.faults), pytest.param(50, marks=pytest.mark.release)]
)
def test_f37_backups_under_load_restore_to_what_the_hall_was(
    rounds: int, new_database: Callable[[], str], tmp_path: Path, figure: RecordFigure
) -> None:
    rounds = rounds if new_database().startswith("sqlite") else rounds // 2  # its own programs take their time
    given: Given = []
    held: list[int] = []
    with _server(tmp_path, new_database()) as server, _somebody_presses(server, given):
        for number in range(rounds):
            enough = len(given) + BEFORE_EACH
            wait_until(lambda enough=enough: len(given) >= enough, patience=60)  # type: ignore[misc]
            acknowledged = given.copy()
            file = tmp_path / f"backup-{number}{suffix(server.url)}"
            made = back_up(server.url, file)
            clean = new_database()
            assert restore(clean, file) == made.content
            held.append(_compare(clean, acknowledged))
    fresh = new_database()
    began = monotonic()
    restore(fresh, file)
    with _server(tmp_path / "clean", fresh) as again:
        kiosk = again.program(Program.KIOSK, "kiosk-of-the-clean-machine")
        assert _press(kiosk)[1] == f"A-{_numbers(held[-1] + 1)[-1]:03d}", "it goes on where the backup was made"
        back_after = monotonic() - began
        kiosk.close()
    assert back_after < fair(BACK_WITHIN)
    assert ServerSettings().backup_minutes <= LOST_AT_MOST, "by default, without a hand"
    assert held == sorted(held)
    kind = clean.partition(":")[0]
    words = f"{kind}: {rounds} backups under load ({len(given)} numbers): {rounds} of {rounds} restored, "
    figure("P11", "F37", f"{words}first number {back_after:.1f} s after; one every {LOST_AT_MOST} minutes")


def test_f37_nothing_is_overwritten(new_database: Callable[[], str], tmp_path: Path) -> None:
    url = new_database()
    _make(url)
    file = tmp_path / f"backup{suffix(url)}"
    back_up(url, file)
    with pytest.raises(StorageError, match=r"is there already|is not empty"):
        restore(url, file)
    with pytest.raises(StorageError, match="is there already"):
        back_up(url, file)


def test_f37_a_damaged_backup_is_refused_and_nothing_is_made(new_database: Callable[[], str], tmp_path: Path) -> None:
    url, clean = new_database(), new_database()
    _make(url)
    file = tmp_path / f"backup{suffix(url)}"
    back_up(url, file)
    whole = file.read_bytes()
    middle = len(whole) // 2
    one_letter_changed = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for damaged in (whole[:middle], one_letter_changed, b"", b"Perjanjian sewa gedung" * 500):
        file.write_bytes(damaged)
        _is_refused(clean, file)
        seal_of(file).unlink()  # without it what is inside must tell
        if damaged is not one_letter_changed:
            _is_refused(clean, file)
        file.write_bytes(whole)
        _seal(file)
    _is_refused(clean, tmp_path / "nowhere")
    assert restore(clean, file).schema, "it is still free for a good one"


def test_f37_a_backup_that_does_not_say_its_schema_is_refused(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'loket.sqlite'}", tmp_path / "backup.sqlite"
    _make(url)
    back_up(url, file)
    seal_of(file).unlink()
    with closing(sqlite_driver().connect(file)) as connection, connection:
        connection.execute("DELETE FROM alembic_version")
    _is_refused(f"sqlite:///{tmp_path / 'new.sqlite'}", file)


def _is_refused(clean: str, file: Path) -> None:
    with pytest.raises(StorageError) as refused:
        restore(clean, file)
    assert "\n" not in str(refused.value)


def test_f37_a_dump_needs_postgresqls_programs_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.db.postgresql_programs._DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StorageError, match="pg_dump is not installed"):
        back_up("postgresql://loket@/loket", tmp_path / "backup.dump")


def _make(url: str) -> None:
    with _folder_of(url), open_store(url) as store:
        for number in range(30):
            store.catalogues.publish_catalogue(f"version = {number}\n" * 500, datetime.now(UTC))


def _compare(clean: str, acknowledged: Given) -> int:
    """How many numbers the restored database holds: all that were out before the backup, without a gap."""
    with open_store(clean) as store:
        stored = store.lobbies.read_lobby(service_date(datetime.now(UTC), "Asia/Makassar"))
    found = {visit.id: visit for visit in stored.visits}
    assert {visit for visit, _ in acknowledged} <= found.keys()
    assert sorted(visit.number for visit in found.values()) == _numbers(len(found))
    assert all(visit.legs for visit in found.values()), "a visit came without its leg"
    assert stored.sequences == {"A": _numbers(len(found))[-1]}
    return len(found)


def _numbers(count: int) -> list[int]:
    """The first numbers of a series."""
    given: list[int] = []
    for _ in range(count):
        given.append(next_number({"A": given[-1]} if given else {}, "A"))
    return given


@contextmanager
def _server(folder: Path, url: str) -> Iterator[RunningServer]:
    server = RunningServer(folder, SMALL, generous=True)
    server.url = url
    with _folder_of(url), server:
        yield server


@contextmanager
def _folder_of(url: str) -> Iterator[None]:
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    yield


@contextmanager
def _somebody_presses(server: RunningServer, given: Given) -> Iterator[None]:
    """A kiosk takes one number after another, as fast as it is answered."""
    kiosk = server.program(Program.KIOSK, "kiosk")
    enough = threading.Event()

    def go_on() -> None:
        while not enough.is_set():
            given.append(_press(kiosk))

    presser = threading.Thread(target=go_on)
    presser.start()
    try:
        yield
    finally:
        enough.set()
        presser.join()
        kiosk.close()


def _press(kiosk: Wire) -> tuple[str, str]:
    result = kiosk.ask(IssueTicket(service="birth", language=Language.INDONESIAN)).result
    assert isinstance(result, Issued), result
    return result.visit, result.ticket
