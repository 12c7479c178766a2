"""The desk without its server, and back again; taken over, signed in elsewhere."""

from __future__ import annotations

from counter.desk import step
from counter.keys import Verb
from counter.state import (
    Alarm,
    Desk,
    KeyPressed,
    Line,
    SigningIn,
    TakenOver,
    Unfollow,
)
from shared.notices import Answered, Lost, TurnedAway
from shared.protocol import commands as c
from shared.protocol.replies import Called
from shared.protocol.values import Fact
from shared.vocabulary import (
    ErrorCode,
)
from tests.unit.counter.builders import (
    NOW,
    STREAM,
    at_desk,
    key,
    live,
    signed_in,
    waits,
)
from tests.unit.counter.playing import ENTER, R1, SERVING, commands, play, refused, sent


def lost_desk() -> Desk:
    return play(at_desk(SERVING, waits("A-043", 5)), [Lost(0.0)])[0]


def test_a_lost_server_locks_the_commands_and_keeps_the_list() -> None:
    desk = lost_desk()
    assert desk.link.line is Line.LOST
    assert desk.link.since == NOW
    assert len(desk.table) > 2
    for verb in Verb:
        assert commands(desk, key(verb), ENTER) == []


def test_back_again_the_desk_signs_in_by_itself_and_takes_nothing_over() -> None:
    desk, effects = play(lost_desk(), [live()])
    again = c.SignIn(officer="o1", pin="1234", counter="c3", take_over=False)
    assert sent(effects) == [again]
    assert commands(desk, key(Verb.FINISH), ENTER) == []
    desk, _ = play(desk, [Answered(R1, again, signed_in(), None)])
    assert commands(desk, key(Verb.FINISH), ENTER)


def test_losing_the_server_while_signing_in_again_sends_no_second_sign_in() -> None:
    _, effects = play(lost_desk(), [live(), Lost(1.0), live()])
    assert len(sent(effects)) == 1


def test_a_command_refused_for_want_of_a_sign_in_is_sent_again_after_it() -> None:
    call = c.CallNext(in_hand=None)
    again = c.SignIn(officer="o1", pin="1234", counter="c3")
    desk, effects = play(
        at_desk(waits("A-043", 5)),
        [
            key(Verb.CALL_NEXT),
            Lost(0.0),
            live(),
            refused(call, ErrorCode.FORBIDDEN),
            Answered(R1, again, signed_in(), None),
        ],
    )
    assert sent(effects) == [call, again, call]
    assert desk.problem is None


def test_a_command_done_before_the_loss_is_not_sent_twice() -> None:
    call = c.CallNext(in_hand=None)
    again = c.SignIn(officer="o1", pin="1234", counter="c3")
    _, effects = play(
        at_desk(waits("A-043", 5)),
        [
            key(Verb.CALL_NEXT),
            Lost(0.0),
            live(),
            Answered(R1, call, Called(leg="A-043", ticket="A-043"), None),
            Answered(R1, again, signed_in(), None),
        ],
    )
    assert sent(effects) == [call, again]


def test_a_new_pin_meanwhile_leads_back_to_the_sign_in_page() -> None:
    again = c.SignIn(officer="o1", pin="1234", counter="c3")
    desk, effects = play(lost_desk(), [live(), refused(again, ErrorCode.WRONG_PIN)])
    assert isinstance(desk.place, SigningIn)
    assert (desk.place.counter, desk.place.officer, desk.place.pin) == ("c3", "o1", "")
    assert desk.problem is not None
    assert Unfollow(STREAM) in effects
    assert desk.table == {}


def test_somebody_else_at_the_counter_meanwhile_is_shown_and_can_be_asked_to_go() -> None:
    again = c.SignIn(officer="o1", pin="1234", counter="c3")
    desk, effects = play(lost_desk(), [live(), refused(again, ErrorCode.COUNTER_TAKEN, officer="o2")])
    assert isinstance(desk.place, SigningIn)
    assert desk.place.taken_by == "Petugas Dua"
    assert Alarm() in effects
    assert commands(desk, ENTER) == [c.SignIn(officer="o1", pin="1234", counter="c3", take_over=True)]


def test_being_taken_over_is_loud_and_clears_the_desk() -> None:
    desk, effects = play(at_desk(SERVING), [TurnedAway(ErrorCode.TAKEN_OVER, {"officer": "o2"}), Lost(0.0), live()])
    assert desk.place == TakenOver("3", "Petugas Dua")
    assert desk.table == {}
    assert Alarm() in effects
    assert sent(effects) == []
    desk, _ = play(desk, [KeyPressed("Space", " ")])
    assert isinstance(desk.place, TakenOver)
    desk, _ = play(desk, [ENTER])
    assert isinstance(desk.place, SigningIn)


def test_an_officer_who_signs_in_elsewhere_is_told_where() -> None:
    facts: dict[str, Fact] = {"officer": "o1", "name": "Petugas Satu", "counter": "c10"}
    desk, effects = play(at_desk(SERVING), [TurnedAway(ErrorCode.TAKEN_OVER, facts)])
    assert desk.place == TakenOver("3", "Petugas Satu", moved_to="10")
    assert Alarm() in effects


def test_a_program_that_is_too_old_says_so_until_it_is_known_again() -> None:
    desk, _ = play(at_desk(), [TurnedAway(ErrorCode.CLIENT_TOO_OLD, {}), Lost(0.0)])
    assert desk.link.line is Line.TURNED_AWAY
    assert step(desk, live(), NOW)[0].link.line is Line.LIVE
