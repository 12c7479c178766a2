"""The engine really speaks Indonesian and English, offline."""

from __future__ import annotations

import pytest

from shared.phrases import every_slot
from shared.vocabulary import Language
from shared.voice.engine import Engine, pronounced
from shared.voice.sound import SPEECH_LEVEL

ID, EN = Language.INDONESIAN, Language.ENGLISH


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.mark.parametrize("language", list(Language))
def test_every_slot_can_be_heard(engine: Engine, language: Language) -> None:
    for slot in every_slot(language):
        said = engine.speak(slot.words, language)
        assert said.level > 0.5 * SPEECH_LEVEL, slot
        assert 0.1 < said.seconds < 2.5, slot


def test_a_sentence_takes_as_long_as_an_announcer_would(engine: Engine) -> None:
    assert 1.8 < engine.speak("nomor antrean a, nol satu dua,", ID).seconds < 4.0
    assert 1.2 < engine.speak("please go to counter three.", EN).seconds < 3.0


def test_a_second_engine_in_one_process_speaks_too(engine: Engine) -> None:
    again = Engine().speak("loket tiga", ID)
    assert again.seconds == pytest.approx(engine.speak("loket tiga", ID).seconds, abs=0.05)


def test_each_language_has_its_own_sounds(engine: Engine) -> None:
    """Read as Indonesian, "queue" has three vowels, not one."""
    assert engine.speak("queue number", ID).seconds > 1.1 * engine.speak("queue number", EN).seconds


def test_what_the_engine_would_say_wrongly_is_given_in_phonemes() -> None:
    assert pronounced("silakan menuju loket empat.", ID) == "silakan menuju [[l'okEt]] [[@mp'at]]."
    assert pronounced("queue number ay, zero", EN) == "queue number A, zero"
