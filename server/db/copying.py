"""Copying: a whole and consistent copy of an SQLite file while others write to it, looked through before it counts."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.app.ports import StorageError
from server.db.address import Address
from server.db.engine import sqlite_driver

COUNTED = ("visits", "facts")


@dataclass(frozen=True, slots=True)
class Content:
    """What a copy holds, as far as it was counted."""

    schema: str
    visits: int
    facts: int


def copy_sqlite(address: Address, copy: Path) -> Content:
    """It appears under its name only when it is complete, whole and on the disk. Raises StorageError."""
    assert address.file is not None
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    driver = sqlite_driver()
    try:
        with closing(driver.connect(address.file, isolation_level=None)) as connection:
            before = content_of(connection)
            # Not the driver's stepwise backup: it begins anew with every commit of another connection, so that it
            # would never end while a hall is open.
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        made = look_through(unfinished)
        if made.schema != before.schema or made.visits < before.visits or made.facts < before.facts:
            raise StorageError(f"The copy of {address} lacks rows: {made} instead of {before}.")
        settle(unfinished, copy)
    except (driver.Error, OSError) as error:
        raise StorageError(f"The copy {copy} cannot be made: {error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return made


def look_through(file: Path) -> Content:
    """Read every page of a copy that nobody writes to. Raises StorageError when it is damaged or not ours."""
    if not file.is_file():
        raise StorageError(f"There is no file {file}.")
    driver = sqlite_driver()
    try:
        with closing(driver.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if answer != "ok":
                raise StorageError(f"The copy {file} is damaged: {answer}.")
            return content_of(connection)
    except driver.Error as error:
        raise StorageError(f"The file {file} is no copy of a Loket database: {error}.") from error


def content_of(connection: Any) -> Content:
    """Of an open connection of the driver."""

    def one(query: str) -> Any:
        row = connection.execute(query).fetchone()
        if row is None:
            raise StorageError("It is no Loket database: it does not say which schema it has.")
        return row[0]

    schema = one("SELECT version_num FROM alembic_version")
    visits, facts = (one(f"SELECT count(*) FROM {table}") for table in COUNTED)  # noqa: S608 - our own words
    return Content(schema, visits, facts)


def settle(unfinished: Path, file: Path) -> None:
    """Give it its name once its bytes are on the disk, and see that the name is there, too."""
    with unfinished.open("rb") as made:
        os.fsync(made.fileno())
    unfinished.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
