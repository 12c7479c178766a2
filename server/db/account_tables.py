"""Tables of accounts: passwords, what was counted against them, and the sessions of the pages."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table, Text

from server.db.tables import metadata

passwords = Table(
    "passwords",
    metadata,
    Column("officer", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("once", Boolean, nullable=False),
)

password_failures = Table(
    "password_failures",
    metadata,
    Column("officer", Text, primary_key=True),
    Column("device", Text, primary_key=True, comment="the address, behind `address:`"),
    Column("failures", Integer, nullable=False),
    Column("locked_until", BigInteger),
)

page_sessions = Table(
    "page_sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("officer", Text, nullable=False, index=True),
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)
