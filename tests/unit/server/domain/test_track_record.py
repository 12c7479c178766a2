"""Ranges that hold as many waits as they say, because they are made of waits that were."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from server.domain.track_record import ENOUGH, KEPT, TrackRecord

pairs = st.lists(st.tuples(st.floats(0, 120), st.floats(0, 240)), max_size=400)


def test_before_anything_was_seen_simulated_days_speak() -> None:
    told = TrackRecord().forecast(30)
    assert told.sure.low < told.likely.low <= told.middle <= told.likely.high < told.sure.high


def test_nine_of_ten_waits_fall_into_the_sure_range_and_half_into_the_likely_one() -> None:
    random = Random(1)
    record, sure, likely = TrackRecord(), 0, 0
    for number in range(4000):
        expected = random.uniform(25, 90)
        wait = expected * random.lognormvariate(0.2, 0.35)
        if number >= 1000:
            told = record.forecast(expected)
            sure += told.sure.low <= wait <= told.sure.high
            likely += told.likely.low <= wait <= told.likely.high
        record.saw(expected, wait)
    assert 0.86 < sure / 3000 < 0.95
    assert 0.45 < likely / 3000 < 0.65


def test_a_hall_that_becomes_slow_is_believed_after_a_while() -> None:
    record = TrackRecord((30, 30) for _ in range(KEPT))
    assert record.forecast(30).sure.high <= 41
    for _ in range(KEPT):
        record.saw(30, 60)
    assert record.forecast(30).sure.low >= 50


def test_a_few_waits_change_nothing_yet() -> None:
    assert TrackRecord((30, 200) for _ in range(ENOUGH - 1)).forecast(30) == TrackRecord().forecast(30)


@given(pairs)
def test_the_estimate_is_monotone_in_what_is_expected(seen: list[tuple[float, float]]) -> None:
    record = TrackRecord(seen * 3)
    told = [record.forecast(expected / 2) for expected in range(260)]
    for shorter, longer in pairwise(told):
        assert shorter.sure.low <= longer.sure.low
        assert shorter.likely.low <= longer.likely.low
        assert shorter.middle <= longer.middle
        assert shorter.likely.high <= longer.likely.high
        assert shorter.sure.high <= longer.sure.high
