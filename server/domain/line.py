"""Lines: waiting legs in calling order. Every question costs a bisection, whatever the length."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice

from server.domain.visit import Leg

Key = tuple[datetime, int]
Entry = tuple[datetime, int, Leg]


class Ordered:
    """Legs by a moment, ties by their order. Inserting moves pointers in one block: microseconds at 10,000 legs."""

    __slots__ = ("_entries", "_moment")

    def __init__(self, moment: Callable[[Leg], datetime]) -> None:
        self._moment = moment
        self._entries: list[Entry] = []

    def add(self, leg: Leg) -> None:
        key = self.key(leg)
        self._entries.insert(self.rank(key), (*key, leg))

    def remove(self, leg: Leg) -> None:
        at = self.rank(self.key(leg))
        if self._entries[at][2] != leg:
            raise LookupError(leg.id)
        del self._entries[at]

    def key(self, leg: Leg) -> Key:
        return self._moment(leg), leg.order

    def rank(self, key: Key) -> int:
        """How many stand before that key. Most often asked of whoever comes last."""
        entries = self._entries
        return len(entries) if not entries or entries[-1] < key else bisect_left(entries, key)

    @property
    def entries(self) -> Sequence[Entry]:
        return self._entries

    @property
    def first(self) -> Leg | None:
        return self._entries[0][2] if self._entries else None

    def at(self, place: int) -> Leg | None:
        """Who stands there, counted from 0; the last one when it is beyond the end."""
        return self._entries[min(place, len(self._entries) - 1)][2] if self._entries else None

    def before(self, key: Key) -> Iterator[Leg]:
        return (leg for _, _, leg in islice(self._entries, self.rank(key)))

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Leg]:
        return (leg for _, _, leg in self._entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ordered) and self._entries == other._entries

    __hash__ = None  # type: ignore[assignment]  # mutable


class Line:
    """The waiting legs of one service. Iterates in calling order."""

    __slots__ = ("_by_arrival", "_by_call")

    def __init__(self) -> None:
        self._by_call = Ordered(lambda leg: leg.effective_at)
        self._by_arrival = Ordered(lambda leg: leg.arrival)

    def add(self, leg: Leg) -> None:
        self._by_call.add(leg)
        self._by_arrival.add(leg)

    def remove(self, leg: Leg) -> None:
        self._by_call.remove(leg)
        self._by_arrival.remove(leg)

    @property
    def entries(self) -> Sequence[Entry]:
        """In calling order; to be read only."""
        return self._by_call.entries

    @property
    def first(self) -> Leg | None:
        """Who is next."""
        return self._by_call.first

    def at(self, place: int) -> Leg | None:
        """Who is called after `place` others, or the last one; None in an empty line."""
        return self._by_call.at(place)

    def rank(self, leg: Leg) -> int:
        """How many here are called before `leg`, which need not be of this line."""
        return self._by_call.rank(self._by_call.key(leg))

    def rank_of(self, key: Key) -> int:
        """How many here are called before that key."""
        return self._by_call.rank(key)

    def arrived_before(self, leg: Leg) -> int:
        return self._by_arrival.rank(self._by_arrival.key(leg))

    def came_before_check_in(self, leg: Leg) -> Sequence[Entry]:
        """Who came before `leg` did, which had booked and counts as earlier than them."""
        if leg.checked_in_at is None:
            return ()
        entries = self._by_arrival.entries
        first = self._by_arrival.rank((leg.arrival, leg.order + 1))
        return entries[first : self._by_arrival.rank((leg.checked_in_at, leg.order))]

    def before(self, leg: Leg) -> Iterator[Leg]:
        """Who is called before `leg`, in that order."""
        return self._by_call.before(self._by_call.key(leg))

    def came_before(self, leg: Leg) -> Iterator[Leg]:
        return self._by_arrival.before(self._by_arrival.key(leg))

    def by_arrival(self) -> Iterator[Leg]:
        """In the order in which they came."""
        return iter(self._by_arrival)

    def __len__(self) -> int:
        return len(self._by_call)

    def __iter__(self) -> Iterator[Leg]:
        return iter(self._by_call)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Line) and self._by_call == other._by_call

    __hash__ = None  # type: ignore[assignment]  # mutable


def calling_key(leg: Leg) -> Key:
    return leg.effective_at, leg.order


def in_calling_order(lines: Iterable[Line]) -> Iterator[Leg]:
    """All of several lines. Entries are compared as they lie there: no two have the same order."""
    return (leg for _, _, leg in merge(*(line.entries for line in lines)))
