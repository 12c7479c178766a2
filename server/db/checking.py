"""Checking: whether the pages of an SQLite file still hold together, read on a connection of its own."""

from __future__ import annotations

from contextlib import closing

from server.db.address import parse_address
from server.db.engine import sqlite_driver


def damage_of(url: str) -> str:
    """ "" when there is none, and for PostgreSQL, which has checksums of its own. Raises StorageError."""
    address = parse_address(url)
    if address.file is None:
        return ""
    driver = sqlite_driver()
    try:
        with closing(driver.connect(f"{address.file.as_uri()}?mode=ro", uri=True)) as connection:
            answer = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except driver.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return str(error)
        raise address.error(error) from error
    return "" if answer == "ok" else answer
