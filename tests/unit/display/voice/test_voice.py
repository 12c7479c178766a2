"""The announcer: recordings slot by slot, the engine for the rest."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

import pytest

from display.speech import Speech
from display.voice.chime import chime
from display.voice.clips import Cache, Recordings
from display.voice.voice import AFTER_CHIME, BETWEEN_LANGUAGES, Speaks, Voice
from shared.phrases import Reading, every_slot
from shared.vocabulary import Language, Words
from shared.voice.engine import Engine, EngineError
from shared.voice.sound import FULL, RATE, Sound

ID, EN = Language.INDONESIAN, Language.ENGLISH
A012 = Speech("A-012", "3", (ID,), chime=False)


class NotedEngine:
    """Says each text as a second of tone and remembers it."""

    def __init__(self) -> None:
        self.said: list[tuple[Language, str]] = []

    def speak(self, text: str, language: Language) -> Sound:
        self.said.append((language, text))
        return Sound(array("h", [8000, -8000] * (RATE // 2)))


class NoEngine:
    def speak(self, text: str, language: Language) -> Sound:
        raise EngineError("not here")


def a_voice(
    folder: Path, engine: Speaks, *, recordings: Path | None = None, reading: Reading = Reading.DIGITS
) -> Voice:
    return Voice(
        engine=lambda: engine, recordings=Recordings(recordings), cache=Cache(folder / "cache"), reading=reading
    )


def record(file: Path, *, seconds: float = 0.3, rate: int = 44_100, channels: int = 2) -> None:
    """A recording as people make them: another rate, stereo, silence around it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    quiet = [0] * (rate // 5)
    tone = [int(0.2 * FULL * math.sin(at / rate * 2 * math.pi * 300)) for at in range(round(seconds * rate))]
    with wave.open(str(file), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(array("h", [s for sample in quiet + tone + quiet for s in [sample] * channels]).tobytes())


def test_a_bulletin_is_said_as_it_was_written_in_each_language(tmp_path: Path) -> None:
    engine = NotedEngine()
    text = Words("Lift [[rusak]]", "The lift is out of order!")
    a_voice(tmp_path, engine).say(Speech("", "", (ID, EN), text=text))
    assert engine.said == [(ID, "Lift rusak."), (EN, "The lift is out of order!")]


def test_the_engine_speaks_each_breath_as_one_phrase(tmp_path: Path) -> None:
    engine = NotedEngine()
    a_voice(tmp_path, engine).say(A012)
    assert engine.said == [(ID, "nomor antrean a, nol satu dua,"), (ID, "silakan menuju loket tiga.")]


def test_the_reading_is_a_setting(tmp_path: Path) -> None:
    engine = NotedEngine()
    a_voice(tmp_path, engine, reading=Reading.WORDS).say(A012)
    assert engine.said[0] == (ID, "nomor antrean a, nol dua belas,")


def test_languages_follow_each_other_after_a_pause(tmp_path: Path) -> None:
    engine = NotedEngine()
    voice = a_voice(tmp_path, engine)
    one, both = voice.say(A012), voice.say(Speech("A-012", "3", (ID, EN), chime=False))
    assert [language for language, _ in engine.said[-2:]] == [EN, EN]
    assert both.seconds == pytest.approx(2 * one.seconds + BETWEEN_LANGUAGES, abs=0.2)


def test_the_chime_comes_first(tmp_path: Path) -> None:
    voice = a_voice(tmp_path, NotedEngine())
    said = voice.say(Speech("A-012", "3", (ID,)))
    rung = chime()
    assert said.samples[: len(rung.samples)] == rung.samples
    assert said.seconds == pytest.approx(voice.say(A012).seconds + rung.seconds + AFTER_CHIME, abs=0.01)


def test_the_real_voice_says_a012_after_a_chime(tmp_path: Path) -> None:
    said = a_voice(tmp_path, Engine()).say(Speech("A-012", "3", (ID,)))
    assert 5.0 < said.seconds < 9.0
    speech = Sound(said.samples[len(chime().samples) :])
    assert speech.level > 0.08
    assert said.peak < 0.99


def test_a_recording_replaces_its_slot_alone(tmp_path: Path) -> None:
    record(tmp_path / "pack" / "id" / "nomor-antrean.wav")
    engine = NotedEngine()
    a_voice(tmp_path, engine, recordings=tmp_path / "pack").say(A012)
    assert engine.said == [(ID, "a, nol satu dua,"), (ID, "silakan menuju loket tiga.")]


def test_a_recording_in_the_middle_divides_the_phrase(tmp_path: Path) -> None:
    record(tmp_path / "pack" / "id" / "digit-1.wav")
    engine = NotedEngine()
    a_voice(tmp_path, engine, recordings=tmp_path / "pack").say(A012)
    assert [text for _, text in engine.said] == ["nomor antrean a, nol,", "dua,", "silakan menuju loket tiga."]


def test_a_recording_of_another_language_is_left_alone(tmp_path: Path) -> None:
    record(tmp_path / "pack" / "en" / "digit-1.wav")
    engine = NotedEngine()
    a_voice(tmp_path, engine, recordings=tmp_path / "pack").say(A012)
    assert len(engine.said) == 2


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (48_000, 1), (8_000, 1)])
def test_a_complete_pack_needs_no_engine(tmp_path: Path, rate: int, channels: int) -> None:
    for slot in every_slot(ID):
        if slot.name in {
            "nomor-antrean",
            "letter-a",
            "digit-0",
            "digit-1",
            "digit-2",
            "silakan-menuju-loket",
            "number-3",
        }:
            record(tmp_path / "pack" / "id" / f"{slot.name}.wav", rate=rate, channels=channels)
    said = a_voice(tmp_path, NoEngine(), recordings=tmp_path / "pack").say(A012)
    assert said.seconds == pytest.approx(7 * 0.32 + 5 * 0.05 + 0.3, abs=0.3)
    assert said.level > 0.08


def test_a_recorded_chime_is_played_as_it_was_recorded(tmp_path: Path) -> None:
    record(tmp_path / "pack" / "chime.wav", seconds=0.6)
    voice = a_voice(tmp_path, NotedEngine(), recordings=tmp_path / "pack")
    assert voice.chime().seconds == pytest.approx(0.6, abs=0.05)
    assert voice.chime().peak == pytest.approx(0.2, abs=0.02)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"this is no sound"])
def test_a_broken_recording_counts_as_missing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "pack" / "id" / "letter-a.wav"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    engine = NotedEngine()
    a_voice(tmp_path, engine, recordings=tmp_path / "pack").say(A012)
    assert engine.said[0] == (ID, "nomor antrean a, nol satu dua,")


def test_a_silent_recording_counts_as_missing(tmp_path: Path) -> None:
    record(tmp_path / "pack" / "id" / "letter-a.wav", seconds=0.0)
    engine = NotedEngine()
    a_voice(tmp_path, engine, recordings=tmp_path / "pack").say(A012)
    assert engine.said[0] == (ID, "nomor antrean a, nol satu dua,")


def test_a_counters_breath_is_made_once_and_kept_over_restarts(tmp_path: Path) -> None:
    a_voice(tmp_path, NotedEngine()).say(A012)
    engine = NotedEngine()
    a_voice(tmp_path, engine).say(Speech("B-007", "3", (ID,), chime=False))
    assert [text for _, text in engine.said] == ["nomor antrean be, nol nol tujuh,"]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert a_voice(tmp_path, NotedEngine()).say(A012).seconds > 1.0


def test_without_engine_and_recording_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        a_voice(tmp_path, NoEngine()).say(A012)
