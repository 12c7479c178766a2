"""A day run through the real lobby, minute by minute of a turned clock (simpy), in a few seconds."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import simpy

from server.domain.changes import Changes
from server.domain.errors import RefusedError
from server.domain.estimating import Forecast
from server.domain.facts import Actor
from server.domain.issuing import Choice
from server.domain.line import calling_key
from server.domain.lobby import Lobby
from server.domain.outlook import MINUTE, NO_LESSONS, Lessons, PastWait, waited_for_first_call
from server.domain.pace import NONE
from server.domain.track_record import CENTRES, KEPT
from server.domain.visit import Leg
from server.simulation.day import Arrival, Day, Pause, Shift, Stop, first_leg, leg_of
from server.simulation.history import Away, Episode, History
from server.simulation.rules import LobbyMaker
from shared.vocabulary import (
    CounterId,
    ErrorCode,
    FollowKey,
    Language,
    LegId,
    LegState,
    Outcome,
    Priority,
    ServiceId,
    VisitId,
)

Steps = Generator[simpy.Event, Any, None]
GRACE = timedelta(minutes=2)  # from the call until an officer marks somebody missed
OVERTIME = timedelta(hours=2)  # officers serve out their line for as long as that after closing
OFFICE = Actor()


@dataclass(frozen=True, slots=True)
class Wait:
    """What one stop of a visit waited for its first call, and what was said about it at the kiosk."""

    service: ServiceId
    priority: Priority
    arrived: datetime
    began: datetime
    """When the wait for this stop began: the arrival, or the transfer."""
    called: datetime | None
    """None: not called before everybody went home."""
    first_stop: bool
    told: Forecast | None

    @property
    def minutes(self) -> float | None:
        return None if self.called is None else (self.called - self.began) / timedelta(minutes=1)


@dataclass(slots=True)
class Run:
    """What became of a day."""

    history: History = field(compare=False)
    """Who waited when, and which counters worked."""
    waits: list[Wait] = field(default_factory=list)
    turned_away: int = 0
    """Came when the service took nobody, or its quota was reached."""
    missed: int = 0
    worked: dict[CounterId, timedelta] = field(default_factory=dict)
    """Called or serving."""
    present: dict[CounterId, timedelta] = field(default_factory=dict)
    """Open, pauses left out."""
    lessons: Lessons = NO_LESSONS
    """What the next day may know."""


Keep = Callable[[date, Changes], None]
"""What becomes of everything that a day changed."""


def run(day: Day, rule: LobbyMaker, lessons: Lessons = NO_LESSONS, keep: Keep | None = None) -> Run:
    hall = _Hall(day, rule, lessons)
    result = hall.run()
    if keep is not None:
        keep(day.date, hall.lobby.take_changes())
    return result


def run_in_turn(days: Iterable[Day], rule: LobbyMaker, keep: Keep | None = None) -> list[Run]:
    """Each day knows what the days before it taught."""
    runs: list[Run] = []
    for day in days:
        runs.append(run(day, rule, runs[-1].lessons if runs else NO_LESSONS, keep))
    return runs


class _Hall:
    def __init__(self, day: Day, rule: LobbyMaker, lessons: Lessons) -> None:
        self.day = day
        self.lessons = lessons
        self.lobby: Lobby = rule(day, lessons)
        self.start = min(shift.start for shift in day.shifts)
        self.clock = simpy.Environment()
        self.history = History(self.lobby.profiles, day.minutes, day.spread)
        self.result = Run(self.history)
        self.waiting: dict[LegId, Episode] = {}
        self.resting: dict[CounterId, simpy.Event] = {}
        """Counters without work, and what wakes them."""
        self.people: dict[LegId, tuple[Arrival, int, datetime, Forecast | None]] = {}
        """Who a leg is, at which stop, waiting since when, and what they were told."""
        self.missed_once: set[VisitId] = set()

    def run(self) -> Run:
        for shift in self.day.shifts:
            self.clock.process(self._officer(shift))
        self.clock.process(self._door())
        self.clock.run()
        for leg, (arrival, stop, began, told) in self.people.items():
            left = self.lobby.leg(leg)
            if left.first_called_at is None:
                self._write_wait(arrival, stop, began, None, told)
        self.lobby.expire_open_legs(self._now(), OFFICE)
        self.result.lessons = self._taught()
        return self.result

    def _taught(self) -> Lessons:
        """What the next day knows of this one and those before."""
        legs = [leg for visit in self.lobby.visits.values() for leg in visit.legs]
        usual = dict(self.lessons.usual)
        for leg in legs:
            if leg.state is LegState.SERVED and leg.called_at is not None:
                count, total = usual.get(leg.service, NONE)
                usual[leg.service] = count + 1, total + (leg.since - leg.called_at)
        waits = [
            PastWait(leg.service, self.day.date, leg.came_at, leg.forecast.expected, waited)
            for leg in legs
            if leg.forecast is not None and (waited := waited_for_first_call(leg)) is not None
        ]
        return Lessons(usual, [*self.lessons.waits, *waits][-KEPT * len(CENTRES) :])

    # --- visitors ---

    def _door(self) -> Steps:
        for number, arrival in enumerate(self.day.arrivals):
            yield from self._until(arrival.at)
            further = range(1, len(arrival.stops)) if arrival.at_once else ()
            try:
                self.lobby.issue(
                    arrival.stops[0].service,
                    visit=VisitId(f"visit-{number}"),
                    leg=first_leg(number),
                    further=[Choice(arrival.stops[stop].service, leg_of(number, stop)) for stop in further],
                    key=FollowKey(f"key-{number}"),
                    language=Language.INDONESIAN,
                    priority=arrival.priority,
                    needs=arrival.needs,
                    now=self._now(),
                    actor=OFFICE,
                    booked_for=arrival.booked_for,
                )
            except RefusedError:
                self.result.turned_away += 1
                continue
            for stop in (0, *further):
                leg = self.lobby.leg(leg_of(number, stop))
                self.people[leg.id] = (arrival, stop, self._now(), leg.forecast)
                if leg.state is LegState.WAITING:
                    self._wake(leg)

    def _come_back(self, leg: LegId, counter: CounterId, after: timedelta) -> Steps:
        yield self.clock.timeout(after.total_seconds())
        if self.lobby.leg(leg).state is LegState.MISSED:
            self._wake(self.lobby.return_(counter, leg, self._now(), OFFICE))

    # --- officers ---

    def _officer(self, shift: Shift) -> Steps:
        counter, actor = shift.counter, Actor(officer=shift.officer)
        yield from self._until(shift.start)
        self.lobby.sit(counter, shift.officer, take_over=False, now=self._now(), actor=actor)
        self.lobby.open(counter, self._now(), actor)
        opened, paused = self._now(), timedelta(0)
        self.history.opens[counter], self.history.closes[counter] = self._minute(opened), self._minute(shift.end)
        pauses = list(shift.pauses)
        for pause in pauses:
            if pause.announced is not None:
                self.clock.process(self._announce(shift, pause, pause.announced))
        while self._now() < shift.end + OVERTIME:
            if pauses and pauses[0].start <= self._now() < shift.end:
                pause = pauses.pop(0)
                ends = pause.start + pause.lasts
                lasts = max(timedelta(0), ends - self._now()) if pause.of_hours else pause.lasts
                self.lobby.pause(counter, pause.reason, self._now(), actor)
                until = self._minute(ends) if pause.of_hours else 0.0
                away = Away(self._minute(pause.start), self._minute(self._now()), lasts / MINUTE, until)
                self.history.away.setdefault(counter, []).append(away)
                yield self.clock.timeout(lasts.total_seconds())
                self.lobby.open(counter, self._now(), actor)
                paused += lasts
            leg = self._call(counter, actor)
            if leg is not None:
                yield from self._attend(counter, leg, actor)
            elif self._now() >= shift.end:
                break
            else:
                yield from self._rest(counter, until=min([shift.end, *(pause.start for pause in pauses[:1])]))
        self.lobby.close(counter, self._now(), actor)
        self.result.present[counter] = self._now() - opened - paused

    def _announce(self, shift: Shift, pause: Pause, ahead: timedelta) -> Steps:
        yield from self._until(pause.start - ahead)
        starts_in, actor = pause.start - self._now(), Actor(officer=shift.officer)
        self.lobby.announce_pause(shift.counter, pause.reason, starts_in, pause.lasts, self._now(), actor)

    def _call(self, counter: CounterId, actor: Actor) -> Leg | None:
        try:
            leg = self.lobby.call_next(counter, in_hand=None, now=self._now(), actor=actor)
        except RefusedError as refused:
            if refused.code is not ErrorCode.NOBODY_WAITING:
                raise
            return None
        arrival, stop, began, told = self.people[leg.id]
        if leg.first_called_at == leg.called_at:
            self._write_wait(arrival, stop, began, self._now(), told)
        self._note_called(leg, counter)
        return leg

    def _attend(self, counter: CounterId, leg: Leg, actor: Actor) -> Steps:
        called = self._now()
        arrival, stop, _, _ = self.people[leg.id]
        if arrival.comes or leg.visit in self.missed_once:
            yield self.clock.timeout(arrival.walk.total_seconds())
            self.lobby.serve(counter, leg.id, self._now(), actor)
            yield self.clock.timeout(arrival.stops[stop].lasts.total_seconds())
            self._send_on(counter, leg, arrival, stop, actor)
        else:
            patience = max(GRACE, self.lobby.miss_from(leg) - called)
            yield self.clock.timeout(patience.total_seconds())
            self.lobby.mark_missed(counter, leg.id, self._now(), actor)
            self.missed_once.add(leg.visit)
            self.result.missed += 1
            self._wake_for_others(leg)
            if arrival.returns_after is not None:
                self.clock.process(self._come_back(leg.id, counter, arrival.returns_after))
        self.waiting.pop(leg.id).freed = self._minute(self._now())
        self.result.worked[counter] = self.result.worked.get(counter, timedelta(0)) + (self._now() - called)

    def _send_on(self, counter: CounterId, leg: Leg, arrival: Arrival, stop: int, actor: Actor) -> None:
        following: tuple[Stop, ...] = arrival.stops[stop + 1 :]
        if arrival.at_once or not following:
            self.lobby.finish(counter, leg.id, Outcome.SOLVED, self._now(), actor)
            self._wake_for_others(leg)
            return
        onward = LegId(f"{leg.id}-{stop + 1}")
        service = following[0].service
        self.lobby.transfer(counter, leg.id, service, new_leg=onward, only_counter=None, now=self._now(), actor=actor)
        self.people[onward] = (arrival, stop + 1, self._now(), None)
        self._wake(self.lobby.leg(onward))

    def _rest(self, counter: CounterId, until: datetime) -> Steps:
        self.resting[counter] = self.clock.event()
        left = max(0.0, (until - self._now()).total_seconds())
        yield self.resting[counter] | self.clock.timeout(left)
        self.resting.pop(counter, None)

    def _wake_for_others(self, leg: Leg) -> None:
        """The visitor is free for the other stops of the number."""
        for other in self.lobby.visit_of(leg.id).legs:
            if other.state is LegState.WAITING:
                self._wake(other)

    def _wake(self, leg: Leg) -> None:
        """It waits, and may be called from now on."""
        self._note_waiting(leg)
        profiles = self.lobby.profiles
        for counter in (*profiles.counters(leg.service), *profiles.helpers(leg.service)):
            resting = self.resting.pop(counter, None)
            if resting is not None:
                resting.succeed()

    # --- the clock and the books ---

    def _note_waiting(self, leg: Leg) -> None:
        """A held leg counts as waiting from when the visitor is free."""
        _, stop, _, told = self.people[leg.id]
        episode = self.waiting.get(leg.id)
        now = self._minute(self._now())
        if episode is not None:  # it waited all the while, and its visitor was elsewhere
            episode.available, episode.is_told = now, False
            return
        is_told = stop == 0 and told is not None and leg.visit not in self.missed_once
        episode = self.waiting[leg.id] = Episode(leg.service, now, is_told, calling_key(leg))
        self.history.episodes.append(episode)

    def _note_called(self, leg: Leg, counter: CounterId) -> None:
        arrival, _, _, _ = self.people[leg.id]
        episode = self.waiting[leg.id]
        episode.called, episode.counter = self._minute(self._now()), counter
        episode.serves = arrival.comes or leg.visit in self.missed_once
        walk = arrival.walk if episode.serves else max(GRACE, self.lobby.miss_from(leg) - self._now())
        episode.fixed = walk / MINUTE

    def _minute(self, moment: datetime) -> float:
        return (moment - self.start) / MINUTE

    def _now(self) -> datetime:
        return self.start + timedelta(seconds=self.clock.now)

    def _until(self, moment: datetime) -> Steps:
        yield self.clock.timeout(max(0.0, (moment - self._now()).total_seconds()))

    def _write_wait(
        self, arrival: Arrival, stop: int, began: datetime, called: datetime | None, told: Forecast | None
    ) -> None:
        service = arrival.stops[stop].service
        self.result.waits.append(Wait(service, arrival.priority, arrival.at, began, called, stop == 0, told))
