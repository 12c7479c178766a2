"""Places: where every leg stands, kept in step leg by leg so that no command ever searches the day."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from server.domain.line import Line
from server.domain.profiles import Asked, WorkProfiles
from server.domain.visit import Leg, Visit
from shared.vocabulary import CounterId, LegId, LegState, OfficerId, ServiceId

Aside = dict[LegId, Leg]
K = TypeVar("K")


@dataclass(eq=False)
class Places:
    """Built from the legs alone: two lobbies with the same legs have equal places (law 8).

    An empty line or tally is dropped, or it would tell two equal lobbies apart by their history.
    """

    profiles: WorkProfiles
    everyone: dict[ServiceId, Line] = field(default_factory=dict)
    """All who wait, by service."""
    free: dict[ServiceId, Line] = field(default_factory=dict)
    """Those among them whom any counter of the service may call."""
    asking: dict[ServiceId, dict[Asked, Line]] = field(default_factory=dict)
    """Those who ask something of the counter, by what they ask."""
    kept: dict[CounterId, Line] = field(default_factory=dict)
    """The others, by the only counter that may call them."""
    held: dict[ServiceId, Aside] = field(default_factory=dict)
    """Those of `everyone` whose visitor is called, served or parked for another stop: they keep their place in the
    line, and nobody may call them."""
    hands: dict[CounterId, Leg] = field(default_factory=dict)
    parked_at: dict[CounterId, Aside] = field(default_factory=dict)
    parked_by: dict[OfficerId, Aside] = field(default_factory=dict)
    missed_at: dict[CounterId, Aside] = field(default_factory=dict)
    served: Tally[CounterId] = field(default_factory=Tally)
    waiting: Tally[CounterId] = field(default_factory=Tally)
    """How many wait in the work profile of a counter."""

    @classmethod
    def of(cls, profiles: WorkProfiles, visits: Iterable[Visit]) -> Places:
        places = cls(profiles)
        for visit in visits:
            for leg in visit.legs:
                places.enter(leg)
            if len(visit.legs) > 1:
                places.settle(visit)
        return places

    def settle(self, visit: Visit) -> None:
        """Hold the visit's waiting legs while one of it is busy, and let them be called again when none is."""
        is_busy = visit.busy_leg is not None
        for leg in visit.legs:
            if leg.state is LegState.WAITING and self.is_held(leg) is not is_busy:
                if is_busy:
                    self._take_back(leg)
                    _put(self.held, leg.service, leg)
                else:
                    _drop(self.held, leg.service, leg)
                    self._offer(leg)

    def is_held(self, leg: Leg) -> bool:
        return bool(self.held) and leg.id in self.held.get(leg.service, ())

    def enter(self, leg: Leg) -> None:
        match leg.state:
            case LegState.WAITING:
                self._join(leg)
            case LegState.CALLED | LegState.SERVING:
                assert leg.counter is not None
                assert leg.counter not in self.hands, "law 4: one leg in hand per counter"
                self.hands[leg.counter] = leg
            case LegState.PARKED:
                _put(self.parked_at, leg.counter, leg)
                _put(self.parked_by, leg.officer, leg)
            case LegState.MISSED:
                _put(self.missed_at, leg.counter, leg)
            case LegState.SERVED if leg.counter is not None:
                self.served[leg.counter] += 1
            case _:
                pass

    def leave(self, leg: Leg) -> None:
        """The exact opposite of `enter`. A served leg never leaves."""
        match leg.state:
            case LegState.WAITING:
                self._quit(leg)
            case LegState.CALLED | LegState.SERVING:
                assert leg.counter is not None
                del self.hands[leg.counter]
            case LegState.PARKED:
                _drop(self.parked_at, leg.counter, leg)
                _drop(self.parked_by, leg.officer, leg)
            case LegState.MISSED:
                _drop(self.missed_at, leg.counter, leg)
            case _:
                pass

    def callable_by(self, counter: CounterId) -> list[Line]:
        """The lines out of which a counter may call; none of them is empty."""
        lines = [self.free[service] for service in self.profiles.services(counter) if service in self.free]
        if counter in self.kept:
            lines.append(self.kept[counter])
        if self.asking:
            lines += self._asking_of(counter, self.profiles.services(counter))
        return lines

    def helped_by(self, counter: CounterId) -> list[Line]:
        """The lines out of which a counter may help, whether it does so now or not."""
        helped = self.profiles.helps(counter)
        lines = [self.free[service] for service in helped if service in self.free]
        return lines + self._asking_of(counter, helped) if self.asking else lines

    def _asking_of(self, counter: CounterId, services: Iterable[ServiceId]) -> list[Line]:
        return [
            line
            for service in services
            for asked, line in self.asking.get(service, {}).items()
            if self.profiles.meets(counter, asked)
        ]

    def waiting_for(self, counter: CounterId) -> list[Line]:
        """The lines of its work profile, with those whom only another counter may call."""
        return [self.everyone[service] for service in self.profiles.services(counter) if service in self.everyone]

    def _join(self, leg: Leg) -> None:
        _line_of(self.everyone, leg.service).add(leg)
        self._offer(leg)
        for counter in self.profiles.counters(leg.service):
            self.waiting[counter] += 1

    def _offer(self, leg: Leg) -> None:
        """Into the line out of which it may be called."""
        if leg.only_counter is not None:
            _line_of(self.kept, leg.only_counter).add(leg)
        elif asked := self.profiles.asks(leg.service, leg.needs):
            _line_of(self.asking.setdefault(leg.service, {}), asked).add(leg)
        else:
            _line_of(self.free, leg.service).add(leg)

    def _quit(self, leg: Leg) -> None:
        _take(self.everyone, leg.service, leg)
        if self.is_held(leg):
            _drop(self.held, leg.service, leg)
        else:
            self._take_back(leg)
        for counter in self.profiles.counters(leg.service):
            self.waiting[counter] -= 1

    def _take_back(self, leg: Leg) -> None:
        if leg.only_counter is not None:
            _take(self.kept, leg.only_counter, leg)
        elif asked := self.profiles.asks(leg.service, leg.needs):
            _take(self.asking[leg.service], asked, leg)
            if not self.asking[leg.service]:
                del self.asking[leg.service]
        else:
            _take(self.free, leg.service, leg)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and all(
            getattr(self, name) == getattr(other, name)
            for name in (
                "everyone",
                "free",
                "asking",
                "kept",
                "held",
                "hands",
                "parked_at",
                "parked_by",
                "missed_at",
                "served",
                "waiting",  # tallies of zero equal missing ones
            )
        )

    __hash__ = None  # type: ignore[assignment]  # mutable


def _put(asides: dict[K, Aside], key: K | None, leg: Leg) -> None:
    if key is not None:
        asides.setdefault(key, {})[leg.id] = leg


def _drop(asides: dict[K, Aside], key: K | None, leg: Leg) -> None:
    if key is not None:
        del asides[key][leg.id]
        if not asides[key]:
            del asides[key]


def _take(lines: dict[K, Line], key: K, leg: Leg) -> None:
    lines[key].remove(leg)
    if not lines[key]:
        del lines[key]


def _line_of(lines: dict[K, Line], key: K) -> Line:
    """Made when the first one joins; `setdefault` would make one for everybody who does."""
    line = lines.get(key)
    if line is None:
        line = lines[key] = Line()
    return line
