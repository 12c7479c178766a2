"""The speaker: one announcement after the other, every one answered for."""

from __future__ import annotations

import queue
import threading
import wave
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from display.speaker import Speaker
from display.speech import Fitness, Report, Speech, Spoken, VoiceFault
from display.voice.chime import chime
from display.voice.clips import Cache, Recordings
from display.voice.voice import Voice
from shared.vocabulary import Language
from shared.voice import sound
from shared.voice.engine import Engine, EngineError
from shared.voice.sinks import FileSink, SinkError
from shared.voice.sound import Sound

PATIENCE = 30.0


class AnyVoice:
    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken

    def say(self, speech: Speech) -> Sound:
        if self.broken:
            raise EngineError("no engine")
        return sound.silence(0.01)


class NotedSink:
    """Remembers that no two sounds were played at once."""

    def __init__(self, *, there: bool = True) -> None:
        self.there = there
        self.played = 0
        self.at_once = 0
        self.most_at_once = 0

    def probe(self) -> None:
        if not self.there:
            raise SinkError("no device")

    def play(self, sound: Sound, ending: threading.Event) -> None:
        self.probe()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        ending.wait(0.01)
        self.at_once -= 1
        self.played += 1

    def close(self) -> None: ...


@contextmanager
def a_speaker(voice: AnyVoice, sink: NotedSink) -> Iterator[tuple[Speaker, queue.SimpleQueue[Report]]]:
    told: queue.SimpleQueue[Report] = queue.SimpleQueue()
    speaker = Speaker(voice, sink, 1.0, told.put)
    speaker.start()
    try:
        yield speaker, told
    finally:
        speaker.stop()


def a_speech(ticket: str = "A-012") -> Speech:
    return Speech(ticket, "3", (Language.INDONESIAN,))


def test_announcements_are_played_in_order_and_never_at_once() -> None:
    sink = NotedSink()
    with a_speaker(AnyVoice(), sink) as (speaker, told):
        for number in range(5):
            speaker.say(f"n{number}", a_speech())
        heard = [told.get(timeout=PATIENCE) for _ in range(6)]
    assert heard == [Fitness(None), *(Spoken(f"n{number}", None) for number in range(5))]
    assert (sink.played, sink.most_at_once) == (5, 1)


def test_no_device_is_told_at_once_and_for_each_announcement() -> None:
    with a_speaker(AnyVoice(), NotedSink(there=False)) as (speaker, told):
        assert told.get(timeout=PATIENCE) == Fitness(VoiceFault.NO_DEVICE)
        speaker.say("n1", a_speech())
        assert told.get(timeout=PATIENCE) == Spoken("n1", VoiceFault.NO_DEVICE)


def test_a_device_that_comes_back_clears_the_fault() -> None:
    sink = NotedSink(there=False)
    with a_speaker(AnyVoice(), sink) as (speaker, told):
        assert told.get(timeout=PATIENCE) == Fitness(VoiceFault.NO_DEVICE)
        sink.there = True
        speaker.say("n1", a_speech())
        assert {told.get(timeout=PATIENCE), told.get(timeout=PATIENCE)} == {Fitness(None), Spoken("n1", None)}


def test_a_voice_that_fails_is_a_fault_of_its_own() -> None:
    with a_speaker(AnyVoice(broken=True), NotedSink()) as (speaker, told):
        assert told.get(timeout=PATIENCE) == Fitness(VoiceFault.ENGINE)
        speaker.say("n1", a_speech())
        assert told.get(timeout=PATIENCE) == Spoken("n1", VoiceFault.ENGINE)


def test_the_file_that_is_written_holds_the_chime_and_then_a012(tmp_path: Path) -> None:
    told: queue.SimpleQueue[Report] = queue.SimpleQueue()
    voice = Voice(engine=Engine, recordings=Recordings(None), cache=Cache(tmp_path / "cache"))
    speaker = Speaker(voice, FileSink(tmp_path / "out.wav", real_time=False), 1.0, told.put)
    speaker.say("n1", a_speech())
    speaker.start()
    while told.get(timeout=PATIENCE) != Spoken("n1", None):
        continue
    speaker.stop()
    with wave.open(str(tmp_path / "out.wav")) as file:
        heard = Sound(array("h", file.readframes(file.getnframes())))
    rung = chime().samples
    assert heard.samples[: len(rung)] == rung
    assert Sound(heard.samples[len(rung) :]).level > 0.08
    assert 5.0 < heard.seconds < 9.0
