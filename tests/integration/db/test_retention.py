"""Retention on both databases: what is old goes in small steps, what is left holds together and can be proved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.app.persons import trace_of
from server.db import Store, open_store
from server.db.engine import sqlite_driver
from server.domain.booking import Person
from server.domain.lobby import Lobby
from shared.vocabulary import Need, PrintState, Priority
from tests.integration.db.rows import reloaded, run_sql
from tests.integration.db.test_audit import with_a_tool
from tests.integration.db.test_bookings import a_booking, commit
from tests.support.builders import DESK, KIOSK, NINE, ONE, TODAY, a_catalogue, a_lobby, issue

ZONE = a_catalogue().site.time_zone
TOMORROW = NINE + timedelta(days=1)
MANY_YEARS = datetime.now(UTC) + timedelta(days=20_000)  # entries bear the moment at which they are written


def a_day(count: int = 3) -> Lobby:
    """Visitors with needs, one of them put aside with a note."""
    lobby = a_lobby()
    for _ in range(count):
        issue(lobby, priority=Priority.PRIORITY, needs=(Need.WHEELCHAIR,))
    leg = lobby.call_next(ONE, in_hand=None, now=NINE, actor=DESK)
    lobby.park(ONE, leg.id, "a note on somebody", NINE, DESK)
    return lobby


def keep(store: Store, lobby: Lobby) -> Lobby:
    store.lobbies.commit(lobby.service_date, lobby.take_changes(), ())
    return lobby


def until_done(step: Callable[[datetime, int, int], int], now: datetime, days: int, at_most: int = 2) -> list[int]:
    steps = []
    while erased := step(now, days, at_most):
        steps.append(erased)
    return steps


def test_needs_and_notes_go_with_their_day_and_nothing_else_does(store: Store) -> None:
    lobby = keep(store, a_day())
    erasing = store.erasing(ZONE)
    assert until_done(erasing.needs, NINE, 0) == [], "the day is not over"
    assert until_done(erasing.needs, TOMORROW, 0) == [2, 1, 2, 1]
    kept = reloaded(store, lobby)
    assert [visit.needs for visit in kept.visits.values()] == [()] * 3
    assert {leg.note for visit in kept.visits.values() for leg in visit.legs} == {""}
    for id_, visit in lobby.visits.items():
        legs = tuple(replace(leg, needs=(), note="") for leg in visit.legs)
        assert replace(visit, needs=(), legs=legs) == kept.visits[id_]


def test_old_days_go_as_a_whole_and_in_small_steps(store: Store) -> None:
    lobby = keep(store, a_day())
    erasing = store.erasing(ZONE)
    assert until_done(erasing.visits, NINE + timedelta(days=400), 400) == [], "the last day that is kept"
    steps = until_done(erasing.visits, NINE + timedelta(days=401), 400)
    assert sum(steps) == sum([3, 3, 2, 1]), "visits, legs, periods, a series"
    assert max(steps) <= 2
    assert not reloaded(store, lobby).visits
    assert store.lobbies.newest_instant() is not None, "the facts have a clock of their own"


def sealed(store: Store, rounds: int = 3) -> Lobby:
    lobby = a_lobby()
    for _ in range(rounds):
        for _ in range(4):
            visit = issue(lobby)
        lobby.report_print(visit.id, PrintState.PRINTED, None, 1, NINE, KIOSK)  # a reprint: an entry of its own
        keep(store, lobby)
        store.audit.seal_facts()
    return lobby


def one_more(store: Store, lobby: Lobby) -> None:
    issue(lobby)
    keep(store, lobby)


def test_facts_are_cut_by_whole_seals_and_the_log_still_holds(store: Store, url: str) -> None:
    lobby = sealed(store)
    for _ in range(3):
        one_more(store, lobby)
    before = store.api_records.newest_fact()
    assert store.cutting.facts(NINE, 400, 2) == 0, "nothing is so old"
    with pytest.raises(Exception, match="facts are append-only"):
        run_sql(url, "DELETE FROM facts WHERE id = 1")
    assert store.cutting.facts(MANY_YEARS, 400, 2) == 2
    assert not store.audit.verify().broken, "also half way"
    assert sum(until_done(store.cutting.facts, MANY_YEARS, 400)) == 15 - 2
    assert (store.api_records.oldest_fact(), store.api_records.newest_fact()) == (16, before), (
        "what is not sealed stays"
    )
    verdict = store.audit.verify()
    assert (verdict.broken, verdict.facts) == ("", 15)
    with pytest.raises(Exception, match="facts are append-only"):
        run_sql(url, "DELETE FROM facts WHERE id = 16")
    assert store.audit.seal_facts() == before - 15
    assert not store.audit.verify().broken
    with_a_tool(url, "UPDATE facts SET kind = 'missed' WHERE id = 17")
    assert "one of them was changed" in store.audit.verify().broken


def test_the_log_is_cut_and_what_is_left_is_anchored(store: Store, url: str) -> None:
    lobby = sealed(store)
    assert store.cutting.audit(NINE, 400, 2) == 0, "nothing is so old"
    assert store.cutting.audit(MANY_YEARS, 366, 2) == 2
    assert not store.audit.verify().broken, "also half way"
    until_done(store.cutting.audit, MANY_YEARS, 366)
    left = [(entry.number, entry.what) for entry in store.audit.entries()]
    assert left == [(6, "facts_sealed"), (7, "audit_cut")], "the last seal says where the next one begins"
    verdict = store.audit.verify()
    assert (verdict.broken, verdict.entries) == ("", 7)
    one_more(store, lobby)
    assert store.audit.seal_facts() > 0
    assert not store.audit.verify().broken
    with_a_tool(url, "DELETE FROM audit WHERE number = 6")
    assert store.audit.verify().broken == "Entry 1 is missing: the next one is 7."


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET actor = 'nobody' WHERE number = 6", "DELETE FROM audit WHERE number = 7"],
    ids=["what is left was changed", "the anchor is gone"],
)
def test_who_meddles_with_a_log_that_was_cut_is_found_out(store: Store, url: str, statement: str) -> None:
    sealed(store)
    until_done(store.cutting.audit, MANY_YEARS, 366)
    with_a_tool(url, statement)
    assert store.audit.verify().broken


def test_a_run_is_remembered_with_all_that_it_erased(store: Store) -> None:
    store.retention_runs.record("needs", NINE, NINE + timedelta(seconds=3), 7)
    store.retention_runs.record("needs", TOMORROW, TOMORROW, 0)
    store.retention_runs.record("visits", TOMORROW, TOMORROW, 5)
    last = store.retention_runs.last()
    assert (last["needs"].began_at, last["needs"].erased, last["needs"].total) == (TOMORROW, 0, 7)
    told = [(entry.what, entry.subject) for entry in store.audit.entries()]
    assert told == [("erased_by_clock", "needs"), ("erased_by_clock", "visits")], "nothing erased is nothing to tell"


def test_a_name_that_was_erased_is_in_no_file_of_the_database(sqlite_url: str) -> None:
    """Of PostgreSQL this cannot be promised: see docs/retention.md."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))

    def told() -> bytes:
        """What whoever has the disk reads: the file, its log, and whatever else lies beside it."""
        return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))

    with open_store(sqlite_url) as store:
        for number in range(40):  # so that pages fill, split and are freed
            person = Person(f"Orang nomor {number}", f"+62812345678{number:02d}")
            commit(store, a_booking(number, place=number, person=person))
        assert b"Orang nomor 17" in told()
        assert b"+6281234567817" in told()
        for number in range(40):
            trace = trace_of(store.persons, f"+62812345678{number:02d}")
            assert store.persons.erase(trace, TODAY, "boss").bookings == 1
        assert b"Orang nomor" not in told()
        assert b"+62812345678" not in told()


def test_sweeping_waits_for_nobody_and_is_tried_again(store: Store, url: str) -> None:
    commit(store, a_booking(1))
    assert store.sweep()
    if url.startswith("sqlite"):
        reading = sqlite_driver().connect(url.removeprefix("sqlite:///"), isolation_level=None)
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM bookings").fetchone()
        commit(store, a_booking(2, place=1))
        assert not store.sweep(), "somebody reads what was"
        commit(store, a_booking(3, place=2))
        reading.close()
    assert store.sweep()
