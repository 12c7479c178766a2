"""The raw table as a spreadsheet: every answer a row, the quick ratings and the suggestions on sheets of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from server.app.harmless import harmless
from server.app.survey_ports import KeptAnswer, KeptRating, KeptText
from server.domain.satisfaction import ELEMENTS
from server.web.ikm.words import WORDS
from shared.survey_words import QUESTIONS
from shared.vocabulary import Language

_WIDEST = 60
Names = Callable[[str, str], str]
"""The name of a group by its kind and id."""


def answers_xlsx(
    answers: Iterable[KeptAnswer],
    ratings: Iterable[KeptRating],
    texts: Iterable[KeptText],
    names: Names,
    language: Language,
) -> bytes:
    def said(*keys: str) -> list[str]:
        return [WORDS[key].in_(language) for key in keys]

    hidden = said("hidden_in_table")[0]

    def named(kind: str, identity: str) -> str:
        return names(kind, identity) if identity else hidden

    book = Workbook()
    book.remove(book.worksheets[0])
    elements = [QUESTIONS[element].name.in_(language) for element in ELEMENTS]
    _sheet(
        book,
        said("answers")[0],
        [*said("month", "agency", "service", "counter", "channel"), *elements],
        (
            [
                answer.about.month,
                named("agency", answer.about.agency),
                named("service", answer.about.service),
                named("counter", answer.about.counter),
                said(f"channel_{answer.about.channel.value}")[0],
                *(answer.scores.get(element) for element in ELEMENTS),
            ]
            for answer in answers
        ),
    )
    _sheet(
        book,
        said("quick")[0],
        said("agency", "service", "counter", "rating", "count"),
        (
            [named("agency", r.agency), named("service", r.service), named("counter", r.counter), r.rating, r.count]
            for r in ratings
        ),
    )
    _sheet(
        book,
        said("suggestions")[0],
        said("month", "agency", "service", "text"),
        ([t.month, named("agency", t.agency), named("service", t.service), t.text] for t in texts),
    )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Workbook, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.append([harmless(head) for head in heads])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E2F0EC")
    widths = [len(head) for head in heads]
    for row in rows:
        sheet.append([harmless(value) if isinstance(value, str) else value for value in row])
        widths = [max(width, len(str(value or ""))) for width, value in zip(widths, row, strict=True)]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = min(_WIDEST, width + 2)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
