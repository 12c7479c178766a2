"""The service date: which day an instant belongs to, in the site's time zone and never in the machine's (law 13)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ROLLOVER = time(3, 0)  # local; no hall is open then, so no visit is cut in two


def service_date(now: datetime, time_zone: str, rollover: time = ROLLOVER) -> date:
    """The service date of an aware instant: the local date, counted from `rollover` to `rollover`."""
    local = now.astimezone(ZoneInfo(time_zone))
    if local.time() < rollover:
        return local.date() - timedelta(days=1)
    return local.date()


def bounds(day: date, time_zone: str, rollover: time = ROLLOVER) -> tuple[datetime, datetime]:
    """First instant of the service date and first instant of the next one, in UTC."""
    zone = ZoneInfo(time_zone)
    start = datetime.combine(day, rollover, zone)
    end = datetime.combine(day + timedelta(days=1), rollover, zone)
    return start.astimezone(UTC), end.astimezone(UTC)
