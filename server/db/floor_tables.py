"""Tables of the supervisor's orders of the day: services closed by hand, texts said to the hall."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, Text

from server.db.tables import metadata

closures = Table(  # of one service and day the last one; each has a fact of its own
    "closures",
    metadata,
    Column("service_date", Text, primary_key=True),
    Column("service", Text, primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("officer", Text),
    Column("because", Text, nullable=False),
    Column("opened_at", BigInteger),
)

bulletins = Table(
    "bulletins",
    metadata,
    Column("id", Text, primary_key=True),
    Column("service_date", Text, nullable=False, index=True),
    Column("text_id", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("zones", Text, nullable=False, comment="ids, separated by commas; empty: all"),
    Column("given_at", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("officer", Text),
    Column("agency", Text),
    Column("ended_at", BigInteger),
)
