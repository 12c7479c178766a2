"""What the tablet says: complete, in both languages, and nothing that nobody asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.survey.words import WORDS
from shared.survey_words import QUESTIONS, RATING
from shared.vocabulary import Element, Language

KIOSK = Path(__file__).resolve().parents[3] / "kiosk"
QML = sorted((KIOSK / "survey" / "qml").glob("*.qml"))
KEY = re.compile(r"(?:words|indonesian|english)\.([A-Za-z]+)")
ASKED = sorted({(file.name, key) for file in QML for key in KEY.findall(file.read_text())})


@pytest.mark.parametrize(("file", "key"), ASKED)
def test_every_word_used_in_qml_exists(file: str, key: str) -> None:
    assert key in WORDS, f"{file} asks for {key}"


def test_every_word_in_the_table_is_used() -> None:
    code = "".join(file.read_text() for file in (KIOSK / "survey").glob("*.py") if file.name != "words.py")
    shared_with_numbers = {"space", "clear"}  # the keyboard's
    used = {key for _, key in ASKED} | shared_with_numbers
    assert {key for key in WORDS if key not in used and not re.search(f"[\"']{key}[\"']", code)} == set()


def test_every_element_has_a_question_and_four_different_answers_in_both_languages() -> None:
    assert set(QUESTIONS) == set(Element)
    for question in (*QUESTIONS.values(), RATING):
        for language in Language:
            answers = [answer.in_(language) for answer in question.answers]
            assert len(set(answers)) == 4
            assert question.asks.in_(language).endswith("?")
            assert all(answer in question.read_aloud(language) for answer in answers)
