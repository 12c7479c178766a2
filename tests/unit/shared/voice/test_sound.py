"""Sound as a value: trimmed, levelled, joined."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

import pytest

from display.voice.chime import chime
from shared.voice import sound
from shared.voice.sound import FULL, RATE, SPEECH_LEVEL, Sound


def a_tone(seconds: float = 0.5, height: float = 0.3) -> Sound:
    return Sound(
        array(
            "h", [int(height * FULL * math.sin(at / RATE * 2 * math.pi * 440)) for at in range(round(seconds * RATE))]
        )
    )


def test_silence_around_a_word_is_cut_off() -> None:
    padded = sound.joined((sound.silence(0.4), a_tone(0.5), sound.silence(0.7)))
    assert sound.trimmed(padded).seconds == pytest.approx(0.5, abs=0.03)


def test_silence_within_stays() -> None:
    two = sound.joined((a_tone(0.2), sound.silence(0.3), a_tone(0.2)))
    assert sound.trimmed(two).seconds == pytest.approx(0.7, abs=0.03)


def test_of_pure_silence_nothing_is_left() -> None:
    assert sound.trimmed(sound.silence(0.5)).seconds == 0.0


@pytest.mark.parametrize("height", [0.02, 0.2, 0.9])
def test_quiet_and_loud_recordings_end_at_the_same_level(height: float) -> None:
    assert sound.levelled(a_tone(height=height)).level == pytest.approx(SPEECH_LEVEL, rel=0.03)


def test_levelling_never_overflows() -> None:
    click = Sound(array("h", [FULL] + [10] * RATE))
    assert sound.levelled(click, 0.9).peak <= 0.98


def test_levelling_silence_leaves_silence() -> None:
    assert sound.levelled(sound.silence(0.1)).peak == 0.0


def test_half_the_volume_is_quieter_and_none_is_silent() -> None:
    tone = a_tone()
    assert sound.louder(tone, 1.0) == tone
    assert 0.0 < sound.louder(tone, 0.5).level < tone.level / 2
    assert sound.louder(tone, 0.0).peak == 0.0


def test_what_is_written_can_be_read_by_anyone(tmp_path: Path) -> None:
    sound.write(a_tone(0.25), tmp_path / "tone.wav")
    with wave.open(str(tmp_path / "tone.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert file.getnframes() == RATE // 4


def test_the_chime_is_short_soft_and_begins_and_ends_without_a_click() -> None:
    made = chime()
    assert 1.0 < made.seconds < 2.0
    assert 0.3 < made.peak < 0.6
    assert abs(made.samples[0]) < FULL * 0.01
    assert abs(made.samples[-1]) < FULL * 0.01
