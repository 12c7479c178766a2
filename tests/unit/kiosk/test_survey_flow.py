"""The tablet's flow: what a touch, a slip and the server's news do to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.survey import events as e
from kiosk.survey.flow import ELEMENTS, PATIENCE_WRITING, step, ticket_of
from kiosk.survey.states import Asking, Idle, Looking, Sending, Starting, Tablet, Typing, Writing
from shared.protocol.messages import SiteInfo
from shared.protocol.opinions import LONGEST_OPINION, AnswerSurvey, VisitFound
from shared.protocol.replies import Done
from shared.vocabulary import ErrorCode, Language, RequestId, Words

SITE = SiteInfo("hall", Words("Aula", "Hall"), "Asia/Makassar", tuple(Language), 5)
FOUND = VisitFound(language=Language.INDONESIAN, service=Words("KTP", "Card"), counter="1")
HERE = replace(step(Tablet(), e.Connected(SITE), 0.0)[0], touched_at=0.0)


def after(tablet: Tablet, *events: e.Event, start: float = 10.0) -> Tablet:
    """One second between two events."""
    for number, event in enumerate(events):
        tablet, _ = step(tablet, event, start + number)
    return tablet


@pytest.mark.parametrize(
    ("typed", "ticket"),
    [
        ("A42", "A-042"),
        ("A042", "A-042"),
        ("SK1", "SK-001"),
        ("A1000", "A-1000"),
        ("A", None),
        ("42", None),
        ("A0", None),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, ticket: str | None) -> None:
    assert ticket_of(typed) == ticket


def test_a_slip_is_looked_up_whatever_was_typed() -> None:
    tablet, effects = step(after(HERE, e.Begin(Language.ENGLISH), e.Type("a")), e.SlipScanned("k" * 22), 20.0)
    assert isinstance(tablet.page, Looking)
    assert [effect.command.visit for effect in effects if isinstance(effect, e.Ask)] == ["k" * 22]


def test_a_slip_shown_in_the_middle_of_the_questions_changes_nothing() -> None:
    asking = replace(HERE, page=Asking("A-001", FOUND, at=3))
    assert step(asking, e.SlipScanned("k" * 22), 20.0) == (asking, ())


def test_an_answer_of_an_earlier_request_means_nothing() -> None:
    looking = replace(HERE, page=Looking("A-001", typed=True, request=RequestId("new")))
    assert after(looking, e.Replied(RequestId("old"), FOUND, None)) == looking


def test_a_suggestion_has_an_end_and_begins_with_a_capital() -> None:
    writing = replace(HERE, page=Writing(Asking("A-001", FOUND)))
    full = after(writing, *[e.Type("x")] * (LONGEST_OPINION + 5))
    assert isinstance(full.page, Writing)
    assert full.page.asking.text == "X" + "x" * (LONGEST_OPINION - 1)


def test_what_was_typed_is_sent_with_the_scores_and_who_writes_has_longer() -> None:
    scores = dict.fromkeys(ELEMENTS, 3)
    writing = replace(HERE, page=Writing(Asking("A-001", FOUND, at=8, scores=scores, text="Kursi ")), shown_at=10.0)
    assert after(writing, e.Ticked(), start=10.0 + PATIENCE_WRITING - 1) == writing
    tablet, effects = step(writing, e.GoOn(), 20.0)
    assert e.Ask(AnswerSurvey(visit="A-001", scores=scores, text="Kursi")) in effects
    assert isinstance(tablet.page, Sending)


def test_a_lost_connection_does_not_take_the_questions_away() -> None:
    asking = replace(HERE, page=Asking("A-001", FOUND))
    assert isinstance(after(asking, e.ConnectionLost()).page, Asking)
    assert isinstance(after(HERE, e.ConnectionLost()).page, Starting)
    assert isinstance(after(HERE, e.ConnectionLost(), e.Connected(SITE)).page, Idle)


def test_an_answer_that_never_came_is_told_and_one_that_was_kept_is_thanked_for() -> None:
    sending = replace(HERE, page=Sending(Writing(Asking("A-001", FOUND)), RequestId("r")))
    for event, key in ((e.GivenUp(RequestId("r")), "tryAgain"), (e.Replied(RequestId("r"), Done(), None), "thanks")):
        page = after(sending, event).page
        assert getattr(page, "key", "") == key


def test_a_busy_server_is_no_reason_to_say_so() -> None:
    assert after(HERE, e.ServerRefused(ErrorCode.OVERLOADED)) == HERE


def test_letters_and_figures_only_make_a_number() -> None:
    typed = after(HERE, e.Begin(Language.ENGLISH), e.Type("a"), e.Type(" "), e.Type("4"), e.Type("2"), e.Erase())
    assert typed.page == Typing("A4")
