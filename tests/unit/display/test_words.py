"""The display's words: complete in both languages, and QML asks for none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import display
from display.speech import VoiceFault
from display.words import VOICE_FAULTS, WORDS, turned_away
from shared.vocabulary import ErrorCode

QML = Path(display.__file__).parent / "qml"


def test_every_word_is_there_in_both_languages() -> None:
    assert all(words.id and words.en for words in WORDS.values())


def test_qml_asks_for_no_word_that_is_missing() -> None:
    used = {key for file in QML.glob("*.qml") for key in re.findall(r"\bwords(?:En)?\.(\w+)", file.read_text("utf-8"))}
    assert len(used) > 8
    assert used <= WORDS.keys()


def test_every_fault_and_every_refusal_has_its_sentence() -> None:
    assert set(VOICE_FAULTS) == set(VoiceFault)
    assert all(turned_away(code).id for code in ErrorCode)
