"""Lateness: whether a number taken now will probably not be called before the service closes for today.

The rest of the day goes to the end of its last hours. Against it stands the wait that is more likely than not, breaks
and all: with the counters that are open, and, where that is too long, with all that the service has. So a day is full
when nobody could still open a counter that helps.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from server.domain.estimating import Forecast
from server.domain.forecasting import Forecasting
from server.domain.line import Key
from server.domain.outlook import MINUTE
from shared.vocabulary import Priority, ServiceId, TooLate


class Lateness(Forecasting):
    """None while a number will probably be called today, while the service is closed, and where it never closes."""

    def too_late(self, service: ServiceId, now: datetime, as_it_is: Forecast | None) -> TooLate | None:
        """For somebody regular who comes now, and was told `as_it_is`."""
        left = self._left(service, now)
        if left is None:
            return None
        return self._judge(service, (now, self._next_order), now, as_it_is, left)

    def too_late_for_priority(self, service: ServiceId, now: datetime) -> TooLate | None:
        """With the head start that somebody with priority would get."""
        left = self._left(service, now)
        if left is None:
            return None
        head_start = self.rule_of(service).head_start(Priority.PRIORITY, self._regular_wait(service, now))
        key = (now - head_start, self._next_order)
        return self._judge(service, key, now, self._told(service, self._expected(service, key, now), now), left)

    def _left(self, service: ServiceId, now: datetime) -> timedelta | None:
        opening = self.catalogue.openings.at(now, self.catalogue.services[service].hours)
        return opening.left(now) if opening.is_open else None

    def _judge(
        self, service: ServiceId, key: Key, now: datetime, as_it_is: Forecast | None, left: timedelta
    ) -> TooLate | None:
        if _is_within(as_it_is, left):
            return None
        if not _is_within(self._told(service, self._expected(service, key, now, closed_too=True), now), left):
            return TooLate.CAPACITY
        return None if as_it_is is None else TooLate.CLOSING


def _is_within(told: Forecast | None, left: timedelta) -> bool:
    return told is not None and told.middle * MINUTE < left
