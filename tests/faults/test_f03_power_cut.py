"""F3: the power goes. What was acknowledged is on the disk, the database is whole; kill -9 cannot see this fault."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pytest

from server.app.days import restored
from server.app.ports import StoredReply
from server.db import engine, open_store
from server.db.engine import sqlite_driver
from server.domain.lobby import Lobby
from shared.vocabulary import RequestId, VisitId
from tests.support import counting_flushes
from tests.support.builders import AKTA, KTP, NINE, ONE, TODAY, a_catalogue, a_lobby, finish, issue, serve
from tests.support.databases import sqlite_url
from tests.support.power_cut.cutting import Disk, cuts
from tests.support.power_cut.driver import Driver
from tests.support.power_cut.recording import Recording
from tests.support.preloading import NoCompilerError, preloaded
from tests.support.promises import RecordFigure

__all__ = ["sqlite_url"]

COMMITS = 260  # enough for SQLite to carry its log over into the file and begin it anew, more than once
Content = dict[VisitId, tuple[object, ...]]
FULL, NORMAL = "PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL"


@dataclass(frozen=True)
class Morning:
    """What the real store did with a morning, and what the lobby was after each commit."""

    recording: Recording
    after: list[Content]
    numbers: list[int]
    """How many were out after each commit."""


def a_morning(folder: Path, synchronous: str, monkeypatch: pytest.MonkeyPatch) -> Morning:
    """The real store, schema and statements; only the driver below them is one that records."""
    chance = random.Random(3)
    lobby = a_lobby(open_counters=(ONE,))
    after: list[Content] = [{}]
    numbers = [0]
    with Recording(f"recording-{folder.name}") as recording:
        driver = Driver(recording.name, {FULL: synchronous})
        monkeypatch.setattr(engine, "sqlite_driver", lambda: driver)
        with open_store(f"sqlite:///{folder / 'loket.sqlite'}") as store:
            for commit in range(COMMITS):
                replies = []
                for number in range(chance.randrange(1, 6)):
                    visit = issue(lobby, chance.choice([KTP, AKTA]))
                    replies.append(
                        StoredReply(RequestId(f"r{commit}-{number}"), "kiosk-1", b"", visit.id.encode(), NINE)
                    )
                if commit % 2:
                    serve(lobby)
                    finish(lobby)
                store.lobbies.commit(TODAY, lobby.take_changes(), replies)
                after.append(_content(lobby))
                numbers.append(len(lobby.visits))
                recording.promised(commit + 1)
        assert FULL in driver.said, "the store no longer asks for it in these words: this test would prove nothing"
        monkeypatch.undo()
    return Morning(recording, after, numbers)


def after_the_cut(morning: Morning, disk: Disk, folder: Path, chance: random.Random) -> int:
    """How many acknowledged numbers are missing. The database is whole, and holds no commit by half."""
    folder.mkdir()
    disk.lose_power(folder, chance)
    file = folder / "loket.sqlite"
    with open_store(f"sqlite:///{file}") as store:
        stored = store.lobbies.read_lobby(TODAY)
    found = _content(restored(stored, a_catalogue()))
    with closing(sqlite_driver().connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert found in morning.after, "a commit is there by half"
    rmtree(folder)
    return max(0, morning.numbers[disk.promised] - len(found))


@pytest.mark.parametrize(
    "count",
    [pytest.param(200, marks=pytest.mark.faults), pytest.param(2000, marks=pytest.mark.release)],
)
def test_f3_no_acknowledged_number_is_lost_in_a_power_cut(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: RecordFigure
) -> None:
    morning = a_morning(tmp_path, FULL, monkeypatch)
    chance = random.Random(count)
    at = chance.sample(range(len(morning.recording.steps)), count)
    lost = [
        after_the_cut(morning, disk, tmp_path / f"cut-{cut}", chance) for cut, disk in cuts(morning.recording.steps, at)
    ]
    assert sum(lost) == 0
    words = f"{count} power cuts in {COMMITS} commits, {morning.numbers[-1]} numbers: 0 lost, 0 databases damaged"
    figure("P1", "F3", words)


@pytest.mark.faults
def test_f3_the_same_cuts_lose_numbers_when_commits_are_not_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: RecordFigure
) -> None:
    """The test above can fail: with synchronous = NORMAL, which many programs choose for its speed, it does."""
    morning = a_morning(tmp_path, NORMAL, monkeypatch)
    chance = random.Random(1)
    at = chance.sample(range(len(morning.recording.steps)), 50)
    lost = [
        after_the_cut(morning, disk, tmp_path / f"cut-{cut}", chance) for cut, disk in cuts(morning.recording.steps, at)
    ]
    bad = sum(1 for numbers in lost if numbers)
    assert bad > len(lost) / 2
    figure("P1", "F3", f"not flushed (synchronous = NORMAL), {bad} of {len(lost)} cuts lose acknowledged numbers")


def test_f3_every_commit_of_the_real_driver_reaches_the_disk(tmp_path: Path, sqlite_url: str) -> None:
    """The cuts above stand on another driver: here is the one that halls have, seen from the system's side."""
    try:
        environment = preloaded(tmp_path, "flushes", counting_flushes.SOURCE)
    except NoCompilerError as error:
        pytest.skip(str(error))
    command = [sys.executable, "-m", "tests.support.counting_flushes", sqlite_url]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | environment)
    assert done.stdout == "0\n", "commits without a flush"


def _content(lobby: Lobby) -> Content:
    """Who has which number, and how each leg stands."""
    return {
        visit.id: (visit.ticket, *((leg.id, leg.state, leg.counter, leg.order) for leg in visit.legs))
        for visit in lobby.visits.values()
    }
