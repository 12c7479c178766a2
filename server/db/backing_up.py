"""Backing up and restoring: a whole copy while the hall is open, and the way back from it."""

from __future__ import annotations

import hashlib
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect

from server.app.audit import Entry, What
from server.app.ports import StorageError
from server.db import postgresql_programs as postgresql
from server.db.address import Address, parse_address
from server.db.copying import Content, copy_sqlite, look_through, settle
from server.db.engine import writing_engine
from server.db.migrating import revisions
from server.db.schema import metadata
from server.db.sole_server import FileLock
from server.db.unit_of_work import FAILURES


@dataclass(frozen=True, slots=True)
class Backup:
    file: Path
    size: int
    """Bytes."""
    seconds: float
    content: Content


def entry_of(made: Backup) -> Entry:
    """For the audit log."""
    return Entry(What.BACKED_UP, made.file.name, after={"size": made.size, "visits": made.content.visits})


def suffix(url: str) -> str:
    """How the name of a backup of this database ends."""
    return ".sqlite" if parse_address(url).is_sqlite else ".dump"


def size_of(url: str) -> int:
    """About how many bytes a backup needs; 0 when nobody knows."""
    address = parse_address(url)
    with suppress(OSError):
        return 0 if address.file is None else address.file.stat().st_size
    return 0


def back_up(url: str, file: Path) -> Backup:
    """A backup that was read through and counted, also while the server runs. Raises StorageError."""
    address = parse_address(url)
    if file.exists():
        raise StorageError(f"{file} is there already: name a file that does not exist.")
    began = time.monotonic()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        content = _copy(address, file) if address.file is not None else _dump(address, file)
        _seal(file)
        return Backup(file, file.stat().st_size, time.monotonic() - began, content)
    except OSError as error:
        raise StorageError(f"The backup {file} cannot be written: {error.strerror}.") from error


def restore(url: str, file: Path) -> Content:
    """Make the database anew from a backup; there must be none yet. Raises StorageError; then there still is none."""
    address = parse_address(url)
    _refuse_changed(file)
    content = look_through(file) if address.is_sqlite else postgresql.look_through(address, file)
    if content.schema not in revisions():
        raise StorageError(f"{file} has schema {content.schema}, newer than this program: install a newer Loket.")
    if address.file is not None:
        _put_in_place(address, address.file, file)
    else:
        _refuse_present(address)
        postgresql.read_back(address, file)
    return content


def seal_of(file: Path) -> Path:
    """The file beside a backup that holds its SHA-256, as `sha256sum --check` reads it."""
    return file.with_name(f"{file.name}.sha256")


def _seal(file: Path) -> None:
    """SQLite finds broken pages, not a letter that a dying disk has changed."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    seal_of(file).write_text(f"{digest}  {file.name}\n", encoding="utf-8")


def _refuse_changed(file: Path) -> None:
    """A backup without its seal beside it is looked through all the same."""
    try:
        sealed = seal_of(file).read_text(encoding="utf-8").split()
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return
    except (OSError, UnicodeError) as error:
        raise StorageError(f"The backup {file} cannot be read: {error}.") from error
    if sealed[:1] != [digest]:
        raise StorageError(f"The backup {file} has changed since it was made: take another one.")


def _copy(address: Address, file: Path) -> Content:
    assert address.file is not None
    if not address.file.is_file():
        raise address.refusal("does not exist: there is nothing to back up.")
    return copy_sqlite(address, file)


def _dump(address: Address, file: Path) -> Content:
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        postgresql.dump(address, unfinished)
        content = postgresql.look_through(address, unfinished)
        settle(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    return content


def _put_in_place(address: Address, target: Path, file: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(address)
        unfinished = target.with_name(f"{target.name}.unfinished")
        try:
            for present in (target, *(target.with_name(f"{target.name}{end}") for end in ("-wal", "-journal"))):
                if present.exists():
                    raise StorageError(f"{present} is there already: move it away first; nothing is overwritten.")
            shutil.copyfile(file, unfinished)
            look_through(unfinished)
            target.with_name(f"{target.name}-shm").unlink(missing_ok=True)
            settle(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)
            lock.release()
    except OSError as error:
        raise address.refusal(f"cannot be written: {error.strerror}.") from error


def _refuse_present(address: Address) -> None:
    try:
        engine = writing_engine(address)
        with engine.connect() as connection:
            present = sorted(set(inspect(connection).get_table_names()) & {*metadata.tables, "alembic_version"})
        engine.dispose()
    except FAILURES as error:
        raise address.error(error) from error
    if present:
        raise address.refusal(f"is not empty (table {present[0]}): name an empty one; nothing is overwritten.")
