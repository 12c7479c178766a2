"""What the screens of the hall are told: boards, desks, and what needs a hand."""

from __future__ import annotations

from datetime import timedelta

from server.app.sessions import Session
from shared.protocol import commands as c
from shared.protocol.codec import encode
from shared.protocol.replies import Called
from shared.protocol.views import AlertItem, CallItem, DeliveryItem, DeskItem, WaitingItem
from shared.vocabulary import (
    Language,
    Need,
    PrinterFault,
    PrintState,
    Priority,
    ReceiptStep,
)
from tests.support.server_in_memory import ServerInMemory, ear


def test_a_parked_visitor_who_is_resumed_is_announced_again() -> None:
    server = ServerInMemory()
    display, officer = server.display(), server.officer()
    server.follows(display, "board:A")
    server.issues(server.kiosk())
    called = server.does(officer, c.CallNext())
    assert isinstance(called, Called)
    server.does(officer, c.Park(leg=called.leg))
    server.does(officer, c.Resume(leg=called.leg))
    assert [one.again for one in ear(display).announcements] == [False, False]


def test_the_board_keeps_twelve_calls_and_orders_the_newest_last() -> None:
    server = ServerInMemory()
    kiosk, officer, display = server.kiosk(), server.officer(), server.display()
    server.follows(display, "board:A")
    for _ in range(15):
        server.issues(kiosk)
        called = server.does(officer, c.CallNext())
        assert isinstance(called, Called)
        server.does(officer, c.MarkMissed(leg=called.leg))
    calls = [item for item in ear(display).tables["board:A"].values() if isinstance(item, CallItem)]
    assert len(calls) == 12
    newest = max(calls, key=lambda item: item.order)
    assert newest.ticket == "A-015"
    assert not any(item.standing for item in calls)


def test_law_12_needs_reach_the_officer_but_no_screen_of_the_lobby() -> None:
    server = ServerInMemory()
    kiosk, officer, display = server.kiosk(), server.officer(), server.display()
    server.does(
        kiosk,
        c.IssueTicket(service="KTP", language=Language.INDONESIAN, priority=Priority.PRIORITY, needs=(Need.PREGNANT,)),
    )
    desk = server.follows(officer, "desk:c1")
    server.follows(display, "board:A")
    server.does(officer, c.CallNext())
    waiting = next(item for item in desk.values() if isinstance(item, WaitingItem))
    assert waiting.needs == (Need.PREGNANT,)
    told = b"".join(encode(message) for message in ear(display).heard)
    assert b"pregnant" not in told
    assert b"priority" not in told
    assert b'"long_flash":true' in told


def test_a_desk_shows_the_first_sixty_and_counts_all() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    for _ in range(70):
        server.issues(kiosk)
    desk = server.follows(officer, "desk:c1")
    assert sum(isinstance(item, WaitingItem) for item in desk.values()) == 60
    head = desk["desk"]
    assert isinstance(head, DeskItem)
    assert head.waiting == 70


def test_paper_out_is_told_to_every_desk_and_cleared_again() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.follows(officer, "desk:c1")
    mine = server.issues(kiosk)
    server.does(kiosk, c.ReportPrint(visit=mine.visit, state=PrintState.FAILED, fault=PrinterFault.PAPER_OUT))
    alert = ear(officer).tables["desk:c1"]["alert:kiosk-1:paper_out"]
    assert isinstance(alert, AlertItem)
    assert alert.ticket == mine.ticket
    server.does(kiosk, c.ReportPrinter(fault=PrinterFault.PAPER_OUT, paper_low=True))
    assert "alert:kiosk-1:paper_low" in ear(officer).tables["desk:c1"]
    server.does(kiosk, c.ReportPrinter(fault=None))
    assert not [key for key in ear(officer).tables["desk:c1"] if key.startswith("alert:")]


def test_a_display_that_is_gone_for_five_seconds_is_missed_until_it_is_back() -> None:
    server = ServerInMemory()
    display, officer = server.display(), server.officer()
    server.follows(officer, "desk:c1")
    server.leaves(display)
    server.passes(seconds=4)
    assert "alert:tv-1:lost" not in ear(officer).tables["desk:c1"]
    server.passes(seconds=2)
    assert "alert:tv-1:lost" in ear(officer).tables["desk:c1"]
    server.display()
    assert "alert:tv-1:lost" not in ear(officer).tables["desk:c1"]


def test_the_desk_learns_when_its_call_was_shown_and_spoken() -> None:
    server = ServerInMemory()
    display, officer = server.display(), server.officer()
    server.follows(display, "board:A")
    server.follows(officer, "desk:c1")
    server.issues(server.kiosk())
    server.does(officer, c.CallNext())
    key = "delivery:tv-1"
    assert ear(officer).tables["desk:c1"][key] == DeliveryItem(display="tv-1", leg=_hand(officer), step=None)
    (announcement,) = ear(display).announcements
    server.now += timedelta(milliseconds=120)
    server.does(display, c.Acknowledge(announcement=announcement.id, step=ReceiptStep.SHOWN, after=5))
    server.now += timedelta(milliseconds=880)
    server.does(display, c.Acknowledge(announcement=announcement.id, step=ReceiptStep.SPOKEN, after=900))
    assert ear(officer).tables["desk:c1"][key] == DeliveryItem(
        display="tv-1", leg=_hand(officer), step=ReceiptStep.SPOKEN, after=1000, shown_after=120
    )
    assert (server.figures.receipts_shown, server.figures.receipts_spoken) == (1, 1)


def test_a_display_of_another_zone_has_not_shown_a_call() -> None:
    server = ServerInMemory()
    officer, elsewhere = server.officer(), server.display("tv-far", "B")
    server.follows(officer, "desk:c1")
    display = server.display()
    server.follows(display, "board:A")
    server.issues(server.kiosk())
    server.does(officer, c.CallNext())
    (announcement,) = ear(display).announcements
    server.does(elsewhere, c.Acknowledge(announcement=announcement.id, step=ReceiptStep.SPOKEN, after=900))
    assert "delivery:tv-far" not in ear(officer).tables["desk:c1"]


def _hand(officer: Session) -> str:
    item = ear(officer).tables["desk:c1"]["hand"]
    leg = getattr(item, "leg", "")
    assert isinstance(leg, str)
    return leg
