"""A unit of work is whole or it never was, and the store goes on after any failure."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from server.app.ports import StorageError
from server.db import Store, open_store
from server.db.address import parse_address
from server.db.engine import sqlite_driver, writing_engine
from server.domain.changes import Changes
from server.domain.facts import Actor, Fact, FactKind
from server.domain.lobby import Lobby
from shared.vocabulary import CounterId, RequestId
from tests.integration.db.rows import a_reply, reloaded, run_sql
from tests.support.builders import BUDI, DESK, NINE, ONE, TODAY, a_lobby, issue, serve
from tests.support.databases import PostgreSQL

TABLES_IN_ORDER = ["sequences", "visits", "legs", "counters", "periods", "facts", "requests"]


@pytest.mark.parametrize("failing", TABLES_IN_ORDER)
def test_a_batch_that_fails_at_any_table_leaves_nothing(store: Store, url: str, failing: str) -> None:
    lobby = a_lobby(open_counters=())
    issue(lobby)
    store.lobbies.commit(TODAY, lobby.take_changes(), [a_reply("r1")])
    before = store.lobbies.read_lobby(TODAY)
    changes, replies = _touch_every_table(lobby), [a_reply("r2")]

    _make_inserts_fail(url, failing)
    with pytest.raises(StorageError):
        store.lobbies.commit(TODAY, changes, replies)
    assert store.lobbies.read_lobby(TODAY) == before
    assert store.lobbies.replies_to([RequestId("r2")]) == {}

    _heal(url, failing)
    store.lobbies.commit(TODAY, changes, replies)
    assert reloaded(store, lobby) == lobby
    assert store.lobbies.replies_to([RequestId("r2")]) == {"r2": replies[0]}


def test_a_value_that_no_database_can_hold_fails_like_any_other(store: Store) -> None:
    lobby = a_lobby(open_counters=())
    issue(lobby)
    changes = lobby.take_changes()
    changes.sequences["A"] = 10**20
    with pytest.raises(StorageError):
        store.lobbies.commit(TODAY, changes, [])
    changes.sequences["A"] = 1
    store.lobbies.commit(TODAY, changes, [])
    assert reloaded(store, lobby) == lobby


def test_a_unit_of_work_holds_the_database_from_its_first_statement(sqlite_url: str) -> None:
    """Not only from its first write: two that read the same line and then write would both have chosen from it."""
    open_store(sqlite_url).close()
    one = writing_engine(parse_address(sqlite_url))
    driver = sqlite_driver()  # another build of SQLite in this process would not see these locks
    other = driver.connect(sqlite_url.removeprefix("sqlite:///"), timeout=0, isolation_level=None)
    with one.begin() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM legs").scalar()
        with pytest.raises(driver.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()
    one.dispose()


def test_half_a_character_fails_like_any_other(store: Store) -> None:
    lobby = a_lobby(open_counters=())
    issue(lobby)
    changes = lobby.take_changes()
    changes.facts.append(Fact(FactKind.PARKED, NINE, Actor(), counter=CounterId("\ud800")))
    with pytest.raises(StorageError):
        store.lobbies.commit(TODAY, changes, [])
    assert not store.lobbies.read_lobby(TODAY).visits


def test_a_full_disk_refuses_and_heals_without_a_restart(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store:
        lobby = a_lobby(open_counters=())
        issue(lobby)
        changes = lobby.take_changes()
        with _no_file_may_grow_beyond(tmp_path / "loket.sqlite-wal"), pytest.raises(StorageError, match="disk"):
            store.lobbies.commit(TODAY, changes, [])
        assert not store.lobbies.read_lobby(TODAY).visits
        store.lobbies.commit(TODAY, changes, [])
        assert reloaded(store, lobby) == lobby


def test_a_database_that_is_locked_by_others_is_tried_again_later(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.db.engine.BUSY_MILLISECONDS", 50)
    with open_store(sqlite_url) as store:
        lobby = a_lobby(open_counters=())
        issue(lobby)
        changes = lobby.take_changes()
        with _somebody_writes(sqlite_url), pytest.raises(StorageError, match="locked by another program"):
            store.lobbies.commit(TODAY, changes, [])
        store.lobbies.commit(TODAY, changes, [])
        assert reloaded(store, lobby) == lobby


@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_a_restarted_postgresql_costs_one_batch(postgresql: PostgreSQL, postgresql_url: str) -> None:
    with open_store(postgresql_url) as store:
        lobby = a_lobby(open_counters=())
        issue(lobby)
        changes = lobby.take_changes()
        assert store.lobbies.newest_instant() is None
        postgresql.administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'loket'")
        assert store.lobbies.newest_instant() is None, "a reader tries anew by itself"
        with pytest.raises(StorageError):
            store.lobbies.commit(TODAY, changes, [])
        store.lobbies.commit(TODAY, changes, [])
        assert reloaded(store, lobby) == lobby


def test_threads_take_turns(store: Store) -> None:
    """The writer commits while devices come and go in other threads: no one is refused."""
    failures: list[Exception] = []
    together = threading.Barrier(4)

    def publish() -> None:
        together.wait()
        try:
            for _ in range(20):
                store.catalogues.publish_catalogue("site", NINE)
        except StorageError as error:
            failures.append(error)

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert [found.version for found in store.catalogues.catalogue_versions()] == list(range(1, 81))


def _touch_every_table(lobby: Lobby) -> Changes:
    lobby.sit(ONE, BUDI, take_over=False, now=NINE, actor=DESK)
    lobby.open(ONE, NINE, DESK)
    issue(lobby)
    serve(lobby, ONE)
    changes = lobby.take_changes()
    assert changes.sequences
    assert changes.new_visits
    assert changes.new_legs
    assert changes.counters
    assert changes.periods
    assert changes.facts
    return changes


def _make_inserts_fail(url: str, table: str) -> None:
    if url.startswith("sqlite"):
        run_sql(url, f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END")
    else:
        run_sql(url, f"ALTER TABLE {table} ADD CONSTRAINT broken CHECK (false) NOT VALID")


def _heal(url: str, table: str) -> None:
    run_sql(url, "DROP TRIGGER broken" if url.startswith("sqlite") else f"ALTER TABLE {table} DROP CONSTRAINT broken")


@contextmanager
def _no_file_may_grow_beyond(file: Path) -> Iterator[None]:
    """A full disk, as the kernel shows it to this process alone."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _somebody_writes(url: str) -> Iterator[None]:
    engine = writing_engine(parse_address(url))
    with engine.connect() as connection, connection.begin():
        yield
    engine.dispose()
