"""Publishing: a new catalogue while the lobby runs, and the end of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import chain

from server.domain.breaks import Breaks
from server.domain.catalogue import Catalogue
from server.domain.changes import CounterStatus
from server.domain.daybook import DayBook
from server.domain.facts import Actor, FactKind
from server.domain.places import Places
from server.domain.profiles import WorkProfiles
from server.domain.visit import Leg
from shared.vocabulary import CounterId, CounterState, LegState

DAY_OVER = "day_over"  # as the reason why a counter closed


class Publishing(DayBook):
    def publish(self, catalogue: Catalogue, now: datetime, actor: Actor) -> None:
        """Go on with a new version. Nobody is lost: who waits for a removed service stays in line, who was in hand or
        parked at a removed counter goes back to theirs, who was kept for a counter that no longer serves is free.

        ValueError for a catalogue that knows a service of today neither as offered nor as removed.
        """
        now = self._steady(now)
        profiles = WorkProfiles(catalogue)
        unknown = {
            leg.service for visit in self.visits.values() for leg in visit.legs if not profiles.knows(leg.service)
        }
        if unknown:
            raise ValueError(f"the catalogue has lost services of today: {', '.join(sorted(unknown))}")

        gone = [counter for counter in self.counters if counter not in catalogue.counters]
        added = [counter for counter in catalogue.counters if counter not in self.counters]
        for counter in gone:
            self._send_back(counter, now, actor)
        for leg in self._kept_in_vain(profiles):
            self._replace(leg, replace(leg, only_counter=None))
        self.catalogue, self.profiles = catalogue, profiles
        self.breaks = Breaks(catalogue, profiles, self.service_date)
        self.outlook.pace.go_on_with(profiles.standard_minutes)
        self.places = Places.of(profiles, self.visits.values())
        for visit in list(self.visits.values()):
            self._let_due_stops_wait(visit.id, now, actor)
        for counter in (*gone, *added):
            self._put_counter(CounterStatus(counter, CounterState.CLOSED, now))
        for counter in gone:  # written down as closed, but no longer there
            del self.counters[counter]
        self._record(FactKind.CATALOGUE_PUBLISHED, now, actor, why={"version": catalogue.version})

    def expire_open_legs(self, now: datetime, actor: Actor) -> None:
        """Close the day: what is open is expired, never served; all counters are closed and left."""
        now = self._steady(now)
        for leg in [leg for visit in self.visits.values() for leg in visit.open_legs]:
            self._step(leg, leg.ended(LegState.EXPIRED, now), FactKind.EXPIRED, now, actor, {"state": leg.state.value})
        for status in list(self.counters.values()):
            if status.state is not CounterState.CLOSED or status.officer is not None:
                self._put_counter(CounterStatus(status.counter, CounterState.CLOSED, now))
                self._record(FactKind.COUNTER_CLOSED, now, actor, counter=status.counter, why={"reason": DAY_OVER})

    def _send_back(self, counter: CounterId, now: datetime, actor: Actor) -> None:
        hand = self.places.hands.get(counter)
        legs = [*([] if hand is None else [hand]), *self.places.parked_at.get(counter, {}).values()]
        for leg in legs:
            why = {"reason": "counter_removed"}
            self._step(leg, leg.waiting(now), FactKind.RETURNED, now, actor, why)

    def _kept_in_vain(self, profiles: WorkProfiles) -> list[Leg]:
        waiting = chain(*self.places.kept.values(), *(held.values() for held in self.places.held.values()))
        return [
            leg
            for leg in waiting
            if leg.only_counter is not None and not profiles.serves(leg.only_counter, leg.service)
        ]
