"""What the kiosk starts with when nobody has spoken to it yet: what it remembers of the hall and of itself."""

from __future__ import annotations

import fcntl
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk import hall_file, island, journal
from kiosk.going_on import GoingOn
from kiosk.hall_file import KeptHall
from kiosk.journal import Journal
from kiosk.keeping import Keeper
from kiosk.memory import Memory
from shared.log import get_log
from shared.qt.link import ServerLink

LOCK = "journal.lock"
KEY_BYTES = 16  # 128 bits: nobody guesses a follow-up key


log = get_log("kiosk")


@dataclass(frozen=True, slots=True)
class Past:
    """`hall` None: never connected, or nothing that can be read."""

    going_on: GoingOn
    hall: KeptHall | None
    keeper: Keeper | None


def remember(folder: Path, link: ServerLink) -> Past:
    """Without a journal, or with one that another program writes, the kiosk would give numbers twice: then it keeps
    nothing, and gives none without its server."""
    try:
        return _remember(folder, link)
    except OSError as error:
        log.error("no journal", folder=str(folder), error=error.strerror)
        return without_a_past(link)


def _remember(folder: Path, link: ServerLink) -> Past:
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)  # open, and so held, until the program ends
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    file = Journal(folder / journal.FILE, secrets.token_hex(8))
    memory = file.remembered()
    if (now := island.clock_of(memory.clock, datetime.now(UTC))) is not None:
        link.believe(now)
    elif memory.leased is not None:
        memory.leased = None  # the clock cannot be believed: no numbers before the server has set it
    keeper = Keeper(file, folder / hall_file.FILE)
    return Past(
        GoingOn(memory, keeper.keep, link, new_id=new_id, new_key=lambda: secrets.token_urlsafe(KEY_BYTES)),
        hall_file.read_hall(folder / hall_file.FILE),
        keeper,
    )


def without_a_past(link: ServerLink) -> Past:
    """A kiosk that keeps nothing, and gives no numbers without its server."""
    return Past(GoingOn(Memory(), lambda _, then: then(True), link, new_id=new_id, new_key=new_id), None, None)


def new_id() -> str:
    return secrets.token_hex(16)
