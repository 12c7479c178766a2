"""Printer, connection, introduction: what goes wrong around a visitor, and what the kiosk makes of it."""

from __future__ import annotations

from kiosk import events
from kiosk.answers import PAPER_WITHIN, READ_SCREEN
from kiosk.pages import BRIEF_LOSS
from kiosk.states import Disconnected, ShowNumber, TakeTicket
from shared.protocol.commands import ReportPrint, ReportPrinter
from shared.vocabulary import ErrorCode, Language, PrinterFault, PrintState
from tests.unit.kiosk.walking import SITE, Walk, a_table

OUT = PrinterFault.PAPER_OUT


def test_without_paper_the_number_stands_on_the_screen_and_the_supervisor_is_told() -> None:
    walk = Walk()
    walk.take("A-042")
    walk.forget_effects()
    walk.happen(events.PaperFailed("v-A-042", 0, OUT))
    assert isinstance(walk.kiosk.page, ShowNumber)
    assert walk.kiosk.page.fault is OUT
    assert walk.reported == [
        ReportPrint(visit="v-A-042", state=PrintState.FAILED, fault=OUT, copy=0),
        ReportPrinter(fault=OUT),
    ]
    walk.wait(READ_SCREEN + 0.5)
    assert walk.page == "Idle"


def test_a_printer_that_cannot_confirm_leaves_both_ways_open() -> None:
    walk = Walk()
    walk.take("A-042")
    walk.forget_effects()
    walk.happen(events.PaperOut("v-A-042", 0, sure=False))
    assert isinstance(walk.kiosk.page, TakeTicket)
    assert not walk.kiosk.page.sure
    assert walk.reported == [ReportPrint(visit="v-A-042", state=PrintState.UNKNOWN, copy=0)]


def test_a_spooler_that_says_nothing_at_all_does_not_keep_a_visitor_waiting() -> None:
    walk = Walk()
    walk.take()
    walk.wait(PAPER_WITHIN + 0.5)
    assert isinstance(walk.kiosk.page, ShowNumber)
    assert walk.kiosk.page.fault is None
    walk.happen(events.PaperFailed("v-A-042", 0, PrinterFault.SILENT))
    assert isinstance(walk.kiosk.page, ShowNumber)
    assert walk.kiosk.page.fault is PrinterFault.SILENT


def test_paper_that_comes_late_is_good_news() -> None:
    walk = Walk()
    walk.take()
    walk.wait(PAPER_WITHIN + 0.5)
    walk.happen(events.PaperOut("v-A-042", 0, sure=True))
    assert walk.page == "TakeTicket"


def test_paper_of_a_visitor_who_left_disturbs_nobody() -> None:
    walk = Walk()
    walk.take()
    walk.wait(PAPER_WITHIN + READ_SCREEN + 1)
    walk.happen(events.PaperOut("v-A-042", 0, sure=True))
    assert walk.page == "Idle"


def test_the_kiosk_issues_numbers_although_the_paper_is_out() -> None:
    walk = Walk()
    walk.happen(events.PrinterSeen(OUT))
    walk.take()
    assert walk.page == "Printing"


def test_the_printer_is_reported_when_it_changes_and_only_then() -> None:
    walk = Walk()
    walk.forget_effects()
    for fault in (None, OUT, OUT, None, None):
        walk.happen(events.PrinterSeen(fault))
    assert walk.reported == [ReportPrinter(fault=OUT), ReportPrinter(fault=None)]


def test_low_paper_is_told_before_it_is_out() -> None:
    walk = Walk()
    walk.forget_effects()
    walk.happen(events.PrinterSeen(None, paper_low=True))
    assert walk.reported == [ReportPrinter(fault=None, paper_low=True)]


def test_the_printer_is_reported_again_on_every_connection() -> None:
    walk = Walk()
    walk.happen(events.ConnectionLost(), events.PrinterSeen(OUT))
    walk.forget_effects()
    walk.happen(events.Connected(SITE))
    assert walk.reported == [ReportPrinter(fault=OUT)]


# --- the connection ---


def test_a_brief_loss_is_not_shown() -> None:
    walk = Walk()
    walk.to_service()
    walk.happen(events.ConnectionLost())
    walk.wait(BRIEF_LOSS - 0.5)
    walk.happen(events.Connected(SITE))
    walk.wait(5)
    assert walk.page == "ReadingService"


def test_a_longer_loss_is_and_the_visitor_goes_on_where_he_was() -> None:
    walk = Walk()
    walk.to_service()
    walk.happen(events.ConnectionLost())
    walk.wait(BRIEF_LOSS + 0.5)
    assert walk.page == "Disconnected"
    walk.happen(events.Connected(SITE))
    assert walk.page == "ReadingService"


def test_after_a_long_loss_the_next_visitor_begins_anew() -> None:
    walk = Walk()
    walk.to_service()
    walk.happen(events.ConnectionLost())
    walk.wait(120)
    walk.happen(events.Connected(SITE))
    assert walk.page == "Idle"


def test_every_failed_attempt_is_one_loss() -> None:
    walk = Walk()
    for _ in range(10):
        walk.happen(events.ConnectionLost())
        walk.wait(1)
    assert walk.kiosk.page == Disconnected(None)


def test_a_number_in_hand_is_read_to_its_end_although_the_server_is_gone() -> None:
    walk = Walk()
    walk.take()
    walk.happen(events.PaperFailed("v-A-042", 0, OUT), events.ConnectionLost())
    walk.wait(READ_SCREEN - 1)
    assert walk.page == "ShowNumber"
    walk.wait(2)
    assert walk.page == "Disconnected"


def test_a_request_waits_for_the_connection_to_come_back() -> None:
    walk = Walk()
    walk.ask()
    walk.happen(events.ConnectionLost())
    walk.wait(5)
    assert walk.page == "Issuing"
    walk.happen(events.Connected(SITE))
    walk.answer()
    assert walk.page == "Printing"


def test_an_unknown_kiosk_shows_its_code_until_it_is_approved() -> None:
    walk = Walk()
    walk.happen(events.CodeShown("K7QM"))
    assert walk.page == "Pairing"
    walk.happen(events.Connected(SITE))
    assert walk.page == "Idle"


def test_a_kiosk_that_is_turned_away_says_so_until_it_is_let_in() -> None:
    walk = Walk()
    walk.happen(events.ServerRefused(ErrorCode.CLIENT_TOO_OLD, {}), events.ConnectionLost())
    walk.wait(10)
    assert walk.page == "TurnedAway"
    walk.happen(events.Connected(SITE), events.CatalogueChanged(a_table()))
    walk.choose(events.Start(Language.INDONESIAN))
    assert walk.page == "ChoosingAgency"


def test_a_number_in_hand_is_read_to_its_end_although_the_kiosk_is_turned_away() -> None:
    walk = Walk()
    walk.take()
    walk.happen(events.PaperOut("v-A-042", 0, sure=True), events.ServerRefused(ErrorCode.REVOKED, {}))
    assert walk.page == "TakeTicket"


def test_a_server_that_is_busy_for_a_moment_is_not_worth_a_page() -> None:
    walk = Walk()
    walk.happen(events.ServerRefused(ErrorCode.OVERLOADED, {}))
    assert walk.page == "Idle"
