"""How a catalogue file says whom the satisfaction survey asks."""

from __future__ import annotations

import pytest

from server.app.catalogue_file import check
from server.domain.survey_plan import SurveyPlan, SurveyRules
from shared.vocabulary import AgencyId
from tests.support.small_catalogue import SMALL, changed, read

CIVIL, POLICE = AgencyId("civil"), AgencyId("police")


def surveyed(site: str = "", police: str = "") -> str:
    text = changed("recall_gap_seconds = 0", f"recall_gap_seconds = 0\n[site.survey]\n{site}") if site else SMALL
    return changed('short_name = "Polres"', f'short_name = "Polres"\nsurvey = {{ {police} }}', text) if police else text


def test_without_a_table_nobody_is_asked() -> None:
    catalogue = read(SMALL)
    assert catalogue.site.survey is None
    assert {agency: catalogue.survey_of(agency) for agency in catalogue.agencies} == dict.fromkeys(catalogue.agencies)


def test_the_site_plans_for_all_and_an_agency_otherwise() -> None:
    catalogue = read(surveyed("expected_visits = 2400\nanswer_percent = 40\nhidden_below = 5", "expected_visits = 90"))
    assert catalogue.site.survey == SurveyPlan(2400, None, 40)
    assert catalogue.site.survey_rules == SurveyRules(hidden_below=5)
    plans = {agency.short_name: catalogue.survey_of(agency.id) for agency in catalogue.agencies.values()}
    assert plans.pop("Polres") == SurveyPlan(90, None, 40)
    assert set(plans.values()) == {SurveyPlan(2400, None, 40)}


def test_an_agency_may_ask_where_the_site_does_not() -> None:
    catalogue = read(surveyed(police="expected_visits = 90, planned_answers = 30"))
    plans = {agency.short_name: catalogue.survey_of(agency.id) for agency in catalogue.agencies.values()}
    assert plans.pop("Polres") == SurveyPlan(90, 30)
    assert set(plans.values()) == {None}


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ("answer_percent = 50", '"expected_visits" is missing'),
        ("expected_visits = 0", "expected_visits: 0 is not between 1 and 10000000"),
        ("expected_visits = 10\nanswer_percent = 0", "answer_percent: 0 is not between 1 and 100"),
        ("expected_visits = 10\nhidden_below = 1", "hidden_below: 1 is not between 2 and 1000"),
        ("expected_visit = 10", 'unknown key "expected_visit"'),
    ],
)
def test_mistakes_are_named(site: str, said: str) -> None:
    assert any(said in mistake.message for mistake in check(surveyed(site)))


def test_only_the_site_has_rules_for_all() -> None:
    mistakes = check(surveyed(police="expected_visits = 90, hidden_below = 3"))
    assert any('unknown key "hidden_below"' in mistake.message for mistake in mistakes)
