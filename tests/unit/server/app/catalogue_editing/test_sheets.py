"""Spreadsheets: what was exported comes back without a difference; what is wrong is named by sheet, row and column."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from server.app.catalogue_editing.columns import columns_of, sheet_of
from server.app.catalogue_editing.difference import difference
from server.app.catalogue_editing.document import Document, rewritten
from server.app.catalogue_editing.kinds import Item, Shape
from server.app.catalogue_editing.placing import placed
from server.app.catalogue_editing.schema import KINDS, OFFICER, SERVICE, SITE, ZONE
from server.app.catalogue_editing.sheets_in import LARGEST, Cell, SheetWrong, read_workbook
from server.app.catalogue_editing.sheets_out import workbook_of
from server.app.catalogue_editing.tables import Tables
from server.app.catalogue_editing.texts import Wrong
from server.app.catalogue_editing.writing import copied
from server.app.catalogue_file import Code, check

SAMPLE = Path("server/sample/mpp-badung-sample.toml").read_text(encoding="utf-8")
NONE: Tables = {name: {} for name in KINDS}


@pytest.fixture(scope="module")
def sample() -> Document:
    return Document(SAMPLE)


@pytest.fixture(scope="module")
def exported(sample: Document) -> bytes:
    return workbook_of(sample.tables)


def sheet_with(kind: Any, head: list[str], *rows: list[object]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = sheet_of(kind)
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_was_exported_comes_back_without_a_difference(sample: Document, exported: bytes) -> None:
    for present in (sample.tables, NONE):
        read = read_workbook(exported, present)
        assert read.mistakes == []
        assert difference(sample.tables, read.tables) == []


def test_an_unchanged_spreadsheet_leaves_the_text_as_it_is(sample: Document, exported: bytes) -> None:
    counters = {one: item["number"] for one, item in sample.tables["counter"].items()}
    back = rewritten(sample, read_workbook(exported, sample.tables).tables)
    assert all(str(back.tables["counter"][one]["number"]) == str(number) for one, number in counters.items())
    assert "# --- Zones ---" in back.text


def test_comments_outlive_a_changed_spreadsheet(sample: Document) -> None:
    tables = {name: {one: copied(item) for one, item in things.items()} for name, things in sample.tables.items()}
    tables["service"]["kk-ubah"]["standard_minutes"] = 12
    del tables["holiday"]["2027-01-13"]
    after = rewritten(sample, read_workbook(workbook_of(tables), sample.tables).tables)
    assert {change.identity for change in difference(sample.tables, after.tables)} == {"kk-ubah", "2027-01-13"}
    assert "# --- Zones ---" in after.text


_NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\u200e\u200f\ufeff"),
    min_size=1,
    max_size=20,
)


@settings(max_examples=10, deadline=None)
@given(name=_NAMES, requirement=_NAMES, fee=_NAMES)
def test_any_words_come_back(name: str, requirement: str, fee: str) -> None:
    service: Item = {
        "id": "s",
        "agency": "a",
        "name": {"id": name, "en": f"={name}"},
        "requirements": [{"id": f"+{requirement}", "en": requirement}, {"id": "x", "en": "@y"}],
        "fee": {"id": fee, "en": f"-{fee}"},
        "standard_minutes": 5,
    }
    tables = NONE | {"service": {"s": service}}
    read = read_workbook(workbook_of(tables), NONE)
    assert read.mistakes == []
    assert read.tables == tables


def test_a_text_that_looks_like_a_formula_is_exported_as_a_text(sample: Document) -> None:
    officer: Item = {"id": "x", "name": "=HYPERLINK(1)"}
    book = load_workbook(io.BytesIO(workbook_of(NONE | {"officer": {"x": officer}})))
    cell = book[sheet_of(OFFICER)]["B2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=HYPERLINK(1)", True)


def test_a_formula_is_named_and_not_read() -> None:
    read = read_workbook(sheet_with(OFFICER, ["id", "name"], ["x", "=1+1"]), NONE)
    assert [(one.cell, one.wrong) for one in read.mistakes] == [(Cell(sheet_of(OFFICER), 2, "B"), SheetWrong.FORMULA)]


def test_mistakes_are_named_by_sheet_row_and_column() -> None:
    content = sheet_with(
        SERVICE,
        ["id", "standard_minutes", "requirements id", "requirements en", "Warna / Colour"],
        ["a", "ten", "one\ntwo", "one"],
        ["a", 5],
        [None, 5],
    )
    name = sheet_of(SERVICE)
    assert [(one.cell, one.wrong) for one in read_workbook(content, NONE).mistakes] == [
        (Cell(name, 1, "E"), SheetWrong.UNKNOWN_COLUMN),
        (Cell(name, 2, "B"), Wrong.NOT_A_NUMBER),
        (Cell(name, 2, "C"), Wrong.LINES_DIFFER),
        (Cell(name, 3, ""), SheetWrong.IDENTITY_TWICE),
        (Cell(name, 4, ""), SheetWrong.NO_IDENTITY),
    ]


def test_mistakes_of_the_catalogue_are_named_by_their_cell(sample: Document) -> None:
    tables = {name: {one: copied(item) for one, item in things.items()} for name, things in sample.tables.items()}
    tables["service"]["kk-ubah"]["standard_minutes"] = 9999
    read = read_workbook(workbook_of(tables), sample.tables)
    text = rewritten(sample, read.tables).text
    [wrong] = [one for one in placed(check(text), Document(text).tables) if one.mistake.code is Code.OUT_OF_RANGE]
    row = list(tables["service"]).index("kk-ubah") + 2
    column = [one.field.key for one in columns_of(SERVICE)].index("standard_minutes")
    assert read.cell_of(wrong) == Cell(sheet_of(SERVICE), row, "ABCDEFGHIJKL"[column])


def test_one_sheet_with_a_few_columns_changes_only_those(sample: Document) -> None:
    content = sheet_with(ZONE, ["id", "walking_seconds"], *[[zone, 77] for zone in sample.tables["zone"]])
    read = read_workbook(content, sample.tables)
    assert read.mistakes == []
    changes = difference(sample.tables, read.tables)
    assert {change.kind for change in changes} == {ZONE}
    assert {field.field.key for change in changes for field in change.fields} == {"walking_seconds"}


def test_choices_are_read_in_either_language() -> None:
    content = sheet_with(
        OFFICER,
        ["id", "name", "role"],
        ["a", "A", "Pengawas"],
        ["b", "B", "supervisor"],
        ["c", "C", "Petugas / Officer"],
    )
    roles = {one: item.get("role") for one, item in read_workbook(content, NONE).tables["officer"].items()}
    assert roles == {"a": "supervisor", "b": "supervisor", "c": "officer"}


def a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (65 * 1024 * 1024))
    return out.getvalue()


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(300):
            archive.writestr(f"part{number}", b"")
    return out.getvalue()


def with_entities() -> bytes:
    """A workbook whose sheet grows when it is read."""
    out = io.BytesIO()
    source = io.BytesIO(sheet_with(ZONE, ["id"], ["a"]))
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    )
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part, bomb if "sheet1" in part.filename else old.read(part))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", SheetWrong.NOT_A_WORKBOOK),
        (b"PK\x03\x04 no archive", SheetWrong.NOT_A_WORKBOOK),
        (b"0" * (LARGEST + 1), SheetWrong.TOO_LARGE),
        (a_bomb(), SheetWrong.TOO_LARGE),
        (many_parts(), SheetWrong.TOO_LARGE),
        (with_entities(), SheetWrong.NOT_A_WORKBOOK),
    ],
    ids=["empty", "damaged", "large", "bomb", "many parts", "entities"],
)
def test_a_hostile_file_is_refused(content: bytes, wrong: SheetWrong) -> None:
    read = read_workbook(content, NONE)
    assert [one.wrong for one in read.mistakes] == [wrong]


def test_a_workbook_of_something_else_is_refused() -> None:
    book = Workbook()
    out = io.BytesIO()
    book.save(out)
    assert SheetWrong.NO_SHEET in {one.wrong for one in read_workbook(out.getvalue(), NONE).mistakes}


def test_headings_are_one_of_a_kind() -> None:
    for kind in KINDS.values():
        headings = [column.heading.casefold() for column in columns_of(kind)]
        assert len(set(headings)) == len(headings)
        assert len(sheet_of(kind)) <= 31
    assert SITE.field("languages").shape is Shape.CHOICES  # type: ignore[union-attr]  # it has one
