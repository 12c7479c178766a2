"""Forecast scores in plain words."""

from __future__ import annotations

import pytest

from server.app.forecast_scores import ServiceDay, Tally, tell, verdict
from shared.vocabulary import ServiceId
from tests.support.builders import AKTA, KTP, TODAY, a_catalogue


def a_tally(**changes: float) -> Tally:
    """A hundred waits of twenty minutes, well foretold."""
    good: dict[str, float] = {
        "waits": 100,
        "in_sure": 91,
        "in_likely": 52,
        "sure_width": 1000,
        "too_much": 50,
        "wrong_by": 400,
        "waited": 2000,
    }
    return Tally(**{**good, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "good"),
        ({"waits": 29}, "too few to say"),
        ({"in_sure": 84}, "too many outside"),
        ({"too_much": 400}, "told 4 min too much"),
        ({"too_much": -400, "in_sure": 60}, "told 4 min too little, too many outside"),
        ({"too_much": 150, "waited": 300}, "good"),  # a minute and a half of three: nobody minds
    ],
)
def test_a_verdict_says_what_is_good_and_what_is_not(changes: dict[str, float], said: str) -> None:
    assert verdict(a_tally(**changes)) == said


def test_services_of_a_day_have_their_sum_and_days_their_total() -> None:
    days = [
        ServiceDay(TODAY, KTP, a_tally()),
        ServiceDay(TODAY, ServiceId("gone"), a_tally(in_sure=80, never_called=3)),
        ServiceDay(TODAY.replace(day=24), AKTA, Tally(never_called=1)),
    ]
    lines = list(tell(days, a_catalogue()))
    cells = [" ".join(line.split()) for line in lines]
    assert any(line.startswith("2026-11-23 - gone 100 80%") for line in cells), "no longer in the catalogue"
    assert any(line.startswith("2026-11-23 all 200 86%") for line in cells)
    assert any(line.startswith("all days all 200 86%") for line in cells)
    assert any(line.startswith("2026-11-24") and line.endswith("0 - - - - - - too few to say") for line in cells)
    assert "4 more were told a wait and not called before the day ended; no column counts them." in lines
    assert "All together: good." in lines
    assert not any("not narrow" in line for line in lines), "50 % of the wait"


def test_a_range_wider_than_it_should_be_is_said_to_be_so() -> None:
    lines = list(tell([ServiceDay(TODAY, KTP, a_tally(sure_width=1600))], a_catalogue()))
    assert "The wide range is 80% of the wait: it may be true, but it is not narrow." in lines
