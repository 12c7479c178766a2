"""Head starts given today: what the next equal must not overtake, and who was put before whom."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from server.domain.calling import Placed
from server.domain.visit import Leg
from shared.vocabulary import LegId, ServiceId

_BEHIND_ALL = sys.maxsize
LOOKED_AT = 20  # an explanation names no more; its cost stays the same in a full hall

Around = tuple[Placed | None, Placed | None]
_Entry = tuple[datetime, int, LegId]


@dataclass(frozen=True, slots=True)
class Overtaking:
    """How many were placed before somebody, and when the last of them came."""

    count: int
    last_at: datetime


class HeadStarts:
    """By service, the legs that got a head start at issue, in the order of their arrival. Follows from the legs."""

    def __init__(self) -> None:
        self._given: dict[ServiceId, list[_Entry]] = {}

    @classmethod
    def of(cls, firsts: Iterable[Leg]) -> HeadStarts:
        """`firsts`: the first leg of every visit of the day."""
        given = cls()
        for leg in sorted(firsts, key=lambda leg: (leg.arrival, leg.order)):
            if leg.effective_at != leg.arrival:
                given.note(leg)
        return given

    def note(self, leg: Leg) -> None:
        insort(self._given.setdefault(leg.service, []), (leg.arrival, leg.order, leg.id))

    def correct(self, old: Leg, new: Leg) -> None:
        """The priority of a first leg was corrected, and with it the key."""
        given = self._given.setdefault(old.service, [])
        entry = (old.arrival, old.order, old.id)
        at = bisect_left(given, entry)
        if at < len(given) and given[at] == entry:
            del given[at]
        if new.effective_at != new.arrival:
            self.note(new)

    def around(
        self, service: ServiceId, arrival: datetime, leg_of: Callable[[LegId], Leg], order: int | None = None
    ) -> Around:
        """The equals who came right before `arrival` and right after it; whoever gave the place up since
        does not count. Nobody comes after who comes now; a ticket that a kiosk gave without the server may. `order`
        tells apart who arrived at the same moment; without one, all of those came before."""
        given = self._given.get(service, [])
        last = _BEHIND_ALL if order is None else order
        at = bisect_right(given, (arrival, last), key=lambda entry: entry[:2])
        earlier, later = (given[place] for place in range(at - 1, -1, -1)), islice(given, at, None)
        return _first_placed(earlier, leg_of), _first_placed(later, leg_of)

    def over(self, leg: Leg, leg_of: Callable[[LegId], Leg]) -> Overtaking | None:
        """Who came after `leg` and counts as earlier."""
        given = self._given.get(leg.service, [])
        start = bisect_right(given, (leg.arrival, leg.order, leg.id))
        later = [leg_of(entry) for _, _, entry in given[start : start + LOOKED_AT]]
        before = [one for one in later if (one.effective_at, one.order) < (leg.effective_at, leg.order)]
        return Overtaking(len(before), before[-1].arrival) if before else None


def _first_placed(entries: Iterable[_Entry], leg_of: Callable[[LegId], Leg]) -> Placed | None:
    found = (leg for _, _, leg_id in entries if not (leg := leg_of(leg_id)).was_moved)
    return next((Placed(leg.arrival, leg.effective_at) for leg in found), None)
