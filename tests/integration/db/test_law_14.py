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

Statement = tuple[str, object]


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with open_store(sqlite_url) as opened:
        yield opened


@pytest.fixture
def statements() -> Iterator[list[Statement]]:
    """What the store says to the database, with the parameters of its first row."""
    heard: list[Statement] = []

    def hear(_: object, __: object, statement: str, parameters: object, ___: object, many: bool) -> None:
        if statement.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            heard.append((statement, parameters[0] if many else parameters))  # type: ignore[index]

    event.listen(Engine, "before_cursor_execute", hear)
    yield heard
    event.remove(Engine, "before_cursor_execute", hear)


def _commit(store: Store) -> None:
    lobby = a_lobby(open_counters=())
    lobby.sit(ONE, BUDI, take_over=False, now=NINE, actor=DESK)
    lobby.open(ONE, NINE, DESK)
    issue(lobby)
    store.lobbies.commit(TODAY, lobby.take_changes(), [a_reply("r1")])
    serve(lobby, ONE)
    store.lobbies.commit(TODAY, lobby.take_changes(), [a_reply("r2")])


@pytest.mark.parametrize(
    "work",
    [
        _commit,
        lambda store: store.lobbies.read_lobby(TODAY),
        lambda store: store.lobbies.newest_instant(),
        lambda store: store.lobbies.open_dates_before(TODAY),
        lambda store: store.lobbies.replies_to([RequestId("r1"), RequestId("r3")]),
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
    store: Store, statements: list[Statement], tmp_path: Path, work: Callable[[Store], object]
) -> None:
    work(store)
    assert statements
    with closing(sqlite3.connect(tmp_path / "loket.sqlite")) as connection:
        for statement, parameters in statements:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()  # type: ignore[arg-type]
            for *_, step in plan:
                assert not step.startswith("SCAN") or "INDEX legs_open" in step, f"{statement}: {step}"
