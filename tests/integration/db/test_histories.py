"""What a supervisor reads of one number: its facts, and who went before it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from server.app.history import tell
from server.db.store import Store
from server.domain.lobby import Lobby
from server.domain.service_day import bounds
from shared.vocabulary import CallReason, Priority
from tests.support.builders import DESK, KTP, NINE, ONE, TODAY, TWO, a_lobby, call, issue, leg_of, minutes

ZONE = "Asia/Makassar"


def test_a_number_says_why_it_was_called_and_who_went_before_it(store: Store) -> None:
    lobby = a_lobby()
    issue(lobby, KTP)
    issue(lobby, KTP, now=NINE + minutes(1))
    issue(lobby, KTP, priority=Priority.PRIORITY, now=NINE + minutes(5))
    issue(lobby, KTP, now=NINE + minutes(6))
    call(lobby, ONE, now=NINE + minutes(7))
    wanted = leg_of(lobby, "A-004").id
    lobby.call_ticket(TWO, wanted, CallReason.PAPERS_BROUGHT, in_hand=None, now=NINE + minutes(8), actor=DESK)
    lobby.serve(ONE, leg_of(lobby, "A-003").id, NINE + minutes(8), DESK)
    hand = lobby.in_hand(ONE)
    assert hand is not None
    lobby.call_next(ONE, in_hand=hand.id, now=NINE + minutes(9), actor=DESK)
    _keep(store, lobby)

    told = list(_tell(store, "A-001"))
    assert told[0] == "A-001 on 2026-11-23"
    assert told[1].startswith("09:00:00  issued for KTP: priority regular; rule head_start")
    assert told[2] == "09:09:00  called at counter 1: rule head_start; counts from 09:00:00"
    assert told[3:] == [
        "Came later and went before it: 2",
        "09:07:00  A-003 came 09:05:00, counts from 08:50:00 (head_start)",
        "09:08:00  A-004 came 09:06:00, counts from 09:06:00 (papers_brought)",
    ]
    assert any("passed over 2, first A-001 head_start A-002 head_start" in line for line in _tell(store, "A-003"))


def test_a_number_that_nobody_had_has_no_history(store: Store) -> None:
    start, end = bounds(TODAY, ZONE)
    for ticket in ("A-001", "A-", "-", "", "A-x", "A-²", "A-99999999999999999999"):
        assert store.histories.of(TODAY, ticket, start, end) is None


def _keep(store: Store, lobby: Lobby) -> None:
    store.lobbies.commit(TODAY, lobby.take_changes(), ())


def _tell(store: Store, ticket: str) -> list[str]:
    history = store.histories.of(TODAY, ticket, *bounds(TODAY, ZONE))
    assert history is not None
    return list(tell(history, ZoneInfo(ZONE), {"c1": "1", "c2": "2"}))
