"""The speaker: one worker thread that makes announcements and plays them, one after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Protocol

from display.speech import Fitness, Report, Speech, Spoken, VoiceFault
from shared.log import get_log
from shared.vocabulary import Language
from shared.voice.sinks import Sink, SinkError
from shared.voice.sound import Sound, louder

log = get_log("voice")

LOOK_AGAIN = 20.0  # seconds between looks at voice and sound: officers hear of a fault within half a minute


class Announcer(Protocol):
    def say(self, speech: Speech) -> Sound: ...


class Speaker:
    """`tell` is called in the worker thread with each Report."""

    def __init__(
        self,
        voice: Announcer,
        sink: Sink,
        volume: float,
        tell: Callable[[Report], None],
        *,
        look_again: float = LOOK_AGAIN,
    ) -> None:
        self._voice = voice
        self._sink = sink
        self._volume = volume
        self._tell = tell
        self._look_again = look_again
        self._work: queue.SimpleQueue[tuple[str, Speech] | None] = queue.SimpleQueue()
        self._ending = threading.Event()
        self._fault: VoiceFault | None = None
        self._looked = False
        self._has_voice = False
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Fall silent and end the thread; what is being said is broken off."""
        self._ending.set()
        self._work.put(None)
        if self._thread.is_alive():
            self._thread.join(3)
        self._sink.close()

    def say(self, announcement: str, speech: Speech) -> None:
        """Say it after what was given before; a Spoken with this id follows, whatever happens."""
        self._work.put((announcement, speech))

    # --- in the worker thread ---

    def _run(self) -> None:
        self._look()
        while not self._ending.is_set():
            try:
                job = self._work.get(timeout=self._look_again)
            except queue.Empty:
                self._look()
                continue
            if job is not None and not self._ending.is_set():
                announcement, speech = job
                fault = self._speak(speech)
                self._now(fault)
                self._tell(Spoken(announcement, fault))

    def _look(self) -> None:
        """Is there a sound device, and a voice? The first look loads engine and chime before a call needs them."""
        fault = self._device_fault()
        if fault is None and (self._fault is VoiceFault.ENGINE or not self._has_voice):
            fault = self._voice_fault()
        self._now(fault)

    def _device_fault(self) -> VoiceFault | None:
        try:
            self._sink.probe()
        except SinkError as error:
            if self._fault is None:
                log.warning("no sound", reason=str(error))
            return VoiceFault.NO_DEVICE
        return None

    def _voice_fault(self) -> VoiceFault | None:
        try:
            self._voice.say(Speech("A-001", "1", (Language.INDONESIAN,)))
        except Exception as error:  # noqa: BLE001 - the edge of the thread: whatever it was, the next look tries again
            if self._fault is None:
                log.error("no voice", reason=str(error) or type(error).__name__)
            return VoiceFault.ENGINE
        self._has_voice = True
        return None

    def _speak(self, speech: Speech) -> VoiceFault | None:
        try:
            self._sink.play(louder(self._voice.say(speech), self._volume), self._ending)
        except SinkError as error:
            log.warning("not spoken", ticket=speech.ticket, counter=speech.counter, reason=str(error))
            return VoiceFault.NO_DEVICE
        except Exception as error:  # noqa: BLE001 - the edge of the thread: a call that cannot be spoken must not silence the next
            reason = str(error) or type(error).__name__
            log.error("not spoken", ticket=speech.ticket, counter=speech.counter, reason=reason)
            return VoiceFault.ENGINE
        return None

    def _now(self, fault: VoiceFault | None) -> None:
        if fault is not self._fault or not self._looked:
            self._fault, self._looked = fault, True
            self._tell(Fitness(fault))
