"""The page's part that takes work: cards, charts and tables as HTML, made here so that the server only passes it on."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from server.app.reports.report import Card, Cell, Column, Drawing, Report, Section, Table, Unit
from server.reporting import saying
from server.reporting.charts import NARROW, as_svg, height, ranges
from server.reporting.shades import bounds, shade
from server.web import reports as family
from shared.vocabulary import Language

MOST_ON_PHONE, MOST_ON_TABLET = 3, 8  # columns; a wider table is cards there
WITH_BARS = ("outcomes", "exceptions", "papers")
PLAIN = 10.0  # from here on a legend needs no decimals
_PAGES = Environment(
    loader=FileSystemLoader(Path(family.__file__).parent / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def made_ready() -> None:
    """What the first page would load: typefaces, templates, the drawing of charts."""
    head = (Column("span", Unit.SPAN), *(Column("visits", Unit.COUNT) for _ in range(4)))
    as_svg(Section("course", Table(head, [("2026-01", 1, 1, 1, None)]), Drawing.COURSE), Language.INDONESIAN)
    _PAGES.get_template("report_part.html")


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
    steps = bounds(section) if section.drawing is Drawing.HEAT else ()
    chart = section.drawing if section.drawing in (Drawing.COURSE, Drawing.STAFFING) else None
    head = [(saying.heading(one, language), _is_number(one.unit)) for one in columns]
    return {
        "key": section.key,
        "heading": saying.word(section.key, language),
        "finding": saying.finding(section, language),
        "means": saying.word(f"{section.key}_means", language),
        "chart": "" if chart is None else _inline(as_svg(section, language)),
        "narrow": "" if chart is None else _inline(as_svg(section, language, NARROW)),
        "high": round(height(section) * 100),
        "alt": "" if chart is None else saying.word(f"chart_{chart.value}", language),
        "ranges": _ranges(section, language) if section.drawing is Drawing.RANGE else [],
        "heat": section.drawing is Drawing.HEAT,
        "legend": _legend(steps, columns[-1].unit, language) if steps else [],
        "wide": len(columns) > MOST_ON_PHONE and section.drawing is not Drawing.HEAT,
        "many": len(columns) > MOST_ON_TABLET and section.drawing is not Drawing.HEAT,
        "head": head,
        "rows": [
            [
                _cell(cell, column, section, steps, language) if place else _cell(cell, column, section, (), language)
                for place, (cell, column) in enumerate(zip(row, columns, strict=True))
            ]
            for row in section.table.rows
        ],
    }


def _cell(
    cell: Cell, column: Column, section: Section, steps: Sequence[float], language: Language
) -> dict[str, object]:
    """`bar`: how long a bar beside the share is, in hundredths."""
    is_bar = section.key in WITH_BARS and column.unit is Unit.SHARE and isinstance(cell, int | float)
    return {
        "text": saying.said(cell, column.unit, language),
        "label": saying.heading(column, language),
        "number": _is_number(column.unit),
        "shade": shade(cell, steps) if steps else None,
        "bar": f"{min(1.0, float(str(cell))) * 100:.0f}" if is_bar else "",
    }


def _ranges(section: Section, language: Language) -> list[dict[str, str]]:
    """Waits side by side: a bar from the median to what nine of ten did not exceed, in hundredths of the longest."""
    rows = ranges(section)
    longest = max((tail for _, _, tail in rows), default=0.0) or 1.0
    return [
        {
            "name": saying.said(name, Unit.TEXT, language),
            "middle": saying.duration(middle, language),
            "tail": saying.duration(tail, language),
            "from": f"{middle / longest * 98:.1f}",
            "long": f"{(tail - middle) / longest * 98:.1f}",
            "to": f"{tail / longest * 98:.1f}",
        }
        for name, middle, tail in rows
    ]


def _legend(steps: Sequence[float], unit: Unit, language: Language) -> list[str]:
    """What each shade begins with, from little to much."""
    places = 0 if unit is Unit.MINUTES or steps[0] >= PLAIN else 1
    named = [saying.number(step, places, language) for step in steps]
    least = saying.word("below_value", language, value=named[0])
    return [least, *(saying.word("from_value", language, value=one) for one in named)]


def _is_number(unit: Unit) -> bool:
    return unit not in (Unit.TEXT, Unit.WORD, Unit.SPAN)


def _inline(svg: bytes) -> Markup:
    return Markup("data:image/svg+xml;base64,") + base64.b64encode(svg).decode()
