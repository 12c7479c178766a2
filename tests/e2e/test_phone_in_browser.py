"""The phone page in a real browser: live without reload, honest when stale, quiet for a wrong key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.protocol import commands as c
from shared.protocol.replies import Called, Issued
from shared.vocabulary import Language, Program
from tests.support.browser import lent_page, needs_browser
from tests.support.running_server import RunningServer, an_open_counter
from tests.support.small_catalogue import SMALL

OLD_PHONE = {"width": 320, "height": 568}
SPY_ON_VIBRATION = "window.shaken = []; navigator.vibrate = (p) => { window.shaken.push(p); return true; };"

pytestmark = needs_browser


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    with lent_page(chromium, width=OLD_PHONE["width"], height=OLD_PHONE["height"], script=SPY_ON_VIBRATION) as page:
        yield page


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path, SMALL) as running:
        yield running


def issue(server: RunningServer, language: Language = Language.INDONESIAN) -> Issued:
    reply = server.program(Program.KIOSK, "kiosk").ask(c.IssueTicket(service="card", language=language))
    assert isinstance(reply.result, Issued)
    return reply.result


def test_the_phone_says_that_it_is_your_turn_without_being_touched(server: RunningServer, phone: Page) -> None:
    ticket, counter = issue(server), an_open_counter(server)
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    phone.goto(ticket.url)
    expect(phone.locator("#ticket")).to_have_text(ticket.ticket)
    expect(phone.locator("#sentence")).to_contain_text("Anda berikutnya")

    counter.ask(c.CallNext())
    expect(phone.locator("#sentence")).to_have_text("Giliran Anda!")
    expect(phone.locator("#counter")).to_have_text("1")
    assert phone.evaluate("window.shaken.length") == 1

    counter.ask(c.Recall(leg=ticket.leg))
    phone.wait_for_function("window.shaken.length === 2")
    counter.ask(c.Serve(leg=ticket.leg))
    expect(phone.locator("#sentence")).to_have_text("Sedang dilayani")
    counter.ask(c.Finish(leg=ticket.leg))
    expect(phone.locator("#sentence")).to_contain_text("Selesai")
    assert phone.evaluate("document.documentElement.scrollWidth") <= OLD_PHONE["width"]
    assert [text for text in complaints if "favicon" not in text] == []


def test_the_people_ahead_go_down_as_others_are_called(server: RunningServer, phone: Page) -> None:
    issue(server)
    second, counter = issue(server, Language.ENGLISH), an_open_counter(server)
    phone.goto(second.url)
    expect(phone.locator("#ahead")).to_have_text("1")
    counter.ask(c.CallNext())
    expect(phone.locator("#sentence")).to_contain_text("You are next")


def test_a_number_is_given_up_with_two_touches(server: RunningServer, phone: Page) -> None:
    ticket = issue(server)
    phone.goto(ticket.url)
    phone.get_by_text("Batalkan nomor saya").click()
    phone.get_by_role("button", name="Ya, batalkan").click()
    expect(phone.locator("#sentence")).to_contain_text("dibatalkan")
    expect(phone.locator("#cancel")).to_be_hidden()


def test_a_page_that_lost_the_server_says_since_when_and_comes_back(tmp_path: Path, phone: Page) -> None:
    running = RunningServer(tmp_path, SMALL)
    with running as server:
        ticket = issue(server)
        phone.goto(ticket.url)
        expect(phone.locator("#stale")).to_be_hidden()
    expect(phone.locator("#stale")).to_contain_text("Sambungan terputus")
    with running:
        expect(phone.locator("#stale")).to_be_hidden()
        expect(phone.locator("#ticket")).to_have_text(ticket.ticket)


def test_a_wrong_key_is_a_friendly_page_that_tells_nothing(server: RunningServer, phone: Page) -> None:
    ticket = issue(server)
    answer = phone.goto(ticket.url[:-1] + ("A" if ticket.url[-1] != "A" else "B"))
    assert answer is not None
    assert answer.status == 404
    expect(phone.locator("h1")).to_have_text("Nomor tidak ditemukan")
    assert ticket.ticket not in phone.content()


def test_the_minutes_and_what_hardly_anybody_exceeds_shrink_as_people_are_called(
    server: RunningServer, phone: Page
) -> None:
    counter = an_open_counter(server)
    kiosk = server.program(Program.KIOSK, "kiosk")
    issued = [kiosk.ask(c.IssueTicket(service="card", language=Language.ENGLISH)).result for _ in range(6)]
    last = issued[-1]
    assert isinstance(last, Issued)
    assert last.minutes is not None
    phone.goto(last.url)
    expect(phone.locator("#minutes")).to_have_text(f"{last.minutes.low}–{last.minutes.high} minutes")
    expect(phone.locator("#rarely-over")).to_have_text(f"Rarely over {last.minutes.at_most} minutes")
    for _ in range(3):
        called = counter.ask(c.CallNext()).result
        assert isinstance(called, Called)
        counter.ask(c.Serve(leg=called.leg))
        counter.ask(c.Finish(leg=called.leg))
    expect(phone.locator("#ahead")).to_have_text("2")
    expect(phone.locator("#minutes")).not_to_have_text(f"{last.minutes.low}–{last.minutes.high} minutes")
    expect(phone.locator("#rarely-over")).not_to_have_text(f"Rarely over {last.minutes.at_most} minutes")


def test_the_phone_follows_the_path_of_a_number_with_several_services(server: RunningServer, phone: Page) -> None:
    kiosk, counter = server.program(Program.KIOSK, "kiosk"), an_open_counter(server)
    reply = kiosk.ask(c.IssueTicket(service="card", language=Language.INDONESIAN, further=("birth", "clearance")))
    assert isinstance(reply.result, Issued)
    phone.goto(reply.result.url)
    stops = phone.locator("#stops li")
    expect(stops).to_have_count(3)
    called = counter.ask(c.CallNext()).result
    assert isinstance(called, Called)
    expect(stops.nth(0)).to_contain_text("Silakan menuju loket 1")
    counter.ask(c.Serve(leg=called.leg))
    counter.ask(c.AddStop(leg=called.leg, service="clearance"))  # refused: it is on the number
    counter.ask(c.Finish(leg=called.leg))
    expect(stops.nth(0)).to_contain_text("Selesai")
    expect(stops.nth(2)).to_contain_text("0 di depan")
