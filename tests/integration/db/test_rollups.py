"""Roll-ups on both databases: what is written is what is read, days add up, and what is due is made once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from server.app.reports.packing import pack
from server.app.reports.reading import LiveDays, Reading
from server.app.reports.rolling_up import RollingUp
from server.db.store import Store
from server.domain.lobby import Lobby
from server.domain.reports.day_record import EXCEPTION, PAPER
from server.domain.reports.figures import SITE, Kind, Subject
from server.domain.reports.spans import Stretch
from server.domain.reports.trust import SECOND, Trust
from shared.vocabulary import CallReason
from tests.integration.db.rows import run_sql
from tests.support.builders import (
    AKTA,
    AYU,
    DESK,
    KTP,
    NINE,
    ONE,
    TODAY,
    TWO,
    a_catalogue,
    a_lobby,
    finish,
    issue,
    minutes,
    serve,
)

TOMORROW, NEXT_MONTH = TODAY + timedelta(days=1), date(2026, 12, 1)
LATER = NINE + timedelta(days=1)


@pytest.fixture
def rolling(store: Store) -> RollingUp:
    return RollingUp(store.day_records, store.rollups, store.forecast_scores, a_catalogue(), Trust())


def a_day(store: Store) -> Lobby:
    """Three numbers: one served, one called out of order and left open, one never called. The counters stay open."""
    lobby = a_lobby(open_counters=())
    lobby.sit(ONE, AYU, take_over=False, now=NINE, actor=DESK)
    lobby.open(ONE, NINE, DESK)
    for service in (KTP, KTP, AKTA):
        issue(lobby, service, now=NINE)
    serve(lobby, now=NINE + minutes(10))
    finish(lobby, now=NINE + minutes(14))
    (akta,) = (leg.id for visit in lobby.visits.values() for leg in visit.legs if leg.service == AKTA)
    lobby.call_ticket(ONE, akta, CallReason.URGENT_NEED, in_hand=None, now=NINE + minutes(20), actor=DESK)
    lobby.serve(ONE, akta, NINE + minutes(21), DESK)
    store.lobbies.commit(TODAY, lobby.take_changes(), ())
    return lobby


def close(store: Store, lobby: Lobby) -> None:
    lobby.expire_open_legs(NINE + minutes(600), DESK)
    store.lobbies.commit(TODAY, lobby.take_changes(), ())


def test_a_day_that_is_over_is_rolled_up_and_says_the_same_as_its_rows(store: Store, rolling: RollingUp) -> None:
    close(store, a_day(store))
    (rolled,) = rolling.next(TOMORROW, 10)
    site = rolled.figures[SITE]
    assert (site.visits, site.served, site.expired, site.never_called, site.by_ticket) == (3, 1, 2, 1, 1)
    assert (site.took_left_open, site.services.total(), site.longest_wait) == (1, 1, 20 * 60_000)
    assert sum(rolled.figures[Subject(Kind.COUNTER, ONE)].staffed.values()) == 600
    assert rolled.mentions == {(EXCEPTION, AKTA, ONE, "urgent_need"): 1}
    store.rollups.write(pack(rolled), LATER)
    assert store.rollups.read(TODAY.isoformat()) == rolled
    assert list(rolling.due(TOMORROW)) == []


def test_somebody_still_open_keeps_a_day_from_being_rolled_up(store: Store, rolling: RollingUp) -> None:
    a_day(store)
    assert list(rolling.due(TOMORROW)) == []
    assert list(rolling.due(TODAY)) == []


def test_what_is_handed_in_later_makes_the_day_and_its_month_due_again(
    store: Store, rolling: RollingUp, url: str
) -> None:
    close(store, a_day(store))
    for _ in range(2):
        for rolled in rolling.next(NEXT_MONTH, 40):
            store.rollups.write(pack(rolled), LATER)
    assert list(rolling.due(NEXT_MONTH)) == []
    assert store.rollups.read("2026-11") is not None
    late = TODAY + timedelta(days=6)
    run_sql(url, f"UPDATE legs SET service_date = '{late}' WHERE state = 'served'")
    assert list(rolling.due(NEXT_MONTH)) == [late.isoformat()]
    store.rollups.write(pack(rolling.of(late.isoformat())), LATER)
    assert list(rolling.due(NEXT_MONTH)) == ["2026-11"]


def test_erased_rows_keep_the_figures_that_were_made_of_them(store: Store, rolling: RollingUp, url: str) -> None:
    close(store, a_day(store))
    store.rollups.write(pack(rolling.of(TODAY.isoformat())), LATER)
    for table in ("periods", "legs", "visits"):
        run_sql(url, f"DELETE FROM {table}")
    assert list(rolling.due(TOMORROW)) == []
    assert _reading(rolling, Stretch(TODAY, TODAY), TOMORROW).of(SITE).visits == 3


def test_other_bounds_make_everything_anew(store: Store, rolling: RollingUp) -> None:
    close(store, a_day(store))
    store.rollups.write(pack(rolling.of(TODAY.isoformat())), LATER)
    strict = RollingUp(store.day_records, store.rollups, store.forecast_scores, a_catalogue(), Trust(300 * SECOND))
    assert list(strict.due(TOMORROW)) == [TODAY.isoformat()]
    assert strict.of(TODAY.isoformat()).figures[SITE].took_too_short == 1


def test_law_roll_ups_say_the_same_as_the_rows_for_every_subject(store: Store, rolling: RollingUp) -> None:
    lobby = a_day(store)
    stretch = Stretch(TODAY - timedelta(days=3), TODAY)
    close(store, lobby)
    live = _reading(rolling, stretch, TOMORROW)
    before = {kind: live.figures(kind) for kind in Kind}
    said = (live.mentions(EXCEPTION, _any), live.mentions(PAPER, _any), live.forecasts(), live.course(SITE))
    for rolled in rolling.next(TOMORROW, 10):
        store.rollups.write(pack(rolled), LATER)
    after = _reading(rolling, stretch, TOMORROW)
    assert {kind: after.figures(kind) for kind in Kind} == before
    assert (after.mentions(EXCEPTION, _any), after.mentions(PAPER, _any), after.forecasts(), after.course(SITE)) == said


def test_a_month_says_what_its_days_say(store: Store, rolling: RollingUp) -> None:
    close(store, a_day(store))
    month = Stretch(date(2026, 11, 1), date(2026, 11, 30))
    for rolled in rolling.next(NEXT_MONTH, 40):
        store.rollups.write(pack(rolled), LATER)
    by_day = {kind: _reading(rolling, month, NEXT_MONTH).figures(kind) for kind in Kind}
    (rolled,) = rolling.next(NEXT_MONTH, 40)
    assert rolled.span == "2026-11"
    store.rollups.write(pack(rolled), LATER)
    assert {kind: _reading(rolling, month, NEXT_MONTH).figures(kind) for kind in Kind} == by_day


def test_days_that_wait_to_be_rolled_up_are_named(store: Store, rolling: RollingUp, url: str) -> None:
    close(store, a_day(store))
    far = TODAY + timedelta(days=9)
    assert len(_reading(rolling, Stretch(TODAY, far), far).pending) == 10 - 4


def test_the_live_part_of_today_counts_who_is_here(store: Store, rolling: RollingUp) -> None:
    a_day(store)
    live = LiveDays(rolling)
    today = Reading(Stretch(TODAY, TODAY), TODAY, NINE + minutes(30), live)
    site = today.of(SITE)
    assert (site.open, site.visits) == (2, 3)
    assert sum(site.staffed.values()) == 30
    assert TWO not in today.figures(Kind.COUNTER)


def _reading(rolling: RollingUp, stretch: Stretch, today: date) -> Reading:
    return Reading(stretch, today, LATER, LiveDays(rolling))


def _any(service: str, counter: str) -> bool:
    return True
