"""Date and time as the hall says them, whatever the machine's locale."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from display import calendar

NOW = datetime(2026, 11, 23, 16, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "clock", "name"),
    [("Asia/Jakarta", "23.41", "WIB"), ("Asia/Makassar", "00.41", "WITA"), ("Asia/Jayapura", "01.41", "WIT")],
)
def test_the_clock_shows_the_sites_time(zone: str, clock: str, name: str) -> None:
    assert calendar.clock(NOW, ZoneInfo(zone)) == clock
    assert calendar.zone_name(NOW, ZoneInfo(zone)) == name


def test_a_zone_elsewhere_has_no_short_name() -> None:
    assert calendar.zone_name(NOW, ZoneInfo("UTC")) == ""
    assert calendar.zone_name(NOW, ZoneInfo("Asia/Kathmandu")) == ""


def test_the_date_changes_at_the_sites_midnight() -> None:
    assert calendar.date(NOW, ZoneInfo("Asia/Jakarta")).id == "Senin, 23 November 2026"
    assert calendar.date(NOW, ZoneInfo("Asia/Makassar")).id == "Selasa, 24 November 2026"
    assert calendar.date(NOW, ZoneInfo("Asia/Makassar")).en == "Tuesday, 24 November 2026"


def test_every_month_and_day_has_its_name() -> None:
    days = [datetime(2026, 1, 1, 5, tzinfo=UTC) + timedelta(days=number) for number in range(365)]
    said = [calendar.date(day, ZoneInfo("Asia/Jakarta")).id.replace(",", "").split() for day in days]
    assert list(dict.fromkeys(words[2] for words in said)) == [
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ]
    assert {words[0] for words, day in zip(said, days, strict=True) if date.weekday(day) == 4} == {"Jumat"}
    assert len({words[0] for words in said}) == 7
