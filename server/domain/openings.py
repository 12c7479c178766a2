"""Openings: how each service stands at a moment, worked out once for as long as it stays so.

Whoever takes a number asks, and so does every line that a kiosk shows; the answer changes a few times a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from server.domain import hours
from server.domain.hours import Calendar, Hours

DAYS_NAMED = 3  # as many as somebody at a kiosk reads
RECHECK = timedelta(minutes=1)  # where nothing changes within the horizon, which moves with the clock


@dataclass(frozen=True, slots=True)
class Opening:
    """From `since` until just before `until`."""

    since: datetime
    until: datetime
    is_open: bool
    opens_at: datetime | None
    """UTC, like `closes_at`; None while it is open, or when it does not open within the horizon."""
    closes_at: datetime | None
    ends_at: datetime | None = None
    """When the last hours of today end; None where none are left, or where it stays open through the night."""

    def left(self, now: datetime) -> timedelta | None:
        """Until the end of today's last hours, breaks and all; None where the day has no end."""
        return None if self.ends_at is None else max(timedelta(0), self.ends_at - now)


@dataclass(frozen=True, slots=True)
class OpenDay:
    """From the first opening to the last closing of a day, UTC."""

    opens_at: datetime
    closes_at: datetime


class Openings:
    """Of one catalogue, whose hours never change."""

    def __init__(self, time_zone: str, calendar: Calendar) -> None:
        self._zone = ZoneInfo(time_zone)
        self._calendar = calendar
        self._known: dict[int, tuple[Hours, Opening]] = {}
        """By the identity of the hours, which are kept here so that it stays theirs."""
        self._next: dict[int, tuple[Hours, date, tuple[OpenDay, ...]]] = {}

    def at(self, now: datetime, week: Hours) -> Opening:
        _, opening = self._known.get(id(week), (week, None))
        if opening is None or not opening.since <= now < opening.until:
            opening = self._work_out(now, week)
            self._known[id(week)] = week, opening
        return opening

    def next_days(self, now: datetime, week: Hours) -> tuple[OpenDay, ...]:
        """The next few days after today that open."""
        local = now.astimezone(self._zone)
        known = self._next.get(id(week))
        if known is None or known[1] != local.date():
            found = hours.next_days(local, week, self._calendar, DAYS_NAMED)
            days = tuple(OpenDay(start.astimezone(UTC), end.astimezone(UTC)) for start, end in found)
            known = self._next[id(week)] = week, local.date(), days
        return known[2]

    def _work_out(self, now: datetime, week: Hours) -> Opening:
        local = now.astimezone(self._zone)
        is_open = hours.is_open(local, week, self._calendar)
        change = (hours.closes_at if is_open else hours.opens_at)(local, week, self._calendar)
        at = None if change is None else change.astimezone(UTC)
        closes_at = at if is_open else None
        rest = [end.astimezone(UTC) for _, end in hours.rest_of_day(local, week, self._calendar)]
        ends_at = rest[-1] if rest else None
        if is_open and (closes_at is None or (ends_at is not None and closes_at > ends_at)):
            ends_at = None
        return Opening(now, at or now + RECHECK, is_open, None if is_open else at, closes_at, ends_at)
