"""Openings: what is kept is what would be worked out anew, at every moment."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from server.domain import hours
from server.domain.hours import ALWAYS, Calendar, Hours, Span
from server.domain.openings import Openings

ZONE = "Asia/Jayapura"
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
OFFICE = Hours(dict.fromkeys(range(5), (Span(time(8), time(12)), Span(time(13), time(15, 30)))))
NEVER = Hours({})
HOLIDAY = Calendar({datetime(2026, 11, 25, tzinfo=UTC).date(): ()})


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), max_size=12))
def test_what_is_kept_is_what_would_be_worked_out_anew(moments: list[timedelta]) -> None:
    kept = Openings(ZONE, HOLIDAY)
    for moment in moments:  # also backwards: a clock may be put back
        now = MONDAY + moment
        local = now.astimezone(ZoneInfo(ZONE))
        for week in (OFFICE, ALWAYS, NEVER):
            opening = kept.at(now, week)
            assert opening.is_open == hours.is_open(local, week, HOLIDAY)
            assert opening.closes_at == hours.closes_at(local, week, HOLIDAY)
            assert opening.opens_at == (None if opening.is_open else hours.opens_at(local, week, HOLIDAY))
