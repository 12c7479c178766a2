"""A spreadsheet as a catalogue. Whatever is wrong is named by sheet, row and column; a hostile file costs little.

A sheet that is missing leaves its kind as it is, a column that is missing its field: a hall may hand round one sheet.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from typing import Any

from server.app.catalogue_editing.columns import MOST_COLUMNS, MOST_ROWS, SHEETS, Column, columns_of, sheet_of
from server.app.catalogue_editing.kinds import Item, Kind, Writing, put_value, value_of
from server.app.catalogue_editing.placing import Placed
from server.app.catalogue_editing.tables import Tables, identity_of
from server.app.catalogue_editing.texts import Wrong, WrongTextError, as_text, value_from
from server.app.catalogue_editing.writing import copied
from shared.vocabulary import Language

LARGEST = 8 * 1024 * 1024  # bytes; a hall of 150 services takes 60,000
_UNPACKED = 16 * 1024 * 1024
_BESIDE_UNPACKED = 1024 * 1024  # of styles and the like, which are read whole: 5 MB of them take 5 s
_TEXTS = ("xl/worksheets/", "xl/sharedStrings")
_PARTS = 200  # files in the archive


class SheetWrong(StrEnum):
    NOT_A_WORKBOOK = "not_a_workbook"
    TOO_LARGE = "too_large"
    NO_SHEET = "no_sheet"
    UNKNOWN_SHEET = "unknown_sheet"
    UNKNOWN_COLUMN = "unknown_column"
    COLUMN_TWICE = "column_twice"
    TOO_MANY_ROWS = "too_many_rows"
    FORMULA = "formula"
    NO_IDENTITY = "no_identity"
    IDENTITY_TWICE = "identity_twice"


@dataclass(frozen=True, slots=True)
class Cell:
    sheet: str = ""
    row: int = 0
    column: str = ""
    """Its letter; "" for the whole row."""


@dataclass(frozen=True, slots=True)
class SheetMistake:
    cell: Cell
    wrong: SheetWrong | Wrong
    value: str = ""


@dataclass(slots=True)
class Read:
    tables: Tables
    mistakes: list[SheetMistake] = field(default_factory=list)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    """Where each thing stands, by its kind and identity."""
    letters: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """The column of each field, by its kind, key and language."""

    def cell_of(self, placed: Placed) -> Cell:
        """Where a mistake of the catalogue stands in the spreadsheet; empty when it stands in none of its sheets."""
        if placed.kind is None or (placed.kind.name, placed.identity) not in self.rows:
            return Cell()
        name = placed.kind.name
        letter = next(
            (
                found
                for language in (placed.language, "", *Language)
                if (found := self.letters.get((name, placed.field, language)))
            ),
            "",
        )
        return Cell(sheet_of(placed.kind), self.rows[name, placed.identity], letter)


def read_workbook(content: bytes, present: Tables) -> Read:
    """What the sheets say, over what is present where they say nothing."""
    read = Read({name: dict(things) for name, things in present.items()})
    refused = _refused(content)
    if refused is not None:
        read.mistakes.append(SheetMistake(Cell(), refused))
        return read
    from openpyxl import load_workbook  # not needed by a server that nobody hands one

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        _read_sheets(book, read, present)
    except Exception:  # noqa: BLE001 - a damaged or hostile file raises nearly anything inside the library
        read.mistakes.append(SheetMistake(Cell(), SheetWrong.NOT_A_WORKBOOK))
    return read


def _refused(content: bytes) -> SheetWrong | None:
    """Before anything is unpacked: a few kilobytes may hold gigabytes."""
    if len(content) > LARGEST:
        return SheetWrong.TOO_LARGE
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return SheetWrong.NOT_A_WORKBOOK
    too_large = len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED
    beside = (part.file_size for part in parts if not part.filename.startswith(_TEXTS))
    return SheetWrong.TOO_LARGE if too_large or sum(beside) > _BESIDE_UNPACKED else None


def _read_sheets(book: Any, read: Read, present: Tables) -> None:
    known = {name.casefold(): kind for name, kind in SHEETS.items()}
    sheets = [(sheet, known.get(sheet.title.strip().casefold())) for sheet in book.worksheets]
    for sheet, kind in sheets:
        if kind is None:
            read.mistakes.append(SheetMistake(Cell(sheet.title), SheetWrong.UNKNOWN_SHEET, sheet.title))
        else:
            _Sheet(sheet.title, kind, read, present[kind.name]).read(_rows(sheet))
    if not any(kind for _, kind in sheets):
        read.mistakes.append(SheetMistake(Cell(), SheetWrong.NO_SHEET))


def _rows(sheet: Any) -> Iterator[Sequence[Any]]:
    """Bounded in both directions, whatever the sheet says of its own size."""
    return iter(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS))


class _Sheet:
    def __init__(self, title: str, kind: Kind, read: Read, present: Mapping[str, Item]) -> None:
        self._title, self._kind, self._read, self._present = title, kind, read, present

    def read(self, rows: Iterator[Sequence[Any]]) -> None:
        columns = self._columns(next(rows, ()))
        if not columns:
            return
        things: dict[str, Item] = {}
        for number, cells in enumerate(rows, start=2):
            texts = {place: self._text(cells, place, number) for place in columns}
            if not any(texts.values()):
                continue
            if number > MOST_ROWS + 1:
                self._note(number, "", SheetWrong.TOO_MANY_ROWS, str(MOST_ROWS))
                break
            self._thing(things, columns, texts, number)
        self._read.tables[self._kind.name] = things

    def _columns(self, head: Sequence[Any]) -> dict[int, Column]:
        known: dict[str, Column] = {}
        for column in columns_of(self._kind):
            key = column.field.key if column.language is None else f"{column.field.key} {column.language.value}"
            known |= {column.heading.casefold(): column, key: column}
        found: dict[int, Column] = {}
        for place, cell in enumerate(head):
            heading = " ".join(as_text(cell.value).split())
            if not heading:
                continue
            named = known.get(heading.casefold())
            if named is None:
                self._note(1, _letter(place), SheetWrong.UNKNOWN_COLUMN, heading)
            elif named in found.values():
                self._note(1, _letter(place), SheetWrong.COLUMN_TWICE, heading)
            else:
                found[place] = named
                language = "" if named.language is None else named.language.value
                self._read.letters[self._kind.name, named.field.key, language] = _letter(place)
        return found

    def _text(self, cells: Sequence[Any], place: int, row: int) -> str:
        if place >= len(cells):
            return ""
        cell = cells[place]
        if getattr(cell, "data_type", "n") == "f":
            self._note(row, _letter(place), SheetWrong.FORMULA)
            return ""
        return as_text(cell.value).strip()

    def _thing(
        self, things: dict[str, Item], columns: Mapping[int, Column], texts: Mapping[int, str], row: int
    ) -> None:
        said = self._values(columns, texts, row)
        own: Item = {}
        for key, value in said.items():
            put_value(own, key, value)
        identity = identity_of(self._kind, own)
        if not identity:
            self._note(row, "", SheetWrong.NO_IDENTITY)
            return
        if identity in things:
            self._note(row, "", SheetWrong.IDENTITY_TWICE, identity)
            return
        item = copied(self._present.get(identity, {}))
        for key, value in said.items():
            if value is None or str(value_of(item, key)) != value:  # a counter's number may stand without quotes
                put_value(item, key, value)
        if self._kind.writing is Writing.ONE and things:
            self._note(row, "", SheetWrong.IDENTITY_TWICE, identity)
            return
        things[identity] = item
        self._read.rows[self._kind.name, identity] = row

    def _values(self, columns: Mapping[int, Column], texts: Mapping[int, str], row: int) -> dict[str, object | None]:
        values: dict[str, object | None] = {}
        for place, column in columns.items():
            if column.field.key in values:
                continue  # its other language was read with the first
            of_field = {other.language: texts[there] for there, other in columns.items() if other.field is column.field}
            try:
                values[column.field.key] = value_from(column.field, of_field)
            except WrongTextError as error:
                values[column.field.key] = None
                self._note(row, _letter(place), error.wrong, texts[place])
        return values

    def _note(self, row: int, column: str, wrong: SheetWrong | Wrong, value: str = "") -> None:
        self._read.mistakes.append(SheetMistake(Cell(self._title, row, column), wrong, value[:80]))


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)
