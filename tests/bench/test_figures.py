"""The bench's own arithmetic: percentiles, ratios, goals and the table. No figure of any machine is asserted here."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.figures import Line, count, latency, median, peer, percentile, rate, skipped
from tests.bench.site import SERVICES, catalogue
from tests.bench.table import as_json, number, table
from tests.support.builders import NINE

VALUES = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=300)


@given(values=VALUES, share=st.floats(min_value=0.01, max_value=1))
def test_a_percentile_was_measured_and_the_share_of_all_values_does_not_exceed_it(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
    assert sum(value < found for value in values) < share * len(values)


def test_the_p99_of_a_hundred_values_leaves_the_worst_out_and_of_ninety_nine_does_not() -> None:
    assert percentile([*range(100)], 0.99) == 98
    assert percentile([*range(99)], 0.99) == 98


def test_the_median_lies_in_the_middle_of_two() -> None:
    assert median([3, 1, 2]) == 2
    assert median([4, 1, 2, 3]) == 2.5


@pytest.mark.parametrize("share", [0.0, 1.01, -1.0])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        percentile([1.0], share)


def test_nothing_measured_is_an_error_and_never_a_good_figure() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        latency("a", [], p99_at_most=1)
    with pytest.raises(ValueError, match="nothing was measured"):
        rate("a", [], [1.0], at_least=1, what="")


def test_a_rate_is_held_against_its_limit_and_shows_its_slowest_slice() -> None:
    line = rate("issue", [900.0, 1000.0, 1100.0], [480.0, 500.0, 520.0], at_least=2, what="raw commits/s")
    assert (line.median, line.p99, line.beside, line.ratio, line.met) == (1000, 900, 500, 2, True)
    assert rate("issue", [999.0], [500.0], at_least=2, what="").met is False


def test_a_latency_is_held_against_its_bound_by_the_slowest_hundredth() -> None:
    values = [1.0] * 98 + [5.0, 90.0]
    assert latency("a", values, p99_at_most=5).met is True
    assert latency("a", values, p99_at_most=4.9).met is False


def test_a_peer_is_compared_by_medians_or_by_p99() -> None:
    ours, theirs = [2.0] * 98 + [9.0, 9.0], [1.0] * 98 + [3.0, 3.0]
    assert peer("a", ours, theirs, what="", at_most=2).ratio == 2
    assert peer("a", ours, theirs, what="", at_most=3, by_p99=True).ratio == 3


def test_what_falls_short_stays_in_the_table_and_is_named_below() -> None:
    lines = [latency("slow thing", [9.0], p99_at_most=1), count("doubles", 0, "legs"), skipped("far", "no such disk")]
    text = table(lines)
    assert "short of the goal: slow thing" in text
    assert next(line for line in text.splitlines() if line.startswith("slow thing")).endswith("NO")
    assert "far: not measured: no such disk" in text


def test_the_json_has_every_line_with_all_that_the_table_shows() -> None:
    whole = json.loads(as_json([Line("a", 1.0, None, "ms", goal="0", met=False)], quick=True))
    assert set(whole) == {"machine", "quick", "lines"}
    assert {"name", "median", "p99", "unit", "beside", "ratio", "goal", "met"} <= set(whole["lines"][0])
    assert whole["lines"][0]["met"] is False


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "-"), (0, "0"), (3120.4, "3,120"), (12.44, "12.4"), (0.469, "0.47"), (-2.5, "-2.50")]
)
def test_a_number_shows_the_figures_that_matter(value: float | None, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize("hours_later", range(0, 48, 5))
def test_the_hall_is_open_whenever_the_bench_runs(hours_later: int) -> None:
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from server.app.catalogue_file import read_catalogue
    from server.domain import hours

    now = NINE + timedelta(hours=hours_later)
    read = read_catalogue(catalogue(now), version=1, today=now.date(), earlier=[])
    local = now.astimezone(ZoneInfo(read.site.time_zone))
    assert len(read.services) == len(SERVICES)
    for service in read.services.values():
        assert hours.is_open(local, service.hours, read.calendar)
        assert hours.is_open(local + timedelta(hours=1), service.hours, read.calendar)
