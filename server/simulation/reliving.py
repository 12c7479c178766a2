"""Reliving: a recorded day as one that can be run under any rule. What it cost each group is then a comparison.

People bring along what they were: arrival, services, how long each took, the walk, whether they came when called.
Officers bring their hours and pauses. Who cancelled while waiting took nobody's time and is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from server.domain.facts import Fact, FactKind
from server.domain.visit import Leg, Visit
from server.simulation.day import Arrival, Day, Pause, Shift, Stop
from server.simulation.recording import Recording
from shared.vocabulary import CounterId, LegId, LegState, OfficerId

NOTHING = timedelta(0)
WALK = timedelta(seconds=30)  # of who never came, and so showed none
ENDS_SERVING = frozenset({FactKind.FINISHED, FactKind.TRANSFERRED, FactKind.PARKED})
ENDS_OPEN = frozenset({FactKind.COUNTER_PAUSED, FactKind.COUNTER_CLOSED})


def relive(recording: Recording) -> Day:
    of_leg: defaultdict[LegId, list[Fact]] = defaultdict(list)
    for fact in recording.facts:
        if fact.leg is not None:
            of_leg[fact.leg].append(fact)
    arrivals = [
        _arrival(recording, visit, of_leg)
        for visit in recording.stored.visits
        if visit.last_leg.state is not LegState.CANCELLED
    ]
    return Day(
        recording.catalogue,
        recording.date,
        tuple(sorted(arrivals, key=lambda one: one.at)),
        tuple(_shifts(recording.facts)),
    )


def _arrival(recording: Recording, visit: Visit, of_leg: dict[LegId, list[Fact]]) -> Arrival:
    first = of_leg[visit.legs[0].id]
    answers = [fact for fact in first if fact.kind in (FactKind.SERVING, FactKind.MISSED, FactKind.TRANSFERRED)]
    missed = bool(answers) and answers[0].kind is FactKind.MISSED
    return Arrival(
        at=visit.arrived_at,
        stops=tuple(Stop(leg.service, _lasted(recording, leg, of_leg[leg.id])) for leg in visit.legs),
        priority=visit.priority,
        needs=visit.needs,
        walk=_between(first, FactKind.CALLED, FactKind.SERVING) or WALK,
        comes=not missed,
        returns_after=_between(first, FactKind.MISSED, FactKind.RETURNED) if missed else None,
        booked_for=visit.booked_for,
    )


def _lasted(recording: Recording, leg: Leg, facts: Sequence[Fact]) -> timedelta:
    """All serving of the leg, parked time left out; the norm where nobody served it."""
    total = NOTHING
    begun: datetime | None = None
    for fact in facts:
        if fact.kind is FactKind.SERVING:
            begun = fact.at
        elif begun is not None and fact.kind in ENDS_SERVING:
            total, begun = total + (fact.at - begun), None
    return total or timedelta(minutes=recording.catalogue.service(leg.service).standard_minutes)


def _between(facts: Iterable[Fact], start: FactKind, end: FactKind) -> timedelta | None:
    begun: datetime | None = None
    for fact in facts:
        if fact.kind is start:
            begun = fact.at
        elif fact.kind is end and begun is not None:
            return fact.at - begun
    return None


def _shifts(facts: Sequence[Fact]) -> Iterator[Shift]:
    """From a counter's first opening to its last closing; the gaps between are its pauses."""
    spans: defaultdict[CounterId, list[tuple[datetime, datetime]]] = defaultdict(list)
    opened: dict[CounterId, datetime] = {}
    officers: dict[CounterId, OfficerId] = {}
    for fact in facts:
        if fact.counter is None:
            continue
        if fact.kind is FactKind.SIGNED_IN:
            officers[fact.counter] = OfficerId(str(fact.why["officer"]))
        elif fact.kind is FactKind.COUNTER_OPENED:
            opened[fact.counter] = fact.at
        elif fact.kind in ENDS_OPEN and fact.counter in opened:
            spans[fact.counter].append((opened.pop(fact.counter), fact.at))
    for counter, at in opened.items():
        spans[counter].append((at, max(at, facts[-1].at)))
    for counter, found in spans.items():
        pauses = tuple(Pause(left, right - left) for (_, left), (right, _) in pairwise(found) if right > left)
        yield Shift(counter, officers[counter], found[0][0], found[-1][1], pauses)
