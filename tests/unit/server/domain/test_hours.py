"""When a service takes visitors: weeks, breaks, holidays, nights, and the three time zones of Indonesia."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.hours import (
    ALWAYS,
    HORIZON,
    MIDNIGHT,
    Calendar,
    Hours,
    Span,
    closes_at,
    is_open,
    opens_at,
    spans_on,
)

WITA = ZoneInfo("Asia/Makassar")
INDONESIA = [ZoneInfo("Asia/Jakarta"), WITA, ZoneInfo("Asia/Jayapura")]
DAY = Span(time(8), time(15))
FRIDAY = (Span(time(8), time(11, 30)), Span(time(13), time(15)))
OFFICE = Hours({0: (DAY,), 1: (DAY,), 2: (DAY,), 3: (DAY,), 4: FRIDAY})
USUAL = Calendar()


def at(text: str, zone: ZoneInfo = WITA) -> datetime:
    """2026-11-23 is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "is_taken"),
    [
        ("2026-11-23 07:59:59", False),
        ("2026-11-23 08:00", True),
        ("2026-11-23 14:59:59", True),
        ("2026-11-23 15:00", False),
        ("2026-11-27 11:29", True),
        ("2026-11-27 11:30", False),
        ("2026-11-27 12:59", False),
        ("2026-11-27 13:00", True),
        ("2026-11-28 10:00", False),
    ],
)
def test_a_visitor_is_taken_from_the_start_of_a_span_until_just_before_its_end(moment: str, is_taken: bool) -> None:
    assert is_open(at(moment), OFFICE, USUAL) is is_taken


def test_before_the_friday_break_it_closes_at_the_break_and_opens_after_it() -> None:
    morning = at("2026-11-27 09:00")
    assert closes_at(morning, OFFICE, USUAL) == at("2026-11-27 11:30")
    assert opens_at(morning, OFFICE, USUAL) == at("2026-11-27 13:00")


def test_at_night_it_opens_the_next_morning() -> None:
    assert opens_at(at("2026-11-23 22:10"), OFFICE, USUAL) == at("2026-11-24 08:00")
    assert opens_at(at("2026-11-24 03:10"), OFFICE, USUAL) == at("2026-11-24 08:00")
    assert closes_at(at("2026-11-24 03:10"), OFFICE, USUAL) is None


def test_after_friday_it_opens_on_monday() -> None:
    assert opens_at(at("2026-11-27 15:00"), OFFICE, USUAL) == at("2026-11-30 08:00")


def test_a_holiday_is_closed_all_day() -> None:
    calendar = Calendar({date(2026, 11, 24): ()})
    assert not is_open(at("2026-11-24 10:00"), OFFICE, calendar)
    assert opens_at(at("2026-11-23 16:00"), OFFICE, calendar) == at("2026-11-25 08:00")


def test_lebaran_with_its_collective_leave_announces_the_day_after_it() -> None:
    closed = [date(2027, 3, day) for day in (8, 9, 10, 11, 12, 15)]  # Nyepi, leave, Lebaran, leave
    calendar = Calendar(dict.fromkeys(closed, ()))
    assert opens_at(at("2027-03-05 15:00"), OFFICE, calendar) == at("2027-03-16 08:00")


def test_a_closure_beyond_the_horizon_announces_nothing() -> None:
    monday = date(2026, 11, 23)
    closed = Calendar({monday + timedelta(days=ahead): () for ahead in range(HORIZON.days + 1)})
    assert opens_at(at("2026-11-23 07:00"), OFFICE, closed) is None
    assert opens_at(at("2026-11-24 07:00"), OFFICE, closed) == at("2026-12-15 08:00")


def test_a_short_day_shortens_and_never_lengthens() -> None:
    calendar = Calendar({date(2026, 11, 27): (Span(time(6), time(14)),), date(2026, 11, 28): (DAY,)})
    assert spans_on(date(2026, 11, 27), OFFICE, calendar) == (FRIDAY[0], Span(time(13), time(14)))
    assert spans_on(date(2026, 11, 28), OFFICE, calendar) == ()


def test_hours_without_a_closing_time_never_open_or_close() -> None:
    for moment in ("2026-11-23 00:00", "2026-11-23 23:59:59.999999", "2026-11-28 12:00"):
        assert is_open(at(moment), ALWAYS, USUAL)
        assert closes_at(at(moment), ALWAYS, USUAL) is None
        assert opens_at(at(moment), ALWAYS, USUAL) is None


def test_a_night_service_closes_in_the_morning_after() -> None:
    night = Hours({0: (Span(time(20), MIDNIGHT),), 1: (Span(time.min, time(4)),)})
    assert closes_at(at("2026-11-23 21:00"), night, USUAL) == at("2026-11-24 04:00")
    assert opens_at(at("2026-11-23 21:00"), night, USUAL) == at("2026-11-30 20:00")


def test_a_span_until_midnight_closes_when_the_next_day_begins() -> None:
    evening = Hours({0: (Span(time(20), MIDNIGHT),)})
    assert closes_at(at("2026-11-23 23:59:59.999999"), evening, USUAL) == at("2026-11-24 00:00")
    assert not is_open(at("2026-11-24 00:00"), evening, USUAL)


@pytest.mark.parametrize("zone", INDONESIA, ids=str)
def test_hours_are_meant_in_the_zone_of_the_site(zone: ZoneInfo) -> None:
    moment = datetime.combine(date(2026, 11, 23), time(0, 30), ZoneInfo("UTC"))  # 07:30 WIB, 08:30 WITA, 09:30 WIT
    local = moment.astimezone(zone)
    assert is_open(local, OFFICE, USUAL) is (zone.key != "Asia/Jakarta")
    later = opens_at(local, OFFICE, USUAL)
    assert later is not None
    assert later.astimezone(zone).time() == time(8)


# --- for any hours, any calendar, any moment ---


@st.composite
def several_spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Ascending and apart, of whole quarters; the last may run to midnight."""
    quarters = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    edges = [time(q // 4, q % 4 * 15) if q < 96 else MIDNIGHT for q in quarters[: len(quarters) // 2 * 2]]
    return tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=True))


weeks = st.dictionaries(st.integers(0, 6), several_spans()).map(lambda week: Hours(MappingProxyType(week)))
days = st.dates(date(2026, 11, 20), date(2026, 12, 20))
calendars = st.dictionaries(days, several_spans(), max_size=12).map(Calendar)
moments = st.builds(
    lambda zone, later: datetime(2026, 11, 21, tzinfo=zone) + later,
    st.sampled_from(INDONESIA),
    st.timedeltas(timedelta(), timedelta(days=14)) | st.integers(0, 7 * 96).map(lambda q: timedelta(minutes=15 * q)),
)


@given(moments, weeks, calendars)
def test_it_is_open_exactly_when_a_span_of_the_day_holds_the_moment(
    local: datetime, hours: Hours, calendar: Calendar
) -> None:
    spans = spans_on(local.date(), hours, calendar)
    assert is_open(local, hours, calendar) is any(
        span.start <= local.time() and (local.time() < span.end or span.end == MIDNIGHT) for span in spans
    )
    assert all(span.start < span.end for span in spans)
    assert all(one.end < other.start for one, other in pairwise(spans))


@given(moments, weeks, calendars)
def test_the_next_opening_is_later_is_open_and_follows_a_closed_moment(
    local: datetime, hours: Hours, calendar: Calendar
) -> None:
    opening = opens_at(local, hours, calendar)
    if opening is None:
        assert not any(_openings(local, hours, calendar))
        return
    assert opening > local
    assert is_open(opening, hours, calendar)
    assert not is_open(opening - timedelta(microseconds=1), hours, calendar)
    assert opening == min(_openings(local, hours, calendar))


@given(moments, weeks, calendars)
def test_the_closing_is_the_first_closed_moment(local: datetime, hours: Hours, calendar: Calendar) -> None:
    closing = closes_at(local, hours, calendar)
    if closing is None:
        quarters = [local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=h) for h in range(24 * 8)]
        assert not is_open(local, hours, calendar) or all(is_open(q, hours, calendar) for q in quarters if q > local)
        return
    assert is_open(local, hours, calendar)
    assert closing > local
    assert not is_open(closing, hours, calendar)
    assert is_open(closing - timedelta(microseconds=1), hours, calendar)
    opening = opens_at(local, hours, calendar)
    assert opening is None or closing < opening


def _openings(local: datetime, hours: Hours, calendar: Calendar) -> list[datetime]:
    """The slow way: every start of a span in the horizon before which it is closed."""
    first = datetime.combine(local.date(), time.min, local.tzinfo)
    days = [first + timedelta(days=ahead) for ahead in range(HORIZON.days + 1)]
    starts = [
        datetime.combine(day.date(), span.start, local.tzinfo)
        for day in days
        for span in spans_on(day.date(), hours, calendar)
    ]
    before = timedelta(microseconds=1)
    return [start for start in starts if start > local and not is_open(start - before, hours, calendar)]
