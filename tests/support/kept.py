"""Everything that a database keeps, to compare before and after, or to search."""

from __future__ import annotations

from server.db.engine import sqlite_driver


def everything_kept(url: str) -> dict[str, list[str]]:
    """Table -> its rows as text. Read by the server's own SQLite: two libraries in one process lose locks."""
    connection = sqlite_driver().connect(url.removeprefix("sqlite:///"))
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [repr(row) for row in connection.execute(f'SELECT * FROM "{table}"')] for table in tables}
    finally:
        connection.close()
