"""Shifts: how long a PIN counts. An officer who went away without signing out has left the counter to whoever comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from server.app.sessions import Session

FOREVER = timedelta.max


@dataclass(frozen=True, slots=True)
class Shifts:
    idle: timedelta = FOREVER
    """Without a command and without anybody in hand: who serves somebody is there."""
    longest: timedelta = timedelta(hours=12)

    def needs_pin(self, session: Session, now: datetime, *, has_hand: bool) -> bool:
        if session.signed_in_at is None or session.acted_at is None:
            return False
        away = now - session.acted_at > self.idle and not has_hand
        return away or now - session.signed_in_at > self.longest


FOR_THE_DAY = Shifts()
