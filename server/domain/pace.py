"""Pace: how many minutes a service really takes, from its norm at first and from what was seen as it comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from shared.vocabulary import ServiceId

NORM_WEIGHT = 3.0  # the standard minutes count like so many visitors: the first few do not upset a morning
HISTORY_WEIGHT = 12.0  # earlier days count like at most so many: a slow day shows itself within an hour or two
LONGEST = timedelta(hours=3)  # a leg that somebody forgot to finish says nothing about the service
MINUTE = timedelta(minutes=1)

Seen = tuple[int, timedelta]
"""How many visitors, and their time together."""
NONE: Seen = (0, timedelta(0))
NOTHING: Mapping[ServiceId, Seen] = MappingProxyType({})


class Pace:
    """Minutes from the call to the end of serving, by service.

    A weighted mean of the catalogue's standard minutes, earlier days of the same kind and today.
    """

    __slots__ = ("_standard", "_today", "_usual")

    def __init__(self, standard: Mapping[ServiceId, int], usual: Mapping[ServiceId, Seen] = NOTHING) -> None:
        self._standard = standard
        self._usual = usual
        self._today: dict[ServiceId, Seen] = {}

    def go_on_with(self, standard: Mapping[ServiceId, int]) -> None:
        """The norms of a new catalogue; what was seen stays."""
        self._standard = standard

    def saw(self, service: ServiceId, lasted: timedelta) -> None:
        """One visitor of today; nonsense (below zero, or of hours) is left out."""
        if timedelta(0) <= lasted <= LONGEST:
            count, total = self._today.get(service, NONE)
            self._today[service] = count + 1, total + lasted

    def minutes(self, service: ServiceId) -> float:
        count, today = self._today.get(service, NONE)
        earlier, before = self._usual.get(service, NONE)
        weight = min(float(earlier), HISTORY_WEIGHT)
        total = today / MINUTE + self._standard[service] * NORM_WEIGHT
        if earlier:
            total += before / MINUTE / earlier * weight
        return total / (count + weight + NORM_WEIGHT)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pace) and (self._today, self._usual) == (other._today, other._usual)

    __hash__ = None  # type: ignore[assignment]  # mutable
