"""The outlook: what today and earlier days teach about waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from server.domain.pace import Pace, Seen
from server.domain.track_record import TrackRecord
from server.domain.visit import Leg
from shared.vocabulary import LegState, ServiceId

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What earlier days left."""

    usual: Mapping[ServiceId, Seen] = field(default_factory=lambda: MappingProxyType({}))
    """From call to the end of serving, on the same weekday of the last weeks."""
    waits: Sequence[tuple[float, float]] = ()
    """What was expected and what came, in minutes, oldest first; those of today included."""


NO_LESSONS = Lessons()


class Outlook:
    """How long services take, and how waits compare with what was expected of them."""

    __slots__ = ("pace", "record")

    def __init__(self, standard: Mapping[ServiceId, int], legs: Iterable[Leg], lessons: Lessons) -> None:
        self.pace = Pace(standard, lessons.usual)
        self.record = TrackRecord(lessons.waits)
        for leg in legs:
            if leg.state is LegState.SERVED:
                self._learn_pace(leg)

    def saw(self, old: Leg, new: Leg) -> None:
        """A leg went on to a new state. Who gave way waited longer by choice: that teaches nothing."""
        if new.state is LegState.SERVED:
            self._learn_pace(new)
        elif new.state is LegState.CALLED and old.first_called_at is None and new.forecast and not new.gave_way:
            waited = waited_for_first_call(new)
            assert waited is not None
            self.record.saw(new.forecast.expected, waited)

    def _learn_pace(self, served: Leg) -> None:
        if served.called_at is not None:
            self.pace.saw(served.service, served.since - served.called_at)

    def __eq__(self, other: object) -> bool:
        """The record holds waits of many days, of which a store gives back the newest only."""
        return isinstance(other, Outlook) and self.pace == other.pace

    __hash__ = None  # type: ignore[assignment]  # mutable


def waited_for_first_call(leg: Leg) -> float | None:
    """Minutes."""
    return None if leg.first_called_at is None else max(0.0, (leg.first_called_at - leg.came_at) / MINUTE)
