"""What an administrator can set: on the command line, as LOKET_* in the environment, or in a TOML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from shared.program import PORT, LogLevel, state_folder
from shared.vocabulary import Role


class MessageRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many messages one connection may send at once, and how many a second for long."""

    burst: Annotated[int, Meta(ge=1)]
    per_second: Annotated[float, Meta(gt=0)]


class ServerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    database: str = ""
    """URL: sqlite:///FILE or postgresql://USER@HOST/NAME; empty: an SQLite file in `state`."""
    host: str = "0.0.0.0"  # noqa: S104 - the programs of a hall are on other machines
    port: int = PORT
    public_url: str = ""
    """What phones can reach: `http(s)://host[:port]`; empty: this machine's name and port."""
    state: str = ""
    """Folder for what must survive; empty: the user's state folder."""
    log_level: LogLevel = "info"
    always_open: bool = False
    """No closing times, no holidays: for demonstrations."""
    kiosk_burst: Annotated[int, Meta(ge=1)] = 6
    """Numbers that one kiosk gives at once."""
    kiosk_per_second: Annotated[float, Meta(gt=0)] = 0.5
    """Numbers that one kiosk gives for long; nobody reads, chooses and confirms faster."""
    island_block: Annotated[int, Meta(ge=0, le=200)] = 30
    """Numbers of each series that every kiosk holds to go on without the server; 0: kiosks do not."""
    message_rates: dict[Role, MessageRate] = {}
    """Where a role needs other limits; in the file: `message_rates.kiosk = { burst = 40, per_second = 5 }`."""


def database_url(settings: ServerSettings) -> str:
    if settings.database:
        return settings.database
    folder = state_folder(settings.state, "server")
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{Path(folder).absolute() / 'loket.sqlite'}"
