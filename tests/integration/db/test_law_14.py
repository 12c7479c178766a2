"""Law 14: what the store does for a command is found by an index, however many days it has kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from server.db import Store, open_store
from shared.vocabulary import DeviceId, OfficerId, RequestId
from tests.integration.db.rows import a_reply
from tests.support.builders import BUDI, DESK, NINE, ONE, TODAY, a_lobby, issue, serve

GIVEN = ("CONSTANT ROW", "SCAN new")  # the rows that the statement itself brings
READ_ONCE = "COVERING INDEX sqlite_autoindex_requests"  # the ids of two days' requests, at start


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """What is said to the database, through Core or straight to the driver."""
    heard: list[str] = []

    def hear(statement: str) -> None:
        if statement.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            heard.append(statement)

    def listen(driver: sqlite3.Connection, _: object) -> None:
        driver.set_trace_callback(hear)

    event.listen(Engine, "connect", listen)
    yield heard
    event.remove(Engine, "connect", listen)


@pytest.fixture
def store(sqlite_url: str, statements: list[str]) -> Iterator[Store]:
    with open_store(sqlite_url) as opened:
        statements.clear()
        yield opened


def _commit(store: Store) -> None:
    lobby = a_lobby(open_counters=())
    lobby.sit(ONE, BUDI, take_over=False, now=NINE, actor=DESK)
    lobby.open(ONE, NINE, DESK)
    issue(lobby)
    store.lobbies.commit(TODAY, lobby.take_changes(), [a_reply("r1")])
    serve(lobby, ONE)
    store.lobbies.commit(TODAY, lobby.take_changes(), [a_reply("r2")])


def _ask_again(store: Store) -> None:
    _commit(store)
    assert store.lobbies.replies_to([RequestId("r1"), RequestId("r3")]).keys() == {"r1"}


@pytest.mark.parametrize(
    "work",
    [
        _commit,
        lambda store: store.lobbies.read_lobby(TODAY),
        lambda store: store.lobbies.newest_instant(),
        lambda store: store.lobbies.open_dates_before(TODAY),
        _ask_again,
        lambda store: store.lobbies.forget_replies(NINE),
        lambda store: store.catalogues.newest_version(),
        lambda store: store.access.device_by_token(b"token"),
        lambda store: store.access.revoke_device(DeviceId("d1"), NINE),
        lambda store: store.access.officer_secret(OfficerId("ayu")),
    ],
    ids=[
        "commit",
        "read_lobby",
        "newest_instant",
        "open_dates_before",
        "replies_to",
        "forget_replies",
        "newest_version",
        "device_by_token",
        "revoke_device",
        "officer_secret",
    ],
)
def test_law_14_no_table_is_read_from_end_to_end(
    store: Store, statements: list[str], tmp_path: Path, work: Callable[[Store], object]
) -> None:
    work(store)
    assert statements
    with closing(sqlite3.connect(tmp_path / "loket.sqlite")) as connection:
        for statement in statements:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            for *_, step in plan:
                allowed = any(known in step for known in ("INDEX legs_open", READ_ONCE, *GIVEN))
                assert allowed or not step.startswith("SCAN"), f"{statement}: {step}"
