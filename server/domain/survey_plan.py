"""Whom to ask: how many answers a period needs, and so every how-many-th finished visit is invited.

Systematic sampling: nobody picks the happy ones, and nobody can ask to be asked. Whoever finishes as the right one is
invited, whoever they are; where the count starts changes from day to day and from agency to agency, so that a small
agency's few visits of a day all have the same chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256

from server.domain.satisfaction import round_half_up
from shared.vocabulary import AgencyId

# Krejcie & Morgan, "Determining Sample Size for Research Activities", Educational and Psychological Measurement 30
# (1970), 607-610: chi-square for one degree of freedom at 95 %, a share of one half (the most careful), 5 % accuracy.
CHI_SQUARE, SHARE, ACCURACY = Fraction("3.841"), Fraction("0.5"), Fraction("0.05")
FINISHED = "finished:"  # the sequence of an agency's finished visits; a ticket's series has capitals only


def required_sample(population: int) -> int:
    """How many respondents a population needs: s = X2 N P (1-P) / (d2 (N-1) + X2 P (1-P)), to the nearest whole."""
    if population <= 0:
        return 0
    spread = CHI_SQUARE * SHARE * (1 - SHARE)
    return int(round_half_up(spread * population / (ACCURACY**2 * (population - 1) + spread), 0))


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """What a site, or an agency, plans for a survey period."""

    expected_visits: int
    """Finished visits of one agency in a period."""
    planned_answers: int | None = None
    """None: what Krejcie & Morgan require of the expected visits."""
    answer_percent: int = 50
    """How many of a hundred invited visitors answer, so that enough are invited."""

    @property
    def answers(self) -> int:
        return self.planned_answers or required_sample(self.expected_visits)

    @property
    def every(self) -> int:
        """Every how-many-th finished visit is invited; 1: all of them."""
        return max(1, self.expected_visits * self.answer_percent // (100 * self.answers))


@dataclass(frozen=True, slots=True)
class SurveyRules:
    """What holds for all surveys of a site."""

    hidden_below: int = 10
    """Fewer respondents than this are shown as no result: a face might be behind it."""
    text_days: int = 365
    """How long suggestions are kept."""


def first_invited(day: date, agency: AgencyId, every: int) -> int:
    """Which finished visit of an agency's day is the first to be invited: 1 to `every`."""
    digest = sha256(f"{day.isoformat()} {agency}".encode()).digest()
    return 1 + int.from_bytes(digest[:8], "big") % every


def is_invited(nth: int, day: date, agency: AgencyId, every: int) -> bool:
    """Whether the `nth` finished visit of an agency on that day is invited, counted from 1."""
    return (nth - first_invited(day, agency, every)) % every == 0
