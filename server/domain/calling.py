"""Calling rules: how much earlier than its arrival a leg counts, and thereby whom a counter gets next.

A rule speaks once, when a number is issued; from then on the order stands (law 11). Whoever has the smallest
(`effective_at`, `order`) among those that a counter may call is next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Protocol

from shared.vocabulary import Priority

NONE = timedelta(0)
ROOM = 1000
"""One part in so many of the time between two arrivals stays between their keys."""


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


RULES: Mapping[str, CallingRule] = MappingProxyType(
    {rule.name: rule for rule in (HeadStart(), StrictPriority(), FirstComeFirstServed())}
)
"""By the names that the catalogue's file uses."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an equal (same service, same priority) stands."""

    arrival: datetime
    key: datetime


def key_at_issue(
    arrival: datetime, head_start: timedelta, before: Placed | None = None, after: Placed | None = None
) -> datetime:
    """From when a leg counts. Never before `before`, the equal who came right before: an estimate that jumps between
    two of them would let the later one overtake. Nor after `after`, the one who came right after, where that one was
    told its key first. Of the time between two arrivals a thousandth stays between their keys, so that whoever
    arrives between them (having booked, or at a kiosk without its server) finds room there.

    Nothing is lost by that: whoever stood before the equal has been called before it.
    """
    key = arrival - head_start
    if before is not None and head_start:
        key = max(key, before.key + (arrival - before.arrival) // ROOM)
    return key if after is None or not head_start else min(key, after.key - (after.arrival - arrival) // ROOM)


def counts_as_arrived(booked_for: datetime, checked_in: datetime, grace: timedelta) -> datetime:
    """The arrival of a booked visit: its booked time, also when it came early; late beyond the grace, as a walk-in."""
    return booked_for if checked_in <= booked_for + grace else checked_in
