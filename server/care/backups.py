"""Backups: their names, and which of them are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

_NAME = re.compile(r"loket-(\d{8}T\d{6}Z)\.(?:sqlite|dump)")
_FORMAT = "%Y%m%dT%H%M%SZ"

ALL_OF = timedelta(hours=1)
HOURLY_OF = timedelta(days=1)


def name_of(made_at: datetime, suffix: str) -> str:
    return f"loket-{made_at.astimezone(UTC).strftime(_FORMAT)}{suffix}"


def made_at(file: Path) -> datetime | None:
    """None for a file that is no backup of ours: it is nobody's business here."""
    found = _NAME.fullmatch(file.name)
    return None if found is None else datetime.strptime(found[1], _FORMAT).replace(tzinfo=UTC)


def backups_in(folder: Path) -> list[Path]:
    """Oldest first. Raises OSError."""
    if not folder.is_dir():
        return []
    return sorted((file for file in folder.iterdir() if made_at(file) is not None), key=lambda file: file.name)


def superfluous(files: Iterable[Path], now: datetime, kept_days: int) -> list[Path]:
    """Those that may go: of the last hour all stay, of the last day the newest of each hour, then of each day. The
    newest of all always stays, however old it is."""
    kept: dict[tuple[str, str], Path] = {}
    gone: list[Path] = []
    newest_first = sorted((file for file in files if made_at(file) is not None), key=lambda file: file.name)[::-1]
    for file in newest_first:
        at = made_at(file)
        assert at is not None
        age = now - at
        if age < ALL_OF:
            place = ("each", file.name)
        elif age < HOURLY_OF:
            place = ("hour", f"{at:%Y%m%d%H}")
        elif age < timedelta(days=kept_days + 1):
            place = ("day", f"{at:%Y%m%d}")
        else:
            place = ("old", "")
        if place in kept or (place[0] == "old" and kept):
            gone.append(file)
        else:
            kept[place] = file
    return gone
