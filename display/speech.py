"""What is asked of the voice, what it reports, and why it may fail: values that need no sound. Pure."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from shared.vocabulary import Language, Words


class Speech(Struct, frozen=True):
    """What to say: a call, in these languages one after the other."""

    ticket: str
    counter: str
    languages: tuple[Language, ...]
    chime: bool = True
    text: Words | None = None
    """Of a bulletin: say this instead of a call."""


class VoiceFault(StrEnum):
    """Why a display cannot speak; also what the server is told."""

    NO_DEVICE = "no_sound_device"
    ENGINE = "speech_engine"


class Spoken(Struct, frozen=True):
    """An announcement has been dealt with; `fault` says why it was not heard."""

    announcement: str
    fault: VoiceFault | None


class Fitness(Struct, frozen=True):
    """Whether the speaker can speak at all, as far as is known."""

    fault: VoiceFault | None


Report = Spoken | Fitness
