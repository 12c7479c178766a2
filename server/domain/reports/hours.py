"""The hours of a service date as the site's clocks show them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from server.domain import service_day

MINUTE = 60_000_000  # microseconds
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


class HoursOfDay:
    """Made once for a day, because asking a time zone for every visitor costs more than all the rest."""

    def __init__(self, day: date, time_zone: str) -> None:
        zone = ZoneInfo(time_zone)
        start, end = service_day.bounds(day, time_zone)
        self._from: list[int] = []
        self._hour: list[int] = []
        at = start
        while at < end:
            local = at.astimezone(zone)
            self._from.append(_micros(at))
            self._hour.append(local.hour)
            at = (local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)) + _HOUR
        self.start, self.end = _micros(start), _micros(end)

    def at(self, moment: int) -> int:
        """The hour on the wall; of a moment outside the day, that of its nearer end."""
        return self._hour[max(0, bisect_right(self._from, moment) - 1)]

    def minutes(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Each hour that a span touches, with how many of its minutes."""
        start, end = max(start, self.start), min(end, self.end)
        ends = [*self._from[1:], self.end]
        for hour, first, last in zip(self._hour, self._from, ends, strict=True):
            minutes = round((min(end, last) - max(start, first)) / MINUTE)
            if minutes > 0:
                yield hour, minutes


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
