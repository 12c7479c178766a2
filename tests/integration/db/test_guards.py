"""What the database refuses by itself, whatever a bug in the program may ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.app.ports import StorageError
from server.db import Store
from server.domain.changes import Changes
from server.domain.lobby import Lobby
from server.domain.visit import Leg
from shared.vocabulary import FollowKey, LegId, LegState, VisitId
from tests.integration.db.rows import a_reply, run_sql
from tests.support.builders import NINE, ONE, TODAY, TWO, a_lobby, issue


@pytest.fixture
def lobby(store: Store) -> Lobby:
    """Two visitors wait; the store holds them."""
    lobby = a_lobby(open_counters=())
    issue(lobby)
    issue(lobby)
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    return lobby


def test_law_3_a_number_is_given_once(store: Store, lobby: Lobby) -> None:
    twin = replace(lobby.visits[VisitId("v1")], id=VisitId("twin"), key=FollowKey("other"), legs=())
    with pytest.raises(StorageError, match=r"refused a row|duplicate key"):
        store.lobbies.commit(TODAY, Changes(visits={twin.id: twin}, new_visits={twin.id}), [])
    assert len(store.lobbies.read_lobby(TODAY).visits) == 2


def test_law_3_the_same_number_may_be_given_on_another_day(store: Store, lobby: Lobby) -> None:
    tomorrow = TODAY.replace(day=TODAY.day + 1)
    visit = replace(lobby.visits[VisitId("v1")], id=VisitId("v9"), key=FollowKey("k9"), service_date=tomorrow, legs=())
    store.lobbies.commit(tomorrow, Changes(visits={visit.id: visit}, new_visits={visit.id}), [])
    assert [found.ticket for found in store.lobbies.read_lobby(tomorrow).visits] == ["A-001"]


@pytest.mark.parametrize("state", [LegState.CALLED, LegState.SERVING])
def test_law_4_a_counter_has_one_leg_in_hand(store: Store, lobby: Lobby, state: LegState) -> None:
    first, second = (visit.last_leg for visit in lobby.visits.values())
    store.lobbies.commit(TODAY, _changed(replace(first, state=LegState.CALLED, counter=ONE)), [])
    with pytest.raises(StorageError):
        store.lobbies.commit(TODAY, _changed(replace(second, state=state, counter=ONE)), [])
    store.lobbies.commit(TODAY, _changed(replace(second, state=state, counter=TWO)), [])


def test_law_4_a_visit_is_called_to_one_counter(store: Store, lobby: Lobby) -> None:
    leg = lobby.visits[VisitId("v1")].last_leg
    store.lobbies.commit(TODAY, _changed(replace(leg, state=LegState.CALLED, counter=ONE)), [])
    further = replace(leg, id=LegId("further"), order=99, state=LegState.CALLED, counter=TWO)
    with pytest.raises(StorageError):
        store.lobbies.commit(TODAY, Changes(legs={further.id: further}, new_legs={further.id}), [])


def test_law_4_nobody_is_in_hand_nowhere(store: Store, lobby: Lobby) -> None:
    leg = lobby.visits[VisitId("v1")].last_leg
    with pytest.raises(StorageError):
        store.lobbies.commit(TODAY, _changed(replace(leg, state=LegState.CALLED, counter=None)), [])


def test_law_5_a_request_is_done_once(store: Store) -> None:
    store.lobbies.commit(TODAY, Changes(), [a_reply("r1")])
    with pytest.raises(StorageError):
        store.lobbies.commit(TODAY, Changes(), [a_reply("r2"), a_reply("r1")])
    assert store.lobbies.replies_to([a_reply("r2").request]) == {}


def test_a_leg_without_its_visit_is_refused(store: Store) -> None:
    stray = Leg(LegId("stray"), VisitId("nobody"), "KTP", 1, LegState.WAITING, NINE, NINE, NINE)  # type: ignore[arg-type]
    with pytest.raises(StorageError):
        store.lobbies.commit(TODAY, Changes(legs={stray.id: stray}, new_legs={stray.id}), [])


def test_a_leg_that_the_database_never_had_cannot_change(store: Store, lobby: Lobby) -> None:
    unknown = replace(lobby.visits[VisitId("v1")].last_leg, id=LegId("unknown"))
    with pytest.raises(StorageError, match="lacks rows of legs"):
        store.lobbies.commit(TODAY, _changed(unknown), [a_reply("r1")])
    assert store.lobbies.replies_to([a_reply("r1").request]) == {}


@pytest.mark.parametrize("statement", ["UPDATE facts SET kind = 'served'", "DELETE FROM facts"])
def test_facts_are_append_only(store: Store, lobby: Lobby, url: str, statement: str) -> None:
    with pytest.raises(Exception, match="facts are append-only"):
        run_sql(url, statement)


def _changed(leg: Leg) -> Changes:
    return Changes(legs={leg.id: leg})
