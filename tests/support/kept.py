"""Everything that a database keeps, to compare before and after, or to search."""

from __future__ import annotations

from sqlalchemy import create_engine, inspect, text

from server.db.engine import sqlite_driver


def everything_kept(url: str) -> dict[str, list[str]]:
    """Table -> its rows as text. Read by the server's own SQLite: two libraries in one process lose locks."""
    if not url.startswith("sqlite"):
        return _kept_by_postgresql(url)
    connection = sqlite_driver().connect(url.removeprefix("sqlite:///"))
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [repr(row) for row in connection.execute(f'SELECT * FROM "{table}"')] for table in tables}
    finally:
        connection.close()


def _kept_by_postgresql(url: str) -> dict[str, list[str]]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            return {
                table: [repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"'))]
                for table in tables
            }
    finally:
        engine.dispose()
