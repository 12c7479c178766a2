"""How long it takes: ranges of minutes that grow with the line, and learn."""

from __future__ import annotations

from server.domain.estimating import Forecast, remaining, remaining_pause
from server.domain.lobby import Lobby
from server.domain.outlook import Lessons
from server.domain.pace import Seen
from shared.vocabulary import LegId, PauseReason, ServiceId
from tests.support.builders import (
    AKTA,
    BUDI,
    DESK,
    KTP,
    NINE,
    ONE,
    TODAY,
    TWO,
    a_lobby,
    call,
    finish,
    issue,
    minutes,
)


def test_a_visitor_in_hand_takes_the_rest_of_the_usual_time_and_never_nothing() -> None:
    assert remaining(10, 4) == 6
    assert remaining(10, 25) == 3.5


def test_a_pause_lasts_what_pauses_for_its_reason_last_and_never_nothing() -> None:
    assert remaining_pause(PauseReason.MEAL, 10) == 30
    assert remaining_pause(PauseReason.REST, 60) == 5


def test_everyone_in_a_line_waits_at_least_as_long_as_who_stands_before_them() -> None:
    lobby = a_lobby([f"A-{number:03d}" for number in range(1, 15)])
    told = [told for leg in lobby.line(KTP) if (told := lobby.estimate_of(leg.id, NINE)) is not None]
    assert len(told) == 14
    for ends in (
        [one.sure.low for one in told],
        [one.likely.low for one in told],
        [one.likely.high for one in told],
        [one.sure.high for one in told],
    ):
        assert ends == sorted(ends)
        assert ends[-1] > ends[0]


def test_what_is_in_hand_counts_until_it_is_nearly_done() -> None:
    lobby = a_lobby(open_counters=[ONE])
    issue(lobby)
    lobby.serve(ONE, call(lobby).id, NINE, DESK)
    assert expected(lobby, KTP) == 10
    assert expected(lobby, KTP, 9) == 3.5


def test_a_counter_that_pauses_is_expected_back() -> None:
    lobby = a_lobby(open_counters=[ONE])
    lobby.pause(ONE, PauseReason.REST, NINE, DESK)
    assert expected(lobby, KTP) == 10
    assert expected(lobby, KTP, 3) == 7


def test_a_colleague_shortens_the_wait() -> None:
    lobby = a_lobby(["A-001", "A-002", "A-003"], open_counters=[ONE])
    alone = expected(lobby, KTP)
    lobby.sit(TWO, BUDI, take_over=False, now=NINE, actor=DESK)
    lobby.open(TWO, NINE, DESK)
    assert expected(lobby, KTP) < alone


def test_a_leg_kept_for_one_counter_is_estimated_by_that_counter() -> None:
    lobby = a_lobby(["A-001"])
    serving = lobby.serve(ONE, call(lobby).id, NINE, DESK)

    kept = lobby.transfer(ONE, serving.id, KTP, new_leg=LegId("n"), only_counter=TWO, now=NINE, actor=DESK)
    assert lobby.estimate_of(kept.id, NINE) is not None
    lobby.close(TWO, NINE, DESK)
    assert lobby.estimate_of(kept.id, NINE) is None
    assert lobby.estimate(KTP, NINE) is not None


def test_what_services_really_take_today_shows_in_the_minutes() -> None:
    lobby = a_lobby([f"A-{number:03d}" for number in range(1, 13)], open_counters=[ONE])
    now = NINE
    for _ in range(8):
        lobby.serve(ONE, call(lobby, now=now).id, now, DESK)
        now += minutes(25)
        finish(lobby, now=now)
    assert expected(lobby, KTP, 200) > 4 * 18, "four wait, and each took 25 minutes instead of 10"


def test_the_same_weekday_of_earlier_weeks_is_believed_from_the_first_minute() -> None:
    fresh = a_lobby(["A-001", "A-002"], open_counters=[ONE])
    usual: dict[ServiceId, Seen] = {KTP: (300, minutes(300 * 30))}
    state = (fresh.visits.values(), fresh.counters.values(), fresh.sequences)
    taught = Lobby.restore(fresh.catalogue, TODAY, *state, lessons=Lessons(usual=usual))
    assert expected(taught, KTP) > 2 * expected(fresh, KTP)
    assert expected(taught, AKTA) > 0


def test_a_visitor_keeps_what_was_told_and_it_is_held_against_the_first_call() -> None:
    lobby = a_lobby(["A-001"], open_counters=[ONE])
    told = issue(lobby).last_leg.forecast
    assert told == lobby.estimate_of(LegId("l2"), NINE)
    lobby.serve(ONE, call(lobby).id, NINE, DESK)
    finish(lobby, now=NINE + minutes(40))
    called = call(lobby, now=NINE + minutes(41))
    assert (called.forecast, called.first_called_at) == (told, NINE + minutes(41))
    missed = lobby.mark_missed(ONE, called.id, NINE + minutes(50), DESK)
    back = lobby.return_(ONE, missed.id, NINE + minutes(51), DESK)
    assert (back.forecast, back.first_called_at) == (told, NINE + minutes(41)), "the first call is the one promised"


def expected(lobby: Lobby, service: ServiceId, after: float = 0) -> float:
    told: Forecast | None = lobby.estimate(service, NINE + minutes(after))
    assert told is not None
    return told.expected
