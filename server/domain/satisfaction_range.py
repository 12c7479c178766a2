"""How far the index of a sample may lie from that of all visitors: a 95 % confidence range around it.

The range is that of a mean: every respondent's share in the index is one number, their spread gives the standard error,
Student's t the factor, and the finite population correction makes it narrower where much of the population was asked.
With skipped elements the share is linearised (each element's mean has its own denominator); with complete answers this
is exactly the textbook range of the mean of the respondents' own indices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt
from typing import Protocol

from shared.vocabulary import Element

# Student's t, 97.5 %, for 1 to 30 degrees of freedom; beyond, its expansion around the normal distribution's 1.96.
_T = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
_NORMAL = 1.959964
LOWEST_INDEX, HIGHEST_INDEX = 25.0, 100.0


class _Mean(Protocol):
    @property
    def answered(self) -> int: ...
    @property
    def mean(self) -> Fraction: ...


@dataclass(frozen=True, slots=True)
class Margin:
    """From `low` to `high`, in points of the index, never outside of 25 to 100."""

    low: float
    high: float


def margin_of(
    answers: Sequence[Mapping[Element, int]], elements: Mapping[Element, _Mean], population: int | None
) -> Margin | None:
    """None for fewer than two. Without a population there is no correction: the range is then rather too wide."""
    respondents = len(answers)
    if respondents < 2:
        return None
    means = {element: float(result.mean) for element, result in elements.items()}
    weights = {element: 25 / len(elements) * respondents / result.answered for element, result in elements.items()}
    deviations = [
        fsum(weights[element] * (score - means[element]) for element, score in scores.items()) for scores in answers
    ]
    variance = fsum(deviation * deviation for deviation in deviations) / (respondents - 1)
    known = population is not None and population >= respondents  # fewer than answered: the count began later
    unasked = 1 - respondents / population if known and population else 1.0
    error = student(respondents - 1) * sqrt(variance / respondents * unasked)
    middle = 25 / len(elements) * fsum(means.values())
    return Margin(max(LOWEST_INDEX, middle - error), min(HIGHEST_INDEX, middle + error))


def student(freedom: int) -> float:
    """The 97.5 % point of Student's t; two decimals are right for any number of degrees of freedom."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    return _NORMAL + (_NORMAL**3 + _NORMAL) / (4 * freedom)
