"""How long it takes: ranges of minutes that grow with the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.estimating import LEAST_REMAINING, Range, estimate, expected_wait, remaining
from shared.vocabulary import LegId
from tests.support.builders import DESK, KTP, NINE, ONE, TWO, a_lobby, call, issue, minutes

loads = st.lists(st.floats(0, 1_000), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        pytest.param([], None, id="no counter"),
        pytest.param([0], Range(0, 5), id="nobody ahead"),
        pytest.param([3], Range(0, 5), id="almost next"),
        pytest.param([60], Range(45, 75), id="an hour at one counter"),
        pytest.param([60, 60], Range(20, 40), id="the same for two counters"),
        pytest.param([60, 6000], Range(40, 75), id="a second counter that is busy with others"),
    ],
)
def test_a_range_of_minutes_in_steps_of_five(ahead: list[float], expected: Range | None) -> None:
    assert estimate(ahead) == expected


@given(loads, st.data())
def test_more_work_ahead_never_means_a_shorter_wait(work: list[float], data: st.DataObject) -> None:
    more = [load + data.draw(st.floats(0, 100)) for load in work]
    shorter, longer = estimate(work), estimate(more)
    assert shorter is not None
    assert longer is not None
    assert shorter.low <= longer.low
    assert shorter.high <= longer.high
    assert 0 <= shorter.low < shorter.high


@given(loads, st.floats(0.1, 1_000))
def test_a_further_counter_never_means_a_longer_wait(work: list[float], load: float) -> None:
    assert expected_wait([*work, load]) <= expected_wait(work)


def test_a_visitor_in_hand_takes_the_rest_of_the_standard_time_and_never_nothing() -> None:
    assert remaining(10, 4) == 6
    assert remaining(10, 25) == LEAST_REMAINING


def test_everyone_in_a_line_waits_at_least_as_long_as_who_stands_before_them() -> None:
    lobby = a_lobby([f"A-{number:03d}" for number in range(1, 15)])
    ranges = [lobby.estimate_of(leg.id, NINE) for leg in lobby.line(KTP)]
    lows = [one.low for one in ranges if one is not None]
    assert len(lows) == 14
    assert lows == sorted(lows)
    assert lows[-1] > lows[0]


def test_what_is_in_hand_counts_until_it_is_nearly_done() -> None:
    lobby = a_lobby(open_counters=[ONE])
    issue(lobby)
    lobby.serve(ONE, call(lobby).id, NINE, DESK)
    assert lobby.estimate(KTP, NINE) == Range(5, 15)
    assert lobby.estimate(KTP, NINE + minutes(9)) == Range(0, 5)


def test_a_leg_kept_for_one_counter_is_estimated_by_that_counter() -> None:
    lobby = a_lobby(["A-001"])
    serving = lobby.serve(ONE, call(lobby).id, NINE, DESK)

    kept = lobby.transfer(ONE, serving.id, KTP, new_leg=LegId("n"), only_counter=TWO, now=NINE, actor=DESK)
    assert lobby.estimate_of(kept.id, NINE) is not None
    lobby.close(TWO, NINE, DESK)
    assert lobby.estimate_of(kept.id, NINE) is None
    assert lobby.estimate(KTP, NINE) is not None
