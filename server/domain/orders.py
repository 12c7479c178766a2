"""Orders of the day: what a supervisor has closed for today, and what was said to the hall. Values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from shared.vocabulary import AgencyId, OfficerId, ServiceId, Words, ZoneId

BulletinId = NewType("BulletinId", str)


@dataclass(frozen=True, slots=True)
class Closure:
    """A service that takes nobody more today, whatever its hours say; who waits for it is served."""

    service: ServiceId
    since: datetime
    officer: OfficerId | None
    because: str
    opened_at: datetime | None = None
    """When it was taken back."""

    @property
    def stands(self) -> bool:
        return self.opened_at is None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A text for the whole hall or some zones: spoken once, and in the running text until it ends."""

    id: BulletinId
    text: Words
    zones: tuple[ZoneId, ...]
    """Empty: all of them."""
    given_at: datetime
    until: datetime
    officer: OfficerId | None
    agency: AgencyId | None = None
    """Whose head gave it; None: for the whole site."""
    ended_at: datetime | None = None
    """When it was taken back."""

    def stands(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.until

    def is_for(self, zone: ZoneId) -> bool:
        return not self.zones or zone in self.zones
