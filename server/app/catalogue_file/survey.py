"""The `survey` table of a site or an agency: how many visits and answers a survey period expects."""

from __future__ import annotations

from server.app.catalogue_file.fields import Fields, kind_of
from server.app.catalogue_file.mistakes import Code
from server.domain.survey_plan import SurveyPlan, SurveyRules

MAX_VISITS, MAX_ANSWERS = 10_000_000, 1_000_000
MAX_HIDDEN, MAX_DAYS = 1000, 3660
_RULES = ("hidden_below", "text_days")


def read_survey(fields: Fields, otherwise: SurveyPlan | None, *, rules: bool = False) -> SurveyPlan | None:
    """The table's own settings, and `otherwise` for what it leaves out; None without a table. With `rules` it may hold
    those, too."""
    if (inner := _table(fields)) is None:
        return None
    expected = None if otherwise is None else otherwise.expected_visits
    answers = None if otherwise is None else otherwise.planned_answers
    percent = SurveyPlan(1).answer_percent if otherwise is None else otherwise.answer_percent
    if inner.has("planned_answers"):
        answers = inner.number("planned_answers", 1, MAX_ANSWERS)
    plan = SurveyPlan(
        expected_visits=inner.number("expected_visits", 1, MAX_VISITS, default=expected),
        planned_answers=answers,
        answer_percent=inner.number("answer_percent", 1, 100, default=percent),
    )
    if rules:
        for key in _RULES:
            inner.has(key)
    inner.done()
    return plan


def read_survey_rules(fields: Fields) -> SurveyRules:
    usual = SurveyRules()
    if (inner := _table(fields)) is None:
        return usual
    return SurveyRules(
        hidden_below=inner.number("hidden_below", 2, MAX_HIDDEN, default=usual.hidden_below),
        text_days=inner.number("text_days", 1, MAX_DAYS, default=usual.text_days),
    )


def _table(fields: Fields) -> Fields | None:
    if not fields.has("survey"):
        return None
    table = fields.table["survey"]
    if not isinstance(table, dict):
        fields.error("survey", Code.WRONG_TYPE, f"survey: a table is expected, not {kind_of(table)}")
        return None
    return Fields(table, (*fields.path, "survey"), fields.findings, f"{fields.label}, survey", fields.languages)
