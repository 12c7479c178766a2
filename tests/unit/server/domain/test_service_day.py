"""Law 13: the service date is computed from the site's time zone, never from the machine's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from server.domain.service_day import bounds, service_date

OFFSETS = {"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}


def _quarter_hours_of_two_days() -> Iterator[datetime]:
    start = datetime(2026, 12, 30, 12, 0, tzinfo=UTC)  # over the end of a year
    return (start + timedelta(minutes=15 * step) for step in range(2 * 96))


@pytest.mark.parametrize(("zone", "offset"), OFFSETS.items())
def test_law_13_the_service_date_is_the_sites(zone: str, offset: int) -> None:
    for now in _quarter_hours_of_two_days():
        assert service_date(now, zone) == (now + timedelta(hours=offset - 3)).date()


@pytest.mark.parametrize("zone", OFFSETS)
def test_law_13_the_machines_zone_does_not_matter(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import time as clock

    expected = [service_date(now, zone) for now in _quarter_hours_of_two_days()]
    for machine in ("UTC", "America/Los_Angeles", "Asia/Tokyo"):
        monkeypatch.setenv("TZ", machine)
        clock.tzset()
        assert [service_date(now, zone) for now in _quarter_hours_of_two_days()] == expected
    monkeypatch.undo()
    clock.tzset()


@pytest.mark.parametrize("zone", OFFSETS)
def test_every_instant_lies_within_the_bounds_of_its_service_date(zone: str) -> None:
    for now in _quarter_hours_of_two_days():
        start, end = bounds(service_date(now, zone), zone)
        assert start <= now < end


@pytest.mark.parametrize("zone", OFFSETS)
def test_one_day_ends_where_the_next_begins(zone: str) -> None:
    _, end = bounds(date(2026, 12, 31), zone)
    start, _ = bounds(date(2027, 1, 1), zone)
    assert end == start
    assert start.utcoffset() == timedelta(0)


def test_the_date_changes_at_the_rollover_and_not_at_midnight() -> None:
    in_jakarta = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # Tuesday 00:00
    assert service_date(in_jakarta, "Asia/Jakarta") == date(2026, 11, 23)
    assert service_date(in_jakarta, "Asia/Jakarta", rollover=time(0)) == date(2026, 11, 24)
    assert service_date(in_jakarta + timedelta(hours=3), "Asia/Jakarta") == date(2026, 11, 24)
