"""Signing in by typing: the counter, the name, the PIN."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from counter import signing_in
from counter.state import Alarm, Desk, Entry, EntryChosen, KeyPressed, OptionChosen, SigningIn
from shared.notices import GivenUp
from shared.protocol import commands as c
from shared.vocabulary import ErrorCode, RequestId
from tests.unit.counter.builders import a_counter, counters_table, keys, live, table_of
from tests.unit.counter.playing import ENTER, ESCAPE, play, refused, sent

SIGN_IN = c.SignIn(officer="o1", pin="1234", counter="c3")


def at_the_door(last_counter: str = "", **taken: str) -> Desk:
    return play(Desk(last_counter=last_counter), [live(), table_of("counters", counters_table(**taken))])[0]


def page(desk: Desk) -> SigningIn:
    assert isinstance(desk.place, SigningIn)
    return desk.place


def titles(desk: Desk) -> list[str]:
    return [choice.title for choice in signing_in.choices(desk, page(desk))]


def test_counters_stand_in_the_order_of_their_numbers() -> None:
    assert titles(at_the_door()) == ["Loket 2", "Loket 3", "Loket 10", "Loket 12"]


def test_a_typed_number_narrows_the_list() -> None:
    assert titles(play(at_the_door(), keys("1"))[0]) == ["Loket 10", "Loket 12"]


def test_the_counter_of_yesterday_is_marked() -> None:
    desk = at_the_door("c10")
    assert titles(desk)[page(desk).counters.at] == "Loket 10"


def test_a_counter_says_who_uses_it() -> None:
    desk = at_the_door(c3="o2")
    assert [choice.detail for choice in signing_in.choices(desk, page(desk))][:2] == ["kosong", "dipakai Petugas Dua"]


def test_only_officers_who_may_sit_at_the_counter_are_offered() -> None:
    assert titles(play(at_the_door(), keys("3\n"))[0]) == ["Pengawas", "Petugas Dua", "Petugas Satu"]
    assert titles(play(at_the_door(), keys("12\n"))[0]) == ["Pengawas", "Petugas Satu", "Petugas Tiga"]


def test_any_part_of_a_name_finds_it() -> None:
    assert titles(play(at_the_door(), keys("3\nsat"))[0]) == ["Petugas Satu"]


def test_enter_on_an_empty_list_chooses_nobody() -> None:
    desk, effects = play(at_the_door(), keys("3\nzzz\n"))
    assert page(desk).entry is Entry.OFFICER
    assert effects == []


def test_counter_name_and_pin_are_sent_once() -> None:
    _, effects = play(at_the_door(), keys("3\nsatu\n1234\n\n"))
    assert sent(effects) == [SIGN_IN]


def test_a_pin_has_only_digits_and_at_least_four() -> None:
    desk, effects = play(at_the_door(), keys("3\nsatu\n1a2b3\n"))
    assert page(desk).pin == "123"
    assert effects == []
    assert desk.problem is not None
    assert desk.problem.word == "pinTooShort"


def test_a_wrong_pin_is_typed_anew() -> None:
    desk, _ = play(at_the_door(), [*keys("3\nsatu\n1234\n"), refused(SIGN_IN, ErrorCode.WRONG_PIN)])
    assert page(desk).pin == ""
    assert page(desk).entry is Entry.PIN
    assert desk.problem is not None
    assert desk.problem.code is ErrorCode.WRONG_PIN


def test_a_used_counter_is_taken_over_only_when_confirmed() -> None:
    taken = refused(SIGN_IN, ErrorCode.COUNTER_TAKEN, officer="o2")
    asked, effects = play(at_the_door(c3="o2"), [*keys("3\nsatu\n1234\n"), taken])
    assert page(asked).taken_by == "Petugas Dua"
    assert effects[-1] == Alarm()
    assert play(asked, keys("x"))[1] == []
    left, effects = play(asked, [ESCAPE])
    assert (page(left).taken_by, effects) == (None, [])
    assert sent(play(asked, [ENTER])[1]) == [c.SignIn(officer="o1", pin="1234", counter="c3", take_over=True)]


def test_escape_goes_one_entry_back_and_forgets_the_pin() -> None:
    desk, _ = play(at_the_door(), [*keys("3\nsatu\n12"), ESCAPE])
    assert page(desk).entry is Entry.OFFICER
    assert page(desk).pin == ""


def test_another_counter_asks_for_the_name_again() -> None:
    desk, _ = play(at_the_door(), [*keys("3\nsatu\n"), ESCAPE, ESCAPE, *keys("2\n")])
    assert page(desk).officer == ""
    assert page(desk).entry is Entry.OFFICER


def test_an_entry_is_reached_by_a_click_only_when_those_before_are_filled() -> None:
    desk, _ = play(at_the_door(), [EntryChosen(Entry.PIN)])
    assert page(desk).entry is Entry.COUNTER
    desk, _ = play(desk, [*keys("3\n"), EntryChosen(Entry.PIN)])
    assert page(desk).entry is Entry.OFFICER
    desk, _ = play(desk, [OptionChosen(2)])
    assert page(desk).entry is Entry.PIN
    desk, _ = play(desk, [EntryChosen(Entry.COUNTER)])
    assert page(desk).entry is Entry.COUNTER


def test_arrows_go_round_and_backspace_widens_again() -> None:
    desk, _ = play(at_the_door(), [KeyPressed("Up")])
    assert page(desk).counters.at == 3
    desk, _ = play(at_the_door(), [*keys("1"), KeyPressed("Backspace")])
    assert len(titles(desk)) == 4


def test_a_server_that_does_not_answer_frees_the_page() -> None:
    desk, _ = play(at_the_door(), [*keys("3\nsatu\n1234\n"), GivenUp(RequestId("r1"), SIGN_IN)])
    assert desk.asked is None
    assert desk.problem is not None


def test_a_counter_number_with_a_letter_stands_behind_its_plain_one() -> None:
    table = counters_table()
    table["counter:c12a"] = msgspec.structs.replace(a_counter("12A"), id="c12a")
    desk, _ = play(Desk(), [live(), table_of("counters", table)])
    assert titles(desk)[-2:] == ["Loket 12", "Loket 12A"]


def test_the_page_keeps_its_place_when_the_hall_changes() -> None:
    desk, _ = play(at_the_door(), keys("3\n"))
    after, _ = play(desk, [table_of("counters", counters_table(c2="o2"))])
    assert after == replace(desk, counters=after.counters)
