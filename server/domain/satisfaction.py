"""The satisfaction index (IKM) of Permenpan-RB 14/2017: nine elements, exact fractions, both customary roundings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from server.domain.satisfaction_range import Margin, margin_of
from shared.vocabulary import Element

LOWEST, HIGHEST = 1, 4
ELEMENTS = tuple(Element)
WEIGHT = Fraction(1, len(ELEMENTS))
PRINTED_WEIGHTS = (Fraction("0.11"), Fraction("0.111"))  # as offices print 1/9; the first makes a perfect score 99.00
TO_HUNDRED = 25  # a mean of 1 to 4 becomes an index of 25 to 100
ENOUGH = 5  # elements: who scored fewer than the greater half of nine is not a respondent

Scores = Mapping[Element, int]
"""What one person answered, by element; an element that was skipped is left out."""


class Band(StrEnum):
    """The quality of service, by the printed index."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


_BANDS = ((Fraction("88.31"), Band.A), (Fraction("76.61"), Band.B), (Fraction("65.00"), Band.C))


@dataclass(frozen=True, slots=True)
class ElementResult:
    answered: int
    """How many scored this element; nobody is counted for what they skipped."""
    points: int

    @property
    def mean(self) -> Fraction:
        """NRR, *nilai rata-rata*: 1 to 4."""
        return Fraction(self.points, self.answered)


@dataclass(frozen=True, slots=True)
class Index:
    """The index of some respondents, exact."""

    respondents: int
    elements: Mapping[Element, ElementResult]
    margin: Margin | None
    """None for one respondent alone: nothing is known of how people differ."""

    @property
    def exact(self) -> Fraction:
        return self.with_weight(WEIGHT)

    def with_weight(self, weight: Fraction) -> Fraction:
        """IKM = sum(NRR x weight) x 25."""
        return sum((result.mean * weight for result in self.elements.values()), Fraction(0)) * TO_HUNDRED

    @property
    def band(self) -> Band:
        return band_of(self.exact)


def is_respondent(scores: Scores) -> bool:
    """Whether an answer counts: at least five of the nine elements were scored."""
    return len(scores) >= ENOUGH


def index_of(answers: Iterable[Scores], population: int | None = None) -> Index | None:
    """The index of the answers that count; None while there is none, or while an element has no score at all.

    `population` is how many finished visits the respondents were drawn from, where that is known.
    """
    counted = [scores for scores in answers if is_respondent(scores)]
    elements = {}
    for element in ELEMENTS:
        given = [scores[element] for scores in counted if element in scores]
        if not given:
            return None
        elements[element] = ElementResult(len(given), sum(given))
    return Index(len(counted), elements, margin_of(counted, elements, population))


def band_of(index: Fraction) -> Band:
    """Decided on the printed figure: the bands are given with two decimals, and 64.995 is printed 65.00, so it is C."""
    shown = round_half_up(index)
    return next((band for least, band in _BANDS if shown >= least), Band.D)


def round_half_up(value: Fraction, places: int = 2) -> Fraction:
    """As people round, not as bankers do: 64.995 becomes 65.00, every time."""
    scale: int = 10**places
    return Fraction(floor(value * scale + Fraction(1, 2)), scale)


def printed(value: Fraction, places: int = 2) -> str:
    """With a decimal point; a page writes it in its own language."""
    rounded = round_half_up(value, places)
    return f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):.{places}f}"
