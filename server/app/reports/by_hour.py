"""Sections by the hour: heat maps of weekday and hour, and open counters against who comes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from server.app.reports.report import Cell, Column, Drawing, Finding, Section, Table, Unit
from server.app.reports.sections import columns, middle_and_tail
from server.domain.reports.figures import Figures
from server.domain.reports.histogram import Cells, hour_of, weekday_of

WEEK = 7


def arrivals(figures: Figures) -> Section:
    """Visits in each hour of a weekday, on average over the days on which anybody came."""
    days = _days(figures)
    found = {(weekday_of(one), hour_of(one)): count for one, count in figures.arrivals.items()}
    return _heat("heat_arrivals", Unit.DECIMAL, {at: count / days[at[0]] for at, count in found.items() if days[at[0]]})


def _minutes(cells: Cells) -> float | None:
    seconds = middle_and_tail(cells)[0]
    return None if seconds is None else seconds / 60


def waits(figures: Figures) -> Section:
    """The median wait of those who came in each hour of a weekday."""
    apart: defaultdict[tuple[int, int], Cells] = defaultdict(Counter)
    for one, count in figures.waits.items():
        apart[weekday_of(one), hour_of(one)][one] += count
    return _heat("heat_waits", Unit.MINUTES, {at: _minutes(cells) for at, cells in apart.items()})


def staffing(figures: Figures) -> Section:
    """Of an average day: who came in each hour, and how many counters stood open."""
    days = sum(_days(figures).values())
    came, open_minutes = Counter[int](), Counter[int]()
    for one, count in figures.arrivals.items():
        came[hour_of(one)] += count
    for one, count in figures.staffed.items():
        open_minutes[hour_of(one)] += count
    rows: list[tuple[Cell, ...]] = []
    for hour in _hours((*came, *open_minutes)):
        visits, counters = came[hour] / max(1, days), open_minutes[hour] / 60 / max(1, days)
        rows.append((hour, visits, counters, visits / counters if counters >= 0.05 else None))
    head = columns(
        ("hour", Unit.HOUR), ("arrivals", Unit.DECIMAL), ("open_counters", Unit.DECIMAL), ("each", Unit.DECIMAL)
    )
    each = [(row[3], int(str(row[0]))) for row in rows if isinstance(row[3], float)]
    finding = None
    if each:
        most, tightest = max(each)
        finding = Finding("finding_staffing", {"hour": (tightest, Unit.HOUR), "each": (most, Unit.DECIMAL)})
    return Section("staffing", Table(head, rows), Drawing.STAFFING, finding)


def _heat(key: str, unit: Unit, found: dict[tuple[int, int], float | None]) -> Section:
    """Weekdays stand side by side: there are seven at most, which fits a phone."""
    days = [day for day in range(WEEK) if any(at[0] == day for at in found)]
    head = (Column("hour", Unit.HOUR), *(Column(f"day_{day}", unit) for day in days))
    rows: list[tuple[Cell, ...]] = [
        (hour, *(found.get((day, hour)) for day in days)) for hour in _hours(hour for _, hour in found)
    ]
    known = {at: value for at, value in found.items() if value is not None}
    finding = None
    if known:
        day, hour = max(known, key=lambda at: known[at])
        facts: dict[str, tuple[Cell, Unit]] = {"day": (f"weekday_{day}", Unit.WORD), "hour": (hour, Unit.HOUR)}
        finding = Finding(f"finding_{key}", {**facts, "value": (known[day, hour], unit)})
    return Section(key, Table(head, rows), Drawing.HEAT, finding)


def _hours(found: Iterable[int]) -> range:
    """Without holes, so that a quiet hour is seen."""
    hours = list(found)
    return range(min(hours), max(hours) + 1) if hours else range(0)


def _days(figures: Figures) -> Counter[int]:
    days = Counter[int]()
    for one, count in figures.days.items():
        days[weekday_of(one)] += count
    return days
