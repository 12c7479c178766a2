"""What the kiosk says: complete, in both languages, with the facts it promises."""

from __future__ import annotations

import re
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk import wording
from kiosk.words import NEEDS, PRINTER, REFUSALS, WORDS, refusal, table
from shared import dates
from shared.protocol.values import Minutes
from shared.protocol.views import LineItem
from shared.vocabulary import ErrorCode, Language, Need, PrinterFault, Words

KIOSK = Path(__file__).resolve().parents[3] / "kiosk"
MAKASSAR = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # Monday, 09.30 in Makassar
ID, EN = Language.INDONESIAN, Language.ENGLISH

USED_IN_QML = sorted(
    {
        (file.name, key)
        for file in (KIOSK / "qml").glob("*.qml")
        for key in re.findall(r"words\.([A-Za-z]+)", file.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize(("file", "key"), USED_IN_QML)
def test_every_word_used_in_qml_exists(file: str, key: str) -> None:
    assert key in WORDS, f"{file} asks for {key}"


def test_every_word_in_the_table_is_used() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in KIOSK.glob("*.py") if file.name != "words.py")
    used = {key for _, key in USED_IN_QML} | set(re.findall(r"""["']([a-z][A-Za-z]+)["']""", code))
    assert sorted(set(WORDS) - used) == []


ALL = [*WORDS.values(), *REFUSALS.values(), *PRINTER.values(), *(words for pair in NEEDS.values() for words in pair)]


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.en)
def test_every_sentence_is_there_in_both_languages_and_names_the_same_facts(words: Words) -> None:
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (words.id, words.en)]
    assert words.id.strip()
    assert words.en.strip()
    assert fields[0] == fields[1]


def test_the_standard_spelling_is_used() -> None:
    assert [words.id for words in ALL if re.search(r"\bantri(an)?\b|\bnomer\b", words.id, re.IGNORECASE)] == []


@pytest.mark.parametrize("code", ErrorCode)
@pytest.mark.parametrize("language", Language)
def test_every_refusal_has_a_sentence(code: ErrorCode, language: Language) -> None:
    assert refusal(code, language).endswith(".")


def test_every_need_and_every_fault_of_the_printer_has_words() -> None:
    assert set(NEEDS) == set(Need)
    assert set(PRINTER) == set(PrinterFault)


def test_the_table_for_qml_is_one_language() -> None:
    assert (table(ID)["back"], table(EN)["back"]) == ("Kembali", "Back")


@pytest.mark.parametrize(
    ("after", "indonesian", "english"),
    [
        (timedelta(hours=1), "Buka pukul 10.30", "Opens at 10:30"),
        (timedelta(hours=22, minutes=30), "Buka besok pukul 08.00", "Opens tomorrow, 08:00"),
        (timedelta(days=2, hours=-2), "Buka Rabu pukul 07.30", "Opens Wednesday at 07:30"),
        (timedelta(days=7), "Buka Senin, 30 November pukul 09.30", "Opens Monday, 30 November at 09:30"),
        (timedelta(hours=14, minutes=31), "Buka besok pukul 00.01", "Opens tomorrow, 00:01"),
    ],
)
def test_opening_times_are_said_as_people_say_them(after: timedelta, indonesian: str, english: str) -> None:
    assert wording.opens(NOW + after, NOW, MAKASSAR, ID) == indonesian
    assert wording.opens(NOW + after, NOW, MAKASSAR, EN) == english


def test_a_service_without_a_next_opening_is_closed() -> None:
    assert wording.opens(None, NOW, MAKASSAR, ID) == "Tutup"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (Minutes(10, 15), "10–15 menit"),
        (Minutes(0, 5), "Kurang dari 5 menit"),
        (Minutes(7, 7), "± 7 menit"),
        (Minutes(0, 0), "Kurang dari 1 menit"),
        (None, "Belum diketahui"),
    ],
)
def test_ranges_of_minutes(minutes: Minutes | None, said: str) -> None:
    assert wording.minutes(minutes, ID) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (Minutes(10, 15, 25), "Rarely over 25 minutes"),
        (Minutes(10, 15, 15), ""),
        (Minutes(10, 15), ""),
        (None, ""),
    ],
)
def test_the_bound_beneath_a_range_says_something_new_or_nothing(minutes: Minutes | None, said: str) -> None:
    assert wording.rarely_over(minutes, EN) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LineItem(service="s", open=True, waiting=3, minutes=Minutes(10, 15)), "3 menunggu · 10–15 menit"),
        (LineItem(service="s", open=True, waiting=0, minutes=Minutes(0, 5)), "Tanpa antrean"),
        (LineItem(service="s", open=True, waiting=2, minutes=None), "2 menunggu · Loket belum buka"),
        (LineItem(service="s", open=True, waiting=2, minutes=None, quota_left=0), "Kuota hari ini habis"),
        (
            LineItem(service="s", open=False, waiting=0, minutes=None, opens_at=NOW + timedelta(hours=1)),
            "Buka pukul 10.30",
        ),
        (LineItem(service="s", open=False, waiting=0, minutes=None), "Tutup"),
    ],
)
def test_a_line_says_who_waits_or_why_it_is_closed(line: LineItem, said: str) -> None:
    assert wording.line(line, NOW, MAKASSAR, ID) == said


def test_times_are_the_sites_not_the_machines() -> None:
    assert dates.clock(NOW, MAKASSAR, ID) == "09.30"
    assert dates.clock(NOW, ZoneInfo("Asia/Jayapura"), EN) == "10:30"
    assert dates.day(datetime(2026, 11, 23, 16, 30, tzinfo=UTC), MAKASSAR, ID) == "Selasa, 24 November 2026"
