"""The tablet beside the exit: who is asked, one answer of each visit, and nothing of who gave it anywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server.app.survey_ports import KeptAnswer
from server.domain.satisfaction import ELEMENTS
from shared.protocol.opinions import AnswerSurvey, FindVisit, RateService, VisitFound
from shared.protocol.replies import Done
from shared.vocabulary import Channel, Denied, Element, ErrorCode
from tests.support.people import PEOPLE
from tests.support.running_server import RunningServer
from tests.support.surveyed import ALL_INVITED, Visitors

FOURS = dict.fromkeys(ELEMENTS, 4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hall")


@pytest.fixture(scope="module")
def visitors(folder: Path) -> Iterator[Visitors]:
    with RunningServer(folder, ALL_INVITED, generous=True) as running:
        yield Visitors.to(running)


def test_an_invited_visitor_is_found_by_the_slip_and_by_its_number(visitors: Visitors) -> None:
    ticket = visitors.is_served()
    for shown in (ticket.key, ticket.ticket):
        found = visitors.kiosk.ask(FindVisit(visit=shown)).result
        assert isinstance(found, VisitFound)
        assert (found.service.en, found.counter, found.denied, found.may_rate) == ("Identity card", "1", None, True)


def test_one_visit_answers_once_and_repeating_it_changes_nothing(visitors: Visitors) -> None:
    ticket = visitors.is_served()
    before = kept(visitors)
    answer = AnswerSurvey(visit=ticket.key, scores={**FOURS, Element.TIME: 1}, text="Kursi")
    assert visitors.kiosk.ask(answer).result == Done()
    assert visitors.kiosk.ask(AnswerSurvey(visit=ticket.ticket, scores=FOURS)).result == Done()
    new = [one for one in kept(visitors) if one not in before]
    assert [(one.about.channel, one.scores[Element.TIME]) for one in new] == [(Channel.TABLET, 1)]
    found = visitors.kiosk.ask(FindVisit(visit=ticket.key)).result
    assert isinstance(found, VisitFound)
    assert found.denied is Denied.ALREADY


def test_no_trace_of_an_answer_leads_to_its_visit(visitors: Visitors, folder: Path) -> None:
    ticket = visitors.is_served()
    with closing(sqlite3.connect(folder / "loket.sqlite")) as database:
        before = rows(database)
        assert visitors.kiosk.ask(AnswerSurvey(visit=ticket.key, scores=FOURS)).refusal is None
        after = rows(database)
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"survey_answers", "survey_spent"}


def test_who_waits_and_who_never_was_are_told_apart(visitors: Visitors) -> None:
    waiting = visitors.comes()
    refusal = visitors.kiosk.ask(FindVisit(visit=waiting.ticket)).refusal
    assert refusal is not None
    assert (refusal.code, refusal.facts) == (ErrorCode.NOT_ASKED, {"why": "not_finished"})
    unknown = visitors.kiosk.ask(FindVisit(visit="A-999")).refusal
    assert unknown is not None
    assert unknown.code is ErrorCode.UNKNOWN_VISIT
    visitors.finishes(visitors.is_called().leg)


def test_who_was_not_invited_may_rate_and_that_is_no_answer(tmp_path: Path) -> None:
    with RunningServer(tmp_path, PEOPLE, generous=True) as running:
        visitors = Visitors.to(running)
        ticket = visitors.is_served()
        found = visitors.kiosk.ask(FindVisit(visit=ticket.key)).result
        assert isinstance(found, VisitFound)
        assert (found.denied, found.may_rate) == (Denied.NOT_INVITED, True)
        refusal = visitors.kiosk.ask(AnswerSurvey(visit=ticket.key, scores=FOURS)).refusal
        assert refusal is not None
        assert refusal.code is ErrorCode.NOT_ASKED
        assert visitors.kiosk.ask(RateService(visit=ticket.key, rating=2)).result == Done()
        assert visitors.kiosk.ask(RateService(visit=ticket.key, rating=4)).result == Done()
        assert kept(visitors) == []
        ratings = running.store.surveys.ratings("0000-00", "9999-99")
        assert [(one.rating, one.count) for one in ratings] == [(2, 1)]


def test_a_counter_may_not_answer_for_a_visitor(visitors: Visitors) -> None:
    ticket = visitors.is_served()
    refusal = visitors.counter.ask(AnswerSurvey(visit=ticket.key, scores=FOURS)).refusal
    assert refusal is not None
    assert refusal.code is ErrorCode.FORBIDDEN


def kept(visitors: Visitors) -> list[KeptAnswer]:
    return list(visitors.server.store.surveys.answers("0000-00", "9999-99"))


def rows(database: sqlite3.Connection) -> dict[str, int]:
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
