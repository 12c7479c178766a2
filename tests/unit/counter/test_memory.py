"""What a counter PC remembers, and the sound it makes."""

from __future__ import annotations

from pathlib import Path

from counter.chime import RATE, TONES, samples
from counter.memory import Memory, Remembered
from shared.vocabulary import Language


def test_the_counter_and_the_language_are_remembered(tmp_path: Path) -> None:
    Memory(tmp_path / "new").keep("c3", Language.ENGLISH)
    assert Memory(tmp_path / "new").recall() == Remembered("c3", Language.ENGLISH)


def test_a_pc_without_a_past_remembers_nothing(tmp_path: Path) -> None:
    assert Memory(tmp_path).recall() == Remembered("", None)


def test_a_spoilt_file_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "language").write_text("klingon", encoding="utf-8")
    (tmp_path / "last_counter").write_bytes(b"\xff\xfe")
    assert Memory(tmp_path).recall() == Remembered("", None)


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    Memory(tmp_path / "file").keep("c3", Language.ENGLISH)


def test_the_chime_lasts_its_time_begins_and_ends_softly_and_never_clips() -> None:
    sound = samples()
    assert abs(len(sound) / RATE - sum(length for _, length in TONES)) < 0.01
    assert abs(sound[0]) < 50
    assert abs(sound[-1]) < 50
    assert 3_000 < max(sound) < 32_767
