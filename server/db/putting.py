"""Putting: one row written, whether it was there before or not."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def put(connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]) -> None:
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    kept = make(table).values(**key, **values)
    connection.execute(kept.on_conflict_do_update(index_elements=list(key), set_=dict(values)))
