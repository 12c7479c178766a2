"""Rolling up: the figures of one day for the site, each agency, service, counter and zone, from the day's rows.

Durations are made of periods alone; what became of somebody stands in the leg.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from server.domain.reports.day_record import EXCEPTION, DayRecord, House, LegRow, PeriodRow
from server.domain.reports.figures import SITE, Figures, Kind, Subject
from server.domain.reports.histogram import bucket, cell
from server.domain.reports.hours import HoursOfDay
from server.domain.reports.staffing import open_spans
from server.domain.reports.trust import LONGEST_WAIT, SECOND, Trust
from shared.vocabulary import LegState, Outcome

WAITING, CALLED, SERVING = LegState.WAITING.value, LegState.CALLED.value, LegState.SERVING.value
PARKED, EXPIRED = LegState.PARKED.value, LegState.EXPIRED.value
AT_COUNTER = frozenset({CALLED, SERVING, PARKED})
ENDED_SERVICE = frozenset({LegState.SERVED.value, LegState.TRANSFERRED.value})
CLOSED = {state.value: state.value for state in LegState if not state.is_open}
OUTCOMES = {outcome.value: outcome.value for outcome in Outcome}
MILLI = 1000

Rolled = dict[Subject, Figures]


def rolled_up(day: DayRecord, house: House, trust: Trust) -> Rolled:
    """Only subjects of which there is something to say."""
    return _Rolling(day, house, trust).figures


class _Rolling:
    def __init__(self, day: DayRecord, house: House, trust: Trust) -> None:
        self.figures: Rolled = defaultdict(Figures)
        self._house = house
        self._trust = trust
        self._weekday = day.date.weekday()
        self._hours = HoursOfDay(day.date, day.time_zone)
        self._concerned: dict[tuple[str | None, str | None], list[Figures]] = {}
        self._seen: set[tuple[str, int]] = set()
        legs_of = Counter(leg.visit for leg in day.legs)
        self._several = {visit for visit, count in legs_of.items() if count > 1}
        self._periods: dict[str, list[PeriodRow]] = defaultdict(list)
        self._at_counters: dict[str, list[PeriodRow]] = defaultdict(list)
        for period in day.periods:
            self._periods[period.leg].append(period)
            if period.state in AT_COUNTER:
                self._at_counters[period.visit].append(period)
        for leg in day.legs:
            self._leg(leg)
        for mention in day.mentions:
            if mention.what == EXCEPTION:
                for figures in self._of(mention.service, mention.counter):
                    figures.by_ticket += 1
        for counter, start, end in open_spans(day):
            self._staffed(counter, start, end)

    # --- whom a row concerns ---

    def _of(self, service: str | None, counter: str | None) -> list[Figures]:
        found = self._concerned.get((service, counter))
        if found is None:
            found = [self.figures[subject] for subject in self._subjects(service, counter)]
            self._concerned[service, counter] = found
        return found

    def _subjects(self, service: str | None, counter: str | None) -> Iterator[Subject]:
        yield SITE
        if service is not None:
            yield Subject(Kind.SERVICE, service)
            yield Subject(Kind.AGENCY, self._house.agency_of.get(service, ""))
        if counter:
            yield Subject(Kind.COUNTER, counter)
            yield Subject(Kind.ZONE, self._house.zone_of.get(counter, ""))

    # --- one leg ---

    def _leg(self, leg: LegRow) -> None:
        periods = self._periods.get(leg.id, [])
        came = periods[0].start if periods else leg.since
        first_call = next((at for at, one in enumerate(periods) if one.state == CALLED), None)
        was_called = first_call is not None or leg.state in (CALLED, SERVING)
        ended, outcome = CLOSED.get(leg.state), OUTCOMES.get(leg.outcome or "")
        arrival = cell(self._weekday, self._hours.at(came))
        several = leg.visit in self._several
        for figures in self._of(leg.service, leg.counter):
            if not several or self._is_first(leg.visit, figures):
                figures.visits += 1
                figures.arrivals[arrival] += 1
                figures.days[cell(self._weekday)] = 1
            figures.legs += 1
            if ended is None:
                figures.open += 1
            else:
                setattr(figures, ended, getattr(figures, ended) + 1)
                figures.never_called += ended == EXPIRED and not was_called
            if outcome is not None:
                setattr(figures, outcome, getattr(figures, outcome) + 1)
            figures.called += was_called
            figures.came_back += leg.returned
            figures.gave_way += leg.gave_way
        if periods or leg.state in AT_COUNTER:
            self._calls(leg, periods)
            self._wait(leg, periods, first_call)
            self._walk(leg, periods)
            self._service(leg, periods)

    def _is_first(self, visit: str, figures: Figures) -> bool:
        """A visit with several legs counts once for each subject."""
        seen = (visit, id(figures))
        if seen in self._seen:
            return False
        self._seen.add(seen)
        return True

    def _calls(self, leg: LegRow, periods: Sequence[PeriodRow]) -> None:
        """A call out of the line: from waiting to called."""
        for before, after in pairwise(periods):
            if before.state == WAITING and after.state == CALLED:
                for figures in self._of(leg.service, after.counter):
                    figures.calls += 1
        if periods and periods[-1].state == WAITING and leg.state == CALLED:
            for figures in self._of(leg.service, leg.counter):
                figures.calls += 1

    def _wait(self, leg: LegRow, periods: Sequence[PeriodRow], first_call: int | None) -> None:
        """In line until the first call, without what another stop of the visit took meanwhile."""
        counter: str | None
        if first_call is not None:
            before, counter = periods[:first_call], periods[first_call].counter
        elif leg.state == CALLED:
            before, counter = periods, leg.counter
        else:
            return
        waiting = [one for one in before if one.state == WAITING]
        if not waiting:
            return
        elsewhere = [one for one in self._at_counters.get(leg.visit, ()) if one.leg != leg.id]
        waited = sum(one.end - one.start - (_overlap(one, elsewhere) if elsewhere else 0) for one in waiting)
        number = cell(self._weekday, self._hours.at(waiting[0].start), bucket(waited / SECOND))
        for figures in self._of(leg.service, counter):
            if waited > LONGEST_WAIT:
                figures.waited_too_long += 1
                continue
            figures.waits[number] += 1
            figures.waited += waited // MILLI
            figures.longest_wait = max(figures.longest_wait, waited // MILLI)

    def _walk(self, leg: LegRow, periods: Sequence[PeriodRow]) -> None:
        """The call that the visitor followed, until they stood at the counter."""
        followed = _first_followed(periods, leg.state)
        if followed is None:
            if leg.state == EXPIRED and periods and periods[-1].state == CALLED:
                for figures in self._of(leg.service, periods[-1].counter):
                    figures.walked_left_open += 1
            return
        walked = followed.end - followed.start
        number = cell(number=bucket(walked / SECOND))
        for figures in self._of(leg.service, followed.counter):
            if walked > self._trust.longest:
                figures.walked_too_long += 1
                continue
            figures.walks[number] += 1
            figures.walked += walked // MILLI
            figures.longest_walk = max(figures.longest_walk, walked // MILLI)

    def _service(self, leg: LegRow, periods: Sequence[PeriodRow]) -> None:
        """At the counter, without what the leg was parked for."""
        serving = [one for one in periods if one.state == SERVING]
        if not serving or leg.state not in ENDED_SERVICE:
            if serving and leg.state == EXPIRED:
                for figures in self._of(leg.service, serving[-1].counter):
                    figures.took_left_open += 1
            return
        took = sum(one.end - one.start for one in serving)
        number = cell(number=bucket(took / SECOND))
        for figures in self._of(leg.service, serving[-1].counter):
            if took < self._trust.shortest_service:
                figures.took_too_short += 1
            elif took > self._trust.longest:
                figures.took_too_long += 1
            else:
                figures.services[number] += 1
                figures.took += took // MILLI
                figures.longest_service = max(figures.longest_service, took // MILLI)

    # --- counters ---

    def _staffed(self, counter: str, start: int, end: int) -> None:
        subjects = [SITE, Subject(Kind.COUNTER, counter)]
        subjects.append(Subject(Kind.ZONE, self._house.zone_of.get(counter, "")))
        subjects.append(Subject(Kind.AGENCY, self._house.counter_agency.get(counter, "")))
        subjects += [Subject(Kind.SERVICE, service) for service in self._house.services_at.get(counter, ())]
        for hour, minutes in self._hours.minutes(start, end):
            for subject in subjects:
                self.figures[subject].staffed[cell(self._weekday, hour)] += minutes


def _first_followed(periods: Sequence[PeriodRow], state: str) -> PeriodRow | None:
    """The first call after which the visitor was served."""
    for before, after in pairwise(periods):
        if before.state == CALLED and after.state == SERVING:
            return before
    return periods[-1] if periods and periods[-1].state == CALLED and state == SERVING else None


def _overlap(waiting: PeriodRow, elsewhere: Sequence[PeriodRow]) -> int:
    """How much of a period was spent at other counters. Nobody is at two of them at once (law 4)."""
    return sum(max(0, min(waiting.end, one.end) - max(waiting.start, one.start)) for one in elsewhere)
