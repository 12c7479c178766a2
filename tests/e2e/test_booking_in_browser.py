"""Booking with a real browser: by keyboard, in both languages, with and without scripts; changed and given up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.vocabulary import Language
from tests.support.browser import a_page, needs_browser, no_serious_fault, tabbed_to
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import changed

pytestmark = needs_browser

BOOKABLE = changed(
    'keywords = "ktp e-ktp"',
    'keywords = "ktp e-ktp"\nbooking = { slot_minutes = 240, per_slot = 2, days_ahead = 4, check_in_before = 480 }',
)


FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), BOOKABLE, generous=True) as running:
        yield running


def to_form(page: Page) -> None:
    """The last slot of the last day: no other test fills it, and it has not begun whatever the hour."""
    page.goto("/book/card")
    page.locator(".days a").last.click()
    page.locator(".slots a").last.click()


def test_a_visit_is_booked_by_the_keyboard_alone_and_kept(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, language=Language.ENGLISH) as page:
        page.goto("/book")
        tabbed_to(page, "#q")
        page.keyboard.type("ktp")
        page.keyboard.press("Enter")
        expect(page.locator("h2")).to_have_text("Matching services")
        tabbed_to(page, ".doors a")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Identity card")
        expect(page.locator("main")).to_contain_text("Family card")
        tabbed_to(page, ".days li:nth-child(3) a")
        page.keyboard.press("Enter")
        page.wait_for_url("**?day=**")
        tabbed_to(page, ".slots a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/book/card/**")
        tabbed_to(page, "#name")
        page.keyboard.type("Tamu")
        page.keyboard.press("Tab")
        page.keyboard.type("0812 3456 7890")
        expect(page.locator("#work")).to_contain_text("Ready to book")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Your place is booked")
        expect(page.locator(".pass-code strong")).to_have_text(
            "".join([page.locator(".pass-code strong").inner_text()])
        )
        expect(page.locator("main")).to_contain_text("+62 … 890")
        for link, kind in (("PDF", "application/pdf"), ("Picture", "image/png"), ("Calendar", "text/calendar")):
            answer = page.request.get(page.get_by_role("link", name=link, exact=True).get_attribute("href") or "")
            assert answer.headers["content-type"].startswith(kind)
        page.get_by_role("link", name="Change day or time").click()
        page.locator(".slots button").last.click()
        expect(page.get_by_role("status")).to_contain_text("The time of your visit is changed")
        page.locator(".giving-up summary").click()
        page.get_by_role("button", name="Yes, cancel it").click()
        expect(page.locator("main")).to_contain_text("This booking was cancelled")
        expect(page.locator("main")).not_to_contain_text("Tamu")


def test_what_is_wrong_is_said_at_its_field_and_the_work_counts_on(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server) as page:
        to_form(page)
        page.fill("#phone", "12")
        expect(page.locator("#without-script")).to_be_hidden()  # the script is there
        page.get_by_role("button", name="Pesan sekarang").click()
        expect(page.get_by_role("alert")).to_contain_text("Nomor telepon ini tidak lengkap")
        page.fill("#phone", "")
        expect(page.locator("#without-script")).to_be_hidden()  # the script is there
        page.get_by_role("button", name="Pesan sekarang").click()
        expect(page.get_by_role("status")).to_contain_text("Tempat Anda sudah dipesan")


def test_without_scripts_patience_is_asked_for(server: RunningServer, chromium: Browser) -> None:
    context = chromium.new_context(base_url=f"http://127.0.0.1:{server.port}", java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto("/book/card")
    page.locator(".days a").last.click()
    page.locator(".slots a").first.click()
    expect(page.locator("main")).to_contain_text("wait 20 seconds")
    page.get_by_role("button", name="Book now").click()
    expect(page.get_by_role("alert")).to_contain_text("more seconds")
    context.close()


def test_a_key_of_nobody_tells_nothing(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server) as page:
        for address in ("/v/xxxxxxxxxxxxxxxxxxxxxx", "/b/xxxxxxxxxxxxxxxxxxxxxx/booking.pdf"):
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 404


ODD = (
    "%00",
    "%ff%fe",
    "..%2f..%2fetc",
    "%e2%80%ae",
    "a" * 3000,
    "'%20OR%201=1--",
    "%F0%9F%98%80",
    "{{7*7}}",
    "99999999T0000Z",
)


def test_odd_addresses_and_forms_get_an_ordinary_answer(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server) as page:
        to_form(page)
        slot = page.url.partition("?")[0]
        asked = page.request
        for odd in ODD:
            for address in (f"/book/{odd}", f"/book/card/{odd}", f"/b/{odd}", f"/b/{odd}/booking.pdf", f"/v/{odd}"):
                assert asked.get(address).status in (400, 404), address
            for address in (f"/book?q={odd}", f"/book?agency={odd}", f"/book/card?day={odd}", f"/book/card?lang={odd}"):
                # A NUL is refused before any page.
                assert asked.get(address).status == (400 if odd == "%00" else 200), address
            fields = ("name", "phone", "request", "challenge", "proof")
            for field in fields:
                answer = asked.post(slot, data=f"{field}={odd}", headers=FORM)
                assert answer.status in (400, 409, 422), (field, odd)
            utf7 = FORM | {"content-type": "multipart/form-data; charset=utf-7; boundary=x"}
            body = f'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n+2AA-{odd}\r\n--x--\r\n'
            assert asked.post(slot, data=body, headers=utf7).status in (400, 409, 422)


def test_the_pages_have_no_serious_fault(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server) as page:
        for path in ("/book", "/book?q=nothing", "/book?agency=registry", "/book/card"):
            page.goto(path)
            no_serious_fault(page)
        to_form(page)
        no_serious_fault(page)
        expect(page.locator("#without-script")).to_be_hidden()
        page.locator("#booking button").click()
        page.wait_for_url("**/v/**")
        page.locator(".giving-up summary").click()
        no_serious_fault(page)
        page.goto(page.url.split("?")[0].replace("/v/", "/b/") + "/change")
        no_serious_fault(page)
        page.go_back()
        page.locator(".giving-up summary").click()
        page.locator(".giving-up button").click()
        expect(page.locator("main")).to_contain_text("sudah dibatalkan")
        no_serious_fault(page)


def test_the_english_pages_have_no_serious_fault(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, language=Language.ENGLISH) as page:
        to_form(page)
        no_serious_fault(page)
        expect(page.locator("#without-script")).to_be_hidden()
        page.locator("#booking button").click()
        page.wait_for_url("**/v/**")
        no_serious_fault(page)
