"""Tables of setting up: the draft of the catalogue, who published each version and why, when devices were here."""

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

device_sightings = Table(
    "device_sightings",
    metadata,
    Column("device", Text, primary_key=True),
    Column("seen_at", BigInteger, nullable=False),
    Column("release", Text, nullable=False),
)
