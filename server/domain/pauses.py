"""Pauses: announced ahead, so that nobody is promised a counter that will be empty, and begun, with an expected end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from shared.vocabulary import PauseReason

MINUTE: Final = timedelta(minutes=1)
USUAL: Final[Mapping[PauseReason, timedelta]] = MappingProxyType(
    {
        PauseReason.REST: 10 * MINUTE,
        PauseReason.PRAYER: 15 * MINUTE,
        PauseReason.MEAL: 40 * MINUTE,
        PauseReason.MEETING: 30 * MINUTE,
        PauseReason.EQUIPMENT: 20 * MINUTE,
        PauseReason.OTHER: 15 * MINUTE,
    }
)
"""How long a pause of this reason is expected to last where nobody said so."""
LEAST_LEFT: Final = 5 * MINUTE  # of a pause that should have ended: who is not back yet needs a moment at least
EARLY: Final = 15 * MINUTE  # whoever pauses so shortly before the announced time begins that pause
FURTHEST_AHEAD: Final = timedelta(hours=12)
LONGEST: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class PlannedPause:
    """Announced for a counter. It begins when the officer says so, at the earliest a little before."""

    reason: PauseReason
    starts_at: datetime
    lasts: timedelta

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.lasts

    def is_meant(self, now: datetime) -> bool:
        """Whether a pause that begins now is this one."""
        return self.starts_at - EARLY <= now < self.ends_at


def ends(reason: PauseReason, planned: PlannedPause | None, now: datetime) -> datetime:
    """When a pause that begins now is expected to end."""
    if planned is not None and planned.is_meant(now):
        return now + planned.lasts
    return now + USUAL[reason]


def left(until: datetime | None, since: datetime, reason: PauseReason | None, now: datetime) -> timedelta:
    """Until somebody who pauses is expected back; of older pauses no end was kept."""
    return max(LEAST_LEFT, (until or since + USUAL[reason or PauseReason.OTHER]) - now)
