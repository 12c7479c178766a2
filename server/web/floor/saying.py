"""Times in words: how long ago, and when, in the site's time zone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from server.web.floor.words import WORDS
from shared.dates import clock
from shared.vocabulary import Language, Words

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Saying:
    language: Language
    zone: ZoneInfo
    now: datetime

    def clock(self, at: datetime) -> str:
        return clock(at, self.zone, self.language)

    def lasted(self, since: datetime) -> str:
        """As `floor.js` says it from then on."""
        minutes = max(0, (self.now - since) // MINUTE)
        minute, hour = WORDS["minute"].in_(self.language), WORDS["hour"].in_(self.language)
        if minutes < 60:
            return f"{minutes} {minute}"
        return f"{minutes // 60} {hour} {minutes % 60:02d} {minute}"

    def ago(self, since: datetime) -> Markup:
        """How long it lasts already; goes on by itself where scripts run."""
        return Markup('<time class="since" datetime="{}">{}</time>').format(
            since.astimezone(UTC).isoformat(timespec="seconds"), self.lasted(since)
        )

    def words(self, words: Words) -> str:
        return words.in_(self.language)
