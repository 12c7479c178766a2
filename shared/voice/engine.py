"""espeak-ng through ctypes: a text in a language becomes Sound. Offline, no process, no package of the system."""

from __future__ import annotations

import ctypes
import threading
from array import array
from functools import cache

import espeakng_loader

from shared.vocabulary import Language
from shared.voice.sound import RATE, Sound, levelled, trimmed

# Numbers of espeak-ng's public C interface (speak_lib.h).
_SYNCHRONOUS = 2  # give the samples back, in the thread that asks: the library starts none of its own
_DO_NOT_EXIT = 0x8000  # a missing data file shall not end our process
_UTF8, _PHONEMES = 0x01, 0x100  # text is UTF-8; [[...]] holds phonemes
_SPEED, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7

WORDS_PER_MINUTE = 135  # a calm announcer; the engine's own 175 is lost in a hall's echo
PITCH, RANGE = 46, 58  # of 100: a little lower and livelier than the engine's middle
VOICES = {Language.INDONESIAN: "id", Language.ENGLISH: "en-us"}

# Where the engine's Indonesian rules are wrong: which e is a schwa is not written in Indonesian.
PRONUNCIATIONS = {
    Language.INDONESIAN: {
        "loket": "[[l'okEt]]",
        "empat": "[[@mp'at]]",
        "enam": "[[@n'am]]",
        "sebelas": "[[s@b@l'as]]",
        "belas": "[[b@l'as]]",
        "ve": "[[v'e]]",
    },
    Language.ENGLISH: {"ay": "A", "ar": "R"},
}

_Samples = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class EngineError(Exception):
    """The speech engine cannot be used; the text says why."""


class Engine:
    """The library has one state for the whole process: it is started once, and says one text at a time."""

    _one_at_a_time = threading.Lock()

    def __init__(self) -> None:
        """Raises EngineError where library or data are missing."""
        with self._one_at_a_time:
            self._library = _started()
        self._heard = array("h")
        self._callback = _Samples(self._hear)  # kept: C holds a bare pointer to it

    def speak(self, text: str, language: Language) -> Sound:
        """`text` spoken, without silence around it. Raises EngineError."""
        said = pronounced(text, language).encode()
        with self._one_at_a_time:
            self._heard = array("h")
            self._library.espeak_SetSynthCallback(self._callback)
            if self._library.espeak_SetVoiceByName(VOICES[language].encode()):
                raise EngineError(f"espeak-ng has no voice for {language}")
            for parameter, value in (_SPEED, WORDS_PER_MINUTE), (_PITCH, PITCH), (_RANGE, RANGE), (_WORD_GAP, 0):
                self._library.espeak_SetParameter(parameter, value, 0)
            if self._library.espeak_Synth(said, len(said) + 1, 0, 0, 0, _UTF8 | _PHONEMES, None, None):
                raise EngineError("espeak-ng refused a text")
            heard = self._heard
        return levelled(trimmed(Sound(heard)))

    def _hear(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._heard.frombytes(ctypes.string_at(samples, 2 * count))
        return 0


@cache
def _started() -> ctypes.CDLL:
    """Loaded and initialised; a second initialisation of espeak-ng waits for ever."""
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path()
    except (OSError, RuntimeError) as error:
        raise EngineError(f"espeak-ng cannot be loaded: {error}") from None
    if library.espeak_Initialize(_SYNCHRONOUS, 0, data.encode(), _DO_NOT_EXIT) != RATE:
        raise EngineError(f"espeak-ng cannot be started with the data in {data}")
    return library


def pronounced(text: str, language: Language) -> str:
    """The text with phonemes for the words that the engine would get wrong."""
    table = PRONUNCIATIONS[language]
    return " ".join(_swapped(word, table) for word in text.split())


def _swapped(word: str, table: dict[str, str]) -> str:
    bare = word.rstrip(",.")
    return table.get(bare.lower(), bare) + word[len(bare) :]
