"""Why there is no fixed ratio among the calling rules: above its own share of priority visitors it turns around."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from fractions import Fraction

from shared.vocabulary import Priority
from tests.support.builders import DESK, NINE, ONE, a_lobby, call, issue, minutes

SERVING = 5  # minutes; one comes every four, so a line builds up
VISITORS = 60
PRIORITY_OF_TEN = 4  # four of ten are priority visitors: an outpatient hall, a pension day


def arrivals() -> list[tuple[int, Priority]]:
    return [
        (place * 4, Priority.PRIORITY if place % 10 < PRIORITY_OF_TEN else Priority.REGULAR)
        for place in range(VISITORS)
    ]


def test_one_priority_to_two_regular_makes_priority_visitors_wait_longer_than_regular_ones() -> None:
    """Four of ten are priority; the ratio serves one of three. The missing share piles up in the priority line."""
    waits = _by_ratio(Fraction(1, 3))
    assert _mean(waits[Priority.PRIORITY]) > _mean(waits[Priority.REGULAR])


def test_a_head_start_never_turns_around() -> None:
    waits = _by_head_start()
    assert _mean(waits[Priority.PRIORITY]) < _mean(waits[Priority.REGULAR])
    assert max(waits[Priority.REGULAR]) - max(waits[Priority.PRIORITY]) <= 90


def _by_ratio(share: Fraction) -> dict[Priority, list[float]]:
    """One priority visitor, then two regular ones, and so on; whoever waits when one of the kinds does not."""
    coming, now = deque(arrivals()), 0
    lines: dict[Priority, deque[int]] = {priority: deque() for priority in Priority}
    waits: dict[Priority, list[float]] = {priority: [] for priority in Priority}
    turn = 0
    while coming or any(lines.values()):
        while coming and coming[0][0] <= now:
            arrival, priority = coming.popleft()
            lines[priority].append(arrival)
        if any(lines.values()):
            wanted = Priority.PRIORITY if turn % share.denominator < share.numerator else Priority.REGULAR
            other = Priority.REGULAR if wanted is Priority.PRIORITY else Priority.PRIORITY
            served = wanted if lines[wanted] else other
            waits[served].append(now - lines[served].popleft())
            turn += 1
        now += SERVING
    return waits


def _by_head_start() -> dict[Priority, list[float]]:
    lobby, coming, now = a_lobby(open_counters=[ONE]), deque(arrivals()), NINE
    waits: dict[Priority, list[float]] = {priority: [] for priority in Priority}
    while coming or lobby.waiting_count(ONE):
        while coming and NINE + minutes(coming[0][0]) <= now:
            after, priority = coming.popleft()
            issue(lobby, priority=priority, now=NINE + minutes(after))
        if lobby.waiting_count(ONE):
            leg = call(lobby, now=now)
            lobby.serve(ONE, leg.id, now, DESK)
            waits[lobby.visit_of(leg.id).priority].append((now - leg.arrival) / timedelta(minutes=1))
        now += minutes(SERVING)
    return waits


def _mean(waits: list[float]) -> float:
    return sum(waits) / len(waits)
