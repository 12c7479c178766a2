"""Catalogues: the published versions, as the text of their files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select

from server.app.audit import Entry, What
from server.app.ports import StoredCatalogue
from server.db.chain import Chain
from server.db.instants import from_micros, to_micros
from server.db.tables import catalogue_versions
from server.db.unit_of_work import Reader, Writer, driver_of


class Catalogues:
    """A `CatalogueStore`; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    def catalogue_versions(self) -> Sequence[StoredCatalogue]:
        return versions(self._reader)

    def newest_version(self) -> int:
        return newest_version(self._reader)

    def publish_catalogue(self, text: str, now: datetime) -> StoredCatalogue:
        published = insert(catalogue_versions).values(text=text, published_at=to_micros(now))
        with self._writer.transaction() as connection:
            version = connection.scalars(published.returning(catalogue_versions.c.version)).one()
            digest = hashlib.sha256(text.encode()).hexdigest()
            entry = Entry(What.CATALOGUE_PUBLISHED, f"version {version}", after={"sha256": digest})
            self._chain.append(driver_of(connection), [entry])
        return StoredCatalogue(version, text, now)


def versions(reader: Reader) -> Sequence[StoredCatalogue]:
    """Oldest first. Raises StorageError."""
    query = select(catalogue_versions).order_by(catalogue_versions.c.version)
    found = reader.read(lambda connection: connection.execute(query).all())
    return [StoredCatalogue(row.version, row.text, from_micros(row.published_at)) for row in found]


def newest_version(reader: Reader) -> int:
    query = select(func.max(catalogue_versions.c.version))
    return reader.read(lambda connection: connection.scalar(query)) or 0
