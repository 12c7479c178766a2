"""Settings of the display program: a TOML file, LOKET_* in the environment, or the command line."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from shared.phrases import Reading
from shared.program import WindowSettings


class DisplaySettings(WindowSettings, frozen=True, forbid_unknown_fields=True):
    """The zone is not among them: the server knows which zone it gave this display."""

    voice_folder: str = ""
    """Folder with recordings by slot, see docs/voice.md."""
    audio_out: str = ""
    """WAV file to write instead of playing."""
    reading: Reading = Reading.DIGITS
    volume: Annotated[float, Meta(ge=0.0, le=1.0)] = 1.0
    ticker_moves: bool = True
    """False: notices change in place, for eyes that cannot follow moving text."""
