"""What the window shows of a state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter.desk import step
from counter.keys import BINDINGS, Verb
from counter.look.asking import question_card, sign_in_page
from counter.look.frame import Page, alerts, connection, header, message, notice, page, time_of_day
from counter.look.hand import Action, actions, hand, leading, timer
from counter.look.lists import aside_rows, list_heads, waiting_rows
from counter.state import Ask, Desk, Line, Link, Problem, Question, SigningIn, TakenOver
from shared.notices import Lost
from shared.protocol.values import NextPause
from shared.protocol.views import AlertItem, DeliveryItem
from shared.vocabulary import (
    CounterState,
    ErrorCode,
    Language,
    LegState,
    Need,
    PauseReason,
    Priority,
    ReceiptStep,
)
from tests.unit.counter.builders import NOW, at_desk, in_hand, key, keys, minutes_ago, set_aside, waits


def english(desk: Desk) -> Desk:
    return replace(desk, language=Language.ENGLISH)


# --- the waiting list ---


def test_the_waiting_list_stands_in_calling_order_with_minutes_since_arrival() -> None:
    late_but_first = waits("B-001", 4, effective_at=minutes_ago(40), needs=(Need.PREGNANT,))
    desk = at_desk(waits("A-044", 12, order=2), waits("A-043", 12, order=1), late_but_first)
    rows = waiting_rows(desk, NOW)
    assert [row.ticket for row in rows] == ["B-001", "A-043", "A-044"]
    assert [row.waited for row in rows] == ["4 mnt", "12 mnt", "12 mnt"]
    assert waiting_rows(desk, NOW + timedelta(seconds=60))[0].waited == "5 mnt"


def test_the_first_who_can_be_called_is_marked_and_the_blocked_say_why() -> None:
    rows = waiting_rows(
        at_desk(waits("A-1", 9, blocked="elsewhere"), waits("A-2", 8), waits("A-3", 7, blocked="new_reason")), NOW
    )
    assert [(row.following, row.greyed) for row in rows] == [(False, True), (True, False), (False, True)]
    assert [row.why for row in rows] == ["sedang di loket lain", "", "belum dapat dipanggil"]


def test_without_a_server_the_whole_list_is_grey_and_nobody_is_next() -> None:
    desk, _ = step(at_desk(waits("A-1", 9)), Lost(0.0), NOW)
    (row,) = waiting_rows(desk, NOW)
    assert row.greyed
    assert not row.following


def test_a_line_longer_than_the_list_says_how_many_more() -> None:
    heads = list_heads(at_desk(waits("A-1", 9), waiting=24))
    assert (heads.waiting_count, heads.more) == ("24", "↑ ↓ menggulir  ·  1 yang pertama dari 24")


def test_needs_are_badges_and_plain_priority_only_without_them() -> None:
    named = waits("A-1", 9, priority=Priority.PRIORITY, needs=(Need.ELDERLY, Need.DISABILITY))
    plain = waits("A-2", 8, priority=Priority.PRIORITY)
    rows = waiting_rows(at_desk(named, plain, waits("A-3", 7)), NOW)
    assert [[mark.text for mark in row.marks] for row in rows] == [["Lansia", "Disabilitas"], ["Prioritas"], []]


def test_aside_tells_the_parked_from_the_missed() -> None:
    rows = aside_rows(
        at_desk(set_aside("A-36", LegState.MISSED, 60), set_aside("A-31", LegState.PARKED, 10, "fotokopi"))
    )
    assert [(row.ticket, row.standing, row.detail) for row in rows] == [
        ("A-31", "Ditunda 10.32", "fotokopi"),
        ("A-36", "Tidak hadir 09.42", "KTP elektronik"),
    ]


# --- the hand ---


def test_the_card_says_who_for_what_since_when_and_how_often() -> None:
    card = hand(at_desk(in_hand(calls=2, language=Language.ENGLISH, needs=(Need.INFANT,), note="foto")), NOW)
    assert (card.ticket, card.service, card.state_text) == ("A-042", "KTP elektronik", "DIPANGGIL")
    assert (card.since, card.calls, card.note) == ("sejak 10.39", "Dipanggil 2×", "Catatan: foto")
    assert card.arrived == "Datang 10.11, menunggu 28 mnt"
    assert (card.language, card.foreign) == ("Bahasa Inggris", True)
    assert [mark.text for mark in card.marks] == ["Membawa bayi"]


def test_the_timer_runs_with_the_servers_clock_and_never_backwards() -> None:
    desk = at_desk(in_hand(LegState.SERVING, since=minutes_ago(2)))
    assert timer(desk, NOW) == "02:00"
    assert timer(desk, NOW + timedelta(minutes=60, seconds=5)) == "1:02:05"
    assert timer(desk, NOW - timedelta(minutes=9)) == "00:00"
    assert timer(at_desk(), NOW) == ""


@pytest.mark.parametrize(
    ("desk", "title", "hint"),
    [
        (at_desk(), "Belum ada yang menunggu", ""),
        (at_desk(waits("A-043", 3)), "Berikutnya A-043", "Tekan Spasi untuk memanggil."),
        (at_desk(state=CounterState.CLOSED), "Loket belum dibuka", "Tekan B untuk membuka loket."),
        (at_desk(state=CounterState.PAUSED), "Loket sedang jeda", "Tekan B untuk membuka kembali."),
    ],
)
def test_an_empty_desk_says_what_comes_next(desk: Desk, title: str, hint: str) -> None:
    card = hand(desk, NOW)
    assert (card.there, card.title, card.hint) == (False, title, hint)


def test_receipts_say_what_each_display_did_and_when() -> None:
    desk = at_desk(
        in_hand(),
        DeliveryItem(display="TV 1", leg="hand", step=ReceiptStep.SPOKEN, after=1130, shown_after=380),
        DeliveryItem(display="TV 2", leg="hand", step=None),
        DeliveryItem(display="TV 3", leg="hand", step=ReceiptStep.MUTE, after=50),
        DeliveryItem(display="TV 4", leg="another", step=ReceiptStep.SHOWN, after=50),
    )
    assert [(receipt.text, receipt.kind) for receipt in hand(desk, NOW).receipts] == [
        ("TV 1: tampil +0,4 d, bicara +1,1 d", "good"),
        ("TV 2 belum menampilkan", "warning"),
        ("TV 3: tanpa suara", "warning"),
    ]


def test_a_display_has_three_seconds_before_it_is_a_warning() -> None:
    desk = at_desk(in_hand(since=NOW), DeliveryItem(display="TV 2", leg="hand", step=None))
    assert hand(desk, NOW + timedelta(seconds=2)).receipts[0].kind == "pending"
    assert hand(desk, NOW + timedelta(seconds=3)).receipts[0].kind == "warning"


# --- the buttons ---


def test_every_button_shows_its_key_and_a_dead_one_says_why() -> None:
    shown = actions(at_desk(in_hand()))
    assert set(shown) == {binding.word for binding in BINDINGS}
    assert shown["serve"] == Action("Layani", "L", live=True, why="", main=True)
    assert shown["finish"] == Action("Selesai", "S", live=False, why="Belum dilayani (L)", main=False)
    for action in shown.values():
        assert action.key
        assert action.live is (action.why == "")


@pytest.mark.parametrize(
    ("desk", "word"),
    [
        (at_desk(waits("A-1", 1)), "callNext"),
        (at_desk(in_hand(LegState.CALLED)), "serve"),
        (at_desk(in_hand(LegState.SERVING)), "finish"),
        (at_desk(state=CounterState.CLOSED), "open"),
        (at_desk(state=CounterState.PAUSED), "open"),
    ],
)
def test_the_usual_next_step_stands_out(desk: Desk, word: str) -> None:
    assert [name for name, action in actions(desk).items() if action.main] == [word]


def test_a_command_in_flight_greys_nothing() -> None:
    desk = at_desk(waits("A-1", 1))
    asking, _ = step(desk, key(Verb.CALL_NEXT), NOW)
    assert actions(asking) == actions(desk)


def test_while_serving_the_large_button_says_that_it_finishes_first() -> None:
    shown = actions(at_desk(in_hand(LegState.SERVING), waits("A-1", 1)))["callNext"]
    assert (shown.text, shown.live) == ("Selesai, panggil berikutnya", True)
    assert leading(at_desk()) == "callNext"
    assert leading(at_desk(state=CounterState.CLOSED)) == "open"


# --- the frame ---


def test_the_header_says_who_where_and_how_the_counter_stands() -> None:
    shown = header(at_desk(state=CounterState.PAUSED, pause_reason=PauseReason.PRAYER, since=minutes_ago(6)))
    assert (shown.counter, shown.officer, shown.zone) == ("Loket 3", "Petugas Satu", "Zona A")
    assert (shown.state_text, shown.state_since) == ("Jeda: ibadah", "sejak 10.36")


def test_the_header_says_until_when_a_pause_lasts_and_when_the_next_one_begins() -> None:
    ahead = NextPause(PauseReason.MEAL, minutes_ago(-75), 40)
    paused = at_desk(state=CounterState.PAUSED, since=minutes_ago(6), paused_until=minutes_ago(-9))
    assert header(paused).state_since == "10.36 – 10.51"
    assert header(at_desk(since=minutes_ago(6), next_pause=ahead)).state_since == "sejak 10.36  ·  jeda 11.57"


def test_whoever_announces_a_pause_reads_that_it_does_not_begin_by_itself() -> None:
    ahead = NextPause(PauseReason.MEAL, minutes_ago(-75), 40)
    card = question_card(replace(at_desk(next_pause=ahead), question=Question(Ask.NEXT_PAUSE)))
    assert "tekan J" in card.hint
    assert card.lines[-1].title == "Batalkan jeda yang direncanakan"
    assert card.lines[-1].detail == "makan, pukul 11.57, 40 menit"
    assert header(english(at_desk())).served == "14 served today"


def test_the_clock_is_the_sites_and_the_servers() -> None:
    assert (time_of_day(at_desk(), NOW).time, time_of_day(at_desk(), NOW).day) == ("10.42", "Senin, 23 November 2026")
    assert time_of_day(english(at_desk()), NOW).day == "Monday, 23 November 2026"


def test_a_lost_server_is_a_banner_that_says_since_when() -> None:
    desk, _ = step(at_desk(), Lost(0.0), NOW)
    shown = connection(desk)
    assert not shown.live
    assert "sejak 10.42" in shown.banner
    assert connection(at_desk()).banner == ""


def test_alerts_name_the_device_the_trouble_and_the_unprinted_number() -> None:
    paper = AlertItem(device="k1", name="Kiosk 1", kind="paper_out", since=minutes_ago(3), ticket="A-071")
    strange = AlertItem(device="k2", name="Kiosk 2", kind="on_fire", since=minutes_ago(9))
    assert alerts(at_desk(paper, strange)) == (
        "Kiosk 2: perlu bantuan",
        "Kiosk 1: kertas habis (nomor A-071 belum tercetak)",
    )


def test_alerts_beyond_the_strip_are_counted() -> None:
    many = [AlertItem(device=f"k{n}", name=f"Kiosk {n}", kind="lost", since=minutes_ago(9 - n)) for n in range(5)]
    assert alerts(at_desk(*many))[2:] == ("Kiosk 2: tidak terhubung", "dan 2 lagi")


@pytest.mark.parametrize(("seconds", "wait"), [(840, "14 menit"), (841, "15 menit"), (60, "1 menit"), (4, "4 detik")])
def test_a_locked_pin_says_how_long(seconds: int, wait: str) -> None:
    desk = replace(at_desk(), problem=Problem(ErrorCode.PIN_LOCKED, {"seconds": seconds}, NOW))
    assert message(desk).endswith(f"Coba lagi dalam {wait}.")


def test_every_refusal_can_be_said_with_no_facts_at_all() -> None:
    for code in ErrorCode:
        for desk in (at_desk(), english(at_desk())):
            assert message(replace(desk, problem=Problem(code, {}, NOW)))


@pytest.mark.parametrize(
    ("desk", "shown"),
    [
        (Desk(), Page.SIGN_IN),
        (at_desk(), Page.DESK),
        (replace(at_desk(), place=TakenOver("3", "Petugas Dua")), Page.TAKEN_OVER),
        (Desk(link=Link(Line.PAIRING, NOW, code="7KQ-42M")), Page.PAIRING),
        (Desk(link=Link(Line.TURNED_AWAY, NOW, refused=ErrorCode.CLIENT_TOO_OLD)), Page.TURNED_AWAY),
    ],
)
def test_there_is_one_page_at_a_time(desk: Desk, shown: Page) -> None:
    assert page(desk) is shown
    assert (notice(desk).title != "") is (shown not in (Page.SIGN_IN, Page.DESK))


def test_the_taken_over_page_names_who_did_it() -> None:
    shown = notice(replace(at_desk(), place=TakenOver("3", "Petugas Dua")))
    assert shown.title == "Loket 3 diambil alih"
    assert shown.body.startswith("Petugas Dua masuk")
    assert shown.action == "Masuk lagi"


def test_an_officer_who_moved_reads_where_to() -> None:
    shown = notice(replace(at_desk(), place=TakenOver("3", "Petugas Satu", moved_to="10")))
    assert shown.title == "Anda pindah ke loket 10"


# --- questions and the sign-in page ---


def test_a_question_shows_its_lines_with_the_digits_that_take_them() -> None:
    desk, _ = step(at_desk(in_hand(LegState.SERVING)), key(Verb.FINISH), NOW)
    card = question_card(desk)
    assert card.title == "Bagaimana pelayanan A-042 berakhir?"
    assert [(line.mark, line.title) for line in card.lines] == [
        ("1", "Selesai"),
        ("2", "Berkas belum lengkap"),
        ("3", "Dirujuk ke tempat lain"),
        ("4", "Tidak berhak"),
    ]


def test_a_search_without_a_match_says_so() -> None:
    desk, _ = step(at_desk(in_hand(LegState.SERVING)), key(Verb.TRANSFER), NOW)
    for typed in keys("qqq"):
        desk, _ = step(desk, typed, NOW)
    card = question_card(desk)
    assert (card.query, card.lines, card.none) == ("qqq", (), "Tidak ada yang cocok")


def test_the_help_page_lists_every_key() -> None:
    desk, _ = step(at_desk(), key(Verb.HELP), NOW)
    assert [line.mark for line in question_card(desk).lines][:3] == ["Spasi", "U", "L"]
    assert len(question_card(desk).lines) == len(BINDINGS)


def test_the_sign_in_page_never_carries_the_pin() -> None:
    desk = replace(at_desk(), place=SigningIn(counter="c3", officer="o1", pin="123456"))
    assert sign_in_page(desk).pin_length == 6
    assert "123456" not in repr(sign_in_page(desk))
