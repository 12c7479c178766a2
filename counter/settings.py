"""Settings of the counter program: a TOML file, LOKET_* in the environment, or the command line."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from shared.vocabulary import Language


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    server: Annotated[str, Meta(pattern=r"^wss?://")] = "ws://127.0.0.1:8400"
    state: str = ""
    """Folder for what must survive a restart; empty: the user's own state folder."""
    authority: str = ""
    """PEM file of the hall's own certificate authority, for wss://."""
    counter: str = ""
    """Id of the counter that stands marked at the first start; later it is the last one used here."""
    language: Language = Language.INDONESIAN
    window: Annotated[str, Meta(pattern=r"^([0-9]+x[0-9]+([+][0-9]+[+][0-9]+)?)?$")] = "1366x768"
    """WIDTHxHEIGHT of the window at the start; empty: the whole screen."""
    log_level: str = "info"
