"""The officer's day at the desk, key by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from counter.desk import PROBLEM_STANDS, step
from counter.keys import Verb
from counter.questions import options
from counter.state import (
    Alarm,
    Ask,
    AtDesk,
    Desk,
    Effect,
    Entry,
    Event,
    Follow,
    KeyPressed,
    Line,
    OptionChosen,
    Remember,
    Send,
    SigningIn,
    TakenOver,
    Ticked,
    Unfollow,
    VerbChosen,
)
from shared.notices import Answered, GivenUp, Lost, TurnedAway
from shared.protocol import commands as c
from shared.protocol.replies import Called, Done, Refusal
from shared.protocol.values import Fact, NextPause
from shared.vocabulary import (
    CallReason,
    CancelReason,
    CounterState,
    ErrorCode,
    Language,
    LegState,
    Outcome,
    PauseReason,
    RequestId,
    Words,
)
from tests.unit.counter.builders import (
    NOW,
    STREAM,
    at_desk,
    counters_table,
    desk_table,
    in_hand,
    key,
    keys,
    live,
    minutes_ago,
    set_aside,
    signed_in,
    table_of,
    waits,
)

ESCAPE = KeyPressed("Escape")
ENTER = KeyPressed("Return", "\r")
DOWN = KeyPressed("Down")
R1 = RequestId("r1")


def play(desk: Desk, events: Iterable[Event]) -> tuple[Desk, list[Effect]]:
    done: list[Effect] = []
    for event in events:
        desk, effects = step(desk, event, NOW)
        done += effects
    return desk, done


def sent(effects: Iterable[Effect]) -> list[c.Command]:
    return [effect.command for effect in effects if isinstance(effect, Send)]


def commands(desk: Desk, *events: Event) -> list[c.Command]:
    return sent(play(desk, events)[1])


def refused(command: c.Command, code: ErrorCode, **facts: Fact) -> Answered:
    return Answered(R1, command, None, Refusal(code, facts))


SERVING = in_hand(LegState.SERVING)
CALLED = in_hand(LegState.CALLED)


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


# --- verbs that ask first ---


PAPERS = (Words("Kartu Keluarga asli", "Original family card"), Words("Surat kehilangan", "Police report"))


def test_papers_incomplete_asks_which_and_the_digits_mark_them() -> None:
    desk = at_desk(in_hand(LegState.SERVING, requirements=PAPERS))
    desk = play(desk, [key(Verb.FINISH), *keys("2")])[0]
    assert desk.question is not None
    assert [option.title for option in options(desk, desk.question)] == [
        "□  Kartu Keluarga asli",
        "□  Surat kehilangan",
        "Selesai tanpa menandai",
    ]
    incomplete = Outcome.PAPERS_INCOMPLETE
    assert commands(desk, *keys("\n")) == [c.Finish(leg="hand", outcome=incomplete)]
    assert commands(desk, *keys("2\n")) == [c.Finish(leg="hand", outcome=incomplete, missing=("Surat kehilangan",))]
    assert commands(desk, *keys("221\n")) == [
        c.Finish(leg="hand", outcome=incomplete, missing=("Kartu Keluarga asli",))
    ]
    assert commands(desk, OptionChosen(0), OptionChosen(2)) == [
        c.Finish(leg="hand", outcome=incomplete, missing=("Kartu Keluarga asli",))
    ]
    back = play(desk, [ESCAPE])[0].question
    assert back is not None
    assert back.ask is Ask.OUTCOME


def test_finish_asks_for_the_outcome_and_a_digit_answers() -> None:
    desk = at_desk(SERVING)
    assert commands(desk, key(Verb.FINISH)) == []
    assert commands(desk, key(Verb.FINISH), *keys("2")) == [c.Finish(leg="hand", outcome=Outcome.PAPERS_INCOMPLETE)]


def test_arrows_and_enter_answer_too_and_go_round_the_end() -> None:
    up = KeyPressed("Up")
    assert commands(at_desk(SERVING), key(Verb.FINISH), up, ENTER) == [
        c.Finish(leg="hand", outcome=Outcome.NOT_ENTITLED)
    ]


def test_a_digit_beyond_the_list_answers_nothing() -> None:
    assert commands(at_desk(SERVING), key(Verb.FINISH), *keys("590x")) == []


def test_escape_leaves_a_question_without_a_trace() -> None:
    before = at_desk(SERVING)
    after, effects = play(before, [key(Verb.FINISH), ESCAPE])
    assert after == before
    assert effects == []


def test_a_pause_takes_its_reason() -> None:
    assert commands(at_desk(), key(Verb.PAUSE), *keys("2")) == [c.PauseCounter(reason=PauseReason.PRAYER)]


def test_a_pause_ahead_takes_its_reason_when_it_begins_and_how_long_it_lasts() -> None:
    asked = commands(at_desk(SERVING), key(Verb.ANNOUNCE_PAUSE), *keys("3"), *keys("4"), *keys("6"))
    assert asked == [c.AnnouncePause(reason=PauseReason.MEAL, in_minutes=45, minutes=45)]


def test_a_step_back_from_how_long_asks_again_when() -> None:
    asked = commands(at_desk(), key(Verb.ANNOUNCE_PAUSE), *keys("13"), ESCAPE, *keys("21"))
    assert asked == [c.AnnouncePause(reason=PauseReason.REST, in_minutes=15, minutes=5)]


def test_an_announced_pause_is_called_off_on_the_last_line() -> None:
    ahead = NextPause(PauseReason.MEAL, minutes_ago(-75), 40)
    last = KeyPressed("Up")
    assert commands(at_desk(next_pause=ahead), key(Verb.ANNOUNCE_PAUSE), last, ENTER) == [c.CallOffPause()]
    assert commands(at_desk(), key(Verb.ANNOUNCE_PAUSE), *keys("7")) == []


def test_a_closed_counter_announces_no_pause() -> None:
    assert commands(at_desk(state=CounterState.CLOSED), key(Verb.ANNOUNCE_PAUSE), *keys("111")) == []


def test_park_takes_a_note_and_letters_in_it_are_no_verbs() -> None:
    typed = [KeyPressed("Space", " ") if letter == " " else KeyPressed(letter.upper(), letter) for letter in "foto ktp"]
    assert commands(at_desk(SERVING), key(Verb.PARK), *typed, KeyPressed("Backspace"), ENTER) == [
        c.Park(leg="hand", note="foto kt")
    ]


def test_park_needs_no_note() -> None:
    assert commands(at_desk(CALLED), key(Verb.PARK), ENTER) == [c.Park(leg="hand", note="")]


def test_a_note_never_grows_beyond_what_the_wire_takes() -> None:
    (park,) = commands(at_desk(SERVING), key(Verb.PARK), *keys("x" * 300), ENTER)
    assert isinstance(park, c.Park)
    assert len(park.note) == 120


def test_transfer_by_typing_a_service_to_any_counter() -> None:
    assert commands(at_desk(SERVING), key(Verb.TRANSFER), *keys("jkn\n\n")) == [
        c.Transfer(leg="hand", service="jkn", counter=None)
    ]


def test_transfer_to_one_counter_by_its_number() -> None:
    assert commands(at_desk(SERVING), key(Verb.TRANSFER), *keys("keluarga\n2\n")) == [
        c.Transfer(leg="hand", service="kk", counter="c2")
    ]


def test_escape_in_a_second_question_goes_back_to_the_first() -> None:
    desk, effects = play(at_desk(SERVING), [key(Verb.TRANSFER), *keys("jkn\n"), ESCAPE])
    assert effects == []
    assert desk.question is not None
    assert desk.question.ask is Ask.TRANSFER


def test_a_transfer_to_where_the_visitor_is_cannot_be_chosen() -> None:
    desk, effects = play(at_desk(SERVING), [key(Verb.TRANSFER), *keys("ktp\n")])
    assert effects == []
    assert desk.question is not None
    assert desk.question.ask is Ask.TRANSFER


def test_a_given_ticket_is_called_with_a_reason_and_names_the_hand() -> None:
    desk = at_desk(SERVING, waits("A-043", 9), waits("B-007", 3))
    assert commands(desk, key(Verb.CALL_TICKET), *keys("b7\n3")) == [
        c.CallTicket(leg="B-007", reason=CallReason.OFFICERS_MISTAKE, in_hand="hand")
    ]


def test_a_blocked_ticket_cannot_be_called_by_its_number() -> None:
    desk, _ = play(at_desk(waits("A-043", 9, blocked="elsewhere")), [key(Verb.CALL_TICKET), ENTER])
    assert desk.question is not None
    assert desk.question.ask is Ask.CALL_TICKET


def test_cancel_asks_twice() -> None:
    desk = at_desk(waits("A-043", 9))
    assert commands(desk, key(Verb.CANCEL)) == []
    assert commands(desk, key(Verb.CANCEL), ENTER) == []
    assert commands(desk, key(Verb.CANCEL), ENTER, *keys("2")) == [c.Cancel(visit="v-A-043", reason=CancelReason.LEFT)]


def test_aside_resumes_who_was_parked_and_returns_who_was_missed() -> None:
    desk = at_desk(set_aside("A-031", LegState.PARKED), set_aside("A-036", LegState.MISSED))
    assert commands(desk, key(Verb.ASIDE), ENTER) == [c.Resume(leg="A-031")]
    assert commands(desk, key(Verb.ASIDE), DOWN, ENTER) == [c.Return(leg="A-036")]


def test_nobody_is_resumed_onto_a_hand_that_is_full() -> None:
    desk = at_desk(SERVING, set_aside("A-031", LegState.PARKED))
    assert commands(desk, key(Verb.ASIDE), ENTER) == []


def test_signing_out_asks_first_and_then_leaves_the_desk() -> None:
    assert commands(at_desk(), key(Verb.SIGN_OUT)) == []
    done = Answered(R1, c.SignOut(), Done(), None)
    desk, effects = play(at_desk(), [key(Verb.SIGN_OUT), ENTER, done])
    assert sent(effects) == [c.SignOut()]
    assert Unfollow(STREAM) in effects
    assert isinstance(desk.place, SigningIn)
    assert desk.table == {}


def test_nobody_leaves_with_a_visitor_in_hand() -> None:
    for verb in (Verb.SIGN_OUT, Verb.CLOSE, Verb.PAUSE):
        desk, _ = play(at_desk(SERVING), [key(verb)])
        assert desk.question is None
        assert desk.problem is not None


def test_closing_asks_first() -> None:
    assert commands(at_desk(), key(Verb.CLOSE)) == []
    assert commands(at_desk(), key(Verb.CLOSE), ENTER) == [c.CloseCounter()]


def test_a_click_on_a_line_answers_like_its_digit() -> None:
    assert commands(at_desk(SERVING), key(Verb.FINISH), OptionChosen(2)) == [
        c.Finish(leg="hand", outcome=Outcome.REFERRED)
    ]
    assert commands(at_desk(SERVING), key(Verb.FINISH), OptionChosen(9)) == []


def test_help_shows_and_goes_and_does_nothing() -> None:
    desk, effects = play(at_desk(), [key(Verb.HELP)])
    assert desk.question is not None
    assert play(desk, [key(Verb.HELP)])[0].question is None
    assert play(desk, [ENTER])[0].question is None
    assert effects == []


def test_the_language_changes_anywhere_and_is_remembered() -> None:
    desk, effects = play(at_desk(SERVING), [key(Verb.FINISH), key(Verb.LANGUAGE)])
    assert desk.language is Language.ENGLISH
    assert desk.question is not None
    assert effects == [Remember("", Language.ENGLISH)]


def test_a_question_about_the_hand_falls_when_the_hand_changes() -> None:
    asking, _ = play(at_desk(SERVING), [key(Verb.FINISH)])
    other = in_hand(LegState.CALLED, leg="other")
    assert step(asking, table_of(STREAM, desk_table(other)), NOW)[0].question is None
    assert step(asking, table_of(STREAM, desk_table(SERVING, waits("A-050", 1))), NOW)[0].question is not None


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


# --- lost and back ---


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
