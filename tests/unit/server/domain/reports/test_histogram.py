"""Times in buckets: exact enough, and days add up."""

from __future__ import annotations

from collections import Counter
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.reports.histogram import (
    ERROR,
    LAST,
    bucket,
    by_bucket,
    cell,
    hour_of,
    middle,
    packed,
    percentiles,
    unpacked,
    unpacked_by_bucket,
    weekday_of,
)

times = st.floats(min_value=0, max_value=86_400)


@given(times)
def test_the_time_that_stands_for_a_bucket_is_never_further_away_than_the_stated_error(seconds: float) -> None:
    assert abs(middle(bucket(seconds)) - seconds) <= max(0.5, seconds * ERROR * 1.000_001)


@given(st.lists(times, min_size=1), st.sampled_from([0.5, 0.9, 1.0]))
def test_law_a_percentile_of_buckets_is_that_of_the_times_within_the_stated_error(
    many: list[float], share: float
) -> None:
    counts = by_bucket(Counter(cell(number=bucket(seconds)) for seconds in many))
    (found,) = percentiles(counts, [share])
    direct = sorted(many)[ceil(share * len(many)) - 1]
    assert found is not None
    assert abs(found - direct) <= max(0.5, direct * ERROR * 1.000_001)


@given(
    st.dictionaries(st.integers(0, 2**16 - 1), st.integers(1, 10**6)), st.dictionaries(st.integers(0, 99), st.just(7))
)
def test_packed_histograms_one_after_the_other_add_up(one: dict[int, int], other: dict[int, int]) -> None:
    whole, packs = Counter(one) + Counter(other), packed(one) + packed(other)
    assert unpacked(packs) == whole
    assert unpacked_by_bucket(packs) == Counter(by_bucket(whole))


def test_a_cell_knows_its_weekday_hour_and_bucket() -> None:
    one = cell(6, 23, 255)
    assert (weekday_of(one), hour_of(one), one & LAST) == (6, 23, 255)


def test_of_no_times_there_is_no_percentile() -> None:
    assert percentiles({}, [0.5, 0.9]) == [None, None]


@pytest.mark.parametrize(("seconds", "number"), [(0, 0), (0.99, 0), (1, 1), (60, 84), (10**9, 255)])
def test_buckets_grow_by_a_twentieth(seconds: float, number: int) -> None:
    assert bucket(seconds) == number
