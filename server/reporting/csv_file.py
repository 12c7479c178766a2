"""CSV: one table, for any spreadsheet program; a byte order mark tells it that the text is UTF-8."""

from __future__ import annotations

import csv
from io import StringIO

from server.app.harmless import harmless
from server.app.reports.report import Cell, Section, Unit
from server.reporting.saying import heading, said
from shared.vocabulary import Language, Words

MARK = "\ufeff"


def as_csv(section: Section, language: Language, separator: str) -> bytes:
    """Numbers as a spreadsheet program of that separator reads them: with ";", decimals have a comma."""
    out = StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    columns = section.table.columns
    writer.writerow([harmless(heading(column, language)) for column in columns])
    for row in section.table.rows:
        writer.writerow(
            [_cell(cell, column.unit, language, separator) for cell, column in zip(row, columns, strict=True)]
        )
    return (MARK + out.getvalue()).encode()


def _cell(cell: Cell, unit: Unit, language: Language, separator: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str | Words):
        return cell if unit is Unit.SPAN and isinstance(cell, str) else harmless(said(cell, unit, language))
    if unit is Unit.COUNT or unit is Unit.HOUR:
        return str(cell)
    text = f"{cell:.4f}" if unit is Unit.SHARE else f"{cell:.1f}"
    return text.replace(".", ",") if separator == ";" else text
