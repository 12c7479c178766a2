"""The tablet beside the exit as a visitor meets it: real touches on the real window, in both sizes and languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.survey.flow import ELEMENTS
from shared.notices import Lost, PairingCode
from shared.protocol.commands import Command
from shared.protocol.opinions import AnswerSurvey, FindVisit, RateService
from shared.protocol.replies import Done
from shared.survey_words import QUESTIONS
from shared.vocabulary import Denied, ErrorCode, Language
from tests.support.survey_stage import SurveyStage, a_visit, tablet_on_stage

PORTRAIT, LANDSCAPE = (1080, 1920), (1280, 800)
KEY = "Zk3v9QpX7aLw2TbN5uYcRg"


@pytest.fixture(params=[PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def stage(request: pytest.FixtureRequest) -> Iterator[SurveyStage]:
    """A tablet that knows its server; whatever a test does, QML must not complain."""
    with tablet_on_stage(request.param) as stage:
        stage.connect()
        yield stage
        assert stage.complaints == []


def types(stage: SurveyStage, ticket: str, begin: str = "beginIndonesian") -> None:
    stage.touch(begin)
    for letter in ticket:
        stage.touch(f"digit-{letter}" if letter.isdigit() else f"key-{letter.lower()}", after=0.4)
    stage.touch("goOn")


def last_asked(stage: SurveyStage) -> Command:
    return stage.link.sent[-1][1]


def nothing_is_cut(stage: SurveyStage) -> None:
    stage.window.grabWindow()
    cut = [item.text for item in stage.items() if item.truncated]
    outside = [
        item.name
        for item in stage.items()
        if item.touchable and (item.x < -1 or item.x + item.width > stage.window.width() + 1)
    ]
    assert (cut, outside) == ([], [])


@pytest.mark.parametrize("language", Language)
def test_nine_touches_and_send_are_one_answer(stage: SurveyStage, language: Language) -> None:
    types(stage, "A042", "beginEnglish" if language is Language.ENGLISH else "beginIndonesian")
    assert last_asked(stage) == FindVisit(visit="A-042")
    stage.link.answer(a_visit())
    for number, element in enumerate(ELEMENTS):
        stage.wait(0.5)
        assert stage.text_of("question") == QUESTIONS[element].asks.in_(language)
        assert stage.text_of("answerText-4") == QUESTIONS[element].answers[3].in_(language)
        nothing_is_cut(stage)
        stage.touch(f"answer-{1 + number % 4}")
    nothing_is_cut(stage)
    for letter in "kursi":
        stage.touch(f"key-{letter}", after=0.1)
    stage.touch("send")
    scores = {element: 1 + number % 4 for number, element in enumerate(ELEMENTS)}
    assert last_asked(stage) == AnswerSurvey(visit="A-042", scores=scores, text="Kursi")
    stage.link.answer(Done())
    stage.wait(0.1)
    assert stage.text_of("saidTitle") == ("Thank you!" if language is Language.ENGLISH else "Terima kasih!")
    stage.wait(7)
    assert stage.page == "Idle"


def test_a_slip_before_the_scanner_opens_the_questions_in_its_language(stage: SurveyStage) -> None:
    for letter in f"http://192.168.1.10:8080/v/{KEY}\r":
        stage.model._typed(letter)
    assert last_asked(stage) == FindVisit(visit=KEY)
    stage.link.answer(a_visit(language=Language.ENGLISH))
    stage.settle()
    assert stage.text_of("question") == QUESTIONS[ELEMENTS[0]].asks.en
    stage.touch("switchLanguage")
    assert stage.text_of("question") == QUESTIONS[ELEMENTS[0]].asks.id


def test_who_was_not_invited_gives_one_tap(stage: SurveyStage) -> None:
    types(stage, "B7")
    stage.link.answer(a_visit(Denied.NOT_INVITED))
    stage.wait(0.5)
    nothing_is_cut(stage)
    assert stage.find("skip") is None
    stage.touch("answer-3")
    assert last_asked(stage) == RateService(visit="B-007", rating=3)
    stage.link.answer(Done())
    stage.settle()
    assert stage.page == "Said"


def test_back_skip_and_a_second_tap_of_the_same_finger(stage: SurveyStage) -> None:
    types(stage, "A042")
    stage.link.answer(a_visit())
    stage.touch("answer-1")
    stage.touch("answer-1", after=0.1)  # the same finger: no second answer
    assert stage.text_of("step") == "Pertanyaan 2 dari 9"
    stage.touch("back")
    assert stage.text_of("step") == "Pertanyaan 1 dari 9"
    stage.touch("answer-4")
    stage.touch("skip")
    assert stage.text_of("step") == "Pertanyaan 3 dari 9"
    assert dict(stage.model.tablet.page.scores) == {ELEMENTS[0]: 4}  # type: ignore[union-attr]


def test_a_question_is_read_aloud_where_there_is_a_voice(stage: SurveyStage) -> None:
    types(stage, "A042")
    stage.link.answer(a_visit())
    stage.settle()
    assert stage.find("listen") is None
    assert stage.reader is not None
    stage.reader.tell(True)
    stage.settle()
    stage.touch("listen")
    assert stage.reader.said == [(QUESTIONS[ELEMENTS[0]].read_aloud(Language.INDONESIAN), Language.INDONESIAN)]


def test_whoever_walks_away_has_said_nothing(stage: SurveyStage) -> None:
    types(stage, "A042")
    stage.link.answer(a_visit())
    stage.touch("answer-1")
    stage.wait(46)
    assert stage.page == "Idle"
    assert not any(isinstance(command, AnswerSurvey) for _, command in stage.link.sent)


def test_a_number_that_nobody_has_is_asked_for_again_and_other_troubles_are_told(stage: SurveyStage) -> None:
    types(stage, "A999")
    stage.link.refuse(ErrorCode.UNKNOWN_VISIT)
    stage.settle()
    assert "tidak ada hari ini" in stage.text_of("ticketHint")
    stage.touch("back")
    for denied, said in ((Denied.ALREADY, "sudah memberi"), (Denied.NOT_FINISHED, "setelah layanan")):
        types(stage, "A042")
        stage.link.answer(a_visit(denied))
        stage.settle()
        assert said in stage.text_of("saidTitle")
        stage.wait(10)
    types(stage, "A042")
    stage.link.refuse(ErrorCode.STORAGE_UNAVAILABLE)
    stage.settle()
    assert "Belum berhasil" in stage.text_of("saidTitle")


def test_without_its_server_it_waits_and_an_unknown_tablet_shows_its_code(stage: SurveyStage) -> None:
    stage.link.say(Lost(0.0))
    stage.settle()
    assert stage.page == "Starting"
    stage.link.say(PairingCode("4711-0815", 600.0))
    stage.settle()
    assert stage.text_of("pairingCode") == "4711-0815"
    stage.connect()
    stage.settle()
    assert stage.page == "Idle"
    nothing_is_cut(stage)
