"""A catalogue as a spreadsheet (XLSX). A text that looks like a formula stays a text."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from server.app.catalogue_editing.columns import Column, columns_of, sheet_of
from server.app.catalogue_editing.kinds import Item, Shape, value_of
from server.app.catalogue_editing.schema import KINDS
from server.app.catalogue_editing.tables import Tables
from server.app.catalogue_editing.texts import text_of
from server.app.harmless import is_formula

_NARROW, _WIDE = 14, 42  # characters


def workbook_of(tables: Tables) -> bytes:
    from openpyxl import Workbook  # not needed by a server that nobody asks for it

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new one has an active sheet
    for kind in KINDS.values():
        sheet = book.create_sheet(sheet_of(kind))
        columns = columns_of(kind)
        for number, column in enumerate(columns, start=1):
            _head(sheet.cell(1, number), column)
            sheet.column_dimensions[sheet.cell(1, number).column_letter].width = _width(column)
        for row, item in enumerate(tables[kind.name].values(), start=2):
            for number, column in enumerate(columns, start=1):
                _fill(sheet.cell(row, number), column, item)
        sheet.freeze_panes = "C2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _head(cell: Any, column: Column) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.value = column.heading
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", start_color="0B5A52")
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _fill(cell: Any, column: Column, item: Item) -> None:
    from openpyxl.styles import Alignment

    value = value_of(item, column.field.key)
    if value is None:
        return
    if column.field.shape in (Shape.NUMBER, Shape.DATE):
        cell.value = value
        return
    text = _shown(column, value)
    cell.value = text
    if is_formula(text):
        cell.data_type = "s"
        cell.quotePrefix = True  # as if somebody had typed an apostrophe before it
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _shown(column: Column, value: object) -> str:
    field = column.field
    if field.shape is Shape.CHOICE:
        for option in field.options:
            if option.value == value:
                same = option.label.id == option.label.en
                return option.label.id if same else f"{option.label.id} / {option.label.en}"
    return text_of(field, value, column.language)


def _width(column: Column) -> int:
    wide = column.field.shape in (Shape.WORDS, Shape.WORDS_LIST, Shape.REFERENCES) or column.field.key == "keywords"
    return _WIDE if wide else _NARROW
