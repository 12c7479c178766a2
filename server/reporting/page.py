"""The page's part that takes work: cards, charts and tables as HTML, made here so that the server only passes it on."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from server.app.reports.report import Card, Drawing, Report, Section, Unit
from server.reporting import saying
from server.reporting.charts import as_svg
from server.web import reports as family
from shared.vocabulary import Language

HEATS = 6  # shades of a heat map
_PAGES = Environment(
    loader=FileSystemLoader(Path(family.__file__).parent / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def as_html(report: Report, language: Language, query: str) -> str:
    """Without the layout around it; `query` is what asked for the report, for the links to its files."""
    asked = f"{query}&" if query else ""
    first, last = (saying.plain_date(day, language) for day in (report.stretch.first, report.stretch.last))
    before = [saying.plain_date(day, language) for day in (report.before.first, report.before.last)]
    return _PAGES.get_template("report_part.html").render(
        w=_Words(language),
        report=report,
        name=report.subject_name.in_(language),
        stretch=saying.word("day_by_day", language, first=first, last=last),
        compared=saying.word("compared", language, first=before[0], last=before[1]),
        cards=[_card(card, language) for card in report.cards],
        sections=[_section(section, language) for section in report.sections],
        about=saying.about(report, language),
        query=query,
        file=lambda form, section="": f"/reports/file/{form}?{asked}{urlencode({'section': section})}",
    )


class _Words:
    def __init__(self, language: Language) -> None:
        self._language = language

    def __getitem__(self, key: str) -> str:
        return saying.word(key, self._language)


def _card(card: Card, language: Language) -> dict[str, str]:
    value = saying.said(card.value, card.unit, language)
    if card.before is None:
        return {"key": card.key, "value": value, "before": saying.word("no_before", language), "way": "", "mood": ""}
    before = saying.word("before", language, value=saying.said(card.before, card.unit, language))
    way, mood = _way(card)
    said = saying.word(way, language) if way else ""
    if mood:
        said = f"{said}, {saying.word(mood, language)}"
    return {"key": card.key, "value": value, "before": before, "way": said, "mood": mood}


def _way(card: Card) -> tuple[str, str]:
    """Where it went, and whether that is good. A change that nobody would notice is none."""
    now, before = card.value or 0.0, card.before or 0.0
    least = 0.005 if card.unit is Unit.SHARE else 0.02 * max(abs(now), abs(before))
    if abs(now - before) <= least:
        return "same", ""
    way = "less" if now < before else "more"
    if card.less_is_better is None:
        return way, ""
    return way, "better" if (now < before) is card.less_is_better else "worse"


def _section(section: Section, language: Language) -> dict[str, object]:
    columns = section.table.columns
    shades = _shades(section) if section.drawing is Drawing.HEAT else {}
    chart = section.drawing if section.drawing in (Drawing.COURSE, Drawing.STAFFING) else None
    return {
        "key": section.key,
        "heading": saying.word(section.key, language),
        "means": saying.word(f"{section.key}_means", language),
        "chart": "" if chart is None else _inline(as_svg(section, language)),
        "alt": "" if chart is None else saying.word(f"chart_{chart.value}", language),
        "heat": section.drawing is Drawing.HEAT,
        "head": [(saying.heading(one, language), _is_number(one.unit)) for one in columns],
        "rows": [
            [
                (saying.said(cell, column.unit, language), _is_number(column.unit), shades.get((at, place)))
                for place, (cell, column) in enumerate(zip(row, columns, strict=True))
            ]
            for at, row in enumerate(section.table.rows)
        ],
    }


def _is_number(unit: Unit) -> bool:
    return unit not in (Unit.TEXT, Unit.WORD, Unit.SPAN)


def _shades(section: Section) -> dict[tuple[int, int], int]:
    """From 0 (little) to 5 (much), by the largest of the map."""
    found = {
        (at, place): float(cell)
        for at, row in enumerate(section.table.rows)
        for place, cell in enumerate(row)
        if isinstance(cell, int | float)
    }
    most = max(found.values(), default=0.0)
    return {at: min(HEATS - 1, int(value / most * HEATS)) if most else 0 for at, value in found.items()}


def _inline(svg: bytes) -> Markup:
    return Markup("data:image/svg+xml;base64,") + base64.b64encode(svg).decode()
