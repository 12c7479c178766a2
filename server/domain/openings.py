"""Openings: how each service stands at a moment, worked out once for as long as it stays so.

Whoever takes a number asks, and so does every line that a kiosk shows; the answer changes a few times a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from server.domain import hours
from server.domain.hours import Calendar, Hours

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


class Openings:
    """Of one catalogue, whose hours never change."""

    def __init__(self, time_zone: str, calendar: Calendar) -> None:
        self._zone = ZoneInfo(time_zone)
        self._calendar = calendar
        self._known: dict[int, tuple[Hours, Opening]] = {}
        """By the identity of the hours, which are kept here so that it stays theirs."""

    def at(self, now: datetime, week: Hours) -> Opening:
        _, opening = self._known.get(id(week), (week, None))
        if opening is None or not opening.since <= now < opening.until:
            opening = self._work_out(now, week)
            self._known[id(week)] = week, opening
        return opening

    def _work_out(self, now: datetime, week: Hours) -> Opening:
        local = now.astimezone(self._zone)
        is_open = hours.is_open(local, week, self._calendar)
        change = (hours.closes_at if is_open else hours.opens_at)(local, week, self._calendar)
        at = None if change is None else change.astimezone(UTC)
        return Opening(now, at or now + RECHECK, is_open, None if is_open else at, at if is_open else None)
