"""Columns: how a catalogue lies in a spreadsheet. One sheet for each kind, one row for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from server.app.catalogue_editing.kinds import Field, Kind
from server.app.catalogue_editing.schema import KINDS
from server.app.catalogue_editing.texts import IN_TWO_LANGUAGES
from shared.vocabulary import Language

MOST_ROWS, MOST_COLUMNS = 5_000, 80


@dataclass(frozen=True, slots=True)
class Column:
    field: Field
    language: Language | None = None

    @property
    def heading(self) -> str:
        """In both languages, so that the file can be passed on."""
        group = "" if self.field.group is None else f"{self.field.group.id}: "
        words = _both(f"{group}{self.field.label.id}", self.field.label.en)
        return words if self.language is None else f"{words} [{self.language.value}]"


def columns_of(kind: Kind) -> list[Column]:
    return [column for field in kind.fields for column in _columns(field)]


def _columns(field: Field) -> Iterator[Column]:
    if field.shape in IN_TWO_LANGUAGES:
        yield from (Column(field, language) for language in Language)
    else:
        yield Column(field)


def sheet_of(kind: Kind) -> str:
    """A sheet's name; a slash may not stand in one."""
    return kind.one.id if kind.one.id == kind.one.en else f"{kind.many.id} - {kind.many.en}"


def _both(one: str, other: str) -> str:
    return one if one == other else f"{one} / {other}"


SHEETS = {sheet_of(kind): kind for kind in KINDS.values()}
