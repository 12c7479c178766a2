"""What the kiosk starts with when nobody has spoken to it yet: what it remembers of the hall and of itself."""

from __future__ import annotations

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
from shared.qt.link import ServerLink

KEY_BYTES = 16  # 128 bits: nobody guesses a follow-up key


@dataclass(frozen=True, slots=True)
class Past:
    """`hall` None: never connected, or nothing that can be read."""

    going_on: GoingOn
    hall: KeptHall | None
    keeper: Keeper | None


def remember(folder: Path, link: ServerLink) -> Past:
    """Raises OSError when the folder cannot be written: a kiosk without a journal might give a number twice."""
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
