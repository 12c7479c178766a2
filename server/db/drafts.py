"""Drafts: the catalogue while it is edited, and its versions with who published them and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from server.app.audit import Details, Entry, What
from server.app.catalogue_editing.ports import NO_DRAFT, Draft, DraftMovedError, OutdatedError, Version, digest_of
from server.app.ports import StoredCatalogue
from server.db.chain import Chain
from server.db.instants import from_micros, to_micros
from server.db.office_tables import catalogue_draft, catalogue_notes
from server.db.tables import catalogue_versions
from server.db.unit_of_work import Reader, Writer, driver_of

_ONLY = 1


class Drafts:
    """A `DraftStore`; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    def draft(self) -> Draft | None:
        row = self._reader.read(lambda connection: connection.execute(select(catalogue_draft)).one_or_none())
        return None if row is None else Draft(row.text, row.based_on, row.edited_by, from_micros(row.edited_at))

    def save_draft(self, draft: Draft, expected: str, edits: Sequence[Entry]) -> None:
        values = {
            "id": _ONLY,
            "text": draft.text,
            "based_on": draft.based_on,
            "edited_by": draft.by,
            "edited_at": to_micros(draft.at),
        }
        with self._writer.transaction() as connection:
            _take_out(connection, expected)
            connection.execute(insert(catalogue_draft).values(**values))
            if edits:
                self._note(connection, *edits)

    def discard_draft(self, expected: str, by: str) -> None:
        with self._writer.transaction() as connection:
            _take_out(connection, expected)
            self._note(connection, Entry(What.DRAFT_DISCARDED, "catalogue", by, before={"sha256": expected}))

    def publish(
        self,
        text: str,
        now: datetime,
        *,
        by: str,
        note: str,
        newest: int,
        expected: str,
        changes: int,
        reverts_to: int | None = None,
    ) -> StoredCatalogue:
        published = insert(catalogue_versions).values(text=text, published_at=to_micros(now))
        with self._writer.transaction() as connection:
            if (connection.scalar(select(func.max(catalogue_versions.c.version))) or 0) != newest:
                raise OutdatedError
            if reverts_to is None:
                _take_out(connection, expected)
            version = connection.scalars(published.returning(catalogue_versions.c.version)).one()
            noted = {"version": version, "published_by": by, "note": note, "reverts_to": reverts_to}
            connection.execute(insert(catalogue_notes).values(**noted))
            after: Details = {"sha256": digest_of(text), "changes": changes, "note": note, "reverts_to": reverts_to}
            before = {"version": newest}
            entry = Entry(What.CATALOGUE_PUBLISHED, f"version {version}", by, before=before, after=after)
            self._note(connection, entry)
        return StoredCatalogue(version, text, now)

    def versions(self) -> Sequence[Version]:
        query = (
            select(catalogue_versions.c.version, catalogue_versions.c.published_at, catalogue_notes)
            .outerjoin(catalogue_notes, catalogue_notes.c.version == catalogue_versions.c.version)
            .order_by(catalogue_versions.c.version.desc())
        )
        found = self._reader.read(lambda connection: connection.execute(query).all())
        return [
            Version(row.version, from_micros(row.published_at), row.published_by or "", row.note or "", row.reverts_to)
            for row in found
        ]

    def newest_version(self) -> int:
        query = select(func.max(catalogue_versions.c.version))
        return self._reader.read(lambda connection: connection.scalar(query)) or 0

    def text_of(self, version: int) -> str | None:
        query = select(catalogue_versions.c.text).where(catalogue_versions.c.version == version)
        return self._reader.read(lambda connection: connection.scalar(query))

    def earlier_texts(self) -> Sequence[str]:
        query = select(catalogue_versions.c.text).order_by(catalogue_versions.c.version)
        return self._reader.read(lambda connection: connection.scalars(query).all())

    def _note(self, connection: Connection, *entries: Entry) -> None:
        self._chain.append(driver_of(connection), entries)


def _take_out(connection: Connection, expected: str) -> None:
    """Raises DraftMovedError when another draft stands there than the one that was seen."""
    text = connection.scalar(select(catalogue_draft.c.text).with_for_update())
    if (NO_DRAFT if text is None else digest_of(text)) != expected:
        raise DraftMovedError
    connection.execute(delete(catalogue_draft))
