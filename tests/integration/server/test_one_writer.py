"""Law 2: one writer. A thread is the lock, and between two statements of a rule nobody else gets a turn."""

from __future__ import annotations

import ast
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import server
from server.app.ports import LobbyStore, StoredReply
from server.domain.changes import Changes
from shared.protocol import commands as c
from shared.protocol.replies import Issued
from shared.vocabulary import Language, Program
from tests.support.running_server import BreakableLobbies, RunningServer, Wire
from tests.support.small_catalogue import SMALL

KIOSKS, NUMBERS_EACH = 8, 25


@dataclass
class WatchedLobbies(BreakableLobbies):
    threads: set[str] = field(default_factory=set)
    batches: list[int] = field(default_factory=list)

    def commit(self, service_date: date, changes: Changes, replies: Sequence[StoredReply]) -> None:
        self.threads.add(threading.current_thread().name)
        self.batches.append(len(changes.new_visits))
        super().commit(service_date, changes, replies)


def test_law_2_every_commit_is_made_by_the_one_writer_and_many_requests_share_one(tmp_path: Path) -> None:
    with RunningServer(tmp_path, SMALL, generous=True) as running:
        watched = watch(running)
        kiosks = [running.program(Program.KIOSK, f"kiosk-{number}") for number in range(KIOSKS)]
        with ThreadPoolExecutor(KIOSKS) as people:
            given = [ticket for tickets in people.map(press, kiosks) for ticket in tickets]
    assert watched.threads == {"writer"}
    assert sorted(given) == [f"A-{number:03d}" for number in range(1, KIOSKS * NUMBERS_EACH + 1)]
    assert sum(watched.batches) == len(given)
    assert len(watched.batches) < len(given)


def test_law_2_what_changes_the_lobby_is_plain_functions_that_cannot_be_interrupted() -> None:
    root = Path(server.__file__).parent
    waiting = [
        f"{file.relative_to(root)}:{node.lineno}"
        for ring in ("domain", "app", "db")
        for file in (root / ring).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
    ]
    assert waiting == [], "an await between two statements of a rule lets another request in"


def watch(running: RunningServer) -> WatchedLobbies:
    real: LobbyStore = running.disk.real
    watched = WatchedLobbies(real)
    running.disk.commit = watched.commit  # type: ignore[method-assign]
    return watched


def press(kiosk: Wire) -> list[str]:
    tickets = []
    for _ in range(NUMBERS_EACH):
        result = kiosk.ask(c.IssueTicket(service="birth", language=Language.INDONESIAN)).result
        assert isinstance(result, Issued), result
        tickets.append(result.ticket)
    return tickets
