"""The calling rules that are compared, each with the lobby that follows it."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import chain
from types import MappingProxyType

from server.domain.calling import CallingRule, FirstComeFirstServed, HeadStart, StrictPriority
from server.domain.line import calling_key
from server.domain.lobby import Lobby
from server.domain.outlook import Lessons
from server.domain.visit import Leg
from server.simulation.day import Day, first_leg
from shared.vocabulary import CounterId, LegId, Priority

OWN = "own"  # the rules that the site itself has

LobbyMaker = Callable[[Day, Lessons], Lobby]


class RatioLobby(Lobby):
    """One priority visitor for every two regular ones at each counter. For comparison: no hall should use it.

    Once the share of priority visitors exceeds a third, they wait longer than everybody else.
    """

    REGULAR_PER_PRIORITY = 2
    _regular_since: Tally[CounterId]

    def next_for(self, counter: CounterId) -> Leg | None:
        heads: dict[bool, list[Leg]] = {True: [], False: []}
        for line in self.places.callable_by(counter):
            for first in (True, False):
                legs = (leg for leg in line if (self.visits[leg.visit].priority is Priority.PRIORITY) is first)
                heads[first] += [leg for leg in (next(legs, None),) if leg is not None]
        since = self.__dict__.setdefault("_regular_since", Tally())
        due = since[counter] >= self.REGULAR_PER_PRIORITY
        chosen = min(heads[due] or heads[not due], key=calling_key, default=None)
        if chosen is not None:
            regular = self.visits[chosen.visit].priority is Priority.REGULAR
            since[counter] = since[counter] + 1 if regular else 0
        return chosen


class ShortestFirstLobby(Lobby):
    """Whoever will be served fastest, known in advance. No hall can do it: it shows how much knowing is worth."""

    lasts: Mapping[LegId, timedelta] = MappingProxyType({})

    def next_for(self, counter: CounterId) -> Leg | None:
        legs = chain.from_iterable(self.places.callable_by(counter))
        return min(legs, key=lambda leg: (self.lasts.get(leg.id, timedelta(0)), leg.order), default=None)


def following(rule: CallingRule | None) -> LobbyMaker:
    """None: the catalogue's own rules."""
    return lambda day, lessons: Lobby.restore(day.catalogue, day.date, (), (), {}, rule, lessons=lessons)


def _by_ratio(day: Day, lessons: Lessons) -> Lobby:
    return RatioLobby.restore(day.catalogue, day.date, (), (), {}, FirstComeFirstServed(), lessons=lessons)


def _by_length(day: Day, lessons: Lessons) -> Lobby:
    lobby = ShortestFirstLobby.restore(day.catalogue, day.date, (), (), {}, FirstComeFirstServed(), lessons=lessons)
    assert isinstance(lobby, ShortestFirstLobby)
    lobby.lasts = {first_leg(number): visitor.stops[0].lasts for number, visitor in enumerate(day.arrivals)}
    return lobby


RULES: Mapping[str, LobbyMaker] = MappingProxyType(
    {
        "first_come": following(FirstComeFirstServed()),
        "strict_priority": following(StrictPriority()),
        "ratio_1_2": _by_ratio,
        "head_start": following(HeadStart()),
        "shortest_first": _by_length,
    }
)
