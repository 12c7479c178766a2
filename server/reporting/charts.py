"""Charts, by matplotlib: the course of days, and open counters against arrivals. Each stands above its table."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl

mpl.use("Agg")  # no screen is needed

from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from server.app.reports.report import Drawing, Section
from server.reporting.saying import span, word
from shared.typeface_files import static_cuts
from shared.vocabulary import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GREEN, GOLD, INK, SOFT, LINE = "#7fb8ab", "#8a5a00", "#13202b", "#44525e", "#d9d3c7"
WIDE: Final = (10.0, 3.4)  # inches
MOST_LABELS = 12
_STYLE: dict[Any, Any] = {
    "font.size": 10.5,
    "font.weight": 500,
    "axes.labelweight": 500,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "path",  # the browser need not have the typeface
    "svg.hashsalt": "loket",
    "path.simplify": True,
}


def as_svg(section: Section, language: Language) -> bytes:
    return _drawn(section, language, "svg")


def as_png(section: Section, language: Language) -> bytes:
    """For paper: 200 dots to the inch."""
    return _drawn(section, language, "png")


def _drawn(section: Section, language: Language, form: str) -> bytes:
    with mpl.rc_context(_STYLE | {"font.family": _typeface()}):
        # not pyplot: it would keep every figure
        figure = Figure(figsize=WIDE, layout="constrained")
        _DRAW[section.drawing](figure.subplots(), section, language)
        out = BytesIO()
        figure.savefig(
            out, format=form, dpi=200, transparent=form == "svg", metadata={"Date": None} if form == "svg" else None
        )
    return out.getvalue()


def _draw_course(axes: Axes, section: Section, language: Language) -> None:
    names = [span(str(row[0]), language) for row in section.table.rows]
    visits = [float(row[1]) for row in section.table.rows if isinstance(row[1], int)]
    waits = [row[4] / 60 if isinstance(row[4], float) else float("nan") for row in section.table.rows]
    places = range(len(names))
    axes.bar(places, visits, color=GREEN, width=0.72)
    axes.set_ylabel(word("axis_visits", language))
    beside = _beside(axes, word("axis_minutes", language))
    beside.plot(places, waits, color=GOLD, linewidth=2, marker="o", markersize=4)
    beside.set_ylim(0, 1.15 * max(1.0, *(wait for wait in waits if isfinite(wait)), 0.0))
    shown = range(0, len(names), max(1, -(-len(names) // MOST_LABELS)))
    axes.set_xticks(list(shown), [names[at] for at in shown], rotation=30, ha="right")
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))


def _draw_staffing(axes: Axes, section: Section, language: Language) -> None:
    rows = section.table.rows
    places = range(len(rows))
    axes.bar(places, [_number(row[1]) for row in rows], color=GREEN, width=0.72)
    axes.set_ylabel(word("axis_arrivals", language))
    beside = _beside(axes, word("axis_counters", language))
    beside.step(places, [_number(row[2]) for row in rows], where="mid", color=GOLD, linewidth=2)
    beside.set_ylim(bottom=0)
    axes.set_xticks(list(places), [f"{row[0]:02}:00" for row in rows])


def _beside(axes: Axes, label: str) -> Axes:
    other = axes.twinx()
    other.set_ylabel(label, color=GOLD)
    other.tick_params(axis="y", colors=GOLD)
    other.spines["right"].set_visible(True)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    return other


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else float("nan")


def _typeface() -> str:
    regular = static_cuts()[0]
    name = font_manager.FontProperties(fname=str(regular)).get_name()
    if name not in font_manager.fontManager.get_font_names():
        font_manager.fontManager.addfont(str(regular))
    return name


_DRAW: dict[Drawing | None, Callable[[Any, Section, Language], None]] = {
    Drawing.COURSE: _draw_course,
    Drawing.STAFFING: _draw_staffing,
}
