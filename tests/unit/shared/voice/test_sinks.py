"""Where sound goes: a device that may not be there, a file that anyone can read."""

from __future__ import annotations

import threading
import time
import wave
from pathlib import Path

import miniaudio
import pytest

from display.voice.chime import chime
from shared.voice import sound
from shared.voice.sinks import DeviceSink, FileSink, SinkError
from shared.voice.sound import RATE, Sound

NOT_ENDING = threading.Event()


def frames(file: Path) -> int:
    with wave.open(str(file)) as read:
        return int(read.getnframes())


def test_a_file_holds_what_was_played_one_after_the_other(tmp_path: Path) -> None:
    sink = FileSink(tmp_path / "out.wav", real_time=False)
    sink.play(chime(), NOT_ENDING)
    once = frames(tmp_path / "out.wav")
    sink.play(chime(), NOT_ENDING)
    assert once == len(chime().samples)
    assert frames(tmp_path / "out.wav") == 2 * once + round(FileSink.PAUSE * RATE)


def test_a_file_is_valid_before_anything_was_played(tmp_path: Path) -> None:
    FileSink(tmp_path / "new" / "out.wav").probe()
    assert frames(tmp_path / "new" / "out.wav") == 0


def test_a_file_takes_as_long_as_a_device(tmp_path: Path) -> None:
    began = time.monotonic()
    FileSink(tmp_path / "out.wav").play(sound.silence(0.3), NOT_ENDING)
    assert time.monotonic() - began >= 0.3


def test_a_file_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "folder.wav").mkdir()
    with pytest.raises(SinkError, match=r"folder\.wav"):
        FileSink(tmp_path / "folder.wav").probe()


def test_no_device_is_a_fault_and_no_crash() -> None:
    sink = DeviceSink([miniaudio.Backend.COREAUDIO])  # of another system: never there
    with pytest.raises(SinkError):
        sink.probe()
    with pytest.raises(SinkError):
        sink.play(chime(), NOT_ENDING)


def a_silent_device() -> DeviceSink:
    """miniaudio's backend that takes sound in real time and plays it nowhere."""
    return DeviceSink([miniaudio.Backend.NULL])


def test_a_device_plays_to_the_end() -> None:
    began = time.monotonic()
    a_silent_device().play(sound.silence(0.4), NOT_ENDING)
    assert time.monotonic() - began >= 0.4


def test_playing_can_be_broken_off() -> None:
    ending = threading.Event()
    ending.set()
    began = time.monotonic()
    a_silent_device().play(Sound(sound.silence(300.0).samples), ending)
    assert time.monotonic() - began < 120.0
