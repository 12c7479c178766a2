"""Forecasting: one answer for kiosk, slip, phone and desk to how long somebody waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import fmean

from server.domain import pauses
from server.domain.breaks import Still, to_come, with_those, without
from server.domain.daybook import DayBook
from server.domain.estimating import STEP, Forecast, Range, remaining
from server.domain.line import Key, calling_key
from server.domain.outlook import MINUTE
from server.domain.pauses import PlannedPause
from server.domain.profiles import Group
from server.domain.rehearsing import Away, Desk, Helping, Stage, rehearse, rehearse_on
from server.domain.stops import AloneWait, one_at_a_time
from server.domain.visit import Leg, Visit
from shared.vocabulary import CounterId, CounterState, LegId, LegState, ServiceId


class Forecasting(DayBook):
    _staged: tuple[int, datetime] | None = None
    """The version of the day and the moment for which the stages were made."""
    _stages: dict[tuple[ServiceId, ...], Stage]

    def estimate(self, service: ServiceId, now: datetime) -> Forecast | None:
        """The wait of somebody regular who would come now. None while no counter is open for the service."""
        return self._told(service, self._expected(service, (now, self._next_order), now), now)

    def estimate_of(self, leg: LegId, now: datetime) -> Forecast | None:
        """The wait that a waiting leg still has; None for any other, or while no counter that may call it is open."""
        visit = self.visit_of(leg)
        if len(visit.legs) > 1:
            return self.estimates_of(visit, now).get(leg)
        mine = visit.legs[0]
        return self._forecast_for(mine, now) if mine.state is LegState.WAITING else None

    def estimates_of(self, visit: Visit, now: datetime) -> dict[LegId, Forecast]:
        """The wait that each waiting leg of a visit still has: the visitor is at one counter at a time."""
        return self._forecasts_for(visit.legs, now)

    def _forecast_for(self, leg: Leg, now: datetime) -> Forecast | None:
        """For a leg that waits, or is about to, of a visit with no other."""
        return self._told(leg.service, self._expected_for(leg, now), now)

    def _forecasts_for(self, legs: Sequence[Leg], now: datetime) -> dict[LegId, Forecast]:
        """For all legs of a visit that wait, or are about to; none for one that no open counter may call."""
        alone: dict[LegId, AloneWait] = {}
        busy = 0.0
        for leg in legs:
            if leg.state.is_in_hand:
                busy = self._left_of(leg, now)
            elif leg.state is LegState.WAITING and (wait := self._expected_for(leg, now)) is not None:
                takes = self.outlook.pace.minutes(leg.service)
                hands = sum(map(self._is_open, self.profiles.counters(leg.service)))
                alone[leg.id] = AloneWait(wait, takes, min(wait, takes / (1 + hands)))
        services = {leg.id: leg.service for leg in legs}
        waits = one_at_a_time(alone, busy)
        return {leg: self._forecast(services[leg], wait, now) for leg, wait in waits.items()}

    def _expected_for(self, leg: Leg, now: datetime) -> float | None:
        asking = None if leg.only_counter is None and not leg.needs else leg
        return self._expected(leg.service, calling_key(leg), now, asking)

    def _regular_wait(self, service: ServiceId, now: datetime) -> timedelta:
        """As `estimate` expects it, but as if all counters of the service were open when none is."""
        key = (now, self._next_order)
        expected = self._expected(service, key, now)
        if expected is None:
            expected = self._expected(service, key, now, closed_too=True)
        return timedelta(minutes=expected or 0.0)

    def _expected(
        self,
        service: ServiceId,
        key: Key,
        now: datetime,
        asking: Leg | None = None,
        *,
        closed_too: bool = False,
    ) -> float | None:
        """Minutes until somebody of that service with that key is called. `asking`: their leg, if not every counter of
        the service may call it."""
        group = self.profiles.group_of(service)
        ahead = {
            one: (line.entries, count)
            for one in group.services
            if (line := self.places.everyone.get(one)) is not None and (count := line.rank_of(key))
        }
        minutes = self.outlook.pace.minutes
        if asking is None and not closed_too and not group.helpers:
            return rehearse_on(self._stage_of(group, now), service, key, ahead, minutes)
        desks = self._desks(group, now, closed_too=closed_too)
        if asking is not None:
            desks = [self._for_leg(desk, asking) for desk in desks]
        return rehearse(service, ahead, self._with_helpers(desks, group, key, now, asking), minutes)

    def _stage_of(self, group: Group, now: datetime) -> Stage:
        """Shared while nothing happens and no time passes: thousands of phones are told their minutes in one go."""
        if self._staged != (self.version, now):
            self._staged, self._stages = (self.version, now), {}
        stage = self._stages.get(group.services)
        if stage is None:
            stage = self._stages[group.services] = Stage(self._desks(group, now))
        return stage

    def _desks(self, group: Group, now: datetime, *, closed_too: bool = False) -> list[Desk]:
        desks = []
        for counter in group.counters:
            free_in = self._free_in(counter, now)
            if free_in is None:
                if not closed_too:
                    continue
                free_in = 0.0
            desks.append(Desk(free_in, self.profiles.services(counter), self._away(counter, now), counter=counter))
        return desks

    def _for_leg(self, desk: Desk, leg: Leg) -> Desk:
        """Without the leg's service at a counter that may not call it."""
        if leg.service not in desk.services or desk.counter is None or self.may_call(desk.counter, leg):
            return desk
        return replace(desk, services=[service for service in desk.services if service != leg.service])

    def _with_helpers(self, desks: list[Desk], group: Group, key: Key, now: datetime, asking: Leg | None) -> list[Desk]:
        """With the open counters that help out, of the group or beyond it."""
        if not group.helpers:
            return desks
        of_group = {desk.counter: place for place, desk in enumerate(desks)}
        for counter in group.helpers:
            free_in = self._free_in(counter, now)
            helping = None if free_in is None else self._helping(counter, key, asking)
            if free_in is None or helping is None:
                continue
            if (place := of_group.get(counter)) is not None:
                desks[place] = replace(desks[place], helping=helping)
            else:
                desks.append(Desk(free_in, (), self._away(counter, now), helping, counter))
        return desks

    def _helping(self, counter: CounterId, key: Key, asking: Leg | None) -> Helping | None:
        """What a counter does for others, after those of its own who count earlier than `key` or make its line too
        long to help."""
        helped = self.profiles.helps(counter)
        if asking is not None and not self.could_help(counter, asking):
            helped = tuple(service for service in helped if service != asking.service)
            if not helped:
                return None
        profile = self.catalogue.counters[counter]
        own = self.places.callable_by(counter)
        if not own:
            return Helping(helped)
        later = key[0] + timedelta(minutes=profile.helping_minutes), key[1]
        too_many = sum(map(len, own)) - profile.helps_below + 1
        calls_first = max(too_many, sum(line.rank_of(later) for line in own), 0)
        return Helping(helped, calls_first, self._pace_of_own(counter) if calls_first else 0.0)

    def _pace_of_own(self, counter: CounterId) -> float:
        """Minutes between two calls out of the lines of a counter and of its colleagues."""
        services = self.profiles.services(counter)
        colleagues = {one for service in services for one in self.profiles.counters(service) if self._is_open(one)}
        return fmean(map(self.outlook.pace.minutes, services)) / max(1, len(colleagues))

    def _free_in(self, counter: CounterId, now: datetime) -> float | None:
        """Minutes until a counter can call again; None for a closed one."""
        status = self.counters[counter]
        if status.state is CounterState.CLOSED:
            return None
        if status.state is CounterState.PAUSED:
            return pauses.left(status.pause_until, status.since, status.pause_reason, now) / MINUTE
        hand = self.in_hand(counter)
        return 0.0 if hand is None else self._left_of(hand, now)

    def _left_of(self, hand: Leg, now: datetime) -> float:
        """Minutes that a leg in hand will roughly still take."""
        elapsed = max(0.0, (now - (hand.called_at or hand.since)) / MINUTE)
        return remaining(self.outlook.pace.minutes(hand.service), elapsed)

    def _away(self, counter: CounterId, now: datetime) -> Sequence[Away]:
        """The breaks of a counter's hours and the pause announced for it. One that lies about a break is that break,
        begun earlier or ended later."""
        planned = self.counters[counter].planned
        breaks = self.breaks.of(counter)
        if planned is not None and planned.ends_at <= now:
            planned = None
        if not breaks:
            return () if planned is None else (_pause(planned, now),)
        found: list[Away] = []
        for start, end in breaks:
            if start < now and (end <= now or self._works_since(start, counter)):
                continue
            begins, until = start, end
            if planned is not None and start - pauses.EARLY <= planned.starts_at < end:
                begins, until = min(start, planned.starts_at), max(end, planned.ends_at)
                planned = None
            found.append((max(0.0, (begins - now) / MINUTE), 0.0, (until - now) / MINUTE))
        if planned is not None:
            found.append(_pause(planned, now))
            found.sort()
        return found

    def _works_since(self, start: datetime, counter: CounterId) -> bool:
        """Whether an officer is at work though a break has begun then: called or opened the counter since."""
        if not self._is_open(counter):
            return False
        hand = self.in_hand(counter)
        return self.counters[counter].since > start or (hand is not None and (hand.called_at or hand.since) > start)

    def _told(self, service: ServiceId, expected: float | None, now: datetime) -> Forecast | None:
        return None if expected is None else self._forecast(service, expected, now)

    def _forecast(self, service: ServiceId, expected: float, now: datetime) -> Forecast:
        """What waits scatter by is told in minutes of work; those behind a break are later by its length."""
        shared = self.breaks.shared(service)
        forecast = self.outlook.record.forecast
        if not shared:
            return forecast(expected)
        still = to_come((one for one in shared if one[0] >= now or not self._is_served_since(one[0], service)), now)
        worked = forecast(without(expected, still))
        if not still or max(worked.expected, worked.middle, worked.sure.high, worked.likely.high) < still[0][0]:
            return worked
        return Forecast(
            expected=expected,
            middle=with_those(worked.middle, still),
            likely=_later(worked.likely, still, STEP),
            sure=_later(worked.sure, still, 1),
        )

    def _is_served_since(self, start: datetime, service: ServiceId) -> bool:
        counters = (*self.profiles.counters(service), *self.profiles.helpers(service))
        return any(self._works_since(start, counter) for counter in counters)


def _pause(planned: PlannedPause, now: datetime) -> Away:
    return max(0.0, (planned.starts_at - now) / MINUTE), planned.lasts / MINUTE, 0.0


def _later(told: Range, still: Sequence[Still], step: int) -> Range:
    low, high = (round(with_those(end, still) / step) * step for end in (told.low, told.high))
    return Range(low, max(high, low + step))
