"""Calling rules: how much earlier than its arrival a leg counts, and thereby whom a counter gets next.

A rule speaks once, when a number is issued; from then on the order stands (law 11). Whoever has the smallest
(`effective_at`, `order`) among those that a counter may call is next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Protocol

from shared.vocabulary import Priority

NONE = timedelta(0)


class CallingRule(Protocol):
    @property
    def name(self) -> str:
        """As it is written into the facts of a call."""

    def head_start(self, priority: Priority, regular_wait: timedelta) -> timedelta:
        """What a visitor gets who would wait `regular_wait` without any; never negative."""


@dataclass(frozen=True, slots=True)
class HeadStart:
    """Priority visitors count as if they had come earlier, by a share of the wait that a regular one faces.

    Bounded, so that a regular visitor is only ever overtaken by people who come less than `most` after them.
    """

    share: Fraction = Fraction(2, 3)
    least: timedelta = timedelta(minutes=15)
    most: timedelta = timedelta(minutes=90)

    @property
    def name(self) -> str:
        return "head_start"

    def head_start(self, priority: Priority, regular_wait: timedelta) -> timedelta:
        if priority is Priority.REGULAR:
            return NONE
        share = regular_wait * self.share.numerator / self.share.denominator
        return min(max(share, self.least), self.most)


@dataclass(frozen=True, slots=True)
class FirstComeFirstServed:
    """By arrival alone."""

    @property
    def name(self) -> str:
        return "first_come"

    def head_start(self, priority: Priority, regular_wait: timedelta) -> timedelta:  # noqa: ARG002 - the protocol's
        return NONE


@dataclass(frozen=True, slots=True)
class StrictPriority:
    """Priority before everybody regular. Many priority visitors can keep a regular one waiting all day."""

    @property
    def name(self) -> str:
        return "strict_priority"

    def head_start(self, priority: Priority, regular_wait: timedelta) -> timedelta:  # noqa: ARG002 - the protocol's
        return NONE if priority is Priority.REGULAR else timedelta(days=1)
