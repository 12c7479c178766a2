"""The steps of the survey: what a touch does to what was answered before."""

from __future__ import annotations

import pytest

from server.domain.satisfaction import ELEMENTS
from server.web.survey.steps import LAST, Answering, answering

FIRST, SECOND = ELEMENTS[:2]


def test_it_begins_with_the_first_element_and_nothing_answered() -> None:
    assert answering({}) == Answering(at=0)
    assert answering({}).element is FIRST


def test_a_score_leads_to_the_next_element_and_travels_with_the_form() -> None:
    after = answering({"at": "0", "score": "3"})
    assert (after.element, dict(after.scores)) == (SECOND, {FIRST: 3})
    assert answering(dict(after.hidden)) == after


def test_going_back_keeps_what_was_answered_and_another_score_replaces_it() -> None:
    back = answering({"at": "1", FIRST.value: "3", "go": "back"})
    assert (back.at, dict(back.scores)) == (0, {FIRST: 3})
    assert dict(answering({**dict(back.hidden), "score": "1"}).scores) == {FIRST: 1}


def test_skipping_takes_the_score_away() -> None:
    assert answering({"at": "0", FIRST.value: "3", "go": "skip"}) == Answering(at=1)


def test_behind_the_nine_stands_the_text_and_it_survives_going_back() -> None:
    form = {"at": str(LAST), "text": "Kursi", "go": "back"}
    back = answering(form)
    assert (back.at, back.text) == (LAST - 1, "Kursi")
    assert ("text", "Kursi") in back.hidden
    assert answering({"at": str(LAST), "go": "send"}).sent


@pytest.mark.parametrize("at", ["-1", "99", "1" * 400, "x", "²"])
def test_what_makes_no_sense_is_left_out(at: str) -> None:
    state = answering({"at": at, FIRST.value: "5", SECOND.value: "0", "score": "9"})
    assert 0 <= state.at <= LAST
    assert dict(state.scores) == {}
