"""Answers in the database: one of each visit, without its name, and what is made of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.app.ports import StorageError
from server.app.survey_ports import About, Given
from server.app.surveys import Surveys, tidy
from server.db import Store
from server.db.survey_tables import service_ratings, survey_answers, survey_texts
from server.domain.satisfaction import ELEMENTS
from server.domain.survey_plan import SurveyPlan
from shared.vocabulary import Channel, Denied, Element, FollowKey, Language, VisitId
from tests.integration.db.rows import run_sql
from tests.support.builders import KTP, NINE, ONE, PERMITS, TODAY, a_lobby, finish, issue, serve, surveying

HERE = About("2026-11", PERMITS, KTP, ONE, Channel.PHONE)
FOURS = dict.fromkeys(ELEMENTS, 4)
V1 = VisitId("v1")


@pytest.fixture
def surveyed(store: Store) -> Store:
    """A-001 was served and invited; A-002 waits."""
    lobby = a_lobby(catalogue=surveying(SurveyPlan(1)))
    issue(lobby, KTP)
    issue(lobby, KTP)
    serve(lobby)
    finish(lobby)
    store.lobbies.commit(TODAY, lobby.take_changes(), ())
    return store


def test_a_visit_is_found_by_its_key_and_by_its_number_on_its_day(surveyed: Store) -> None:
    by_key = surveyed.surveys.visit_by_key(FollowKey("k1"), TODAY)
    assert by_key is not None
    assert by_key == surveyed.surveys.visit_by_ticket("A", 1, TODAY)
    assert (by_key.ticket, by_key.invited, by_key.is_open) == ("A-001", "l1", False)
    assert [(leg.service, leg.counter) for leg in by_key.served] == [(KTP, ONE)]
    waiting = surveyed.surveys.visit_by_key(FollowKey("k2"), TODAY)
    assert waiting is not None
    assert (waiting.is_open, waiting.invited, waiting.served) == (True, None, ())
    assert surveyed.surveys.visit_by_key(FollowKey("k1"), TODAY + timedelta(days=1)) is None
    assert surveyed.surveys.visit_by_ticket("A", 9, TODAY) is None


def test_one_visit_answers_once(surveyed: Store) -> None:
    surveys = surveyed.surveys
    assert surveys.keep_answer(V1, TODAY, HERE, FOURS)
    assert not surveys.keep_answer(V1, TODAY, HERE, dict.fromkeys(ELEMENTS, 1))
    assert [answer.scores for answer in surveys.answers("2026-11", "2026-11")] == [FOURS]
    visit = surveys.visit_by_key(FollowKey("k1"), TODAY)
    assert visit is not None
    assert visit.given == {Given.ANSWER}


def test_an_answer_names_neither_visit_nor_day() -> None:
    columns = {column.name for table in (survey_answers, survey_texts, service_ratings) for column in table.columns}
    elements = {element.value for element in ELEMENTS}
    assert columns - elements == {
        *("id", "month", "agency", "service", "counter", "channel", "rating", "language", "text"),
    }


def test_the_order_of_the_ids_is_not_the_order_of_the_answers(surveyed: Store) -> None:
    for number in range(12):
        scores = {**FOURS, Element.TIME: 1 + number % 4}
        surveyed.surveys.keep_answer(VisitId(f"v{number}"), TODAY, HERE, scores)
    kept = [answer.scores[Element.TIME] for answer in surveyed.surveys.answers("2026-11", "2026-11")]
    assert sorted(kept) == sorted(1 + number % 4 for number in range(12))


def test_who_answered_is_forgotten_when_the_day_is_over(surveyed: Store) -> None:
    surveyed.surveys.keep_answer(V1, TODAY, HERE, FOURS)
    assert surveyed.surveys.forget_who_answered(TODAY) == 0
    assert surveyed.surveys.forget_who_answered(TODAY + timedelta(days=1)) == 1
    assert len(surveyed.surveys.answers("2026-11", "2026-11")) == 1


def test_a_skipped_element_is_no_score(surveyed: Store) -> None:
    surveyed.surveys.keep_answer(V1, TODAY, HERE, {Element.TIME: 2})
    (answer,) = surveyed.surveys.answers("2026-11", "2026-11")
    assert answer.scores == {Element.TIME: 2}


def test_a_score_outside_the_scale_is_refused_by_the_database(surveyed: Store) -> None:
    with pytest.raises(StorageError):
        surveyed.surveys.keep_answer(V1, TODAY, HERE, {Element.TIME: 5})
    assert surveyed.surveys.keep_answer(V1, TODAY, HERE, FOURS)  # and nothing was marked as spent


def test_only_the_months_asked_for_are_read(surveyed: Store) -> None:
    surveyed.surveys.keep_answer(V1, TODAY, HERE, FOURS)
    assert surveyed.surveys.answers("2026-08", "2026-10") == []
    assert len(surveyed.surveys.answers("2026-09", "2026-12")) == 1


def test_ratings_are_counted_apart(surveyed: Store) -> None:
    for number, rating in enumerate((4, 4, 1)):
        surveyed.surveys.keep_rating(VisitId(f"r{number}"), TODAY, HERE, rating)
    assert {(kept.rating, kept.count) for kept in surveyed.surveys.ratings("2026-11", "2026-11")} == {(4, 2), (1, 1)}
    assert surveyed.surveys.answers("2026-11", "2026-11") == []


def test_suggestions_are_forgotten_by_their_month(surveyed: Store) -> None:
    surveyed.surveys.keep_text(V1, TODAY, HERE, Language.INDONESIAN, "Lebih banyak kursi")
    (kept,) = surveyed.surveys.texts("2026-11", "2026-11")
    assert (kept.text, kept.language, kept.agency) == ("Lebih banyak kursi", Language.INDONESIAN, PERMITS)
    assert surveyed.surveys.forget_texts("2026-11") == 0
    assert surveyed.surveys.forget_texts("2026-12") == 1


def test_it_is_known_how_many_finished_and_how_many_were_invited(surveyed: Store) -> None:
    asked = surveyed.surveys.asked("2026-11", "2026-11")
    assert asked.finished == {PERMITS: 1}
    assert asked.invited == {(KTP, ONE): 1}
    assert surveyed.surveys.asked("2026-10", "2026-10").finished == {}


def test_what_was_published_stays(surveyed: Store, url: str) -> None:
    first = surveyed.surveys.publish("2026-10", "2026-12", "dewi", '{"a": 1}', NINE)
    second = surveyed.surveys.publish("2026-10", "2026-12", "dewi", '{"a": 2}', NINE)
    assert [kept.content for kept in surveyed.surveys.publications()] == ['{"a": 2}', '{"a": 1}']
    assert (first.number, second.number) == (1, 2)
    assert [entry.what for entry in surveyed.audit.entries()] == ["index_published", "index_published"]
    for change in ("UPDATE index_publications SET content = ''", "DELETE FROM index_publications"):
        with pytest.raises(Exception, match="what was published stays"):
            run_sql(url, change)


def test_the_count_of_finished_visits_is_no_series_of_tickets(surveyed: Store) -> None:
    assert surveyed.numbers.of(TODAY).last == {"A": 2}


@pytest.mark.parametrize("typed", ["A-001", "a001", " a 1 ", "A1"])
def test_a_number_is_found_as_people_write_it(surveyed: Store, typed: str) -> None:
    catalogue = surveying(SurveyPlan(1))
    surveys = Surveys(surveyed.surveys, lambda: catalogue, lambda: NINE)
    visit = surveys.by_ticket(typed)
    assert visit is not None
    assert visit.ticket == "A-001"
    assert surveys.denial(visit) is None
    assert surveys.subject(visit).counter == "1"


@pytest.mark.parametrize("typed", ["", "A", "1", "A-000", "A-1; DROP TABLE", "AAAA-1", "Ä-1", "A-1234567"])
def test_what_is_no_number_finds_nothing(surveyed: Store, typed: str) -> None:
    catalogue = surveying(SurveyPlan(1))
    surveys = Surveys(surveyed.surveys, lambda: catalogue, lambda: NINE)
    assert surveys.by_ticket(typed) is None
    assert surveys.denial(None) is Denied.UNKNOWN


def test_a_text_is_tidied_to_one_line_and_an_end() -> None:
    assert tidy("  Kursi\n\tkurang\x00 \u202e ") == "Kursi kurang"
    assert len(tidy("x" * 900)) == 500
