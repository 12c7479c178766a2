"""Tables of retention: when each class of data was last gone through, and up to where append-only logs were cut."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, Text

from server.db.tables import metadata

retention_runs = Table(
    "retention_runs",
    metadata,
    Column("data", Text, primary_key=True),
    Column("began_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Column("erased", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
)

cuts = Table(  # the triggers of facts and audit let nothing go that lies behind the mark
    "cuts",
    metadata,
    Column("log", Text, primary_key=True),
    Column("up_to", BigInteger, nullable=False),
)
