"""XLSX: a sheet for each section with real numbers, times and dates, so that people can go on counting."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from server.app.harmless import harmless
from server.app.reports.report import Cell, Column, Report, Section, Unit
from server.domain.reports.spans import is_month
from server.reporting.saying import about, finding, heading, plain_date, said, word
from shared.vocabulary import Language, Words

SECONDS_OF_DAY = 86_400  # a spreadsheet counts time in days
_HEAD = PatternFill("solid", fgColor="E2F0EC")
_FORMATS = {
    Unit.COUNT: "#,##0",
    Unit.DECIMAL: "#,##0.0",
    Unit.MINUTES: "#,##0.0",
    Unit.DURATION: "[h]:mm:ss",
    Unit.SHARE: "0.0%",
    Unit.HOUR: '00":00"',
}
WIDEST = 60  # characters
LONGEST_NAME = 31  # of a sheet


def as_xlsx(report: Report, language: Language) -> bytes:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _front(first, report, language)
    for section in report.sections:
        _sheet(book.create_sheet(), section, language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _front(sheet: Worksheet, report: Report, language: Language) -> None:
    sheet.title = word("all_of_it", language)
    sheet.append([harmless(report.site.in_(language))])
    sheet.append([harmless(report.subject_name.in_(language))])
    first, last = (plain_date(day, language) for day in (report.stretch.first, report.stretch.last))
    sheet.append([word("day_by_day", language, first=first, last=last)])
    sheet.append([])
    head = len(list(sheet.rows)) + 1
    first, last = (plain_date(day, language) for day in (report.before.first, report.before.last))
    sheet.append(["", word("title", language), word("compared", language, first=first, last=last)])
    for card in report.cards:
        row = [
            harmless(word(f"card_{card.key}", language)),
            _value(card.value, card.unit),
            _value(card.before, card.unit),
        ]
        sheet.append(row)
        for cell in list(sheet.rows)[-1][1:]:
            cell.number_format = _FORMATS[card.unit]
    sheet.append([])
    for section in report.sections:
        if said_of_it := finding(section, language):
            sheet.append([harmless(word(section.key, language)), harmless(said_of_it)])
    sheet.append([])
    for line in about(report, language):
        sheet.append([harmless(line)])
    for row_number in (1, 2, 3, head):
        for cell in sheet[row_number]:
            cell.font = Font(bold=True)
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = sheet.column_dimensions["C"].width = 24


def _sheet(sheet: Worksheet, section: Section, language: Language) -> None:
    columns = section.table.columns
    sheet.title = word(section.key, language).replace("/", "-")[:LONGEST_NAME]
    sheet.append([harmless(heading(column, language)) for column in columns])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in section.table.rows:
        sheet.append([_typed(cell, column, language) for cell, column in zip(row, columns, strict=True)])
    for at, column in enumerate(columns, start=1):
        letter = get_column_letter(at)
        longest = max((len(said(row[at - 1], column.unit, language)) for row in section.table.rows), default=0)
        sheet.column_dimensions[letter].width = min(WIDEST, max(longest, 11) + 2)
        for cell in sheet[letter][1:]:
            if column.unit in _FORMATS:
                cell.number_format = _FORMATS[column.unit]
            elif isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _typed(cell: Cell, column: Column, language: Language) -> Any:
    if column.unit is Unit.SPAN and isinstance(cell, str):
        return cell if is_month(cell) else date.fromisoformat(cell)
    if isinstance(cell, str | Words):
        return harmless(said(cell, column.unit, language))
    return _value(cell, column.unit)


def _value(value: float | None, unit: Unit) -> float | None:
    if value is None:
        return None
    return value / SECONDS_OF_DAY if unit is Unit.DURATION else value
