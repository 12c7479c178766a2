"""Rehearsing the line before a visitor: who will be called when, with the minutes services usually take."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.domain.rehearsing import LIMIT, Ahead, Desk, Helping, Stage, rehearse, rehearse_on
from shared.vocabulary import ServiceId
from tests.support.builders import NINE

A, B, C = ServiceId("a"), ServiceId("b"), ServiceId("c")
MINUTES = {A: 10.0, B: 4.0, C: 25.0}


def line(*places: int) -> Ahead:
    """All of them stand before the visitor."""
    return [(NINE + timedelta(minutes=place), place) for place in places], len(places)


def minutes_of(service: ServiceId) -> float:
    return MINUTES[service]


def test_nobody_ahead_and_a_free_desk_means_now() -> None:
    assert rehearse(A, {}, [Desk(0.0, [A])], minutes_of) == 0


def test_a_busy_desk_is_waited_for() -> None:
    assert rehearse(A, {}, [Desk(7.0, [A]), Desk(3.0, [A])], minutes_of) == 3


def test_two_desks_take_the_line_in_turns() -> None:
    assert rehearse(A, {A: line(1, 2, 3)}, [Desk(0.0, [A]), Desk(0.0, [A])], minutes_of) == 10


def test_a_desk_that_must_first_serve_others_helps_later() -> None:
    ahead = {A: line(5), C: line(1)}
    assert rehearse(A, ahead, [Desk(0.0, [A, C]), Desk(0.0, [A])], minutes_of) == 10  # the first is with C until 25


def test_without_a_desk_for_the_service_there_is_no_answer() -> None:
    assert rehearse(A, {}, [Desk(0.0, [B])], minutes_of) is None


def test_a_long_line_is_not_played_to_its_end_but_still_counted() -> None:
    wait = rehearse(A, {A: line(*range(1000))}, [Desk(0.0, [A])], minutes_of)
    assert wait is not None
    assert abs(wait - 10_000) <= 10


def test_a_desk_calls_nobody_in_its_announced_pause_and_serves_who_is_in_hand_first() -> None:
    away = Desk(0.0, [A], [(15.0, 40.0, 0.0)])
    assert [rehearse(A, {A: line(*range(ahead))}, [away], minutes_of) for ahead in (1, 2, 3)] == [10, 60, 70]


def test_a_break_of_the_hours_ends_when_they_go_on_however_late_it_was_begun() -> None:
    lunch = Desk(0.0, [A], [(15.0, 0.0, 75.0)])
    assert [rehearse(A, {A: line(*range(ahead))}, [lunch], minutes_of) for ahead in (1, 2, 3)] == [10, 75, 85]


def test_a_break_within_which_a_pause_ends_goes_on_and_a_later_pause_follows_it() -> None:
    both = Desk(0.0, [A], [(5.0, 30.0, 0.0), (30.0, 0.0, 90.0), (95.0, 10.0, 0.0)])
    assert [rehearse(A, {A: line(*range(ahead))}, [both], minutes_of) for ahead in (1, 2, 3)] == [90, 110, 120]


def test_a_break_of_all_desks_lengthens_a_long_line_by_itself_and_of_one_desk_by_its_share() -> None:
    ahead = {A: line(*range(100))}
    lunch = [(400.0, 0.0, 460.0)]
    none, one, both = (
        rehearse(A, ahead, [Desk(0.0, [A], lunch if place < resting else ()) for place in range(2)], minutes_of)
        for resting in range(3)
    )
    assert none is not None
    assert (one, both) == (none + 30, none + 60)


def test_a_pause_of_one_desk_is_borne_by_the_others() -> None:
    both = [Desk(0.0, [A], [(5.0, 60.0, 0.0)]), Desk(0.0, [A])]
    assert rehearse(A, {A: line(1, 2, 3)}, both, minutes_of) == 20


def test_a_pause_behind_the_played_heads_lengthens_a_long_line() -> None:
    ahead = {A: line(*range(100))}
    alone, later = ([Desk(0.0, [A], away)] for away in ((), [(500.0, 45.0, 0.0)]))
    without, within = (rehearse(A, ahead, desks, minutes_of) for desks in (alone, later))
    assert without is not None
    assert within == without + 45
    assert rehearse(A, {A: line(*range(40))}, later, minutes_of) == rehearse(
        A, {A: line(*range(40))}, alone, minutes_of
    )


crowds = st.dictionaries(
    st.sampled_from([A, B, C]), st.lists(st.integers(0, 500), unique=True, max_size=LIMIT).map(sorted)
)


def test_a_desk_that_helps_takes_somebody_once_its_own_are_done() -> None:
    ahead = {A: line(1, 2), C: line(3)}
    helps = Desk(0.0, [C], helping=Helping([A]))
    assert rehearse(A, {A: line(1, 2)}, [Desk(0.0, [A]), helps], minutes_of) == 10
    assert rehearse(A, ahead, [Desk(0.0, [A]), helps], minutes_of) == 20, "it is with its own until 25"
    assert rehearse(A, ahead, [helps], minutes_of) == 25 + 40


def test_a_desk_helps_later_when_more_of_its_own_must_be_called_first() -> None:
    helps = Desk(0.0, [C], helping=Helping([A], 2, 6.0))
    assert rehearse(A, {}, [helps], minutes_of) == 12
    assert rehearse(A, {C: line(1)}, [helps], minutes_of) == 25 + 6, "one of the two is played"


def test_a_desk_that_helps_has_its_own_between() -> None:
    assert rehearse(A, {A: line(1, 2, 3)}, [Desk(0.0, [C], helping=Helping([A]))], minutes_of) == 60


def test_nobody_counts_on_help_at_the_end_of_a_long_line() -> None:
    alone, helped = (
        rehearse(A, {A: line(*range(1000))}, [Desk(0.0, [A]), *others], minutes_of)
        for others in ([], [Desk(0.0, [C], helping=Helping([A]))])
    )
    assert alone is not None
    assert helped is not None
    assert alone - 10 * LIMIT <= helped <= alone


pauses = st.tuples(st.floats(0, 600), st.floats(1, 240), st.just(0.0))
breaks = st.builds(lambda begins, lasts: (begins, 0.0, begins + lasts), st.floats(0, 600), st.floats(1, 240))
aways = st.lists(pauses | breaks, max_size=3).map(sorted)
helpings = st.none() | st.builds(
    Helping, st.lists(st.sampled_from([A, B, C]), min_size=1, unique=True), st.integers(0, 5), st.floats(1, 30)
)
desks = st.lists(
    st.builds(Desk, st.floats(0, 30), st.lists(st.sampled_from([A, B, C]), min_size=1, unique=True), aways, helpings),
    min_size=1,
    max_size=5,
)


@given(crowds, desks)
def test_one_more_ahead_never_shortens_a_wait(crowd: dict[ServiceId, list[int]], working: list[Desk]) -> None:
    ahead = {service: line(*places) for service, places in crowd.items()}
    longer = {**ahead, A: line(*crowd.get(A, []), 501)}
    before, after = (rehearse(A, people, working, minutes_of) for people in (ahead, longer))
    if before is not None:
        assert after is not None
        assert after >= before - 1e-9


long_lines = st.lists(st.sampled_from([A, B, C]), min_size=LIMIT, max_size=4 * LIMIT)


@given(long_lines, desks, st.lists(st.integers(0, 4 * LIMIT), min_size=2, max_size=12), st.sampled_from([A, B, C]))
def test_whoever_shares_a_stage_hears_the_same_as_alone(
    arrivals: list[ServiceId], working: list[Desk], visitors: list[int], target: ServiceId
) -> None:
    def before(visitor: int) -> dict[ServiceId, Ahead]:
        lines = {service: [place for place, one in enumerate(arrivals) if one is service] for service in (A, B, C)}
        return {
            service: (line(*places)[0], count)
            for service, places in lines.items()
            if (count := sum(place < visitor for place in places))
        }

    stage = Stage(working)
    for visitor in visitors:
        key = (NINE + timedelta(minutes=visitor), visitor)
        shared = rehearse_on(stage, target, key, before(visitor), minutes_of)
        assert shared == rehearse(target, before(visitor), working, minutes_of)


def test_the_heads_of_a_long_line_are_played_once_for_all_who_stand_behind_them() -> None:
    asked: list[ServiceId] = []

    def minutes(service: ServiceId) -> float:
        asked.append(service)
        return MINUTES[service]

    stage, (entries, _) = Stage([Desk(0.0, [A])]), line(*range(1000))
    for place in (900, 500, 901):
        rehearse_on(stage, A, (NINE + timedelta(minutes=place), place), {A: (entries, place)}, minutes)
    assert asked == [A]
