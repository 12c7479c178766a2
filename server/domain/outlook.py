"""The outlook: what today and earlier days teach about waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from server.domain.breaks import Breaks
from server.domain.pace import Pace, Seen
from server.domain.track_record import TrackRecord
from server.domain.visit import Leg
from shared.vocabulary import LegState, ServiceId

MINUTE = timedelta(minutes=1)


class PastWait(NamedTuple):
    """Minutes, breaks of the opening hours and all."""

    service: ServiceId
    day: date
    came_at: datetime
    expected: float
    waited: float


@dataclass(frozen=True, slots=True)
class Lessons:
    """What earlier days left."""

    usual: Mapping[ServiceId, Seen] = field(default_factory=lambda: MappingProxyType({}))
    """From call to the end of serving, on the same weekday of the last weeks."""
    waits: Sequence[PastWait] = ()
    """What was expected and what came, oldest first; those of today included."""


NO_LESSONS = Lessons()


class Outlook:
    """How long services take, and how waits compare with what was expected of them."""

    __slots__ = ("pace", "record")

    def __init__(
        self, standard: Mapping[ServiceId, int], legs: Iterable[Leg], lessons: Lessons, breaks: Breaks
    ) -> None:
        self.pace = Pace(standard, lessons.usual)
        days = {day: breaks.on(day) for day in {wait.day for wait in lessons.waits}}
        self.record = TrackRecord(_worked(wait, days[wait.day]) for wait in lessons.waits)
        for leg in legs:
            if leg.state is LegState.SERVED:
                self._learn_pace(leg)

    def saw(self, old: Leg, new: Leg, breaks: Breaks) -> None:
        """A leg went on to a new state. Who gave way waited longer by choice: that teaches nothing."""
        if new.state is LegState.SERVED:
            self._learn_pace(new)
        elif new.state is LegState.CALLED and old.first_called_at is None and new.forecast and not new.gave_way:
            waited = waited_for_first_call(new)
            assert waited is not None
            told = PastWait(new.service, breaks.day, new.came_at, new.forecast.expected, waited)
            self.record.saw(*_worked(told, breaks))

    def _learn_pace(self, served: Leg) -> None:
        if served.called_at is not None:
            self.pace.saw(served.service, served.since - served.called_at)

    def __eq__(self, other: object) -> bool:
        """The record holds waits of many days, of which a store gives back the newest only."""
        return isinstance(other, Outlook) and self.pace == other.pace

    __hash__ = None  # type: ignore[assignment]  # mutable


def _worked(wait: PastWait, breaks: Breaks) -> tuple[float, float]:
    """Expected and waited without breaks: those are as long as they are, which says nothing of how waits scatter."""
    if not breaks.shared(wait.service):
        return wait.expected, wait.waited
    return (
        breaks.worked(wait.service, wait.came_at, wait.expected),
        breaks.worked(wait.service, wait.came_at, wait.waited),
    )


def waited_for_first_call(leg: Leg) -> float | None:
    """Minutes."""
    return None if leg.first_called_at is None else max(0.0, (leg.first_called_at - leg.came_at) / MINUTE)
