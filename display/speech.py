"""What the playlist asks of the voice, and why a voice may fail: values that need no sound. Pure."""

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
