"""Checked in: who had booked and came today, and before whom that put them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

from server.domain.head_starts import LOOKED_AT, Overtaking
from server.domain.line import calling_key
from server.domain.visit import Leg
from shared.vocabulary import LegId, ServiceId


class CheckedIn:
    """By service, the legs that count from a booked time, in the order in which they came. Follows from the legs."""

    def __init__(self, firsts: Iterable[Leg] = ()) -> None:
        self._came: dict[ServiceId, list[tuple[datetime, int, LegId]]] = {}
        for leg in firsts:
            self.note(leg)

    def note(self, leg: Leg) -> None:
        if leg.checked_in_at is not None:
            insort(self._came.setdefault(leg.service, []), (leg.checked_in_at, leg.order, leg.id))

    def before(self, leg: Leg, leg_of: Callable[[LegId], Leg]) -> Overtaking | None:
        """Who came after `leg` and counts from a time before it."""
        came = self._came.get(leg.service, [])
        start = bisect_right(came, (leg.came_at, leg.order, leg.id))
        later = ((at, leg_of(one)) for at, _, one in islice(came, start, start + LOOKED_AT))
        found = [at for at, one in later if one.arrival < leg.arrival and calling_key(one) < calling_key(leg)]
        return Overtaking(len(found), found[-1]) if found else None
