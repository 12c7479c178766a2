"""The index's periods, its one sheet and its spreadsheet, without a server."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from server.app.harmless import harmless
from server.app.survey_ports import About, KeptAnswer, KeptRating, KeptText
from server.domain.satisfaction import ELEMENTS
from server.web.ikm.periods import figure, is_over, months_back, period_words, usual_spans
from server.web.ikm.sheet_pdf import sheet_pdf
from server.web.ikm.spreadsheet import answers_xlsx
from server.web.ikm.words import WORDS
from shared.vocabulary import AgencyId, Channel, CounterId, Element, Language, ServiceId
from tests.unit.server.app.test_satisfaction_report import FOURS, a_report, about

TODAY = date(2026, 11, 24)


def test_the_usual_periods_are_quarters_halves_and_years() -> None:
    spans = {span.words.en: (span.first, span.last) for span in usual_spans(TODAY)}
    assert spans == {
        "This quarter": ("2026-10", "2026-12"),
        "Last quarter": ("2026-07", "2026-09"),
        "Last half-year": ("2026-01", "2026-06"),
        "This year": ("2026-01", "2026-12"),
        "Last year": ("2025-01", "2025-12"),
    }
    january = {span.words.en: (span.first, span.last) for span in usual_spans(date(2026, 1, 31))}
    assert january["Last quarter"] == ("2025-10", "2025-12")
    assert january["Last half-year"] == ("2025-07", "2025-12")


def test_months_go_back_three_years_and_a_period_is_over_with_its_last_month() -> None:
    assert months_back(TODAY)[:2] == ["2026-11", "2026-10"]
    assert months_back(TODAY)[-1] == "2023-12"
    assert is_over("2026-10", TODAY)
    assert not is_over("2026-11", TODAY)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-10", "2026-12", "Oktober – Desember 2026"),
        ("2025-12", "2026-01", "Desember 2025 – Januari 2026"),
        ("2026-05", "2026-05", "Mei 2026"),
    ],
)
def test_a_period_is_named_as_people_do(first: str, last: str, words: str) -> None:
    assert period_words(first, last, Language.INDONESIAN) == words


def test_a_figure_has_the_languages_decimal_mark() -> None:
    assert figure("91.48", Language.INDONESIAN) == "91,48"
    assert figure("91.48", Language.ENGLISH) == "91.48"


def test_the_sheet_is_one_page_with_all_that_the_index_stands_on() -> None:
    scores = {**FOURS, Element.TIME: 3}
    report = a_report(*[(about(), scores)] * 12)
    found = report.sheets[0]
    for language in Language:
        document = pypdfium2.PdfDocument(sheet_pdf(report, found, language, "NOTE"))
        assert len(document) == 1
        text = document[0].get_textpage().get_text_bounded()
        document.close()
        said = ("97.22", "97.13", "96.25") if language is Language.ENGLISH else ("97,22", "97,13", "96,25")
        for words in (*said, "12", "NOTE", "14/2017", report.site.in_(language), WORDS["band_A"].in_(language)):
            assert words in text, (language, words)


def test_a_sheet_with_too_few_respondents_says_so_and_nothing_else() -> None:
    report = a_report((about(), FOURS))
    document = pypdfium2.PdfDocument(sheet_pdf(report, report.sheets[0], Language.ENGLISH, ""))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "100.00" not in text
    assert "Fewer than 3 respondents" in text


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "＝1+1"])
def test_no_text_becomes_a_formula(evil: str) -> None:
    here = About("2026-11", AgencyId("a"), ServiceId("s"), CounterId("c"), Channel.TABLET)
    content = answers_xlsx(
        [KeptAnswer(here, {Element.TIME: 2})],
        [KeptRating(AgencyId("a"), ServiceId("s"), CounterId("c"), 4, 7)],
        [KeptText("2026-11", AgencyId("a"), ServiceId("s"), Language.INDONESIAN, evil)],
        lambda kind, _: evil if kind == "agency" else kind,
        Language.ENGLISH,
    )
    book = load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert book["Suggestions"]["D2"].value == harmless(evil) == f"'{evil}"
    row = [cell.value for cell in book["Answers"][2]]
    assert row[:5] == ["2026-11", f"'{evil}", "service", "counter", "Tablet at the exit"]
    assert row[5:] == [2 if element is Element.TIME else None for element in ELEMENTS]


def test_both_languages_say_everything() -> None:
    assert all(words.id.strip() and words.en.strip() for words in WORDS.values())
