"""The floor in a real browser: live, by the keyboard alone, without scripts; and a head who looks around."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from playwright.sync_api import Browser, Page, expect

from server.net.doorkeeper import COOKIE
from shared.protocol import commands as c
from shared.protocol.replies import Called, Issued
from shared.vocabulary import Language, PrinterFault, Program
from tests.support.browser import a_page, needs_browser, no_serious_fault, tabbed_to
from tests.support.people import PEOPLE, session_of
from tests.support.running_server import RunningServer, Wire, an_open_counter

pytestmark = needs_browser
SECRETS = ("registry", "Dukcapil", "Registry", "Dinas Kependudukan", "A-0", "KTP", "counter-1", "Kiosk-", "TV-")
"""Of everything that the head of the police may not see."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), PEOPLE, generous=True) as running:
        yield running


@pytest.fixture(scope="module")
def kiosk(server: RunningServer) -> Wire:
    return server.program(Program.KIOSK, "Kiosk-1")


@pytest.fixture(scope="module")
def desk(server: RunningServer) -> Wire:
    return an_open_counter(server)


def takes_number(kiosk: Wire, service: str = "card") -> Issued:
    issued = kiosk.ask(c.IssueTicket(service=service, language=Language.INDONESIAN)).result
    assert isinstance(issued, Issued)
    return issued


def waiting(page: Page) -> int:
    return int(page.locator("#totals strong").first.inner_text())


def test_what_happens_in_the_hall_is_pushed_to_the_page(
    server: RunningServer, kiosk: Wire, desk: Wire, chromium: Browser
) -> None:
    with a_page(chromium, server, "head") as page:
        page.goto("/floor")
        before = waiting(page)
        issued = takes_number(kiosk)
        expect(page.locator("#totals strong").first).to_have_text(str(before + 1))
        called = desk.ask(c.CallNext()).result
        assert isinstance(called, Called)
        expect(page.locator(".tile.called .ticket")).to_have_text(called.ticket)
        desk.ask(c.Serve(leg=called.leg))
        expect(page.locator(".tile.serving .look")).to_have_text("melayani")
        desk.ask(c.Finish(leg=called.leg))
        expect(page.locator(".tile.open")).to_be_visible()
        kiosk.ask(c.ReportPrinter(fault=PrinterFault.PAPER_OUT))
        expect(page.locator(".hand")).to_contain_text("Kiosk-1: kertas habis")
        page.get_by_role("button", name=re.compile("Saya tangani")).click()
        expect(page.locator(".hand.seen")).to_contain_text("Pengawas")
        kiosk.ask(c.ReportPrinter(fault=None))
        expect(page.locator(".hand")).to_have_count(0)
        assert issued


def test_a_service_is_closed_and_opened_again_by_the_keyboard_alone(
    server: RunningServer, kiosk: Wire, desk: Wire, chromium: Browser
) -> None:
    takes_number(kiosk)
    with a_page(chromium, server, "head", language=Language.ENGLISH) as page:
        page.goto("/floor")
        tabbed_to(page, "a.queue")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_be_visible()
        tabbed_to(page, "#service-because")
        page.keyboard.type("Network down")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Done, and written down")
        assert kiosk.ask(c.IssueTicket(service="card", language=Language.ENGLISH)).refusal is not None
        expect(page.locator(".lead")).to_contain_text("Network down")
        page.fill("#service-because", "Network is back")
        page.get_by_role("button", name="Open the service").click()
        expect(page.get_by_role("status")).to_contain_text("Done")
        takes_number(kiosk)


def test_a_visitor_is_moved_called_off_and_found_again_without_scripts(
    server: RunningServer, kiosk: Wire, chromium: Browser
) -> None:
    issued = takes_number(kiosk)
    base = f"http://127.0.0.1:{server.port}"
    context = chromium.new_context(base_url=base, java_script_enabled=False)
    context.add_cookies([{"name": COOKIE, "value": session_of(server, "head"), "url": base}])
    page = context.new_page()
    page.goto("/floor?lang=en")
    page.fill("#ticket", issued.ticket.lower())
    page.get_by_role("button", name="Find").click()
    expect(page.locator("h1")).to_have_text(f"Visitor {issued.ticket}")
    page.select_option("#service-1", "birth")
    page.fill("#move-1-because", "wrong service")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Done")
    page.fill("#priority-because", "elderly")
    page.get_by_role("button", name="Make it priority").click()
    expect(page.locator(".lead .badge")).to_have_text("Priority")
    page.fill("#off-because", "left the hall")
    page.get_by_role("button", name="Cancel the number").click()
    expect(page.locator(".stop .badge").first).to_have_text("cancelled")
    context.close()


def test_a_counter_with_somebody_in_hand_is_not_closed_from_afar(
    server: RunningServer, kiosk: Wire, desk: Wire, chromium: Browser
) -> None:
    with a_page(chromium, server, "head") as page:
        page.goto("/floor/counter/counter-1")
        takes_number(kiosk)
        called = desk.ask(c.CallNext()).result
        assert isinstance(called, Called)
        page.fill("#close-because", "sakit")  # the page was opened before
        page.get_by_role("button", name="Tutup loket").click()
        expect(page.get_by_role("alert")).to_contain_text("sedang melayani")
        expect(page.locator(".notice.warn")).to_contain_text(called.ticket)
        desk.ask(c.Serve(leg=called.leg))
        desk.ask(c.Finish(leg=called.leg))
        page.reload()
        page.select_option("#pause-reason", "equipment")
        page.fill("#pause-because", "printer rusak")
        page.get_by_role("button", name="Jeda loket").click()
        expect(page.locator("dl")).to_contain_text("jeda: peralatan")
        page.fill("#open-because", "sudah baik")
        page.get_by_role("button", name="Buka loket").click()
        expect(page.locator("dl")).to_contain_text("siap")


def test_a_pause_is_announced_for_a_counter_and_called_off(
    server: RunningServer, desk: Wire, chromium: Browser
) -> None:
    with a_page(chromium, server, "head", language=Language.ENGLISH) as page:
        page.goto("/floor/counter/counter-1")
        page.select_option("#ahead-reason", "meeting")
        page.fill("#ahead-starts", "45")
        page.fill("#ahead-lasts", "20")
        page.fill("#ahead-because", "all officers at one")
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/floor-pause.png", full_page=True)
        page.get_by_role("button", name="Announce a pause").click()
        expect(page.locator("dl")).to_contain_text("pause (meeting) at")
        expect(page.locator("dl")).to_contain_text("20 min")
        page.fill("#call-off-because", "the meeting is off")
        page.get_by_role("button", name="Call the announced pause off").click()
        expect(page.locator("#ahead-starts")).to_be_visible()


def test_an_announcement_is_given_and_ended(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, "head", language=Language.ENGLISH) as page:
        page.goto("/floor/announce")
        page.fill("#text_id", "Lift rusak")
        page.fill("#text_en", "The lift is out of order <img src=x onerror=alert(1)>")
        page.fill("#announce-because", "lift")
        page.get_by_role("button", name="Announce it now").click()
        expect(page.locator("#bulletins")).to_contain_text("The lift is out of order <img src=x")
        page.get_by_role("button", name=re.compile("End it")).click()
        expect(page.locator("#bulletins")).to_be_hidden()


@pytest.mark.parametrize("language", Language)
def test_the_floor_has_no_serious_fault(
    server: RunningServer, kiosk: Wire, desk: Wire, chromium: Browser, language: Language
) -> None:
    ticket = takes_number(kiosk).ticket
    takes_number(kiosk, "clearance")
    kiosk.ask(c.ReportPrinter(fault=None, paper_low=True))
    paths = ["/floor", f"/floor/visit?ticket={ticket}"]
    paths += {  # the others once each: what differs between the languages is the length of words
        Language.INDONESIAN: ["/floor/line/card", "/floor/counter/counter-1", "/floor/day"],
        Language.ENGLISH: ["/floor/agency/registry", "/floor/visit", "/floor/announce"],
    }[language]
    with a_page(chromium, server, "head", language=language) as page:
        for path in paths:
            page.goto(path)
            no_serious_fault(page)


# --- an agency's head ---


def asked(server: RunningServer, path: str, cookie: str, form: str | None = None) -> tuple[int, str, str]:
    """Status, body, and where it leads; of a stream its first five parts."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": f"{COOKIE}={cookie}"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("GET" if form is None else "POST", path, form, headers)
    response = connection.getresponse()
    is_stream = (response.getheader("content-type") or "").startswith("text/event-stream")
    body = b"".join(response.readline() for _ in range(15)) if is_stream else response.read()
    connection.close()
    return response.status, body.decode(), response.getheader("location") or ""


def test_a_head_sees_and_changes_nothing_of_another_agency(server: RunningServer, kiosk: Wire, desk: Wire) -> None:
    other, own = takes_number(kiosk), takes_number(kiosk, "clearance")
    cookie = session_of(server, "police-head")
    for path in (
        "/floor",
        "/floor/live",
        "/floor/announce",
        "/floor/day",
        "/floor/line/clearance",
        "/floor/agency/police",
    ):
        status, body, _ = asked(server, path, cookie)
        assert status == 200, path
        for secret in SECRETS:
            assert secret not in body, (path, secret)
    assert own.ticket in asked(server, f"/floor/visit?ticket={own.ticket}", cookie)[1]
    hidden = ["/floor/line/card", "/floor/counter/counter-1", "/floor/agency/registry"]
    hidden += [f"/floor/visit?ticket={other.ticket}", f"/floor/visit?ticket={other.visit}"]
    for path in hidden:
        status, body, _ = asked(server, path, cookie)
        assert status in (403, 404), path
        assert "Dukcapil" not in body

    page = asked(server, "/floor/day", cookie)[1]
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    for act, fields in {
        "close-service": "service=card",
        "counter": "counter=counter-1&state=closed",
        "move": f"leg={other.leg}&service=birth",
        "call-off": f"visit={other.visit}",
        "reprioritise": f"visit={other.visit}&priority=priority",
        "close-day": "agency=registry",
        "announce": "text_id=a&text_en=a&minutes=1&zones=north",
    }.items():
        form = f"csrf={found[1]}&because=mischief&back=/floor&{fields}"
        status, _, to = asked(server, f"/floor/do/{act}", cookie, form)
        assert (status, to.partition("?")[2]) in ((303, "refused=forbidden"), (303, "refused=wrong_state")), act
    takes_number(kiosk)
    assert desk.ask(c.CallNext()).result is not None
