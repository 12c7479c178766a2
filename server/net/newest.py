"""The newest: so many connections of one address, device or visit. When there is one more, the oldest makes room.

A newcomer who is turned away instead could be kept out for ever by whoever holds all the places.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)


class Newest(Generic[K, V]):
    """Used by the loop's thread alone. `at_most` 0: no limit."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._places: dict[K, dict[V, None]] = {}

    def enter(self, whose: K, one: V) -> V | None:
        """Who has to go for it, and has no place any more."""
        places = self._places.setdefault(whose, {})
        places[one] = None
        if not self._at_most or len(places) <= self._at_most:
            return None
        oldest = next(iter(places))
        del places[oldest]
        return oldest

    def leave(self, whose: K, one: V) -> None:
        """Twice does no harm."""
        places = self._places.get(whose)
        if places is not None:
            places.pop(one, None)
            if not places:
                del self._places[whose]

    def __len__(self) -> int:
        return sum(map(len, self._places.values()))
