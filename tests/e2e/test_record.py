"""The record in a browser: who decided what, page by page, and the history of one number. The page of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from server.app.audit import Entry, What
from server.app.audit_pages import PAGE
from server.domain.facts import FactKind
from server.web.api.routes import ADDRESS, EXAMPLE
from server.web.audit.words import DECISIONS, HAPPENED
from shared.protocol import commands as c
from shared.protocol.replies import Issued
from shared.vocabulary import CallReason, Language, Program
from tests.support.browser import a_page, needs_browser, no_serious_fault
from tests.support.people import PEOPLE
from tests.support.running_server import RunningServer, an_open_counter

pytestmark = needs_browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), PEOPLE, generous=True) as running:
        yield running


def test_every_decision_and_everything_that_happens_to_a_visit_has_words() -> None:
    assert set(DECISIONS) == set(What)
    of_visits = {
        kind for kind in FactKind if not kind.value.startswith(("counter_", "service_", "bulletin_", "lease", "pause_"))
    }
    elsewhere = {"day_closed", "alert_acknowledged", "signed_in", "signed_out", "catalogue_published", "merge_refused"}
    assert {kind for kind in of_visits if kind.value not in elsewhere} <= set(HAPPENED)


def test_an_auditor_pages_through_the_decisions_and_finds_one_by_its_kind(
    server: RunningServer, chromium: Browser
) -> None:
    server.store.audit.append(*(Entry(What.PIN_SET, f"clerk-{one}") for one in range(PAGE + 5)))
    server.store.audit.append(Entry(What.DEVICE_REVOKED, "d<1>", "head", after={"why": "administrator"}))
    with a_page(chromium, server, "reader", language=Language.ENGLISH) as page:
        page.goto("/audit")
        expect(page.locator("tbody tr")).to_have_count(PAGE)
        no_serious_fault(page)
        page.get_by_role("link", name="Older entries").click()
        expect(page.get_by_text("clerk-0", exact=True)).to_be_visible()
        page.select_option("#what", "device_revoked")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody")).to_contain_text("Pengawas (head)")
        expect(page.locator("tbody")).to_contain_text("d<1>")
        page.fill("#subject", "d%")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_text("No entry fits.")).to_be_visible()


def test_a_supervisor_reads_what_happened_to_a_number_and_a_head_only_of_the_own_agency(
    server: RunningServer, chromium: Browser
) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    first, second = (kiosk.ask(c.IssueTicket(service="card", language=Language.INDONESIAN)).result for _ in range(2))
    assert isinstance(first, Issued)
    assert isinstance(second, Issued)
    counter = an_open_counter(server)
    counter.ask(c.CallTicket(leg=second.leg, reason=CallReason.PAPERS_BROUGHT))
    counter.ask(c.Serve(leg=second.leg))
    counter.ask(c.Finish(leg=second.leg))
    counter.ask(c.CallNext())
    with a_page(chromium, server, "head") as page:
        page.goto("/audit/ticket")
        page.fill("#ticket", first.ticket.lower())
        page.keyboard.press("Enter")
        expect(page.locator("table").first).to_contain_text("Dipanggil")
        expect(page.locator("table").last).to_contain_text(second.ticket)
        no_serious_fault(page)
        page.goto("/audit/ticket?ticket=Z-999&date=2026-01-01")
        expect(page.get_by_role("alert")).to_contain_text("Tidak ada nomor itu")
    with a_page(chromium, server, "police-head") as page:
        page.goto(f"/audit/ticket?ticket={first.ticket}")
        expect(page.get_by_role("alert")).to_contain_text("instansi lain")
        assert "Dipanggil" not in page.content()


def test_the_entries_of_a_day_are_those_of_the_sites_day(server: RunningServer, chromium: Browser) -> None:
    today = datetime.now(UTC).date()
    with a_page(chromium, server, "reader") as page:
        page.goto(f"/audit?until={today.replace(year=today.year - 1)}")
        expect(page.get_by_text("Tidak ada entri yang cocok.")).to_be_visible()
        page.goto("/audit?since=tomorrow")
        expect(page.get_by_role("alert")).to_contain_text("tidak dapat dibaca")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        pytest.param(Language.INDONESIAN, "Ambil nomor", marks=pytest.mark.faults),
        (Language.ENGLISH, "Take a number"),
    ],
)
def test_anybody_reads_about_the_api_with_the_keyboard_alone(
    server: RunningServer, chromium: Browser, language: Language, says: str
) -> None:
    with a_page(chromium, server, language=language) as page:
        page.goto("/api#take")
        operation = page.locator("#op-issue")
        expect(operation).to_contain_text(says)
        expect(operation.locator("pre").first).not_to_be_visible()
        operation.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(operation.locator("pre").first).to_contain_text("curl -X POST $HALL/api/v1/visits")
        expect(page.locator("#begin ~ pre")).to_contain_text(f"HALL=http://127.0.0.1:{server.port}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        no_serious_fault(page)


@pytest.fixture
def another_site() -> Iterator[Callable[[str], str]]:
    """Serves one page at an origin of its own; gives its address."""
    content = ""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=site.serve_forever)
    thread.start()

    def show(page: str) -> str:
        nonlocal content
        content = page
        return f"http://127.0.0.1:{site.server_port}/"

    yield show
    site.shutdown()
    thread.join()
    site.server_close()


def test_a_page_of_another_site_shows_the_waiting_times(
    server: RunningServer, chromium: Browser, another_site: Callable[[str], str]
) -> None:
    """The example as it stands on the page of the API and in the document, from another origin."""
    kiosk = server.program(Program.KIOSK, "kiosk")
    kiosk.ask(c.IssueTicket(service="clearance", language=Language.INDONESIAN))
    with a_page(chromium, server) as page:
        page.goto("/api")
        example = page.locator("section[aria-labelledby=website] pre").inner_text()
        assert example.strip() == EXAMPLE.read_text().strip().replace(ADDRESS, f"http://127.0.0.1:{server.port}")
        page.goto(another_site(example))
        expect(page.locator("#waiting li", has_text="SKCK")).to_contain_text("1 menunggu")
