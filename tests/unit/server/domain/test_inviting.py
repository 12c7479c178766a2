"""Whom the satisfaction survey asks: every how-many-th finished visit, whoever it is."""

from __future__ import annotations

from dataclasses import replace

from server.domain.facts import FactKind
from server.domain.lobby import Lobby
from server.domain.survey_plan import SurveyPlan, first_invited
from shared.vocabulary import LegId, Priority
from tests.support.builders import (
    AKTA,
    DESK,
    KTP,
    NINE,
    ONE,
    PERMITS,
    TAX,
    THREE,
    TODAY,
    a_lobby,
    call,
    finish,
    issue,
    leg_of,
    serve,
    surveying,
    transfer,
)

EVERY = 3
PLAN = SurveyPlan(expected_visits=300, planned_answers=100, answer_percent=100)
START = first_invited(TODAY, PERMITS, EVERY)


def invited(lobby: Lobby) -> list[str]:
    return [visit.ticket for visit in lobby.visits.values() if visit.invited is not None]


def finished(lobby: Lobby, count: int) -> Lobby:
    for _ in range(count):
        serve(lobby)
        finish(lobby)
    return lobby


def test_every_third_finished_visit_is_invited_from_the_days_start_on() -> None:
    tickets = [f"A-{number:03d}" for number in range(1, 10)]
    lobby = finished(a_lobby(tickets, catalogue=surveying(PLAN)), 9)
    assert invited(lobby) == tickets[START - 1 :: EVERY]


def test_it_is_independent_of_who_they_are() -> None:
    lobby = a_lobby(catalogue=surveying(PLAN))
    for number in range(9):
        issue(lobby, KTP, priority=Priority.PRIORITY if number % 2 else Priority.REGULAR)
    order = [serve_and_finish(lobby) for _ in range(9)]
    assert [ticket for ticket in order if ticket in invited(lobby)] == order[START - 1 :: EVERY]


def test_each_agency_counts_its_own() -> None:
    lobby = a_lobby(["A-001", "A-002", "T-001"], catalogue=surveying(SurveyPlan(1)))
    serve(lobby, THREE)
    finish(lobby, THREE)
    finished(lobby, 2)
    assert lobby.sequences[f"finished:{PERMITS}"] == 2
    assert lobby.sequences[f"finished:{TAX}"] == 1


def test_an_agency_may_plan_otherwise_than_the_site() -> None:
    usual = surveying(None)
    permits = replace(usual.agencies[PERMITS], survey=SurveyPlan(1))
    lobby = a_lobby(["A-001", "T-001"], catalogue=replace(usual, agencies={**usual.agencies, PERMITS: permits}))
    finished(lobby, 1)
    serve(lobby, THREE)
    finish(lobby, THREE)
    assert invited(lobby) == ["A-001"]


def test_a_call_that_finishes_the_one_before_invites_too() -> None:
    lobby = a_lobby(["A-001", "A-002"], catalogue=surveying(SurveyPlan(1)))
    serve(lobby)
    call(lobby)
    assert invited(lobby) == ["A-001"]


def test_a_visit_with_a_further_stop_is_not_finished_yet() -> None:
    lobby = a_lobby(["A-001"], catalogue=surveying(SurveyPlan(1)))
    hand = serve(lobby)
    lobby.add_stop(ONE, hand.id, AKTA, new_leg=LegId("further"), now=NINE, actor=DESK)
    finish(lobby)
    assert invited(lobby) == []
    serve(lobby)
    finish(lobby)
    assert lobby.visits[hand.visit].invited == LegId("further")


def test_a_visit_that_was_sent_on_is_asked_about_where_it_ended() -> None:
    lobby = a_lobby(["A-001"], catalogue=surveying(SurveyPlan(1)))
    hand = serve(lobby)
    onward = transfer(lobby, ONE, AKTA)
    serve(lobby)
    finish(lobby)
    assert lobby.visits[hand.visit].invited == onward.id


def test_where_no_survey_is_planned_nobody_is_counted() -> None:
    lobby = finished(a_lobby(["A-001"]), 1)
    assert invited(lobby) == []
    assert lobby.sequences == {"A": 1}


def test_the_fact_says_which_one_it_was() -> None:
    lobby = finished(a_lobby(["A-001"], catalogue=surveying(SurveyPlan(1))), 1)
    fact = next(fact for fact in lobby.take_changes().facts if fact.kind is FactKind.FINISHED)
    assert fact.why == {"outcome": "solved", "finished": 1, "every": 1, "invited": 1}


def test_law_14_counting_touches_one_sequence_and_one_visit() -> None:
    lobby = a_lobby([f"A-{number:03d}" for number in range(1, 40)], catalogue=surveying(SurveyPlan(1)))
    serve(lobby)
    lobby.take_changes()
    finish(lobby)
    changes = lobby.take_changes()
    assert list(changes.visits) == [leg_of(lobby, "A-001").visit]
    assert changes.sequences == {f"finished:{PERMITS}": 1}


def serve_and_finish(lobby: Lobby) -> str:
    serve(lobby)
    return lobby.visit_of(finish(lobby).id).ticket
