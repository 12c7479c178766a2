"""Counters and officers enough for a day's work: the catalogue's own, and further ones like them."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from types import MappingProxyType
from zoneinfo import ZoneInfo

from server.domain import hours
from server.domain.catalogue import Catalogue, Counter, Officer
from server.domain.hours import Span
from server.simulation.day import Pause, Shift
from shared.vocabulary import CounterId, OfficerId, PauseReason, Role, ServiceId

LUNCH = timedelta(minutes=40)
SHORT_PAUSE = timedelta(minutes=10)
LONG_SHIFT = timedelta(hours=5)


def staffed(catalogue: Catalogue, work: Mapping[ServiceId, float], on: date, load: float) -> Catalogue:
    """The catalogue with as many counters as leave none of them more work than `load` of its open time.

    `work` are minutes by service, shared evenly by the counters that serve it. A further counter repeats the busiest
    one, profile and all. Each counter has an officer of its own.
    """
    counters = list(catalogue.counters.values())
    open_minutes = {counter.id: _worked(_spans(catalogue, counter, on)) for counter in counters}
    while True:
        busiest, share = _busiest(counters, work, open_minutes)
        if share <= load:
            break
        copy = replace(busiest, id=CounterId(f"{busiest.id}-{len(counters)}"))
        open_minutes[copy.id] = open_minutes[busiest.id]
        counters.append(copy)
    numbered = [replace(one, number=str(number)) for number, one in enumerate(counters, start=1)]
    officers = [Officer(OfficerId(f"officer-{one.id}"), one.number, Role.OFFICER, one.agency) for one in numbered]
    return replace(
        catalogue,
        counters=MappingProxyType({counter.id: counter for counter in numbered}),
        officers=MappingProxyType({officer.id: officer for officer in officers}),
    )


def shifts_for(catalogue: Catalogue, on: date, random: Random, announced: timedelta | None = None) -> tuple[Shift, ...]:
    """From the first opening to the last closing of a counter's services; breaks and lunch are pauses, and lunch is
    `announced` so long before. Breaks stand in the hours: nobody announces them."""
    found = []
    for counter in catalogue.counters.values():
        spans = _spans(catalogue, counter, on)
        if not spans:
            continue
        start, end = _moment(catalogue, on, spans[0].start), _moment(catalogue, on, spans[-1].end)
        pauses = [
            Pause(
                _moment(catalogue, on, left.end),
                _length(left.end, right.start),
                PauseReason.PRAYER,
                of_hours=True,
            )
            for left, right in pairwise(spans)
        ]
        if not pauses and end - start > LONG_SHIFT:
            lunch = _moment(catalogue, on, time(11, 30)) + timedelta(minutes=random.uniform(0, 80))
            pauses.append(Pause(lunch, LUNCH, PauseReason.MEAL, announced=announced))
        pauses += [Pause(start + (end - start) * random.uniform(0.1, 0.9), SHORT_PAUSE) for _ in range(2)]
        pauses.sort(key=lambda pause: pause.start)
        found.append(Shift(counter.id, OfficerId(f"officer-{counter.id}"), start, end, tuple(pauses)))
    return tuple(found)


def _busiest(
    counters: Sequence[Counter], work: Mapping[ServiceId, float], open_minutes: Mapping[CounterId, float]
) -> tuple[Counter, float]:
    """The counter with the largest share of its open time taken, and that share."""
    sharing = Tally(service for counter in counters if open_minutes[counter.id] for service in counter.profile)
    shares = {
        counter.id: sum(work.get(service, 0) / sharing[service] for service in counter.profile) / minutes
        for counter in counters
        if (minutes := open_minutes[counter.id])
    }
    busiest = max(counters, key=lambda counter: shares.get(counter.id, 0.0))
    return busiest, shares.get(busiest.id, 0.0)


def _spans(catalogue: Catalogue, counter: Counter, on: date) -> tuple[Span, ...]:
    """When anything is offered there, joined where the hours of services overlap."""
    every = sorted(
        (
            span
            for service in counter.profile
            for span in hours.spans_on(on, catalogue.service(service).hours, catalogue.calendar)
        ),
        key=lambda span: (span.start, span.end),
    )
    joined: list[Span] = []
    for span in every:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _worked(spans: tuple[Span, ...]) -> float:
    return sum(_length(span.start, span.end) / timedelta(minutes=1) for span in spans)


def _length(start: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, start)


def _moment(catalogue: Catalogue, on: date, at: time) -> datetime:
    return datetime.combine(on, at, ZoneInfo(catalogue.site.time_zone))
