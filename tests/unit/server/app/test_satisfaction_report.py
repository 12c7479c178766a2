"""Reports of the index: whose answers count where, what is hidden, and what the raw table does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from server.app.satisfaction_report import (
    BadPeriodError,
    anonymous,
    anonymous_ratings,
    for_the_public,
    ratings_of,
    report_of,
)
from server.app.satisfaction_sheet import GroupKind, Report, Sheet
from server.app.survey_ports import About, Asked, KeptAnswer, KeptRating, SurveyStore
from server.domain.satisfaction import ELEMENTS, Scores
from server.domain.survey_plan import SurveyRules
from shared.vocabulary import AgencyId, Channel, CounterId, ServiceId
from tests.support.builders import AKTA, KTP, ONE, PERMITS, PKB, TAX, THREE, TWO, a_catalogue

FEW = 3
USUAL = a_catalogue()
CATALOGUE = replace(USUAL, site=replace(USUAL.site, survey_rules=SurveyRules(hidden_below=FEW)))
FOURS: Scores = dict.fromkeys(ELEMENTS, 4)
TWOS: Scores = dict.fromkeys(ELEMENTS, 2)


@dataclass
class Answers:
    """As much of a store as a report asks."""

    kept: Sequence[KeptAnswer]
    counted: Asked = field(default_factory=lambda: Asked({}, {}))

    def answers(self, first: str, last: str) -> Sequence[KeptAnswer]:
        return [one for one in self.kept if first <= one.about.month <= last]

    def asked(self, first: str, last: str) -> Asked:
        return self.counted


def about(service: ServiceId = KTP, counter: CounterId = ONE, month: str = "2026-11") -> About:
    agency = TAX if service == PKB else PERMITS
    return About(month, agency, service, counter, Channel.PHONE)


def a_report(
    *answers: tuple[About, Scores], asked: Asked | None = None, agency: AgencyId | None = None, last: str = "2026-12"
) -> Report:
    store = Answers([KeptAnswer(*answer) for answer in answers], asked or Asked({}, {}))
    as_store: SurveyStore = store  # type: ignore[assignment]  # a report asks no more of it
    return report_of(as_store, CATALOGUE, "2026-10", last, agency)


def sheet(report: Report, kind: GroupKind, identity: str) -> Sheet:
    found = report.sheet(kind, identity)
    assert found is not None
    return found


def test_an_answer_counts_for_its_service_its_counter_its_agency_and_the_site() -> None:
    report = a_report(*[(about(), FOURS)] * 3, *[(about(PKB, THREE), TWOS)] * 3)
    shown = {one.id: one.index.exact for one in report.sheets if one.index is not None}
    assert shown == {
        "": "75.00",
        PERMITS: "100.00",
        TAX: "50.00",
        KTP: "100.00",
        PKB: "50.00",
        ONE: "100.00",
        THREE: "50.00",
    }
    assert sheet(report, GroupKind.SITE, "").respondents == 6


def test_below_the_least_number_of_respondents_nothing_is_shown() -> None:
    report = a_report(*[(about(), FOURS)] * FEW, *[(about(AKTA, TWO), FOURS)] * (FEW - 1))
    assert sheet(report, GroupKind.SERVICE, AKTA).index is None
    assert sheet(report, GroupKind.COUNTER, TWO).index is None
    assert sheet(report, GroupKind.SERVICE, KTP).index is not None


def test_what_was_published_says_nothing_of_small_groups_and_of_counters() -> None:
    public = for_the_public(a_report(*[(about(), FOURS)] * FEW, (about(AKTA, TWO), FOURS)))
    assert [(one.kind, one.id) for one in public.sheets] == [
        (GroupKind.SITE, ""),
        (GroupKind.AGENCY, PERMITS),
        (GroupKind.SERVICE, KTP),
    ]


def test_only_the_months_of_the_period_count() -> None:
    report = a_report(*[(about(month="2026-09"), TWOS)] * 3, *[(about(month="2026-12"), FOURS)] * 3)
    assert sheet(report, GroupKind.SITE, "").respondents == 3


def test_an_agencys_head_gets_the_own_agency_alone() -> None:
    report = a_report(*[(about(), FOURS)] * 3, *[(about(PKB, THREE), TWOS)] * 3, agency=TAX)
    assert {(one.kind, one.id) for one in report.sheets} == {
        (GroupKind.AGENCY, TAX),
        (GroupKind.SERVICE, PKB),
        (GroupKind.COUNTER, THREE),
    }
    assert report.channels == {"phone": 3}


def test_respondents_stand_against_the_sample_that_the_finished_visits_require() -> None:
    asked = Asked({PERMITS: 1000, TAX: 10}, {(KTP, ONE): 120, (PKB, THREE): 5})
    report = a_report(*[(about(), FOURS)] * 100, asked=asked)
    permits = sheet(report, GroupKind.AGENCY, PERMITS)
    assert (permits.finished, permits.required, permits.invited, permits.respondents) == (1000, 278, 120, 100)
    whole = sheet(report, GroupKind.SITE, "")
    assert (whole.finished, whole.required, whole.invited) == (1010, 278, 125)
    assert sheet(report, GroupKind.SERVICE, KTP).required is None


def test_a_count_that_began_after_the_first_answers_is_not_believed() -> None:
    report = a_report(*[(about(), FOURS)] * 5, asked=Asked({PERMITS: 2}, {}))
    assert sheet(report, GroupKind.AGENCY, PERMITS).finished is None


def test_answers_with_too_few_scores_are_counted_apart() -> None:
    report = a_report(*[(about(), FOURS)] * 3, (about(), dict.fromkeys(ELEMENTS[:4], 1)))
    assert (report.incomplete, sheet(report, GroupKind.SITE, "").respondents) == (1, 3)


@pytest.mark.parametrize("last", ["2026-09", "2030-01", "2026-13", "", "x", "2026-1"])
def test_a_period_that_makes_no_sense_is_refused(last: str) -> None:
    with pytest.raises(BadPeriodError):
        a_report(last=last)


def test_the_raw_table_does_not_name_groups_that_are_too_small() -> None:
    kept = (
        [KeptAnswer(about(), FOURS)] * 3 + [KeptAnswer(about(AKTA, TWO), FOURS)] + [KeptAnswer(about(PKB, THREE), TWOS)]
    )
    said = [(one.about.agency, one.about.service, one.about.counter) for one in anonymous(kept, FEW)]
    assert said == [(PERMITS, KTP, ONE)] * 3 + [(PERMITS, "", ""), ("", "", "")]


def test_quick_ratings_are_shown_by_group_and_never_enter_the_index() -> None:
    ratings = [
        KeptRating(PERMITS, KTP, ONE, 4, 2),
        KeptRating(PERMITS, KTP, ONE, 1, 1),
        KeptRating(TAX, PKB, THREE, 1, 1),
    ]
    found = ratings_of(ratings, FEW)
    assert found[GroupKind.COUNTER, ONE] == [1, 0, 0, 2]
    assert (GroupKind.COUNTER, THREE) not in found
    assert a_report() == a_report()  # a report does not even ask the store for them
    assert [(one.agency, one.rating, one.count) for one in anonymous_ratings(ratings, FEW)] == [
        ("", 1, 1),
        (PERMITS, 1, 1),
        (PERMITS, 4, 2),
    ]
