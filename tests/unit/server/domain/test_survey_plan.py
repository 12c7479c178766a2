"""Whom to ask: the required sample and every how-many-th finished visit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.survey_plan import SurveyPlan, first_invited, is_invited, required_sample
from shared.vocabulary import AgencyId
from tests.support.builders import TODAY

# The published table of 1970, population and sample.
TABLE = (
    *((10, 10), (15, 14), (20, 19), (25, 24), (30, 28), (35, 32), (40, 36), (45, 40), (50, 44), (55, 48), (60, 52)),
    *((65, 56), (70, 59), (75, 63), (80, 66), (85, 70), (90, 73), (95, 76), (100, 80), (110, 86), (120, 92)),
    *((220, 140), (230, 144), (240, 148), (250, 152), (300, 169), (400, 196), (500, 217), (750, 254), (1000, 278)),
    *((1200, 291), (1300, 297), (1400, 302), (1500, 306), (2000, 322), (2800, 338), (3000, 341), (5000, 357)),
    *((9000, 368), (10_000, 370), (20_000, 377), (50_000, 381), (75_000, 382), (1_000_000, 384)),
)


@pytest.mark.parametrize(("population", "sample"), TABLE)
def test_the_required_sample_is_that_of_krejcie_and_morgans_table(population: int, sample: int) -> None:
    assert required_sample(population) == sample


def test_nobody_needs_no_sample() -> None:
    assert required_sample(0) == 0
    assert required_sample(1) == 1


def test_the_interval_follows_from_the_plan() -> None:
    assert SurveyPlan(2400, answer_percent=100).every == 2400 // 331
    assert SurveyPlan(2400, answer_percent=50).every == 1200 // 331
    assert SurveyPlan(6000, planned_answers=100, answer_percent=50).every == 30
    assert SurveyPlan(5).every == 1


@given(st.integers(1, 50), st.integers(0, 3000), st.sampled_from(["dukcapil", "samsat", "x"]))
def test_of_any_stretch_as_long_as_the_interval_exactly_one_is_invited(every: int, start: int, agency: str) -> None:
    stretch = range(start + 1, start + 1 + every)
    assert sum(is_invited(nth, TODAY, AgencyId(agency), every) for nth in stretch) == 1


def test_the_same_count_starts_elsewhere_on_another_day_and_for_another_agency() -> None:
    days = [date(2026, 1, 1) + timedelta(days=day) for day in range(700)]
    starts = [first_invited(day, AgencyId("dukcapil"), 7) for day in days]
    for start in range(1, 8):
        assert 70 <= starts.count(start) <= 130  # a seventh of 700, give or take
    assert any(first_invited(day, AgencyId("samsat"), 7) != start for day, start in zip(days, starts, strict=True))
