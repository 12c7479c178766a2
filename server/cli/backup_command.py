"""`loket-server backup` and `restore`: a copy of everything while the hall is open, and the way back from it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from server.app.audit import Entry, What
from server.app.ports import StorageError
from server.care.backups import name_of
from server.cli.saying import say, who_types
from server.db import open_beside, open_store
from server.db.backing_up import Backup, back_up, entry_of, suffix
from server.db.backing_up import restore as put_back
from server.settings import ServerSettings, backup_folder, database_url


def backup(settings: ServerSettings, file: Path | None, now: datetime) -> int:
    url = database_url(settings)
    target = file or backup_folder(settings) / name_of(now, suffix(url))
    made = back_up(url, target)
    with suppress(StorageError), open_beside(url, by=who_types(), up_to_date=False) as store:
        store.audit.append(entry_of(made))  # a schema of another release is left as it is, without a note
    say(f"{made.file}: {_words(made)}")
    return 0


def restore(settings: ServerSettings, file: Path) -> int:
    url = database_url(settings)
    content = put_back(url, file)
    with open_store(url, patience=0, by=who_types()) as store:
        store.audit.append(Entry(What.RESTORED, file.name, after={"visits": content.visits, "facts": content.facts}))
    say(f"Restored: {content.visits} visits and {content.facts} facts (schema {content.schema}). Now start the server.")
    return 0


def _words(made: Backup) -> str:
    megabytes = made.size / 1_000_000
    content = made.content
    return (
        f"{content.visits} visits and {content.facts} facts in {megabytes:.1f} MB, read through and counted"
        f" ({made.seconds:.1f} s)"
    )
