"""Leases: blocks of numbers in the hands of a kiosk, and the tickets that it gave from them without the server."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.vocabulary import (
    DeviceId,
    FollowKey,
    Language,
    Need,
    PrintState,
    Priority,
    RequestId,
    ServiceId,
)

LeaseKey = tuple[str, int]
"""Series and first number: blocks of one service date never overlap."""


class LeaseEnd(StrEnum):
    USED_UP = "used_up"
    """Every number of the block is a visit."""
    JOURNAL_LOST = "journal_lost"
    """The kiosk came back without its memory: what it gave from the block since its last merge, nobody knows."""
    DAY_OVER = "day_over"


@dataclass(frozen=True, slots=True)
class Lease:
    """Numbers `first` to `last` of a series, for one kiosk on one service date. No number is ever leased twice."""

    series: str
    first: int
    last: int
    device: DeviceId
    journal: str
    """Which memory of the kiosk the block was given to."""
    granted_at: datetime
    ended_at: datetime | None = None
    end: LeaseEnd | None = None

    @property
    def key(self) -> LeaseKey:
        return self.series, self.first

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def stands(self) -> bool:
        return self.end is None

    def ended(self, end: LeaseEnd, now: datetime) -> Lease:
        return replace(self, end=end, ended_at=now)

    def __str__(self) -> str:
        return f"{self.series} {self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class IslandTicket:
    """A number that a kiosk gave by itself: the paper is in a visitor's hand before the server hears of it."""

    request: RequestId
    series: str
    number: int
    key: FollowKey
    service: ServiceId
    language: Language
    priority: Priority
    needs: tuple[Need, ...]
    arrived_at: datetime
    """As the kiosk's clock had it, set by the last word of the server's."""
    print_state: PrintState
