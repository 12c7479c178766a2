"""Dates and times in words, in the site's zone and a visitor's language; the machine's locale has no say."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from shared.vocabulary import Language

_DAYS = {
    Language.INDONESIAN: ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    Language.ENGLISH: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    Language.INDONESIAN: (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    Language.ENGLISH: (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def clock(at: datetime, zone: ZoneInfo, language: Language) -> str:
    """ "08.05" in Indonesian, "08:05" in English."""
    return at.astimezone(zone).strftime("%H.%M" if language is Language.INDONESIAN else "%H:%M")


def day(at: datetime, zone: ZoneInfo, language: Language) -> str:
    """ "Senin, 23 November 2026"."""
    local = at.astimezone(zone).date()
    return f"{weekday(local, language)}, {day_and_month(local, language)} {local.year}"


def weekday(local: date, language: Language) -> str:
    return _DAYS[language][local.weekday()]


def month_and_year(local: date, language: Language) -> str:
    """ "November 2026"."""
    return f"{_MONTHS[language][local.month - 1]} {local.year}"


def day_and_month(local: date, language: Language) -> str:
    return f"{local.day} {_MONTHS[language][local.month - 1]}"
