"""The officer's day at the desk, key by key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter.desk import PROBLEM_STANDS, step
from counter.keys import Verb
from counter.state import (
    AtDesk,
    Desk,
    Entry,
    Follow,
    KeyPressed,
    Remember,
    SigningIn,
    Ticked,
    Unfollow,
    VerbChosen,
)
from shared.notices import Answered, GivenUp, Lost
from shared.protocol import commands as c
from shared.protocol.replies import Called
from shared.vocabulary import (
    CounterState,
    ErrorCode,
    Language,
)
from tests.unit.counter.builders import (
    NOW,
    STREAM,
    at_desk,
    counters_table,
    key,
    keys,
    live,
    signed_in,
    table_of,
    waits,
)
from tests.unit.counter.playing import CALLED, R1, SERVING, commands, play, refused, sent

# --- one key, one verb ---


@pytest.mark.parametrize(
    ("verb", "desk", "command"),
    [
        (Verb.CALL_NEXT, at_desk(waits("A-043", 5)), c.CallNext(in_hand=None)),
        (Verb.CALL_NEXT, at_desk(SERVING, waits("A-043", 5)), c.CallNext(in_hand="hand")),
        (Verb.RECALL, at_desk(CALLED), c.Recall(leg="hand")),
        (Verb.SERVE, at_desk(CALLED), c.Serve(leg="hand")),
        (Verb.MISSED, at_desk(CALLED), c.MarkMissed(leg="hand")),
        (Verb.OPEN, at_desk(state=CounterState.CLOSED), c.OpenCounter()),
        (Verb.OPEN, at_desk(state=CounterState.PAUSED), c.OpenCounter()),
    ],
)
def test_a_key_sends_its_command_at_once(verb: Verb, desk: Desk, command: c.Command) -> None:
    assert commands(desk, key(verb)) == [command]
    assert commands(desk, VerbChosen(verb)) == [command]


def test_a_double_press_calls_once() -> None:
    desk = at_desk(waits("A-043", 5), waits("A-044", 4))
    assert len(commands(desk, key(Verb.CALL_NEXT), key(Verb.CALL_NEXT))) == 1


def test_after_the_answer_the_key_is_live_again() -> None:
    desk = at_desk(SERVING, waits("A-043", 5))
    call = c.CallNext(in_hand="hand")
    answered = Answered(R1, call, Called(leg="A-043", ticket="A-043"), None)
    assert commands(desk, key(Verb.CALL_NEXT), answered, key(Verb.CALL_NEXT)) == [call, call]


def test_a_called_visitor_cannot_be_skipped() -> None:
    desk, effects = play(at_desk(CALLED, waits("A-043", 5)), [key(Verb.CALL_NEXT)])
    assert effects == []
    assert desk.problem is not None
    assert desk.problem.word == "why_settle_first"


def test_nobody_free_to_call_sends_nothing() -> None:
    assert commands(at_desk(waits("A-043", 5, blocked="elsewhere")), key(Verb.CALL_NEXT)) == []


def test_a_line_longer_than_the_list_can_be_called_though_all_listed_are_blocked() -> None:
    assert commands(at_desk(waits("A-043", 5, blocked="elsewhere"), waiting=9), key(Verb.CALL_NEXT))


def test_a_paused_counter_calls_nobody() -> None:
    assert commands(at_desk(waits("A-043", 5), state=CounterState.PAUSED), key(Verb.CALL_NEXT)) == []


# --- refusals ---


def test_a_refusal_is_kept_until_the_next_key_or_ten_seconds() -> None:
    call = c.CallNext(in_hand=None)
    desk, _ = play(
        at_desk(waits("A-043", 5)), [key(Verb.CALL_NEXT), refused(call, ErrorCode.HAND_MISMATCH, in_hand="x")]
    )
    assert desk.problem is not None
    assert desk.problem.code is ErrorCode.HAND_MISMATCH
    assert desk.asked is None
    assert step(desk, Ticked(), NOW + PROBLEM_STANDS - timedelta(seconds=1))[0].problem is not None
    assert step(desk, Ticked(), NOW + PROBLEM_STANDS)[0].problem is None
    assert step(desk, KeyPressed("F12"), NOW)[0].problem is None


def test_a_command_without_an_answer_frees_the_keys_and_says_so() -> None:
    call = c.CallNext(in_hand=None)
    desk, _ = play(at_desk(waits("A-043", 5)), [key(Verb.CALL_NEXT), GivenUp(R1, call)])
    assert desk.problem is not None
    assert desk.problem.word == "lateAnswer"
    assert commands(desk, key(Verb.CALL_NEXT)) == [call]


def test_an_answer_to_something_else_changes_nothing() -> None:
    desk, _ = play(at_desk(waits("A-043", 5)), [key(Verb.CALL_NEXT)])
    assert step(desk, refused(c.Recall(leg="old"), ErrorCode.WRONG_STATE), NOW) == (desk, ())


# --- the PIN ---


def test_the_pin_never_shows_in_a_log() -> None:
    desk = at_desk()
    assert isinstance(desk.place, AtDesk)
    assert "1234" not in repr(desk)
    assert "1234" not in repr(SigningIn(pin="1234"))


def test_a_pin_that_is_needed_again_is_asked_for_and_was_forgotten() -> None:
    command = c.CallNext(in_hand=None)
    desk, effects = play(replace(at_desk(), asked=command), [refused(command, ErrorCode.PIN_NEEDED)])
    assert desk.place == SigningIn(entry=Entry.PIN, counter="c3", officer="o1")
    assert desk.problem is not None
    assert desk.problem.code is ErrorCode.PIN_NEEDED
    assert Unfollow(STREAM) in effects
    _, effects = play(desk, [Lost(0.0), live()])
    assert sent(effects) == [], "nothing signs in by itself"
    desk, effects = play(desk, keys("1234\n"))
    assert sent(effects) == [c.SignIn(officer="o1", pin="1234", counter="c3")]


def test_signing_in_follows_the_desk_and_remembers_the_counter() -> None:
    ready, _ = play(Desk(), [live(), table_of("counters", counters_table())])
    command = c.SignIn(officer="o1", pin="1234", counter="c3")
    desk, effects = play(ready, [*keys("3\nsatu\n1234\n"), Answered(R1, command, signed_in(), None)])
    assert sent(effects) == [command]
    assert effects[1:] == [Follow(STREAM), Remember("c3", Language.INDONESIAN)]
    assert isinstance(desk.place, AtDesk)
