"""From the browser to the line: booked on a page, scanned at a kiosk, called at its time, followed on the same page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, expect

from kiosk import events
from kiosk.catalogue_view import Catalogue, catalogue_of
from kiosk.effects import AskBack, Print
from kiosk.flow import step
from kiosk.scanning import Scan, booking_key
from kiosk.states import Idle, Kiosk, Printing
from shared.protocol import commands as c
from shared.protocol.messages import Snapshot
from shared.protocol.replies import Called, Issued
from shared.vocabulary import ErrorCode, Program, RequestId
from tests.support.browser import a_page, needs_browser
from tests.support.running_server import RunningServer, Wire, an_open_counter
from tests.support.small_catalogue import changed

pytestmark = needs_browser

BOOKABLE = changed(
    'keywords = "ktp e-ktp"',
    'keywords = "ktp e-ktp"\nbooking = { slot_minutes = 15, per_slot = 2, days_ahead = 1, check_in_before = 30 }',
)
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class TurnedClock:
    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory, clock: TurnedClock) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), BOOKABLE, generous=True, clock=clock) as running:
        yield running


def scanned(kiosk: Wire, png: bytes) -> tuple[Kiosk, Issued]:
    """What the kiosk's flow makes of the picture of a code; its wish is carried out by a real connection."""
    kiosk.subscribe("kiosk")
    table = kiosk.wait_for(Snapshot).table
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    scan, said = Scan(), None
    for letter in f"{code.text}\r":
        scan, said = scan.read(letter, 1.0)
    key = booking_key(said or "")
    assert key is not None
    state = Kiosk(page=Idle(), connected=True, catalogue=catalogue_of(table, Catalogue()))
    state, _ = step(state, events.BookingShown(key), 10.0)
    state, (wish,) = step(state, events.TakeNumber(), 11.0)
    assert isinstance(wish, AskBack)
    reply = kiosk.ask(wish.command, "check-in")
    state, _ = step(state, events.Asked(RequestId("check-in")), 11.0)
    state, effects = step(state, events.Replied(RequestId("check-in"), reply.result, reply.refusal), 11.0)
    assert any(isinstance(effect, Print) for effect in effects)
    assert isinstance(reply.result, Issued), reply.refusal
    return state, reply.result


def test_a_booking_becomes_a_number_at_its_time_and_the_same_page_follows_it(
    server: RunningServer, chromium: Browser, clock: TurnedClock
) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    with a_page(chromium, server) as page, a_page(chromium, server) as walk_in:
        page.goto("/book/card")
        page.locator(".slots a").nth(1).click()
        expect(page.locator("#without-script")).to_be_hidden()  # the script is there
        page.get_by_role("button", name="Pesan sekarang").click()
        expect(page.locator(".pass-clock")).to_have_text("09.30–09.45")
        address = page.url.partition("?")[0]
        png = page.request.get(page.locator(".pass img").get_attribute("src") or "").body()

        clock.now = MORNING + timedelta(minutes=32)
        early = kiosk.ask(c.IssueTicket(service="card", language="id")).result  # type: ignore[arg-type]
        assert isinstance(early, Issued)
        walk_in.goto(early.url)
        expect(walk_in.locator("#booked-before")).to_be_hidden()
        clock.now += timedelta(minutes=1)
        state, number = scanned(kiosk, png)
        assert isinstance(state.page, Printing)
        assert number.key == address.rpartition("/")[2]
        clock.now += timedelta(seconds=2)  # phones that only moved are told a second later
        said = "Satu pengunjung yang sudah memesan waktu ditempatkan di depan Anda pukul 09.33."
        expect(walk_in.locator("#booked-before")).to_have_text(said, timeout=20_000)

        page.wait_for_selector("#ticket")  # the page looks by itself, and changes
        expect(page.locator("#ticket")).to_have_text(number.ticket)
        assert page.url.partition("?")[0] == address
        called = an_open_counter(server).ask(c.CallNext()).result
        assert isinstance(called, Called)
        assert called.ticket == number.ticket, "booked for 09.30, so before who came at 09.32"
        expect(page.locator("#sentence")).to_have_text("Giliran Anda!")


@pytest.mark.faults
def test_without_scripts_one_waits_books_moves_follows_and_gives_up_and_robots_wait_long(
    server: RunningServer, chromium: Browser, clock: TurnedClock
) -> None:
    base = f"http://127.0.0.1:{server.port}"
    context = chromium.new_context(base_url=base, java_script_enabled=False, locale="en")
    page = context.new_page()

    def to_the_form(slot: int) -> None:
        page.goto("/book/card")
        page.locator(".slots a").nth(slot).click()
        expect(page.locator("#without-script")).to_be_visible()

    def book() -> None:
        page.get_by_role("button", name="Book now").click()

    to_the_form(2)
    page.fill("#phone", "0812 3456 7890")
    book()
    expect(page.get_by_role("alert")).to_contain_text("Please wait 21 more seconds")
    expect(page.locator("#phone")).to_have_value("0812 3456 7890")
    clock.now += timedelta(seconds=12)
    book()
    expect(page.get_by_role("alert")).to_contain_text("Please wait 9 more seconds")  # the waiting counts on
    clock.now += timedelta(seconds=9)
    book()
    expect(page.get_by_role("status")).to_contain_text("Your place is booked")
    own = page.url.partition("?")[0]
    expect(page.locator("noscript meta[http-equiv=refresh]")).to_have_count(1)

    to_the_form(3)  # another place of the same person, written otherwise
    page.fill("#phone", "+62 (0)812-3456.7890")
    clock.now += timedelta(seconds=21)
    book()
    expect(page.get_by_role("alert")).to_contain_text("has a booking of this service on that day")

    page.goto(f"{own}?lang=en")
    page.get_by_role("link", name="Change day or time").click()
    page.locator(".slots button").nth(5).click()
    expect(page.get_by_role("status")).to_contain_text("The time of your visit is changed")
    page.locator(".giving-up summary").click()
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.locator("main")).to_contain_text("This booking was cancelled")

    to_the_form(1)
    clock.now += timedelta(seconds=21)
    book()
    expect(page.get_by_role("status")).to_contain_text("Your place is booked")
    to_the_form(2)
    clock.now += timedelta(seconds=21)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        book()
    assert answer.value.status == 429, "three without the work, and then one in five minutes"
    context.close()


@pytest.mark.faults
def test_a_service_that_a_supervisor_closes_tells_those_who_booked_and_is_booked_no_more_today(
    server: RunningServer, chromium: Browser
) -> None:
    with a_page(chromium, server) as visitor, a_page(chromium, server, "head") as floor:
        visitor.goto("/book/card")
        visitor.locator(".slots a").nth(4).click()
        expect(visitor.locator("#without-script")).to_be_hidden()  # the script is there
        visitor.get_by_role("button", name="Pesan sekarang").click()
        code = visitor.locator(".pass-code strong").inner_text().replace(" ", "")
        floor.goto("/floor/day")
        expect(floor.locator(".ends")).to_contain_text("1 pemesanan untuk nanti hari ini")
        floor.goto("/floor/line/card")
        expect(floor.locator("#booked")).to_contain_text("1 pemesanan")
        floor.fill("#service-because", "Jaringan pusat terputus")
        floor.get_by_role("button", name="Tutup layanan").click()
        expect(floor.get_by_role("status")).to_be_visible()

        visitor.goto(visitor.url.partition("?")[0])
        expect(visitor.get_by_role("alert")).to_contain_text("Layanan ini ditutup untuk hari ini")
        refused = server.program(Program.KIOSK, "kiosk").ask(c.CheckIn(booking=code)).refusal
        assert refused is not None
        assert refused.code is ErrorCode.SERVICE_CLOSED
        visitor.get_by_role("link", name="Pilih waktu lain").click()
        expect(visitor.locator(".days li").first).to_contain_text("tutup")
        visitor.locator(".slots button").nth(40).click()  # tomorrow at ten: the day that is closed ends at three
        expect(visitor.get_by_role("status")).to_contain_text("sudah diubah")
        expect(visitor.locator(".pass-code strong")).to_be_visible()
