"""Rights: who may change what of a catalogue. An agency's head changes what is the agency's, and publishes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.app.catalogue_editing.kinds import Kind, strings
from server.app.catalogue_editing.schema import COUNTER, OFFICER, SERVICE
from server.app.catalogue_editing.tables import Tables, agency_of
from server.app.catalogue_file.draft import WHOLE_AGENCY
from server.domain.catalogue import Officer
from shared.vocabulary import Role

OF_AN_AGENCY = (SERVICE, COUNTER, OFFICER)


@dataclass(frozen=True, slots=True)
class Editor:
    officer: str
    role: Role
    agency: str | None = None

    @property
    def edits_all(self) -> bool:
        return self.role is Role.ADMINISTRATOR

    @property
    def publishes(self) -> bool:
        return self.role is Role.ADMINISTRATOR


class ForbiddenError(Exception):
    """That is not this person's to change."""


def may_see(editor: Editor, kind: Kind, item: Mapping[str, object]) -> bool:
    """Heads of agencies see of these kinds what is theirs; everything else is the hall's, and no secret."""
    if editor.role is not Role.AGENCY_HEAD or kind not in OF_AN_AGENCY:
        return True
    return agency_of(kind, item) == editor.agency


def may_add(editor: Editor, kind: Kind) -> bool:
    return editor.edits_all or (_leads(editor) and kind in OF_AN_AGENCY)


def may_change(editor: Editor, kind: Kind, item: Mapping[str, object]) -> bool:
    if editor.edits_all:
        return True
    return _leads(editor) and kind in OF_AN_AGENCY and agency_of(kind, item) == editor.agency and _is_plain(kind, item)


def may_give_pin(editor: Editor, officer: Officer) -> bool:
    """A head gives the own agency's officers theirs; never somebody's who may do more, or who sits at any counter."""
    if editor.edits_all:
        return True
    return _leads(editor) and officer.role is Role.OFFICER and officer.agency == editor.agency


def refuse_change(
    editor: Editor, kind: Kind, before: Mapping[str, object] | None, after: Mapping[str, object] | None, tables: Tables
) -> None:
    """What it was and what it becomes must both be the editor's. Raises ForbiddenError."""
    for item in (before, after):
        if item is not None and not may_change(editor, kind, item):
            raise ForbiddenError
    if after is not None and not editor.edits_all and not _serves_own(editor, kind, before, after, tables):
        raise ForbiddenError


def _leads(editor: Editor) -> bool:
    return editor.role is Role.AGENCY_HEAD and editor.agency is not None


def _is_plain(kind: Kind, item: Mapping[str, object]) -> bool:
    """Nobody but an administrator makes, or unmakes, those who may do more than an officer."""
    return kind is not OFFICER or item.get("role", Role.OFFICER) == Role.OFFICER


def _serves_own(
    editor: Editor,
    kind: Kind,
    before: Mapping[str, object] | None,
    after: Mapping[str, object],
    tables: Tables,
) -> bool:
    """No other agency's services come into a profile that were not in it before."""
    for key in ("profile", "helps") if kind is COUNTER else ():
        for one in set(strings(after.get(key))) - set(strings((before or {}).get(key))):
            agency = one.removeprefix(WHOLE_AGENCY)
            if one == agency:
                agency = str(tables[SERVICE.name].get(one, {}).get("agency", editor.agency))
            if agency != editor.agency:
                return False
    return True
