"""Reading aloud: the newest question is said, an older one broken off, and without a voice nobody is promised one."""

from __future__ import annotations

import threading
from array import array

from kiosk.survey.reading_aloud import Reader
from shared.survey_words import QUESTIONS
from shared.vocabulary import Element, Language
from shared.voice.engine import Engine
from shared.voice.sinks import SinkError
from shared.voice.sound import Sound
from tests.support.waiting import wait_until

ID = Language.INDONESIAN


class Parrot:
    """An engine whose sounds are as long as the text."""

    def speak(self, text: str, language: Language) -> Sound:
        if language is Language.ENGLISH:
            raise RuntimeError("no English today")
        return Sound(array("h", [1] * len(text)))


class Room:
    """A device: plays until it is told to stop, and notes what it heard."""

    def __init__(self, *, deaf: bool = False) -> None:
        self.deaf = deaf
        self.begun: list[int] = []
        self.broken_off: list[int] = []
        self.closed = False

    def probe(self) -> None:
        if self.deaf:
            raise SinkError("no sound device")

    def play(self, sound: Sound, ending: threading.Event) -> None:
        self.begun.append(len(sound.samples))
        assert ending.wait(60)
        self.broken_off.append(len(sound.samples))

    def close(self) -> None:
        self.closed = True


def a_reader(room: Room) -> tuple[Reader, list[bool]]:
    told: list[bool] = []
    reader = Reader(Parrot, lambda: room, told.append)  # type: ignore[arg-type]  # as much of an engine as is used
    reader.start()
    wait_until(lambda: bool(told))
    return reader, told


def test_a_newer_question_breaks_the_older_one_off_and_hushing_does_too() -> None:
    room = Room()
    reader, told = a_reader(room)
    reader.say("a", ID)
    wait_until(lambda: room.begun == [1])
    reader.say("bb", ID)
    wait_until(lambda: room.begun == [1, 2])
    assert room.broken_off == [1]
    reader.hush()
    wait_until(lambda: room.broken_off == [1, 2])
    reader.stop()
    assert told == [True]
    assert room.closed


def test_a_text_that_cannot_be_said_does_not_silence_the_next() -> None:
    room = Room()
    reader, _ = a_reader(room)
    reader.say("x", Language.ENGLISH)
    reader.hush()
    reader.say("abc", ID)
    wait_until(lambda: room.begun == [3])
    reader.stop()


def test_without_a_device_there_is_no_voice() -> None:
    _, told = a_reader(Room(deaf=True))
    assert told == [False]


def test_the_engine_says_a_whole_question_in_a_few_seconds() -> None:
    for language in Language:
        sound = Engine().speak(QUESTIONS[Element.TIME].read_aloud(language), language)
        assert 2 < sound.seconds < 12
