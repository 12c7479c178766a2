"""Coming back and giving way, with a real browser, a real server and a real counter's socket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.__main__ import main
from shared.protocol import commands as c
from shared.protocol.messages import Snapshot
from shared.protocol.replies import Issued, Placed
from shared.protocol.views import HandItem
from shared.vocabulary import CallReason, Language, Priority, Program
from tests.e2e.test_phone_in_browser import phone, pytestmark
from tests.support.in_process import in_process
from tests.support.running_server import RunningServer, an_open_counter
from tests.support.small_catalogue import changed

__all__ = ["phone", "pytestmark"]

AT_ONCE = changed("recall_gap_seconds = 0", "recall_gap_seconds = 0\ngrace_seconds = 0")
AT_ONCE = changed(
    'name = { id = "Utara", en = "North" }', 'name = { id = "Utara", en = "North" }\nwalking_seconds = 0', AT_ONCE
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path, AT_ONCE) as running:
        yield running


def _issue(server: RunningServer, priority: Priority = Priority.REGULAR) -> Issued:
    command = c.IssueTicket(service="card", language=Language.ENGLISH, priority=priority)
    reply = server.program(Program.KIOSK, "kiosk").ask(command)
    assert isinstance(reply.result, Issued)
    return reply.result


def test_a_missed_visitor_taps_once_and_is_back_after_the_next_calls(server: RunningServer, phone: Page) -> None:
    late, second, third = _issue(server), _issue(server), _issue(server)
    counter = an_open_counter(server)
    phone.goto(late.url)
    counter.ask(c.CallNext())
    counter.ask(c.MarkMissed(leg=late.leg))
    expect(phone.locator("#sentence")).to_contain_text("You can come back into the line")
    _picture(phone, "missed")
    phone.get_by_role("button", name="I am here now").click()
    expect(phone.locator("#sentence")).to_have_text("Waiting to be called")
    expect(phone.locator("#ahead")).to_have_text("2")
    for ticket in (second, third):
        assert counter.ask(c.CallNext()).result is not None
        counter.ask(c.MarkMissed(leg=ticket.leg))
    counter.ask(c.CallNext())
    expect(phone.locator("#sentence")).to_have_text("It is your turn!")
    counter.ask(c.MarkMissed(leg=late.leg))
    expect(phone.locator("#sentence")).to_contain_text("Please speak to an officer")
    expect(phone.locator("#come-back")).to_be_hidden()


def test_a_slip_before_the_kiosks_scanner_does_the_same(server: RunningServer) -> None:
    late, _ = _issue(server), _issue(server)
    counter = an_open_counter(server)
    counter.ask(c.CallNext())
    counter.ask(c.MarkMissed(leg=late.leg))
    kiosk = server.program(Program.KIOSK, "kiosk")
    placed = kiosk.ask(c.ComeBack(key=late.key)).result
    assert isinstance(placed, Placed)
    assert (placed.ticket, placed.ahead) == (late.ticket, 1)


def test_a_visitor_lets_others_go_first_and_reads_who_was_put_before(server: RunningServer, phone: Page) -> None:
    mine, _ = _issue(server), _issue(server)
    phone.goto(mine.url)
    expect(phone.locator("#ahead")).to_have_text("0")
    _issue(server, Priority.PRIORITY)
    expect(phone.locator("#put-before")).to_contain_text("One priority ticket was placed before you at")
    _picture(phone, "waiting")
    phone.get_by_text("Let others go first").click()
    _picture(phone, "asking")
    phone.get_by_role("button", name="Yes, let them go first").click()
    expect(phone.locator("#ahead")).to_have_text("2")
    expect(phone.locator("#give-way")).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_visitor_reads_at_once_that_a_number_from_behind_was_called_and_why(
    server: RunningServer, phone: Page
) -> None:
    mine, behind = _issue(server), _issue(server)
    counter = an_open_counter(server)
    phone.goto(mine.url)
    expect(phone.locator("#called-early")).to_be_hidden()
    counter.ask(c.CallTicket(leg=behind.leg, reason=CallReason.PAPERS_BROUGHT))
    expect(phone.locator("#called-early")).to_contain_text("One number was called before its turn at")
    expect(phone.locator("#called-early")).to_contain_text("came back with the papers")
    _picture(phone, "called-early")
    said = phone.locator("#called-early").inner_text()
    phone.reload()
    expect(phone.locator("#called-early")).to_have_text(said)


def test_the_officer_and_the_supervisor_read_why(server: RunningServer) -> None:
    first = _issue(server)
    elder = _issue(server, Priority.PRIORITY)
    counter = an_open_counter(server)
    counter.ask(c.CallNext())
    counter.subscribe("desk:counter-1")
    hand = counter.wait_for(Snapshot).table["hand"]
    assert isinstance(hand, HandItem)
    assert hand.why is not None
    assert (hand.ticket, hand.why.rule, hand.why.first) == (elder.ticket, "head_start", (first.ticket,))
    told = in_process(main, "why", elder.ticket, "--database", server.url).stdout
    assert "rule head_start" in told
    assert f"passed over 1, first {first.ticket} head_start" in told


def _picture(phone: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        phone.screenshot(path=f"{folder}/order-{name}.png", full_page=True)
