"""The calling order: what a site, or one of its agencies, chose about calling, missing, returning and giving way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from server.domain.calling import CallingRule, HeadStart
from shared.vocabulary import Need

HEAD_START = HeadStart()
RESTRICTING = frozenset({Need.WHEELCHAIR, Need.DEAF, Need.COMPANION})  # they ask something of the counter
SLOW = frozenset(Need) - {Need.OTHER, Need.DEAF}  # those who walk longer than others


@dataclass(frozen=True, slots=True)
class CallingOrder:
    rule: CallingRule = HEAD_START
    recalls: int = 3
    """How often a call may be announced again."""
    recall_gap: timedelta = timedelta(seconds=10)
    """Between two announcements of one call: the voice needs its time, and the visitor theirs."""
    grace: timedelta = timedelta(seconds=30)
    """What a called visitor has beyond the way to the counter, before the number may be marked missed."""
    slow_walk: float = 2.0
    """By how much longer the way is for who walks slowly."""
    returns: int = 1
    """How often a visitor may come back by themselves after being missed."""
    return_after: int = 3
    """After how many calls of their line."""
    give_way: int = 3
    """How many places a visitor may let go by, once; 0: none."""
    booked_grace: timedelta = timedelta(minutes=10)
    """How late a booked visit may check in and still count from its booked time, where its service says nothing."""
    check_in_before: timedelta = timedelta(minutes=30)
    """How long before its slot a booked visit may check in, where its service says nothing."""

    def patience(self, walking_seconds: int, needs: tuple[Need, ...]) -> timedelta:
        """How long a called visitor has to come before the number may be marked missed."""
        factor = 1.0 if SLOW.isdisjoint(needs) else self.slow_walk
        return self.grace + timedelta(seconds=walking_seconds) * factor
