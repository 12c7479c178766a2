"""Tables of catalogue editing: the draft, and who published each version and why."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, Text

from server.db.tables import Counted, metadata

catalogue_draft = Table(  # one row at most: administrators work on it together
    "catalogue_draft",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("based_on", BigInteger, nullable=False),
    Column("edited_by", Text, nullable=False),
    Column("edited_at", BigInteger, nullable=False),
)

catalogue_notes = Table(  # of versions that were published in a browser
    "catalogue_notes",
    metadata,
    Column("version", Counted, ForeignKey("catalogue_versions.version"), primary_key=True, autoincrement=False),
    Column("published_by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("reverts_to", Integer),
)
