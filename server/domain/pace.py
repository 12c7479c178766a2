"""Pace: how many minutes a service really takes, from its norm at first and from what was seen as it comes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shared.vocabulary import ServiceId

NORM_WEIGHT = 3.0  # the standard minutes count like so many visitors: the first few do not upset a morning
HISTORY_WEIGHT = 12.0  # earlier days count like at most so many: a slow day shows itself within an hour or two
LONGEST = 180.0  # minutes; a leg that somebody forgot to finish says nothing about the service

Seen = tuple[int, float]
"""How many visitors, and their minutes together."""
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

    def saw(self, service: ServiceId, minutes: float) -> None:
        """One visitor of today; nonsense (below zero, or of hours) is left out."""
        if 0 <= minutes <= LONGEST:
            count, total = self._today.get(service, (0, 0.0))
            self._today[service] = count + 1, total + minutes

    def minutes(self, service: ServiceId) -> float:
        count, total = self._today.get(service, (0, 0.0))
        earlier, earlier_total = self._usual.get(service, (0, 0.0))
        if earlier:
            weight = min(float(earlier), HISTORY_WEIGHT)
            total += earlier_total / earlier * weight
        else:
            weight = 0.0
        return (total + self._standard[service] * NORM_WEIGHT) / (count + weight + NORM_WEIGHT)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pace) and (self._today, self._usual) == (other._today, other._usual)

    __hash__ = None  # type: ignore[assignment]  # mutable
