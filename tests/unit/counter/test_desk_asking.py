"""Verbs that ask first: which, why, how long, really?"""

from __future__ import annotations

from counter.desk import step
from counter.keys import Verb
from counter.questions import options
from counter.state import (
    Ask,
    KeyPressed,
    OptionChosen,
    Remember,
    SigningIn,
    Unfollow,
)
from shared.notices import Answered
from shared.protocol import commands as c
from shared.protocol.replies import Done
from shared.protocol.values import NextPause
from shared.vocabulary import (
    CallReason,
    CancelReason,
    CounterState,
    Language,
    LegState,
    Outcome,
    PauseReason,
    Words,
)
from tests.unit.counter.builders import (
    NOW,
    STREAM,
    at_desk,
    desk_table,
    in_hand,
    key,
    keys,
    minutes_ago,
    set_aside,
    table_of,
    waits,
)
from tests.unit.counter.playing import CALLED, DOWN, ENTER, ESCAPE, R1, SERVING, commands, play, sent

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
