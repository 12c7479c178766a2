"""`loket-server backup` and `restore`: a copy of everything while the hall is open, and the way back from it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from server.care.backups import name_of
from server.cli.saying import say
from server.db.backing_up import Backup, back_up, suffix
from server.db.backing_up import restore as put_back
from server.settings import ServerSettings, backup_folder, database_url


def backup(settings: ServerSettings, file: Path | None, now: datetime) -> int:
    url = database_url(settings)
    target = file or backup_folder(settings) / name_of(now, suffix(url))
    made = back_up(url, target)
    say(f"{made.file}: {_words(made)}")
    return 0


def restore(settings: ServerSettings, file: Path) -> int:
    content = put_back(database_url(settings), file)
    say(f"Restored: {content.visits} visits and {content.facts} facts (schema {content.schema}). Now start the server.")
    return 0


def _words(made: Backup) -> str:
    megabytes = made.size / 1_000_000
    content = made.content
    return (
        f"{content.visits} visits and {content.facts} facts in {megabytes:.1f} MB, read through and counted"
        f" ({made.seconds:.1f} s)"
    )
