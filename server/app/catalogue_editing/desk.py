"""The desk: where people change the draft of the catalogue together, publish it, and go back to an older version.

A large catalogue takes a tenth of a second to check: call it from a worker thread.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from server.app.audit import Entry, What
from server.app.catalogue_editing.difference import Change, difference
from server.app.catalogue_editing.document import Document, NoSuchThingError
from server.app.catalogue_editing.kinds import Item, Kind
from server.app.catalogue_editing.placing import Placed, of_thing, placed
from server.app.catalogue_editing.ports import NO_DRAFT, Draft, DraftMovedError, DraftStore, Version
from server.app.catalogue_editing.references import removed
from server.app.catalogue_editing.rights import Editor, ForbiddenError, refuse_change
from server.app.catalogue_editing.schema import COUNTER, OFFICER
from server.app.catalogue_editing.tables import Tables, identity_of, tables_of
from server.app.catalogue_file import check, read_catalogue
from server.app.ports import StoredCatalogue
from server.domain.catalogue import Catalogue
from shared.vocabulary import Role

_TRIES = 5  # somebody else keeps another thing in the same moment; a person does not notice


class ThingMistakesError(Exception):
    """What was to be kept has mistakes; nothing was."""

    def __init__(self, mistakes: Sequence[Placed]) -> None:
        super().__init__(", ".join(str(one.mistake) for one in mistakes))
        self.mistakes = tuple(mistakes)


class ChangedMeanwhileError(Exception):
    """Somebody else changed this very thing since it was shown."""

    def __init__(self, item: Item | None, by: str, at: datetime | None) -> None:
        super().__init__(by)
        self.item, self.by, self.at = item, by, at


class IdentityTakenError(Exception):
    """Something of that kind bears this code already."""


class NobodyLeftError(Exception):
    """There would be no administrator any more."""


@dataclass(frozen=True, slots=True)
class Present:
    """What stands at a moment: the draft if there is one, else what is published."""

    document: Document
    published: Document
    newest: int
    draft: Draft | None

    @property
    def tables(self) -> Tables:
        return self.document.tables

    @property
    def digest(self) -> str:
        return NO_DRAFT if self.draft is None else self.draft.digest

    @property
    def is_outdated(self) -> bool:
        """Whether a version was published, from elsewhere, that the draft does not know."""
        return self.draft is not None and self.draft.based_on != self.newest

    def changes(self) -> list[Change]:
        return [] if self.draft is None else difference(self.published.tables, self.tables)

    def mistakes(self) -> list[Placed]:
        return list(_mistakes(self.document.text))


class CatalogueDesk:
    """Safe to use from any thread."""

    def __init__(self, store: DraftStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    # --- reading ---

    def present(self) -> Present:
        newest = self._store.newest_version()
        draft = self._store.draft()
        published = _document((self._store.text_of(newest) or "") if newest else "")
        return Present(published if draft is None else _document(draft.text), published, newest, draft)

    def versions(self) -> Sequence[Version]:
        return self._store.versions()

    def text_of(self, version: int) -> str | None:
        return self._store.text_of(version)

    def difference_between(self, before: int, after: int) -> tuple[list[Change], Tables, Tables]:
        """Of two published versions; 0 is before the first. Raises NoSuchThingError."""
        texts = [self._store.text_of(version) if version else "" for version in (before, after)]
        if None in texts:
            raise NoSuchThingError
        one, other = (_document(text or "").tables for text in texts)
        return difference(one, other), one, other

    # --- changing the draft ---

    def keep(self, kind: Kind, identity: str | None, seen: str, item: Item, editor: Editor) -> str:
        """Change the thing `identity`, or add one (None); its identity. `seen` is the fingerprint of what was shown.

        Raises ThingMistakesError, ChangedMeanwhileError, IdentityTakenError, ForbiddenError."""
        if kind is COUNTER and identity is not None and identity_of(kind, item) != identity:
            item = {"id": identity, **item}  # another number is no other counter
        name = identity_of(kind, item)

        def edit(present: Present) -> Document:
            now = None if identity is None else present.document.item(kind, identity)
            if identity != name and present.document.item(kind, name) is not None:
                raise IdentityTakenError
            if identity is not None and fingerprint(now) != seen:
                raise self._changed(present, now)
            refuse_change(editor, kind, now, item, present.tables)
            after = present.document.put(kind, name if identity is None else identity, item)
            faults = [one for one in of_thing(_mistakes(after.text), kind, name) if not one.may_wait]
            if faults:
                raise ThingMistakesError(faults)
            return after

        self._edit(edit, editor)
        return name

    def remove(self, kind: Kind, identity: str, seen: str, editor: Editor) -> None:
        """With everything that cannot stay without it. Raises ChangedMeanwhileError, ForbiddenError."""

        def edit(present: Present) -> Document:
            now = present.document.item(kind, identity)
            if now is None or fingerprint(now) != seen:
                raise self._changed(present, now)
            after = removed(present.document, kind, identity)
            for change in difference(present.tables, after.tables):
                refuse_change(editor, change.kind, change.before, change.after, present.tables)
            return after

        self._edit(edit, editor)

    def move(self, kind: Kind, identity: str, editor: Editor, *, up: bool) -> None:
        """Raises NoSuchThingError, ForbiddenError."""

        def edit(present: Present) -> Document:
            item = present.document.item(kind, identity)
            refuse_change(editor, kind, item, item, present.tables)
            return present.document.moved(kind, identity, up=up)

        self._edit(edit, editor)

    def take_over(self, text: str, expected: str, editor: Editor) -> None:
        """A whole other text, from a file. Raises CatalogueError, DraftMovedError, ForbiddenError."""
        if not editor.edits_all:
            raise ForbiddenError
        newest = self._store.newest_version()
        self._read(text, newest)
        changes = len(difference(self.present().tables, tables_of(text)))
        noted = Entry(What.DRAFT_IMPORTED, "catalogue", editor.officer, after={"changes": changes})
        self._store.save_draft(Draft(text, newest, editor.officer, self._clock()), expected, [noted])

    def discard(self, expected: str, editor: Editor) -> None:
        """Raises DraftMovedError, ForbiddenError."""
        if not editor.publishes:
            raise ForbiddenError
        self._store.discard_draft(expected, editor.officer)

    # --- publishing ---

    def publish(self, expected: str, newest: int, note: str, editor: Editor) -> StoredCatalogue:
        """The draft that somebody saw, over the version that they saw.

        Raises CatalogueError, NobodyLeftError, DraftMovedError, OutdatedError, ForbiddenError."""
        if not editor.publishes:
            raise ForbiddenError
        present = self.present()
        if present.draft is None or present.digest != expected:
            raise DraftMovedError
        self._read(present.document.text, present.newest)
        _refuse_without_administrator(present.published.tables, present.tables)
        return self._store.publish(
            present.document.text,
            self._clock(),
            by=editor.officer,
            note=note,
            newest=newest,
            expected=expected,
            changes=len(present.changes()),
        )

    def revert(self, version: int, newest: int, note: str, editor: Editor) -> StoredCatalogue:
        """Publish an older text once more; the draft stays as it is.

        Raises CatalogueError, NobodyLeftError, OutdatedError, NoSuchThingError, ForbiddenError."""
        if not editor.publishes:
            raise ForbiddenError
        text = self._store.text_of(version)
        if text is None:
            raise NoSuchThingError
        present = self.present()
        self._read(text, present.newest)
        tables = tables_of(text)
        _refuse_without_administrator(present.published.tables, tables)
        return self._store.publish(
            text,
            self._clock(),
            by=editor.officer,
            note=note,
            newest=newest,
            expected=present.digest,
            changes=len(difference(present.published.tables, tables)),
            reverts_to=version,
        )

    # --- below ---

    def _edit(self, edit: Callable[[Present], Document], editor: Editor) -> None:
        for _ in range(_TRIES):
            present = self.present()
            after = edit(present)
            if after.text == present.document.text:
                return
            based_on = present.newest if present.draft is None else present.draft.based_on
            try:
                draft = Draft(after.text, based_on, editor.officer, self._clock())
                self._store.save_draft(draft, present.digest, told_of(difference(present.tables, after.tables), editor))
            except DraftMovedError:
                continue
            return
        raise DraftMovedError

    def _changed(self, present: Present, now: Item | None) -> ChangedMeanwhileError:
        draft = present.draft
        return ChangedMeanwhileError(now, "" if draft is None else draft.by, None if draft is None else draft.at)

    def as_published(self, text: str) -> Catalogue:
        """What would hold once this text is published. Raises CatalogueError."""
        return self._read(text, self._store.newest_version())

    def _read(self, text: str, newest: int) -> Catalogue:
        """As the server will. Raises CatalogueError."""
        return read_catalogue(text, version=newest + 1, today=self._clock().date(), earlier=self._store.earlier_texts())


def told_of(changes: Sequence[Change], editor: Editor) -> list[Entry]:
    """One entry of the audit log for each thing that a change touches; names and texts of it stay out of the log."""
    return [
        Entry(
            What.DRAFT_CHANGED,
            f"{one.kind.name} {one.identity}".strip(),
            editor.officer,
            after={"how": one.sort.value, "fields": ", ".join(field.field.key for field in one.fields)}
            if one.fields
            else {"how": one.sort.value},
        )
        for one in changes
    ]


def fingerprint(item: Item | None) -> str:
    """Tells whether a thing is still what was shown."""
    if item is None:
        return ""
    content = json.dumps(item, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:24]


@lru_cache(maxsize=4)
def _document(text: str) -> Document:
    return Document(text)


@lru_cache(maxsize=4)
def _mistakes(text: str) -> tuple[Placed, ...]:
    return tuple(placed(check(text), _document(text).tables))


def _refuse_without_administrator(before: Tables, after: Tables) -> None:
    if _administrators(before) and not _administrators(after):
        raise NobodyLeftError


def _administrators(tables: Tables) -> list[str]:
    return [one for one, item in tables[OFFICER.name].items() if item.get("role") == Role.ADMINISTRATOR]
