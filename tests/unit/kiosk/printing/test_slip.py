"""The slip's layout."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.printing.elements import NARROW, WIDE, Cut, Number, Paper, Qr, Text
from kiosk.printing.slip import Slip, layout
from kiosk.printing.wrapping import cells
from shared.protocol.values import Minutes
from shared.vocabulary import Language
from tests.support.paper import a_slip

PAPERS = [NARROW, Paper(dots=512, columns=42), WIDE]


def texts(slip: Slip, paper: Paper = WIDE) -> str:
    return "\n".join(element.text for element in layout(slip, paper) if isinstance(element, Text))


def test_paper_says_that_the_number_comes_after_closing_and_which_services_to_ask_for() -> None:
    closes = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert "Mungkin baru setelah tutup pukul 15.00" in texts(a_slip(minutes=Minutes(40, 60, 90), late=closes))
    alone = texts(a_slip(alone=True, left_out="Kartu Keluarga"))
    assert "Mintalah petugas menambahkan: Kartu Keluarga." in alone


def test_paper_says_for_when_its_visitor_had_booked() -> None:
    assert "Dipesan pukul 09:30" in texts(a_slip(booked_for=datetime(2026, 11, 23, 1, 30, tzinfo=UTC)))
    assert "Dipesan" not in texts(a_slip())


@settings(max_examples=60)
@given(
    texts=st.tuples(st.text(max_size=120), st.text(max_size=120), st.text(max_size=120), st.text(max_size=200)),
    ahead=st.integers(min_value=0, max_value=9999),
    low=st.integers(min_value=0, max_value=600),
    copy=st.integers(min_value=0, max_value=99),
    language=st.sampled_from(Language),
    paper=st.sampled_from(PAPERS),
)
def test_any_text_fits_any_paper(
    texts: tuple[str, str, str, str], ahead: int, low: int, copy: int, language: Language, paper: Paper
) -> None:
    site, agency, service, footer = texts
    slip = a_slip(
        site=site,
        agency=agency,
        service=service,
        footer=footer,
        ahead=ahead,
        minutes=Minutes(low, low + 15, low * 2 + 20),
        copy=copy,
        language=language,
        priority=True,
    )
    for element in layout(slip, paper):
        if isinstance(element, Text):
            assert cells(element.text) * element.wide <= paper.columns


def test_the_slip_ends_with_a_cut_and_has_one_number_and_one_qr_code() -> None:
    elements = layout(a_slip(), WIDE)
    assert elements[-1] == Cut()
    assert elements.count(Number("A-042")) == 1
    assert elements.count(Qr(a_slip().url)) == 1


def test_without_a_phone_page_nothing_asks_to_be_scanned() -> None:
    elements = layout(a_slip(url=""), WIDE)
    assert not any(isinstance(element, Qr) for element in elements)
    assert "Pindai" not in texts(a_slip(url=""))


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Jakarta", "09:05 WIB"), ("Asia/Makassar", "10:05 WITA"), ("Asia/Jayapura", "11:05 WIT")],
)
def test_the_time_is_that_of_the_site(zone: str, expected: str) -> None:
    assert expected in texts(a_slip(time_zone=zone))


def test_the_date_is_that_of_the_site_even_past_its_midnight() -> None:
    late = a_slip().issued_at.replace(hour=16, minute=30)
    assert "Selasa, 24 November 2026" in texts(a_slip(issued_at=late))
    assert "Senin, 23 November 2026" in texts(a_slip(issued_at=late, time_zone="Asia/Jakarta"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ahead": 0, "minutes": Minutes(0, 0)}, ["0 orang", "segera"]),
        ({"minutes": Minutes(5, 5)}, ["5 menit"]),
        ({"minutes": None}, ["loket belum buka"]),
        ({"ahead": 1, "language": Language.ENGLISH}, ["1 person", "10-15 min"]),
        ({"minutes": None, "language": Language.ENGLISH}, ["no counter yet", "5 people"]),
        ({}, ["10-15 menit", "Jarang di atas 25 menit"]),
        ({"language": Language.ENGLISH}, ["10-15 min", "Rarely over 25 min"]),
        ({"priority": True}, [" PRIORITAS "]),
        ({"priority": True, "language": Language.ENGLISH}, [" PRIORITY "]),
    ],
)
def test_what_the_visitor_can_expect(changes: dict[str, Any], expected: list[str]) -> None:
    for words in expected:
        assert words in texts(a_slip(**changes))


@pytest.mark.parametrize("wait", [None, Minutes(10, 15), Minutes(10, 15, 15)])
def test_a_bound_that_says_nothing_new_takes_no_paper(wait: Minutes | None) -> None:
    assert "Jarang" not in texts(a_slip(minutes=wait))


def test_the_original_is_not_marked_and_a_copy_is() -> None:
    assert "SALINAN" not in texts(a_slip())
    assert texts(a_slip(copy=2)).startswith(" SALINAN 2 ")
    assert texts(a_slip(copy=2, language=Language.ENGLISH)).startswith(" SALINAN / COPY 2 ")
