"""F18: an SQLite that can damage its log. It is refused; only one connection writes; damage is found every night."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.app.ports import StorageError
from server.db import open_store
from server.db.address import parse_address
from server.db.checking import damage_of
from server.db.engine import reading_engine, refuse_unsound_sqlite, sqlite_driver
from shared.protocol.commands import IssueTicket
from shared.vocabulary import Language, Program
from tests.support.builders import TODAY, a_lobby, issue
from tests.support.databases import sqlite_url
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import SMALL

__all__ = ["sqlite_url"]

PAGE = 4096


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
def test_f18_a_version_with_the_bug_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(StorageError, match="can damage the database"):
        refuse_unsound_sqlite(version)


@pytest.mark.parametrize("version", [(3, 6, 23), (3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_f18_a_version_without_it_is_taken(version: tuple[int, ...]) -> None:
    refuse_unsound_sqlite(version)
    refuse_unsound_sqlite(sqlite_driver().sqlite_version_info)


def test_f18_one_connection_of_a_server_can_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver, opened = sqlite_driver(), []
    connect = driver.connect

    def noted(*arguments: object, **more: object) -> object:
        opened.append(connect(*arguments, **more))
        return opened[-1]

    monkeypatch.setattr(driver, "connect", noted)
    with RunningServer(tmp_path, SMALL) as server:
        kiosk = server.program(Program.KIOSK, "kiosk")
        kiosk.ask(IssueTicket(service="birth", language=Language.INDONESIAN))
        writing = [one for one in opened if not one.execute("PRAGMA query_only").fetchone()[0]]
        assert (len(writing), len(opened) > 1) == (1, True)


def test_f18_a_reading_connection_refuses_to_write(sqlite_url: str) -> None:
    open_store(sqlite_url).close()
    engine = reading_engine(parse_address(sqlite_url))
    with engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM requests")
    engine.dispose()


def test_f18_a_damaged_page_is_found(sqlite_url: str, tmp_path: Path, figure: RecordFigure) -> None:
    lobby = a_lobby(open_counters=())
    for _ in range(300):
        issue(lobby)
    with open_store(sqlite_url) as store:
        store.lobbies.commit(TODAY, lobby.take_changes(), ())
    assert damage_of(sqlite_url) == ""
    file = tmp_path / "loket.sqlite"
    whole = file.read_bytes()
    pages = range(2, min(len(whole) // PAGE, 40))
    for page in pages:
        begin = (page - 1) * PAGE
        file.write_bytes(whole[:begin] + b"\xff" * PAGE + whole[begin + PAGE :])
        assert damage_of(sqlite_url), f"page {page}"
    figure("", "F18", f"3.7.0 to 3.51.2 refused; one writing connection; {len(pages)} damaged pages: all found")
