"""Periods of whole months, and how they and figures are written in a language. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from server.app.survey_ports import Month
from shared.dates import month_and_year
from shared.vocabulary import Language, Words

YEARS_BACK = 3
QUARTER, HALF, YEAR = 3, 6, 12


@dataclass(frozen=True, slots=True)
class Span:
    first: Month
    last: Month
    words: Words


def months_back(today: date) -> Sequence[Month]:
    """This month and those before it, newest first."""
    return [_month(today, -back) for back in range(YEARS_BACK * 12)]


def usual_spans(today: date) -> Sequence[Span]:
    """The periods that people report on, the running one first."""
    return [
        _span(today, QUARTER, 0, Words("Triwulan ini", "This quarter")),
        _span(today, QUARTER, -1, Words("Triwulan lalu", "Last quarter")),
        _span(today, HALF, -1, Words("Semester lalu", "Last half-year")),
        _span(today, YEAR, 0, Words("Tahun ini", "This year")),
        _span(today, YEAR, -1, Words("Tahun lalu", "Last year")),
    ]


def is_over(last: Month, today: date) -> bool:
    """Whether no answer can join the period any more."""
    return last < f"{today:%Y-%m}"


def month_words(month: Month, language: Language) -> str:
    return month_and_year(date.fromisoformat(f"{month}-01"), language)


def period_words(first: Month, last: Month, language: Language) -> str:
    """`Oktober-Desember 2026`, with the year once where it is one."""
    if first == last:
        return month_words(first, language)
    start = month_words(first, language)
    if first[:4] == last[:4]:
        start = start.rsplit(" ", 1)[0]
    return f"{start} – {month_words(last, language)}"


def figure(value: str, language: Language) -> str:
    """A printed figure with the language's decimal mark."""
    return value.replace(".", ",") if language is Language.INDONESIAN else value


def _span(today: date, months: int, ahead: int, words: Words) -> Span:
    begin = (today.month - 1) // months * months + ahead * months + 1
    first = _month(today.replace(month=1), begin - 1)
    return Span(first, _month(date.fromisoformat(f"{first}-01"), months - 1), words)


def _month(start: date, ahead: int) -> Month:
    count = start.year * 12 + start.month - 1 + ahead
    return f"{count // 12:04d}-{count % 12 + 1:02d}"
