"""Charts, by matplotlib: the course of days, open counters against arrivals, waits side by side. Each stands above its
table; what is a colour is also a form and a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl

mpl.use("Agg")  # no screen is needed

from matplotlib import font_manager
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from server.app.reports.report import Cell, Drawing, Section, Unit
from server.domain.reports.spans import is_month
from server.reporting.saying import said, span, word
from shared.dates import day_and_month
from shared.typeface_files import static_cuts
from shared.vocabulary import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GREEN, DEEP, GOLD, INK, SOFT, LINE = "#7fb8ab", "#0a564e", "#8a5a00", "#13202b", "#404d58", "#d9d3c7"
WIDE, NARROW, HIGH = 10.0, 4.6, 3.4  # inches; narrow is for phones, with letters of the same size
ROW = 0.36  # inches of one name
MOST_NAMES, LONGEST_NAME = 12, 38
MOST_LABELS: Final = {WIDE: 9, NARROW: 4}
_STYLE: dict[Any, Any] = {
    "font.size": 11.5,
    "font.weight": 500,
    "axes.labelweight": 500,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "svg.fonttype": "path",  # the browser need not have the typeface
    "svg.hashsalt": "loket",
    "path.simplify": True,
}


def as_svg(section: Section, language: Language, wide: float = WIDE) -> bytes:
    return _drawn(section, language, "svg", wide)


def as_png(section: Section, language: Language) -> bytes:
    """For paper: 200 dots to the inch."""
    return _drawn(section, language, "png", WIDE)


def height(section: Section) -> float:
    """In inches."""
    names = min(MOST_NAMES, len(section.table.rows))
    return 1.15 + ROW * names if section.drawing is Drawing.RANGE else HIGH


def ranges(section: Section) -> list[tuple[Cell, float, float]]:
    """Of those with most visits: name, median and ninth tenth of the waits, in seconds."""
    at = {column.key: place for place, column in enumerate(section.table.columns)}
    rows = [row for row in section.table.rows if row[at["wait_p90"]] is not None][:MOST_NAMES]
    return [(row[at["visits"] - 1], _number(row[at["wait_median"]]), _number(row[at["wait_p90"]])) for row in rows]


def _drawn(section: Section, language: Language, form: str, wide: float) -> bytes:
    with mpl.rc_context(_STYLE | {"font.family": _typeface()}):
        # not pyplot: it would keep every figure; no layout engine: it draws everything twice
        high = height(section)
        figure = Figure(figsize=(wide, high))
        figure.subplots_adjust(left=0.75 / wide, right=1 - 0.75 / wide, top=1 - 0.42 / high, bottom=0.5 / high)
        _DRAW[section.drawing](figure.subplots(), section, language)
        out = BytesIO()
        figure.savefig(
            out, format=form, dpi=200, transparent=form == "svg", metadata={"Date": None} if form == "svg" else None
        )
    return out.getvalue()


def _draw_course(axes: Axes, section: Section, language: Language) -> None:
    rows = section.table.rows
    places = range(len(rows))
    waits = [_number(row[4]) / 60 for row in rows]
    bars = _bars(axes, [_number(row[1]) for row in rows])
    beside = _beside(axes)
    (line,) = beside.plot(places, waits, color=GOLD, linewidth=2, marker="o", markersize=4.5)
    beside.set_ylim(0, 1.15 * max([1.0, *(wait for wait in waits if isfinite(wait))]))
    shown = range(0, len(rows), max(1, -(-len(rows) // MOST_LABELS[_wide(axes)])))
    axes.set_xticks(list(shown), [_short(str(rows[at][0]), language) for at in shown])
    _legend(axes, {"legend_visits": bars, "legend_wait": line}, language)


def _draw_staffing(axes: Axes, section: Section, language: Language) -> None:
    rows = section.table.rows
    places = range(len(rows))
    bars = _bars(axes, [_number(row[1]) for row in rows])
    beside = _beside(axes)
    (line,) = beside.step(places, [_number(row[2]) for row in rows], where="mid", color=GOLD, linewidth=2.5)
    beside.set_ylim(0, 1.15 * max([1.0, *(_number(row[2]) for row in rows)]))
    every = 1 if _wide(axes) == WIDE else -(-len(rows) // MOST_LABELS[NARROW])
    axes.set_xticks(list(places)[::every], [f"{row[0]:02}:00" for row in rows][::every])
    _legend(axes, {"legend_arrivals": bars, "legend_counters": line}, language)


def _draw_range(axes: Axes, section: Section, language: Language) -> None:
    rows = ranges(section)[::-1]
    middles, tails = [middle / 60 for _, middle, _ in rows], [tail / 60 for _, _, tail in rows]
    places = range(len(rows))
    between = [((low, place), (high, place)) for place, low, high in zip(places, middles, tails, strict=True)]
    axes.add_collection(LineCollection(between, colors=GREEN, linewidths=5, capstyle="round"))
    (middle,) = axes.plot(middles, places, "o", color=DEEP, markersize=8)
    (tail,) = axes.plot(tails, places, "D", color=GOLD, markersize=7)
    axes.set_yticks(list(places), [_cut(said(name, Unit.TEXT, language)) for name, _, _ in rows])
    axes.set_ylim(-0.6, max(0.6, len(rows) - 0.4))
    axes.set_xlim(0, 1.06 * max([1.0, *tails]))
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=LINE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_position((0.36, 0.5 / height(section), 0.605, 1 - 0.95 / height(section)))
    _legend(axes, {"legend_wait": middle, "legend_tail": tail}, language)


def _bars(axes: Axes, values: list[float]) -> Any:
    """Drawn as one thing: a year of bars one by one costs more than all the rest."""
    axes.set_xlim(-0.6, max(0.6, len(values) - 0.4))
    axes.set_ylim(0, 1.12 * max([1.0, *(value for value in values if isfinite(value))]))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(axis="y", color=LINE, linewidth=0.7)
    axes.set_axisbelow(True)
    lows = [(at - 0.36 + step, high) for at, value in enumerate(values) for step, high in _outline(value)]
    return axes.fill([x for x, _ in lows], [y for _, y in lows], color=GREEN, linewidth=0)[0]


def _outline(value: float) -> list[tuple[float, float]]:
    high = value if isfinite(value) else 0.0
    return [(0.0, 0.0), (0.0, high), (0.72, high), (0.72, 0.0)]


def _beside(axes: Axes) -> Axes:
    other = axes.twinx()
    other.tick_params(axis="y", colors=GOLD)
    other.spines["right"].set_visible(True)
    other.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    return other


def _legend(axes: Axes, named: dict[str, Any], language: Language) -> None:
    """Above the chart: the first at the left axis that it is read from, the second at the right one."""
    figure = axes.figure
    for (key, handle), (x, where) in zip(named.items(), _CORNERS, strict=True):
        figure.legend(
            [handle],
            [word(key, language)],
            loc=where,
            bbox_to_anchor=(x, 1.0),
            borderaxespad=0.1,
            handlelength=1.4,
            fontsize=11.5 if _wide(axes) == WIDE else 9.0,
        )


def _short(name: str, language: Language) -> str:
    """`24 Nov`; of a month `Nov 2026`."""
    if is_month(name):
        return span(name, language)
    number, month = day_and_month(date.fromisoformat(name), language).split(" ")
    return f"{number} {month[:3]}"


def _wide(axes: Axes) -> float:
    figure = axes.get_figure(root=True)
    assert figure is not None
    return float(figure.get_figwidth())


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else float("nan")


def _typeface() -> str:
    regular = static_cuts()[0]
    name = font_manager.FontProperties(fname=str(regular)).get_name()
    if name not in font_manager.fontManager.get_font_names():
        font_manager.fontManager.addfont(str(regular))
    return name


_CORNERS: Sequence[tuple[float, Any]] = ((0.01, "upper left"), (0.99, "upper right"))
_DRAW: dict[Drawing | None, Callable[[Any, Section, Language], None]] = {
    Drawing.COURSE: _draw_course,
    Drawing.STAFFING: _draw_staffing,
    Drawing.RANGE: _draw_range,
}
