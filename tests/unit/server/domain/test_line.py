"""Lines keep their order whoever comes and goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.line import Line
from server.domain.visit import Leg
from shared.vocabulary import LegId, LegState, VisitId
from tests.support.builders import KTP, NINE, minutes

arrivals = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 90)), max_size=40)


def a_leg(order: int, arrived: int = 0, head_start: int = 0) -> Leg:
    arrival = NINE + minutes(arrived)
    leg, visit = LegId(f"l{order}"), VisitId(f"v{order}")
    return Leg(leg, visit, KTP, order, LegState.WAITING, arrival, arrival, arrival - timedelta(minutes=head_start))


@given(arrivals)
def test_a_line_is_sorted_whatever_the_order_of_coming_and_going(times: list[tuple[int, int]]) -> None:
    legs = [a_leg(order, *time) for order, time in enumerate(times)]
    line = Line()
    for leg in legs:
        line.add(leg)
    for leg in legs[::3]:
        line.remove(leg)
    left = sorted((leg for leg in legs if leg not in legs[::3]), key=lambda leg: (leg.effective_at, leg.order))
    assert list(line) == left
    assert len(line) == len(left)
    assert [line.rank(leg) for leg in left] == list(range(len(left)))
    assert line.first == (left[0] if left else None)


def test_equal_moments_are_told_apart_by_their_order() -> None:
    line = Line()
    for order in (3, 1, 2):
        line.add(a_leg(order))
    assert [leg.order for leg in line] == [1, 2, 3]


def test_who_is_not_in_the_line_cannot_leave_it() -> None:
    line = Line()
    line.add(a_leg(1))
    with pytest.raises(LookupError):
        line.remove(a_leg(2))
    assert len(line) == 1
