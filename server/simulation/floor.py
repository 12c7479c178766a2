"""The floor under every range: how narrow the minutes could be told by somebody who knows the day beforehand.

From the moment of a number on, its part of the hall is played again many times. Who will come and when, who does not
answer a call, walks, pauses, transfers and every key are known; only how long visitors take from then on is drawn anew.
Of those waits the narrowest stretch that holds nine of ten is what this all-knowing teller would say. No forecast that
does not know service times beforehand can be narrower and as true.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from math import exp, log, sqrt
from random import Random
from statistics import median

import msgspec

from server.simulation.history import Episode, History
from shared.vocabulary import CounterId, ServiceId

DRAWS = 200
TOLD = 1500
"""Visitors of all days together for whom it is played; some fifteen milliseconds each."""
HELD = (0.9, 0.85)
"""Shares of the waits that a range holds: as it is meant, and as it is asked for at least."""
TRIES = 60  # to draw a time beyond the one that is gone already
LEAST = 0.5


class Floor(msgspec.Struct, frozen=True):
    """Minutes."""

    visitors: int
    width: float
    """Median of the narrowest ranges that hold nine of ten."""
    least_width: float
    """Median of those that hold 85 of a hundred."""
    median_wait: float
    """Of the same visitors."""
    inside: float
    """Share of their real waits within the former: nine of ten, if the play is right."""


def floor_of(histories: Sequence[History], visitors: int = TOLD, seed: int = 1) -> Floor | None:
    """None where nobody was told a wait."""
    random = Random(seed)  # noqa: S311 - draws that can be repeated
    told = [(history, one) for history in histories for one in history.told]
    chosen = random.sample(told, min(visitors, len(told)))
    if not chosen:
        return None
    widths: dict[float, list[float]] = {share: [] for share in HELD}
    waits: list[float] = []
    inside = 0
    for history, one in chosen:
        assert one.called is not None
        waits.append(one.called - one.available)
        drawn = sorted(waits_anew(history, one, random))
        for share in HELD:
            low, high = narrowest(drawn, share)
            widths[share].append(high - low)
            inside += share == HELD[0] and low - 1e-6 <= waits[-1] <= high + 1e-6
    width, least_width = (median(widths[share]) for share in HELD)
    return Floor(len(chosen), width, least_width, median(waits), inside / len(chosen))


def narrowest(ascending: Sequence[float], share: float) -> tuple[float, float]:
    """The shortest stretch that holds such a share of the values."""
    held = max(1, round(len(ascending) * share))
    start = min(range(len(ascending) - held + 1), key=lambda place: ascending[place + held - 1] - ascending[place])
    return ascending[start], ascending[start + held - 1]


def waits_anew(history: History, target: Episode, random: Random, draws: int = DRAWS) -> Iterator[float]:
    """What the visitor might have waited, from what was so when the number was given."""
    now = target.available
    group = history.profiles.group_of(target.service)
    of_group = [one for one in history.episodes if one.service in group.services]
    coming = sorted((one for one in of_group if one.called is None or one.called >= now), key=lambda one: one.key)
    in_hand = {one.counter: one for one in of_group if one.called is not None and one.called < now < one.freed}
    working = {counter: history.profiles.services(counter) for counter in group.counters if counter in history.opens}
    for _ in range(draws):
        free_from = {counter: max(history.opens[counter], history.pause_ends(counter, now)) for counter in working}
        for counter, hand in in_hand.items():
            if counter in free_from:
                free_from[counter] = max(free_from[counter], now + _left(history, hand, now, random))
        yield _played(history, target, coming, working, free_from, random) - now


def _played(
    history: History,
    target: Episode,
    coming: Sequence[Episode],
    working: Mapping[CounterId, Sequence[ServiceId]],
    free_from: Mapping[CounterId, float],
    random: Random,
) -> float:
    """When the target is called."""
    now = target.available
    left = list(coming)
    free = [(at, place, counter) for place, (counter, at) in enumerate(free_from.items())]
    heapq.heapify(free)
    pauses = {counter: history.pauses_after(counter, now) for counter in working}
    while free:
        at, place, counter = heapq.heappop(free)
        if pauses[counter] and pauses[counter][0].due <= at:
            pause = pauses[counter].pop(0)
            back = max(at, pause.until) if pause.until else at + pause.lasted
            heapq.heappush(free, (back, place, counter))
            continue
        mine = working[counter]
        chosen = next((one for one in left if one.available <= at and one.service in mine), None)
        if chosen is target:
            return at
        if chosen is not None:
            left.remove(chosen)
            heapq.heappush(free, (at + _lasts(history, chosen, random), place, counter))
            continue
        wakes = [one.available for one in left if one.service in mine]
        wakes += [one.due for one in pauses[counter][:1]]
        if wakes and (next_at := min(wakes)) < history.closes[counter]:
            heapq.heappush(free, (next_at, place, counter))
    assert target.called is not None
    return target.called  # by a counter that helped out: those are not played


def _lasts(history: History, one: Episode, random: Random) -> float:
    return one.fixed + (_draw(history, one.service, random) if one.serves else 0.0)


def _left(history: History, hand: Episode, now: float, random: Random) -> float:
    """Of a visitor at a counter, given how long it has taken so far."""
    assert hand.called is not None
    gone = now - hand.called - hand.fixed
    if not hand.serves:
        return max(0.0, -gone)
    if gone <= 0:
        return _draw(history, hand.service, random) - gone
    drawn = (_draw(history, hand.service, random) for _ in range(TRIES))
    return next((lasts for lasts in drawn if lasts > gone), gone + LEAST) - gone


def _draw(history: History, service: ServiceId, random: Random) -> float:
    variance = log(1 + history.spread**2)
    return max(LEAST, history.minutes[service] * exp(random.gauss(-variance / 2, sqrt(variance))))
