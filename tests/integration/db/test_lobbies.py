"""What is committed comes back as it was: visits, legs, counters, sequences, replies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from server.app.ports import StoredReply
from server.db import Store
from server.domain.changes import Changes
from server.domain.lobby import Lobby
from server.domain.visit import Leg
from shared.vocabulary import (
    CancelReason,
    Language,
    LegId,
    LegState,
    Need,
    Outcome,
    PauseReason,
    PrinterFault,
    PrintState,
    Priority,
    RequestId,
    VisitId,
)
from tests.integration.db.rows import a_reply, reloaded
from tests.support.builders import (
    AKTA,
    BUDI,
    DESK,
    KIOSK,
    KK,
    NINE,
    ONE,
    THREE,
    TODAY,
    TWO,
    a_lobby,
    call,
    finish,
    issue,
    leg_of,
    minutes,
    serve,
)


def test_a_new_database_holds_an_empty_day(store: Store) -> None:
    found = store.lobbies.read_lobby(TODAY)
    assert (list(found.visits), list(found.counters), found.sequences) == ([], [], {})
    assert store.lobbies.newest_instant() is None
    assert store.lobbies.open_dates_before(TODAY) == []


def test_a_whole_morning_comes_back_as_it_was(store: Store) -> None:
    lobby = a_lobby(open_counters=())
    _live_through_every_state(lobby)
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    assert {leg.state for visit in lobby.visits.values() for leg in visit.legs} == set(LegState) - {LegState.BOOKED}
    assert reloaded(store, lobby) == lobby


def test_every_field_of_a_leg_comes_back(store: Store) -> None:
    lobby = a_lobby(open_counters=())
    leg = issue(lobby).last_leg
    odd = timedelta(microseconds=1)
    full = Leg(
        id=leg.id,
        visit=leg.visit,
        service=AKTA,
        order=leg.order,
        state=LegState.SERVED,
        since=NINE + odd,
        arrival=NINE - odd,
        effective_at=NINE - 3 * odd,
        counter=ONE,
        officer=BUDI,
        only_counter=TWO,
        called_at=NINE + 2 * odd,
        calls=3,
        missed=2,
        outcome=Outcome.PAPERS_INCOMPLETE,
        note="KTP lama, 'ᬅ' — \n \"kembali\"",
    )
    changes = lobby.take_changes()
    changes.legs[leg.id] = full
    store.lobbies.commit(TODAY, changes, [])
    (visit,) = store.lobbies.read_lobby(TODAY).visits
    assert visit.legs == (full,)


def test_a_changed_visit_takes_the_place_of_the_old(store: Store) -> None:
    lobby = a_lobby(open_counters=())
    visit = issue(lobby, priority=Priority.PRIORITY, needs=(Need.PREGNANT, Need.DISABILITY), language=Language.ENGLISH)
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    lobby.report_print(visit.id, PrintState.FAILED, PrinterFault.PAPER_OUT, 1, NINE, KIOSK)
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    (found,) = store.lobbies.read_lobby(TODAY).visits
    assert found == lobby.visits[visit.id]
    assert found.print_state is PrintState.FAILED


def test_days_are_kept_apart(store: Store) -> None:
    lobby = a_lobby()
    issue(lobby)
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    tomorrow = store.lobbies.read_lobby(TODAY + timedelta(days=1))
    assert (list(tomorrow.visits), list(tomorrow.counters), tomorrow.sequences) == ([], [], {})


def test_a_counter_that_is_set_twice_stands_as_it_was_set_last(store: Store) -> None:
    lobby = a_lobby(open_counters=())
    lobby.sit(ONE, BUDI, take_over=False, now=NINE, actor=DESK)
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    lobby.open(ONE, NINE, DESK)
    lobby.pause(ONE, PauseReason.PRAYER, NINE + minutes(1), DESK)
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    assert list(store.lobbies.read_lobby(TODAY).counters) == [lobby.counters[ONE]]


def test_days_left_open_are_found_and_closed_days_are_not(store: Store) -> None:
    lobby = a_lobby()
    issue(lobby)
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    tomorrow = TODAY + timedelta(days=1)
    assert store.lobbies.open_dates_before(TODAY) == []
    assert store.lobbies.open_dates_before(tomorrow) == [TODAY]
    lobby.expire_open_legs(NINE + minutes(600), DESK)
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    assert store.lobbies.open_dates_before(tomorrow) == []


def test_the_newest_instant_is_that_of_the_latest_fact(store: Store) -> None:
    lobby = a_lobby(open_counters=())
    issue(lobby, now=NINE + timedelta(microseconds=7))
    issue(lobby, now=NINE + minutes(1))
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    assert store.lobbies.newest_instant() == NINE + minutes(1)


def test_law_5_a_reply_is_found_by_its_request(store: Store) -> None:
    reply = StoredReply(RequestId("r1"), "kiosk-1", bytes(range(32)), b'{"ticket":"A-001"}\x00\xff', NINE)
    store.lobbies.commit(TODAY, Changes(), [reply, a_reply("r2")])
    assert store.lobbies.replies_to([RequestId("r3"), RequestId("r1")]) == {"r1": reply}
    assert store.lobbies.replies_to([]) == {}


def test_old_replies_are_forgotten_and_recent_ones_kept(store: Store) -> None:
    old, recent = a_reply("old", NINE - timedelta(hours=48, seconds=1)), a_reply("recent", NINE - timedelta(hours=48))
    store.lobbies.commit(TODAY, Changes(), [old, recent])
    assert store.lobbies.forget_replies(before=NINE - timedelta(hours=48)) == 1
    assert store.lobbies.replies_to([RequestId("old"), RequestId("recent")]) == {"recent": recent}


def test_two_visitors_may_change_places_within_one_batch(store: Store) -> None:
    """The database checks law 4 after every statement; a batch shows it only how things end."""
    lobby = a_lobby(["A-001", "A-002"])
    first, second = serve(lobby, ONE), serve(lobby, TWO)
    changes = Changes(visits=dict(lobby.visits), new_visits=set(lobby.visits))
    changes.legs = {first.id: first, second.id: second}
    changes.new_legs = {first.id, second.id}
    store.lobbies.commit(TODAY, changes, [])
    swapped = Changes(legs={first.id: replace(first, counter=TWO), second.id: replace(second, counter=ONE)})
    store.lobbies.commit(TODAY, swapped, [])
    found = {leg.id: leg for visit in store.lobbies.read_lobby(TODAY).visits for leg in visit.legs}
    assert found == swapped.legs


def test_a_ticket_may_be_issued_and_called_within_one_batch(store: Store) -> None:
    lobby = a_lobby(["A-001"])
    everything = Changes(visits=dict(lobby.visits), new_visits=set(lobby.visits))
    for visit in lobby.visits.values():
        everything.legs |= {leg.id: leg for leg in visit.legs}
    everything.new_legs = set(everything.legs)
    store.lobbies.commit(TODAY, everything, [])
    serve(lobby, ONE)
    finish(lobby, ONE)
    issue(lobby)
    call(lobby, ONE, NINE + minutes(1))  # its counter is freed in the same batch
    store.lobbies.commit(TODAY, lobby.take_changes(), [])
    found = {visit.id: visit for visit in store.lobbies.read_lobby(TODAY).visits}
    assert found == lobby.visits


def _live_through_every_state(lobby: Lobby) -> None:
    for counter, officer in ((ONE, BUDI), (THREE, "citra")):
        lobby.sit(counter, officer, take_over=False, now=NINE, actor=DESK)  # type: ignore[arg-type]
        lobby.open(counter, NINE, DESK)
    for _ in range(7):
        issue(lobby, KK)
    served = serve(lobby)
    lobby.finish(ONE, served.id, Outcome.REFERRED, NINE, DESK)
    parked = serve(lobby)
    lobby.park(ONE, parked.id, "tunggu berkas", NINE, DESK)
    lobby.mark_missed(ONE, call(lobby).id, NINE, DESK)
    moved = serve(lobby)
    lobby.transfer(ONE, moved.id, AKTA, new_leg=LegId("further"), only_counter=TWO, now=NINE, actor=DESK)
    lobby.cancel(VisitId(leg_of(lobby, "A-005").visit), CancelReason.LEFT, NINE, DESK)
    lobby.expire_open_legs(NINE + minutes(1), DESK)
    for _ in range(3):
        issue(lobby, now=NINE + minutes(2))
    lobby.sit(TWO, BUDI, take_over=True, now=NINE + minutes(2), actor=DESK)
    lobby.open(TWO, NINE + minutes(2), DESK)
    parked_again = serve(lobby, TWO, NINE + minutes(2))
    lobby.park(TWO, parked_again.id, "", NINE + minutes(3), DESK)
    serve(lobby, TWO, NINE + minutes(3))
    issue(lobby, now=NINE + minutes(3))
    lobby.sit(ONE, "ayu", take_over=False, now=NINE + minutes(3), actor=DESK)  # type: ignore[arg-type]
    lobby.open(ONE, NINE + minutes(3), DESK)
    call(lobby, ONE, NINE + minutes(3))
