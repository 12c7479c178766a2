"""What visitors were told, scored against what came, from the legs of each day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from server.app.forecast_scores import Tally
from server.db.store import Store
from server.domain.changes import Changes
from server.domain.estimating import Forecast, Range
from server.domain.issuing import Choice
from server.domain.lobby import Lobby
from server.domain.outlook import PastWait
from server.domain.visit import Visit
from shared.vocabulary import LegId, Outcome, VisitId
from tests.support.builders import (
    AKTA,
    DESK,
    KTP,
    NINE,
    ONE,
    PKB,
    THREE,
    TODAY,
    a_lobby,
    call,
    finish,
    issue,
    minutes,
    serve,
)

TOLD = Forecast(expected=10, middle=10, likely=Range(5, 15), sure=Range(0, 25))


def test_each_service_and_day_says_how_true_its_minutes_were(store: Store) -> None:
    lobby = a_lobby()
    for _ in range(4):
        issue(lobby, KTP)
    issue(lobby, AKTA)
    for wait in (0, 10, 20, 40):  # the four of KTP come in their order
        serve(lobby, now=NINE + minutes(wait))
        finish(lobby, now=NINE + minutes(wait))
    serve(lobby, now=NINE + minutes(50))
    _keep(store, lobby)
    scores = store.forecast_scores.between(TODAY, TODAY)
    assert [(one.date, one.service) for one in scores] == [(TODAY, AKTA), (TODAY, KTP)]
    ktp = scores[1].tally
    assert ktp == Tally(
        waits=4,
        never_called=0,
        in_sure=3,  # 40 is outside 0-25
        in_likely=1,
        sure_width=100,
        likely_width=40,
        too_much=4 * 10 - 70,
        wrong_by=10 + 0 + 10 + 30,
        waited=70,
    )


def test_a_day_beyond_the_span_and_a_wait_that_nobody_was_told_do_not_count(store: Store) -> None:
    lobby = a_lobby()
    issue(lobby, KTP)
    serve(lobby, now=NINE + minutes(10))
    _keep(store, lobby, told=None)
    assert store.forecast_scores.between(TODAY, TODAY) == []
    assert store.forecast_scores.between(TODAY - timedelta(days=9), TODAY - timedelta(days=1)) == []


def test_who_gave_way_is_not_scored_and_teaches_nothing(store: Store) -> None:
    lobby = a_lobby()
    for _ in range(3):
        issue(lobby, KTP)
    lobby.give_way(VisitId("v1"), NINE, DESK)
    for wait in (10, 20, 30):
        serve(lobby, now=NINE + minutes(wait))
        finish(lobby, now=NINE + minutes(wait))
    _keep(store, lobby)
    (ktp,) = store.forecast_scores.between(TODAY, TODAY)
    assert ktp.tally.waits == 2
    assert len(store.lobbies.lessons(TODAY).waits) == 2


def test_who_was_told_a_wait_and_never_called_is_counted_apart(store: Store) -> None:
    lobby = a_lobby()
    issue(lobby, KTP)
    issue(lobby, KTP)
    serve(lobby, now=NINE + minutes(10))
    lobby.expire_open_legs(NINE + minutes(600), DESK)
    _keep(store, lobby)
    (ktp,) = store.forecast_scores.between(TODAY, TODAY)
    assert (ktp.tally.waits, ktp.tally.never_called) == (1, 1)


def test_every_stop_of_a_visit_is_scored_at_its_own_service(store: Store) -> None:
    lobby = a_lobby()
    issue(lobby, KTP, further=[Choice(PKB, LegId("tax"))])
    for counter, service, wait in ((ONE, KTP, 2), (THREE, PKB, 14)):
        hand = call(lobby, counter, now=NINE + minutes(wait))
        assert hand.service == service
        lobby.serve(counter, hand.id, NINE + minutes(wait), DESK)
        lobby.finish(counter, hand.id, Outcome.SOLVED, NINE + minutes(wait + 10), DESK)
    store.lobbies.commit(TODAY, lobby.take_changes(), ())
    tax, ktp = sorted(store.forecast_scores.between(TODAY, TODAY), key=lambda one: -one.tally.waited)
    assert [(one.service, one.tally.waits, one.tally.waited) for one in (tax, ktp)] == [(PKB, 1, 14), (KTP, 1, 2)]
    assert (tax.tally.in_sure, tax.tally.in_likely) == (1, 1), "told that the first stop comes before"
    waits = store.lobbies.lessons(TODAY).waits
    assert waits == [PastWait(KTP, TODAY, NINE, 0, 2), PastWait(PKB, TODAY, NINE, 10, 14)]


def _keep(store: Store, lobby: Lobby, told: Forecast | None = TOLD) -> None:
    changes: Changes = lobby.take_changes()

    def as_told(visit: Visit) -> Visit:
        return replace(visit, legs=tuple(replace(leg, forecast=told) for leg in visit.legs))

    changes.visits = {key: as_told(visit) for key, visit in changes.visits.items()}
    changes.legs = {key: replace(leg, forecast=told) for key, leg in changes.legs.items()}
    store.lobbies.commit(TODAY, changes, ())
