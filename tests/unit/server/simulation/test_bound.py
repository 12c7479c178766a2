"""The bound under all rules: never above what any order of calls can reach."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from server.simulation.bound import Job, least_waits

jobs = st.lists(st.tuples(st.integers(0, 20).map(float), st.integers(1, 12).map(float)), min_size=1, max_size=5)


@given(jobs, st.integers(1, 3))
def test_no_order_of_calls_waits_less_than_the_bound(found: list[Job], counters: int) -> None:
    best = min(waits(order, counters) for order in permutations(found))
    assert least_waits(found, counters) <= best + 1e-9


def test_with_one_counter_and_all_present_the_bound_is_reached_by_the_shortest_first() -> None:
    assert least_waits([(0.0, 3.0), (0.0, 1.0), (0.0, 2.0)], 1) == 0 + 1 + 3


def waits(order: tuple[Job, ...], counters: int) -> float:
    """Calls in this order, each at the first free counter, never before the visitor is there."""
    free = [0.0] * counters
    total = 0.0
    for arrival, length in order:
        at = min(range(counters), key=free.__getitem__)
        start = max(free[at], arrival)
        free[at] = start + length
        total += start - arrival
    return total
