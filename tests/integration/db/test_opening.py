"""Opening a database: what is refused, in one sentence; who may come in at the same time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from server.app.ports import StorageError
from server.db import Store, open_beside, open_store
from server.db.address import parse_address
from server.db.engine import reading_engine, writing_engine
from tests.support.builders import NINE
from tests.support.databases import PostgreSQL

FULL = 2  # PRAGMA synchronous: every commit waits for the disk


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "loket.sqlite"
    file.write_text("Perjanjian sewa gedung\n" * 100)
    assert _refusal(f"sqlite:///{file}") == f"The database file {file} is not an SQLite database."
    assert file.read_text().startswith("Perjanjian"), "it is left alone"


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "payroll.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE salaries (name TEXT)")
    connection.close()
    before = file.read_bytes()
    assert "holds another program's data (table salaries)" in _refusal(f"sqlite:///{file}")
    assert file.read_bytes() == before, "it is left alone"


def test_a_link_to_the_file_is_the_same_database(tmp_path: Path) -> None:
    link = tmp_path / "link.sqlite"
    link.symlink_to(tmp_path / "loket.sqlite")
    with open_store(f"sqlite:///{tmp_path / 'loket.sqlite'}"):
        assert "Another Loket server" in _refusal(f"sqlite:///{link}")


def test_a_new_file_is_kept_safely(empty_sqlite_url: str, tmp_path: Path) -> None:
    with open_store(empty_sqlite_url) as store:
        store.catalogues.publish_catalogue("site = 1", NINE)
        assert (tmp_path / "loket.sqlite-wal").stat().st_size > 0, "readers and the writer do not wait for each other"
        for engine in (writing_engine, reading_engine):
            with engine(parse_address(empty_sqlite_url)).connect() as connection:
                assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_reading_connection_cannot_write(url: str) -> None:
    open_store(url).close()
    engine = reading_engine(parse_address(url))
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"readonly|read-only"):
        connection.exec_driver_sql("DELETE FROM requests")
    engine.dispose()


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    refusal = _refusal(f"sqlite:///{tmp_path}/missing/loket.sqlite")
    assert "missing/loket.sqlite cannot be opened" in refusal


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    assert _refusal(f"sqlite:///{tmp_path}").endswith("cannot be opened: it is a folder.")


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "loket.sqlite"
    open_store(f"sqlite:///{file}").close()
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert _refusal(f"sqlite:///{file}") == f"The database file {file} is damaged; restore the last backup."


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_postgresql_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "failed: connection" in _refusal(f"postgresql://loket:geheim@/loket?host={tmp_path}")


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_a_missing_postgresql_database_is_named(postgresql: PostgreSQL) -> None:
    assert 'database "nowhere" does not exist' in _refusal(postgresql.url("nowhere"))


def test_a_second_server_is_refused_and_may_start_when_the_first_is_gone(url: str) -> None:
    with open_store(url), pytest.raises(StorageError, match="Another Loket server is running"):
        open_store(url, patience=0)
    open_store(url, patience=0).close()


def test_a_command_beside_the_server_sees_and_adds(store: Store, url: str) -> None:
    with open_beside(url) as command:
        version = command.catalogues.publish_catalogue("site = 1", NINE)
        assert command.catalogues.catalogue_versions() == [version]
    assert store.catalogues.catalogue_versions() == [version]


def test_a_command_may_come_before_the_first_server(empty_sqlite_url: str) -> None:
    with open_beside(empty_sqlite_url) as command:
        command.catalogues.publish_catalogue("site = 1", NINE)
    with open_store(empty_sqlite_url) as store:
        assert [found.text for found in store.catalogues.catalogue_versions()] == ["site = 1"]


def test_catalogue_versions_count_up_and_keep_their_text(store: Store) -> None:
    first = store.catalogues.publish_catalogue('[site]\nname = "Contoh — ᬅ"\n', NINE)
    second = store.catalogues.publish_catalogue("[site]\n", NINE)
    assert (first.version, second.version) == (1, 2)
    assert store.catalogues.catalogue_versions() == [first, second]


def _refusal(url: str) -> str:
    with pytest.raises(StorageError) as caught:
        open_store(url, patience=0)
    text = str(caught.value)
    assert "\n" not in text
    assert "geheim" not in text, "a password does not belong on a screen"
    return text
