"""Days: what was left open is closed at the next opening; a disk that takes nothing keeps nobody's screen dark."""

from __future__ import annotations

from datetime import timedelta

from server.app.days import open_day, tidy_up
from shared.vocabulary import LegState
from tests.support.builders import NINE, TODAY, a_catalogue, a_lobby, issue
from tests.support.memory_store import MemoryStore

TOMORROW = NINE + timedelta(days=1)


def left_open() -> MemoryStore:
    store, lobby = MemoryStore(), a_lobby(open_counters=())
    issue(lobby)
    store.commit(TODAY, lobby.take_changes(), ())
    return store


def test_what_was_left_open_yesterday_expires_this_morning() -> None:
    store = left_open()
    open_day(store, a_catalogue(), TOMORROW)
    (visit,) = store.read_lobby(TODAY).visits
    assert visit.last_leg.state is LegState.EXPIRED


def test_a_full_disk_opens_the_day_and_tidies_up_later() -> None:
    store = left_open()
    store.broken = True
    lobby = open_day(store, a_catalogue(), TOMORROW)
    assert lobby.service_date == TODAY + timedelta(days=1)
    store.broken = False
    tidy_up(store, a_catalogue(), TOMORROW)
    assert not store.open_dates_before(lobby.service_date)
