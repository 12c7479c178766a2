"""A simulated day at every moment: who waited, who was in hand, which counters worked. In minutes of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from server.domain.line import Key
from server.domain.profiles import WorkProfiles
from shared.vocabulary import CounterId, ServiceId


@dataclass(slots=True)
class Episode:
    """Somebody waits for a service, is called, and leaves the counter free again."""

    service: ServiceId
    available: float
    """From when a counter may call."""
    is_told: bool
    """Whether the wait was told at the kiosk, as the first one of the visit."""
    key: Key
    fixed: float = 0.0
    """Of the time at the counter, what is no matter of chance: the walk, or the patience with who does not come."""
    serves: bool = True
    called: float | None = None
    freed: float = float("inf")
    counter: CounterId | None = None


class Away(NamedTuple):
    """A pause."""

    due: float
    began: float
    lasted: float
    until: float = 0.0
    """When it is over however late it began: a break of the opening hours. 0: it lasts as long from whenever."""


@dataclass(slots=True)
class History:
    profiles: WorkProfiles
    minutes: Mapping[ServiceId, float]
    """What each service takes on average that day."""
    spread: float
    """By how much the times vary (coefficient of variation)."""
    episodes: list[Episode] = field(default_factory=list)
    opens: dict[CounterId, float] = field(default_factory=dict)
    closes: dict[CounterId, float] = field(default_factory=dict)
    """When a counter would close with nobody left."""
    away: dict[CounterId, list[Away]] = field(default_factory=dict)

    @property
    def told(self) -> Sequence[Episode]:
        return [one for one in self.episodes if one.is_told and one.called is not None]

    def pauses_after(self, counter: CounterId, moment: float) -> list[Away]:
        return [one for one in self.away.get(counter, ()) if one.began > moment]

    def pause_ends(self, counter: CounterId, moment: float) -> float:
        """When the pause of that moment ends; the moment itself when there is none."""
        ends = (
            one.began + one.lasted for one in self.away.get(counter, ()) if one.began <= moment < one.began + one.lasted
        )
        return next(ends, moment)
