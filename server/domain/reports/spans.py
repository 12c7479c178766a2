"""Spans: service dates and whole months, and the stretches of days that people ask for."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Service dates from the first to the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + DAY * at for at in range(self.days))

    def before(self) -> Stretch:
        """What it is compared with: whole months with as many months before them, anything else with as many days."""
        if self.first.day == 1 and self.last == last_of_month(self.last):
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            return Stretch(_months_before(self.first, months), self.first - DAY)
        return Stretch(self.first - DAY * self.days, self.first - DAY)


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def days_of_month(span: str) -> Stretch:
    first = date.fromisoformat(f"{span}-01")
    return Stretch(first, last_of_month(first))


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def is_month(span: str) -> bool:
    return len(span) == len("2026-11")


@dataclass(frozen=True, slots=True)
class Cover:
    """How a stretch is put together."""

    spans: tuple[str, ...]
    """That were rolled up: whole months where there are any, days around them."""
    left: tuple[date, ...]
    """Days that were not."""


def cover(stretch: Stretch, rolled: Collection[str]) -> Cover:
    spans: list[str] = []
    left: list[date] = []
    day = stretch.first
    while day <= stretch.last:
        month = month_of(day)
        if day.day == 1 and month in rolled and (end := last_of_month(day)) <= stretch.last:
            spans.append(month)
            day = end + DAY
            continue
        if (name := day.isoformat()) in rolled:
            spans.append(name)
        else:
            left.append(day)
        day += DAY
    return Cover(tuple(spans), tuple(left))


def _months_before(first: date, months: int) -> date:
    at = first.year * 12 + first.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)
