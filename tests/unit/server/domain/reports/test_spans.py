"""Stretches of days: what they are compared with, and how months and days cover them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.reports.spans import Stretch, cover, days_of_month, is_month


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-11-23", "2026-11-23", "2026-11-22..2026-11-22"),
        ("2026-11-01", "2026-11-30", "2026-10-01..2026-10-31"),
        ("2026-01-01", "2026-03-31", "2025-10-01..2025-12-31"),
        ("2024-01-01", "2024-12-31", "2023-01-01..2023-12-31"),
        ("2026-11-02", "2026-11-08", "2026-10-26..2026-11-01"),
    ],
)
def test_a_stretch_is_compared_with_what_was_before_it(first: str, last: str, before: str) -> None:
    stretch = Stretch(date.fromisoformat(first), date.fromisoformat(last))
    found = stretch.before()
    assert f"{found.first}..{found.last}" == before


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(days, days, st.sets(st.integers(1, 12)), st.sets(days, max_size=60))
def test_every_day_of_a_stretch_is_covered_once(one: date, other: date, months: set[int], missing: set[date]) -> None:
    stretch = Stretch(min(one, other), max(one, other))
    rolled = {day.isoformat() for day in stretch} - {day.isoformat() for day in missing}
    rolled |= {f"2025-{month:02}" for month in months}
    found = cover(stretch, rolled)
    covered = [
        day for span in found.spans for day in (days_of_month(span) if is_month(span) else [date.fromisoformat(span)])
    ]
    assert sorted([*covered, *found.left]) == list(stretch)
    assert set(found.spans) <= rolled


def _days(span: str) -> list[date]:
    return list(days_of_month(span)) if is_month(span) else [date.fromisoformat(span)]
