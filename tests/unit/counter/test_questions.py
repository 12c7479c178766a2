"""Finding tickets and services by what an officer types."""

from __future__ import annotations

import pytest

from counter.questions import options, ticket_matches
from counter.state import Ask, Question
from shared.vocabulary import LegState
from tests.unit.counter.builders import at_desk, in_hand, set_aside, waits

DESK = at_desk(in_hand(LegState.SERVING), waits("A-043", 3), set_aside("A-031", LegState.PARKED))


@pytest.mark.parametrize("typed", ["a-042", "A042", "a42", "42", "042", ""])
def test_a_ticket_is_found_however_it_is_typed(typed: str) -> None:
    assert ticket_matches("A-042", typed)


@pytest.mark.parametrize("typed", ["b42", "43", "a-421"])
def test_another_ticket_is_not(typed: str) -> None:
    assert not ticket_matches("A-042", typed)


def services(query: str) -> list[str]:
    return [option.id for option in options(DESK, Question(Ask.TRANSFER, leg="hand", query=query))]


def test_services_are_found_in_both_languages_by_agency_and_by_prefix() -> None:
    assert services("birth") == ["akta"]
    assert services("bpjs") == ["jkn"]
    assert services("kartu kel") == ["kk"]
    assert len(services("")) == 4


def test_a_name_that_begins_so_stands_before_one_that_only_has_it_inside() -> None:
    assert services("ke")[:2] == ["akta", "kk"]
    assert set(services("ke")[2:]) == {"ktp", "jkn"}


def test_a_service_says_which_counters_serve_it_now() -> None:
    details = {option.id: option.detail for option in options(DESK, Question(Ask.TRANSFER, leg="hand"))}
    assert details["kk"].endswith("loket 2, 3")
    assert details["akta"].endswith("belum ada loket yang buka")


def test_who_waits_and_who_is_parked_can_be_cancelled_but_not_who_is_in_hand() -> None:
    assert [option.title for option in options(DESK, Question(Ask.CANCEL))] == ["A-043", "A-031"]


def test_the_first_choice_of_counter_is_any_and_a_typed_number_is_that_counter() -> None:
    asked = Question(Ask.TRANSFER_COUNTER, leg="hand", service="kk")
    assert [option.id for option in options(DESK, asked)] == ["", "c2", "c3"]
    typed = Question(Ask.TRANSFER_COUNTER, leg="hand", service="kk", query="2")
    assert [option.id for option in options(DESK, typed)] == ["c2"]
