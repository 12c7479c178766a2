"""The same report as a page, a spreadsheet, CSV and PDF: real numbers, no formulas, pages that can be read."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, StringIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from server.app.reports.report import Card, Cell, Column, Drawing, Finding, LeftOut, Report, Section, Table, Unit
from server.domain.reports.figures import SITE
from server.domain.reports.histogram import ERROR
from server.domain.reports.spans import Stretch
from server.reporting.charts import NARROW, WIDE, as_svg
from server.reporting.csv_file import as_csv
from server.reporting.page import as_html
from server.reporting.pdf import as_pdf
from server.reporting.saying import duration, left_out, number, span
from server.reporting.spreadsheet import as_xlsx
from shared.vocabulary import Language, Words

ID, EN = Language.INDONESIAN, Language.ENGLISH
EVIL = Words('=HYPERLINK("http://evil.example","<b>x</b>")', "@SUM(A1)")
COURSE = Section(
    "course",
    Table(
        (
            Column("span", Unit.SPAN),
            Column("visits", Unit.COUNT),
            Column("served", Unit.COUNT),
            Column("missed", Unit.COUNT),
            Column("wait_median", Unit.DURATION),
            Column("wait_p90", Unit.DURATION),
        ),
        [("2026-11-02", 1200, 1100, 40, 754.0, 1800.0), ("2026-11-03", 900, 850, 20, None, None)],
    ),
    Drawing.COURSE,
)
SERVICES = Section(
    "services",
    Table(
        (Column("service", Unit.TEXT), Column("visits", Unit.COUNT), Column("no_shows", Unit.SHARE)),
        [(EVIL, 2100, 0.0625), (Words("KTP", "Identity card"), 12, None)],
    ),
)
HEAT = Section(
    "heat_arrivals",
    Table(
        (Column("hour", Unit.HOUR), Column("day_0", Unit.DECIMAL), Column("day_1", Unit.DECIMAL)),
        [(8, 3.5, 40.0), (9, None, 0.0)],
    ),
    Drawing.HEAT,
    Finding(
        "finding_heat_arrivals",
        {"day": ("weekday_1", Unit.WORD), "hour": (8, Unit.HOUR), "value": (40.0, Unit.DECIMAL)},
    ),
)
RANGES = Section(
    "agencies",
    Table(
        (
            Column("agency", Unit.TEXT),
            Column("visits", Unit.COUNT),
            Column("wait_median", Unit.DURATION),
            Column("wait_p90", Unit.DURATION),
        ),
        [(EVIL, 2100, 700.0, 1900.0), (Words("KTP", "Identity card"), 12, None, None)],
    ),
    Drawing.RANGE,
)
STAFFING = Section(
    "staffing",
    Table(
        (
            Column("hour", Unit.HOUR),
            Column("arrivals", Unit.DECIMAL),
            Column("open_counters", Unit.DECIMAL),
            Column("each", Unit.DECIMAL),
        ),
        [(8, 1.0, 0.0, None)],
    ),
    Drawing.STAFFING,
)
REPORT = Report(
    site=Words("MPP Contoh", "Sample MPP"),
    subject=SITE,
    subject_name=Words("MPP Contoh", "Sample MPP"),
    stretch=Stretch(date(2026, 11, 1), date(2026, 11, 30)),
    before=Stretch(date(2026, 10, 1), date(2026, 10, 31)),
    made_at=datetime(2026, 12, 1, 1, 0, tzinfo=UTC),
    time_zone="Asia/Makassar",
    cards=(
        Card("visits", Unit.COUNT, 2100, 1000, None),
        Card("wait_median", Unit.DURATION, 754.0, 1500.0, True),
        Card("no_shows", Unit.SHARE, 0.0625, None, True),
    ),
    sections=(COURSE, HEAT, SERVICES, RANGES),
    left_out=(LeftOut("serving", 2975, (("left_open", 12), ("too_short", 25), ("too_long", 0))),),
    pending=(date(2026, 11, 5),),
    live=False,
    error=ERROR,
    visits=2100,
)


def test_what_is_left_out_is_said_with_its_reasons() -> None:
    (one,) = REPORT.left_out
    assert left_out(one, EN) == "Service: 37 of 3,012 left out: 12 left open, 25 too short."
    assert left_out(one, ID) == "Pelayanan: 37 dari 3.012 tidak dihitung: 12 dibiarkan terbuka, 25 terlalu singkat."
    assert left_out(replace(one, reasons=()), EN) == "Service: all 2,975 times are counted."


@pytest.mark.parametrize(
    ("seconds", "indonesian", "english"),
    [
        (0.4, "0 dtk", "0 s"),
        (59.6, "1,0 mnt", "1.0 min"),
        (450, "7,5 mnt", "7.5 min"),
        (3599, "1 jam 00 mnt", "1 h 00 min"),
    ],
)
def test_times_are_said_in_two_units_at_most(seconds: float, indonesian: str, english: str) -> None:
    assert (duration(seconds, ID), duration(seconds, EN)) == (indonesian, english)


def test_numbers_and_dates_are_written_as_the_language_has_them() -> None:
    assert (number(1234567.5, 1, ID), number(1234567.5, 1, EN)) == ("1.234.567,5", "1,234,567.5")
    assert (span("2026-11-23", ID), span("2026-11", EN)) == ("Sen 23/11/2026", "November 2026")


def test_the_page_escapes_what_a_catalogue_says_and_links_to_its_files() -> None:
    page = as_html(REPORT, ID, "period=own&first=2026-11-01")
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "/reports/file/csv?period=own&amp;first=2026-11-01&amp;section=services" in page
    assert "turun, lebih baik" in page  # the wait, against the month before
    assert 'class="number heat-5"' in page
    assert "12 mnt – 32 mnt" in page  # a range says its ends
    assert "mulai 33" in page  # what the darkest shade means
    assert "Paling ramai Selasa pukul 08:00: rata-rata 40,0 kunjungan sejam." in page
    assert 'data-label="Tunggu, median"' in page  # a card on a phone says what each figure is
    assert "1 hari masih dijumlahkan" in page
    assert " style=" not in page


def test_a_spreadsheet_holds_numbers_times_and_dates_and_no_formula() -> None:
    book = load_workbook(BytesIO(as_xlsx(REPORT, EN)))
    assert book.sheetnames == ["About", "Over time", "Arrivals by the hour", "Services", "Agencies"]
    assert "Busiest: Tuesday from 08:00, 40.0 visits an hour on average." in [row[1].value for row in book["About"]]
    course = book["Over time"]
    assert course.freeze_panes == "A2"
    assert course["A2"].value == datetime(2026, 11, 2)  # noqa: DTZ001 - a day, as a spreadsheet has it
    assert course["B2"].value == 1200
    assert course["E2"].number_format == "[h]:mm:ss"
    assert round(_seconds(course["E2"].value)) == 754
    assert course["E3"].value is None
    services = book["Services"]
    assert (services["A2"].value, services["A2"].data_type) == ("'@SUM(A1)", "s")
    assert (services["C2"].value, services["C2"].number_format) == (0.0625, "0.0%")
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


@pytest.mark.parametrize(("separator", "share"), [(";", "0,0625"), (",", "0.0625")])
def test_csv_begins_with_a_mark_and_has_no_formula(separator: str, share: str) -> None:
    text = as_csv(SERVICES, ID, separator).decode()
    assert text.startswith("\ufeff")
    head, evil, plain = csv.reader(StringIO(text[1:]), delimiter=separator)
    assert head == ["Layanan", "Kunjungan", "Tidak hadir, bagian"]
    assert evil == [f"'{EVIL.id}", "2100", share]
    assert plain == ["KTP", "12", ""]


@pytest.mark.parametrize("language", Language)
def test_a_pdf_is_a4_names_what_it_is_and_counts_its_pages(language: Language) -> None:
    document = pypdfium2.PdfDocument(as_pdf(REPORT, language))
    first = document[0]
    assert [round(side) for side in first.get_size()] == [595, 842]
    text = first.get_textpage().get_text_bounded()
    pages, visits = (f"1 dari {len(document)}", "2.100") if language is ID else (f"1 of {len(document)}", "2,100")
    for words in (REPORT.site.in_(language), visits, pages):
        assert words in text
    dark = first.render(scale=0.5).to_pil().convert("L").histogram()
    assert 5 < sum(dark[:200]) / sum(dark) * 100 < 60


def _seconds(cell: object) -> float:
    """openpyxl reads a duration as a time of day or as a stretch of time."""
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    assert isinstance(cell, timedelta)
    return cell.total_seconds()


@pytest.mark.parametrize("rows", [[], [("2026-11-02", 1, 0, 0, None, None)]])
def test_a_chart_of_nobody_or_of_one_visit_is_drawn(rows: list[tuple[Cell, ...]]) -> None:
    for section in (COURSE, RANGES, STAFFING):
        kept = [row[: len(section.table.columns)] for row in rows] if section is COURSE else section.table.rows[-1:]
        few = replace(section, table=replace(section.table, rows=kept))
        for wide in (WIDE, NARROW) if section is not RANGES else (WIDE,):
            assert b"</svg>" in as_svg(few, ID, wide)
