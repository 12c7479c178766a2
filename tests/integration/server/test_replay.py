"""A day that a real server kept, done again from its database."""

from __future__ import annotations

import json
from pathlib import Path

from server.db.backing_up import back_up, restore, seal_of
from server.simulation.replay import main
from shared.protocol import commands as c
from shared.protocol.replies import Called, Issued
from shared.vocabulary import Language, Outcome, Priority, Program
from tests.support.in_process import Done, in_process
from tests.support.running_server import RunningServer, an_open_counter
from tests.support.small_catalogue import SMALL


def replay(*words: str) -> Done:
    return in_process(main, *words)


def test_a_kept_day_comes_out_as_it_was_and_another_rule_has_its_price(tmp_path: Path) -> None:
    with RunningServer(tmp_path, SMALL, generous=True) as server:
        a_short_day(server)
    figures = tmp_path / "figures.json"
    done = replay(str(tmp_path / "loket.sqlite"), "--rule", "strict_priority", "--json", str(figures))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "exactly as it was" in done.stdout
    assert "strict_priority instead of own" in done.stdout
    report = json.loads(figures.read_text())
    assert report["differences"] == []
    assert [score["rule"] for score in report["scores"]] == ["as it was", "own", "strict_priority"]
    assert report["scores"][0]["waits"]["everybody"]["visitors"] == 4


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite"
    done = replay(str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no database file" in done.stderr
    assert not file.exists()


def test_a_backup_that_was_replayed_can_still_be_restored(tmp_path: Path) -> None:
    with RunningServer(tmp_path, SMALL, generous=True) as server:
        a_short_day(server)
        backup = back_up(server.url, tmp_path / "kept" / "backup.sqlite").file
    assert replay(str(backup)).returncode == 0
    assert sorted(backup.parent.iterdir()) == [backup, seal_of(backup)], "nothing is left beside it"
    restore(f"sqlite:///{tmp_path / 'new.sqlite'}", backup)


def a_short_day(server: RunningServer) -> None:
    """Five come, two of them with priority; four are called."""
    kiosk = server.program(Program.KIOSK, "kiosk")
    for priority in (Priority.REGULAR, Priority.REGULAR, Priority.PRIORITY, Priority.REGULAR, Priority.PRIORITY):
        reply = kiosk.ask(c.IssueTicket(service="card", language=Language.ENGLISH, priority=priority))
        assert isinstance(reply.result, Issued)
    desk = an_open_counter(server)
    in_hand = None
    for _ in range(4):
        called = desk.ask(c.CallNext(in_hand=in_hand)).result
        assert isinstance(called, Called)
        in_hand = called.leg
        assert desk.ask(c.Serve(leg=in_hand)).result is not None
    assert in_hand is not None
    assert desk.ask(c.Finish(leg=in_hand, outcome=Outcome.SOLVED)).result is not None
