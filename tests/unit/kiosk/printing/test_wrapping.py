"""Fitting text to columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing.wrapping import balanced, cells, plain, wrap


@given(st.text(max_size=300), st.integers(min_value=8, max_value=48))
def test_no_line_is_wider_than_the_paper(text: str, columns: int) -> None:
    for line in (*wrap(text, columns), *balanced(text, columns)):
        assert cells(line) <= columns


@given(st.text(max_size=300), st.integers(min_value=8, max_value=48))
def test_wrapping_loses_no_character(text: str, columns: int) -> None:
    whole = plain(text).replace(" ", "")
    assert "".join(wrap(text, columns)).replace(" ", "") == whole
    assert "".join(balanced(text, columns)).replace(" ", "") == whole


@given(st.text(max_size=200))
def test_no_command_for_a_printer_survives(text: str) -> None:
    assert not any(char < " " or "\x7f" <= char < "\xa0" for char in plain(text))


def test_words_stay_whole_where_they_fit() -> None:
    assert wrap("Dinas Kependudukan dan Pencatatan Sipil", 32) == ["Dinas Kependudukan dan", "Pencatatan Sipil"]


def test_a_word_longer_than_the_paper_is_broken() -> None:
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_a_mark_stays_with_its_letter() -> None:
    assert wrap("e\u0301" * 4, 2) == ["e\u0301e\u0301", "e\u0301e\u0301"]


def test_balanced_lines_leave_no_orphan() -> None:
    text = "Mohon menunggu di ruang tunggu. Nomor berlaku hari ini."
    assert wrap(text, 48)[-1] == "hari ini."
    assert balanced(text, 48) == ["Mohon menunggu di ruang tunggu.", "Nomor berlaku hari ini."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10\u201315 menit", "10-15 menit"),
        ("\u201cA\u201d \u2026", '"A" ...'),
        ("a\x1b@b\ngo", "a @b go"),
        ("\u202eabc", "abc"),
    ],
)
def test_plain_says_the_same_with_what_printers_have(text: str, expected: str) -> None:
    assert plain(text) == expected
