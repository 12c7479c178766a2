"""What a display can be told: file (TOML), environment (`LOKET_*`), command line."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from shared.phrases import Reading


class DisplaySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The zone is not among them: the server knows which zone it gave this display."""

    server: str = "ws://localhost:8400"
    """ws:// or wss:// address of the server."""
    authority: str = ""
    """PEM file of the certificate authority to trust, for wss:// with a certificate of one's own."""
    state: str = ""
    """Folder for what must survive a restart: the token, the voice's clips."""
    window: str = ""
    """WIDTHxHEIGHT; empty: the whole screen."""
    voice_folder: str = ""
    """Folder with recordings by slot, see docs/voice.md."""
    audio_out: str = ""
    """WAV file to write instead of playing."""
    reading: Reading = Reading.DIGITS
    volume: Annotated[float, Meta(ge=0.0, le=1.0)] = 1.0
    ticker_moves: bool = True
    """False: notices change in place, for eyes that cannot follow moving text."""
    log_level: str = "info"
