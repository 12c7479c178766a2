"""The announcer: a ticket and a counter become one Sound, from recordings where there are some, else from the engine.

Slots without a recording that stand beside each other are spoken as one phrase: the engine then gives them one
melody, which sounds far more like a person than words set end to end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Protocol

from display.speech import Speech
from display.voice.chime import chime
from display.voice.clips import Cache, Recordings
from shared.phrases import Reading, Slot, call
from shared.vocabulary import Language
from shared.voice import engine
from shared.voice.sound import Sound, joined, silence

AFTER_CHIME = 0.12  # seconds
BETWEEN_CLIPS = 0.05
BETWEEN_BREATHS = 0.30  # time to look up from the number to the hall
BETWEEN_LANGUAGES = 0.70


class Speaks(Protocol):
    def speak(self, text: str, language: Language) -> Sound: ...


class Voice:
    def __init__(
        self,
        *,
        engine: Callable[[], Speaks],
        recordings: Recordings,
        cache: Cache,
        reading: Reading = Reading.DIGITS,
    ) -> None:
        """`engine` is made when first needed: a site with all recordings can do without one."""
        self._make_engine = engine
        self._engine: Speaks | None = None
        self._recordings = recordings
        self._cache = cache
        self._reading = reading
        self._chime: Sound | None = None

    def say(self, speech: Speech) -> Sound:
        """The whole announcement. Raises EngineError when a slot has no recording and the engine cannot be used."""
        parts: list[Sound] = []
        if speech.chime:
            parts += [self.chime(), silence(AFTER_CHIME)]
        for number, language in enumerate(speech.languages):
            if number:
                parts.append(silence(BETWEEN_LANGUAGES))
            parts.append(self._sentence(speech, language))
        return joined(parts)

    def chime(self) -> Sound:
        if self._chime is None:
            self._chime = self._recordings.chime() or chime()
        return self._chime

    def _sentence(self, speech: Speech, language: Language) -> Sound:
        if speech.text is not None:
            return self._made(plain(speech.text.in_(language)), language)
        said = call(speech.ticket, speech.counter, language, self._reading)
        # A counter's breath comes again all day and is kept; a ticket's is new each time.
        first = self._breath(said.ticket, language, end=",", keep=False)
        second = self._breath(said.counter, language, end=".", keep=True)
        return joined((first, silence(BETWEEN_BREATHS), second))

    def _breath(self, slots: tuple[Slot, ...], language: Language, *, end: str, keep: bool) -> Sound:
        parts: list[Sound] = []
        for sound in self._clips(slots, language, end, keep):
            if parts:
                parts.append(silence(BETWEEN_CLIPS))
            parts.append(sound)
        return joined(parts)

    def _clips(self, slots: tuple[Slot, ...], language: Language, end: str, keep: bool) -> Iterator[Sound]:
        recorded = [(slot, self._recordings.clip(slot.name, language)) for slot in slots]
        for is_missing, group in groupby(recorded, key=lambda pair: pair[1] is None):
            run = list(group)
            if is_missing:
                missing = tuple(slot for slot, _ in run)
                last = missing[-1] is slots[-1]
                yield self._phrase(missing, language, end if last else ",", keep or len(missing) == 1)
            else:
                yield from (clip for _, clip in run if clip is not None)

    def _phrase(self, slots: tuple[Slot, ...], language: Language, end: str, keep: bool) -> Sound:
        name = "+".join(slot.name for slot in slots) + ("-end" if end == "." else "")
        if keep and (known := self._cache.find(name, language)) is not None:
            return known
        made = self._made(phrase_text(slots) + end, language)
        if keep:
            self._cache.keep(name, language, made)
        return made

    def _made(self, text: str, language: Language) -> Sound:
        if self._engine is None:
            self._engine = self._make_engine()
        return self._engine.speak(text, language)


def plain(text: str) -> str:
    """What somebody typed, without what the engine takes for phonemes; it ends like a sentence."""
    said = " ".join(text.replace("[[", " ").replace("]]", "").split())
    return said if said.endswith((".", "!", "?")) else f"{said}."


def phrase_text(slots: tuple[Slot, ...]) -> str:
    """The slots' words, with a comma where the letters of a ticket end: "nomor antrean be, nol satu dua"."""
    text = ""
    for before, slot in zip((None, *slots), slots, strict=False):
        number_begins = before is not None and before.name.startswith("letter-") and not slot.name.startswith("letter-")
        text += (", " if number_begins else " ") + slot.words
    return text.strip()


def cache_folder(state: Path) -> Path:
    """Where this engine with these settings keeps its clips."""
    settings = (engine.WORDS_PER_MINUTE, engine.PITCH, engine.RANGE, engine.VOICES, engine.PRONUNCIATIONS)
    return state / "voice" / hashlib.sha256(repr(settings).encode()).hexdigest()[:12]
