"""Saying: the cells of a report as people read them, in either language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from server.app.reports.report import Cell, Column, LeftOut, Report, Section, Unit
from server.domain.reports.spans import is_month
from server.web.reports.words import WORDS
from shared.dates import clock, day_and_month, weekday
from shared.vocabulary import Language, Words

NOTHING = "–"


def word(key: str, language: Language, **facts: str) -> str:
    text = WORDS[key].in_(language)
    return text.format(**facts) if facts else text


def heading(column: Column, language: Language) -> str:
    """Of an hour's column, the hour itself."""
    return column.key if column.key not in WORDS else word(column.key, language)


def finding(section: Section, language: Language) -> str:
    found = section.finding
    if found is None:
        return ""
    return word(found.key, language, **{name: said(cell, unit, language) for name, (cell, unit) in found.facts.items()})


def said(cell: Cell, unit: Unit, language: Language) -> str:
    if cell is None:
        return NOTHING
    if isinstance(cell, Words):
        return cell.in_(language)
    match unit:
        case Unit.WORD:
            return word(str(cell), language)
        case Unit.TEXT:
            return str(cell)
        case Unit.SPAN:
            return span(str(cell), language)
        case Unit.HOUR:
            return f"{int(cell):02}:00"
    assert not isinstance(cell, str)
    match unit:
        case Unit.COUNT:
            return number(cell, 0, language)
        case Unit.SHARE:
            return f"{number(cell * 100, 1, language)} %"
        case Unit.DURATION:
            return duration(cell, language)
        case _:
            return number(cell, 1, language)


def number(value: float, places: int, language: Language) -> str:
    text = f"{value:,.{places}f}"
    return text if language is Language.ENGLISH else text.translate({44: ".", 46: ","})


def duration(seconds: float, language: Language) -> str:
    """No more than two units: `45 s`, `7.5 min`, `38 min`, `2 h 05 min`."""
    second, minute, hour = ("s", "min", "h") if language is Language.ENGLISH else ("dtk", "mnt", "jam")
    if seconds < 59.5:
        return f"{seconds:.0f} {second}"
    if seconds < 9.95 * 60:
        return f"{number(seconds / 60, 1, language)} {minute}"
    whole = round(seconds / 60)
    return f"{whole} {minute}" if whole < 60 else f"{whole // 60} {hour} {whole % 60:02} {minute}"


def span(text: str, language: Language) -> str:
    """`Sen 23/11/2026`, `November 2026`."""
    if is_month(text):
        first = date.fromisoformat(f"{text}-01")
        return f"{day_and_month(first, language).partition(' ')[2]} {first.year}"
    day = date.fromisoformat(text)
    return f"{weekday(day, language)[:3]} {day:%d/%m/%Y}"


def plain_date(day: date, language: Language) -> str:
    return f"{day_and_month(day, language)} {day.year}"


def moment(at: datetime, time_zone: str, language: Language) -> str:
    zone = ZoneInfo(time_zone)
    return f"{plain_date(at.astimezone(zone).date(), language)}, {clock(at, zone, language)}"


def left_out(one: LeftOut, language: Language) -> str:
    """`Service: 37 of 3,012 left out: 12 left open, 25 too short.`"""
    what = word(one.key, language)
    if not one.out:
        return word("left_out_none", language, what=what, kept=number(one.kept, 0, language))
    reasons = ", ".join(
        word(f"out_{why}", language, count=number(count, 0, language)) for why, count in one.reasons if count
    )
    every = number(one.kept + one.out, 0, language)
    return word("left_out_some", language, what=what, out=number(one.out, 0, language), all=every, reasons=reasons)


def about(report: Report, language: Language) -> list[str]:
    """The lines under a report: what it is of, what is not in it, how exact it is."""
    lines = [left_out(one, language) for one in report.left_out]
    if report.live:
        lines.append(word("live", language))
    if report.pending:
        first, last = (plain_date(day, language) for day in (report.pending[0], report.pending[-1]))
        lines.append(word("pending", language, count=str(len(report.pending)), first=first, last=last))
    lines.append(word("error_note", language, share=f"{number(report.error * 100, 1, language)} %"))
    lines.append(word("made_at", language, time=moment(report.made_at, report.time_zone, language)))
    return lines
