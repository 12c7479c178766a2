"""The satisfaction index: the rule, the roundings, the bands, and how sure it is."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.satisfaction import (
    ELEMENTS,
    PRINTED_WEIGHTS,
    WEIGHT,
    Band,
    Index,
    Scores,
    band_of,
    index_of,
    printed,
    round_half_up,
)
from server.domain.satisfaction_range import student
from shared.vocabulary import Element

SHORT, LONG = PRINTED_WEIGHTS
complete = st.fixed_dictionaries({element: st.integers(1, 4) for element in ELEMENTS})
skipping = st.dictionaries(st.sampled_from(ELEMENTS), st.integers(1, 4), min_size=5)


def everywhere(score: int) -> Scores:
    return dict.fromkeys(ELEMENTS, score)


def test_the_published_example_gives_its_three_figures() -> None:
    """29 respondents, 955 points over nine elements: every one of them gives 4 but for 89 points less in all."""
    answers = [dict(everywhere(4)) for _ in range(29)]
    lowered = [(respondent, element) for respondent in range(29) for element in ELEMENTS][: 29 * 36 - 955]
    for respondent, element in lowered:
        answers[respondent][element] -= 1
    index = found(answers)
    assert sum(result.points for result in index.elements.values()) == 955
    assert printed(index.with_weight(SHORT)) == "90.56"
    assert printed(index.with_weight(LONG)) == "91.38"
    assert printed(index.exact) == "91.48"
    assert index.band is Band.A


def test_a_perfect_score_is_99_with_the_short_weight_and_100_exactly() -> None:
    index = found([everywhere(4)] * 3)
    assert (printed(index.with_weight(SHORT)), printed(index.with_weight(LONG))) == ("99.00", "99.90")
    assert index.exact == 100
    assert WEIGHT * len(ELEMENTS) == 1


@pytest.mark.parametrize(
    ("index", "band"),
    [
        ("25", Band.D),
        ("64.99", Band.D),
        ("64.9949", Band.D),
        ("64.995", Band.C),
        ("65", Band.C),
        ("76.60", Band.C),
        ("76.605", Band.B),
        ("76.61", Band.B),
        ("88.30", Band.B),
        ("88.31", Band.A),
        ("93", Band.A),
        ("100", Band.A),
    ],
)
def test_the_band_is_that_of_the_printed_figure(index: str, band: Band) -> None:
    assert band_of(Fraction(index)) is band


def test_halves_are_rounded_up_not_to_even() -> None:
    assert [printed(Fraction(value)) for value in ("64.985", "64.995", "2.5")] == ["64.99", "65.00", "2.50"]
    assert round_half_up(Fraction("0.5"), 0) == 1


def test_an_element_that_was_skipped_is_divided_by_those_who_scored_it() -> None:
    without_fee: Scores = {element: 4 for element in ELEMENTS if element is not Element.FEE}
    index = found([everywhere(2), without_fee])
    assert index.elements[Element.FEE].mean == 2
    assert index.elements[Element.TIME].mean == 3
    assert index.respondents == 2


def test_who_scored_fewer_than_five_elements_is_no_respondent() -> None:
    four, five = dict.fromkeys(ELEMENTS[:4], 1), dict.fromkeys(ELEMENTS[:5], 1)
    assert found([everywhere(4), four]) == found([everywhere(4)])
    assert found([everywhere(4), five]).respondents == 2


def test_there_is_no_index_without_a_score_for_every_element() -> None:
    assert index_of([]) is None
    assert index_of([dict.fromkeys(ELEMENTS[:8], 4)] * 30) is None


def test_who_answers_alone_says_nothing_about_how_people_differ() -> None:
    assert found([everywhere(3)]).margin is None


def test_the_range_is_that_of_the_mean_of_the_respondents_indices() -> None:
    """Own indices 50, 75, 100: mean 75, standard deviation 25, t for 2 degrees 4.303."""
    margin = found([everywhere(2), everywhere(3), everywhere(4)]).margin
    assert margin is not None
    assert margin.low == pytest.approx(max(25, 75 - 4.303 * 25 / 3**0.5))
    assert margin.high == 100


def test_where_everybody_was_asked_there_is_nothing_left_to_guess() -> None:
    margin = found([everywhere(2), everywhere(3)], population=2).margin
    assert margin is not None
    assert (margin.low, margin.high) == (62.5, 62.5)


@pytest.mark.parametrize(("freedom", "point"), [(1, 12.706), (30, 2.042), (31, 2.040), (60, 2.000), (120, 1.980)])
def test_students_t_is_right_to_two_decimals(freedom: int, point: float) -> None:
    assert student(freedom) == pytest.approx(point, abs=0.005)


@given(st.lists(complete, min_size=1, max_size=12))
def test_the_index_lies_between_25_and_100_and_inside_its_range(answers: list[Scores]) -> None:
    index = found(answers)
    assert 25 <= index.exact <= 100
    if index.margin is not None:
        assert 25 <= index.margin.low <= float(index.exact) + 1e-9
        assert float(index.exact) - 1e-9 <= index.margin.high <= 100


@given(st.lists(skipping, min_size=1, max_size=12), st.data())
def test_a_better_score_never_makes_the_index_worse(answers: list[dict[Element, int]], data: st.DataObject) -> None:
    before = index_of(answers)
    better = [dict(scores) for scores in answers]
    chosen = data.draw(st.sampled_from(better))
    element = data.draw(st.sampled_from(sorted(chosen)))
    chosen[element] = min(4, chosen[element] + 1)
    after = index_of(better)
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert after.exact >= before.exact


@given(st.lists(skipping, min_size=1, max_size=12), st.randoms())
def test_the_order_of_the_respondents_does_not_matter(answers: list[Scores], random: Random) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)
    assert index_of(shuffled, 100) == index_of(answers, 100)


def found(answers: list[Scores] | list[dict[Element, int]], population: int | None = None) -> Index:
    index = index_of(answers, population)
    assert index is not None
    return index
