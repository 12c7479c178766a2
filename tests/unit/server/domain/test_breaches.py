"""Breaches of norms, and who waits longest: from the heads of lines and the hands of counters alone."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime, timedelta
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from server.domain.breaches import breaches, waits_longest
from server.domain.errors import RefusedError
from server.domain.lobby import Lobby
from server.domain.norms import Norms
from shared.vocabulary import CounterId, ErrorCode
from tests.support.builders import (
    DESK,
    KTP,
    NINE,
    ONE,
    PKB,
    TAX,
    TWO,
    a_catalogue,
    a_lobby,
    a_service,
    call,
    issue,
    minutes,
)

if TYPE_CHECKING:
    from _typeshed import TraceFunction


def never(_: CounterId) -> datetime | None:
    return None


def test_who_came_back_to_the_line_waits_since_then() -> None:
    lobby = a_lobby(open_counters=[ONE])
    first, second = issue(lobby, now=NINE), issue(lobby, now=NINE + minutes(5))
    called = call(lobby, now=NINE + minutes(10))
    lobby.mark_missed(ONE, called.id, NINE + minutes(20), DESK)
    lobby.reopen(called.id, "why", NINE + minutes(25), DESK)
    longest = waits_longest(lobby.line(KTP))
    assert longest is not None
    assert (longest.visit, lobby.line(KTP).first) == (second.id, lobby.leg(first.legs[0].id))


def test_a_service_that_usually_takes_longer_than_the_norm_has_its_standard_minutes() -> None:
    lobby = a_lobby(["A-001"], open_counters=[ONE], catalogue=a_catalogue([a_service(KTP, standard_minutes=50)]))
    call(lobby, now=NINE)
    assert list(breaches(lobby, never, NINE + minutes(50))) == []
    (found,) = breaches(lobby, never, NINE + minutes(51))
    assert (found.subject, found.norm) == (ONE, minutes(50))


def test_an_agency_without_norms_of_its_own_has_the_sites_and_zero_means_never() -> None:
    catalogue = a_catalogue()
    quiet = replace(catalogue.agencies[TAX], norms=Norms(wait=timedelta(0)))
    lobby = a_lobby(catalogue=replace(catalogue, agencies={**catalogue.agencies, TAX: quiet}))
    issue(lobby, now=NINE)
    issue(lobby, PKB, now=NINE)
    assert [found.subject for found in breaches(lobby, never, NINE + minutes(60))] == [KTP]


@pytest.mark.parametrize("is_booked", [False, True])
def test_a_service_closed_by_hand_takes_nobody_not_even_who_booked(is_booked: bool) -> None:
    lobby = a_lobby()
    lobby.close_service(KTP, "network down", NINE, DESK)
    with pytest.raises(RefusedError) as refused:
        issue(lobby, booked_for=NINE if is_booked else None)
    assert (refused.value.code, refused.value.facts["by_hand"]) == (ErrorCode.SERVICE_CLOSED, True)


def test_law_14_looking_for_breaches_costs_the_same_in_a_full_hall() -> None:
    """Counted in lines of Python, so that the test cannot be slow or lucky."""
    assert lines_run(a_hall_of(1_000)) == lines_run(a_hall_of(50))


def a_hall_of(people: int) -> Lobby:
    lobby = a_lobby(open_counters=[ONE, TWO])
    for _ in range(people):
        issue(lobby)
    return lobby


def lines_run(lobby: Lobby) -> int:
    lines = 0

    def count(frame: FrameType, happened: str, argument: object) -> TraceFunction:
        nonlocal lines
        lines += happened == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        found = list(breaches(lobby, lambda _: NINE, NINE + minutes(60)))
    finally:
        sys.settrace(before)
    assert len(found) == 3
    return lines
