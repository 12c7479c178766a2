"""The reports as a manager uses them: both languages, every width, the keyboard alone, files that open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from server.bootstrap import now
from server.domain.service_day import service_date
from server.web.reports import routes
from shared.vocabulary import Language
from tests.support.browser import a_page, needs_browser, no_serious_fault, tabbed_to
from tests.support.past_days import working_days, write_past
from tests.support.people import PEOPLE
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import read

pytestmark = needs_browser
PATIENCE = 60_000  # milliseconds: the first report starts a process


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), PEOPLE, generous=True) as running:
        catalogue = read(PEOPLE)
        yesterday = service_date(now(), catalogue.site.time_zone) - timedelta(days=1)
        write_past(running.url, catalogue, working_days(yesterday, 4), 60)
        yield running


def test_a_supervisor_reads_the_last_days_and_takes_the_files_along(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, "head") as page:
        page.set_default_timeout(PATIENCE)
        page.goto("/reports?period=last_90_days")
        assert page.locator(".figures .card").count() == 8
        assert re.fullmatch(r"[\d.]+", page.locator(".figures .big").first.inner_text())
        assert page.get_by_role("img", name=re.compile("Grafik")).count() == 2
        assert page.locator(".bars li").count() > 5
        assert re.search("Separuh pengunjung menunggu paling lama", page.inner_text("main"))
        assert page.locator(".heat td[class*=heat-]").count() > 5
        assert "tidak dihitung" in page.locator(".notice:not(.making)").inner_text()
        no_serious_fault(page)
        workbook = page.request.get(page.get_by_text("XLSX").get_attribute("href") or "")
        assert "Instansi" in load_workbook(BytesIO(workbook.body())).sheetnames
        pdf = page.request.get(page.get_by_text("PDF").get_attribute("href") or "")
        assert len(pypdfium2.PdfDocument(pdf.body())) > 1
        text = page.request.get(page.get_by_label("CSV: Layanan").get_attribute("href") or "")
        assert text.body().startswith(b"\xef\xbb\xbfInstansi;Layanan;Kunjungan;")


def test_the_keyboard_alone_chooses_another_part_and_period_in_english(
    server: RunningServer, chromium: Browser
) -> None:
    with a_page(chromium, server, "reader", language=Language.ENGLISH, width=360) as page:
        page.set_default_timeout(PATIENCE)
        page.goto("/reports?lang=en&period=today")
        assert "Nobody came in this period." in page.inner_text("main")
        tabbed_to(page, "#of")
        page.keyboard.type("Dukcapil: Identity")
        tabbed_to(page, "#period")
        page.keyboard.type("Last 90")
        tabbed_to(page, "form.asked button")
        page.keyboard.press("Enter")
        page.wait_for_selector(".figures")
        assert page.locator("main h2").first.inner_text() == "Identity card"
        assert "left out" in page.locator(".notice:not(.making)").inner_text()
        no_serious_fault(page)


def test_a_report_that_takes_its_time_comes_after_its_page(
    server: RunningServer, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "AT_ONCE", 0.0)
    with a_page(chromium, server, "reader", language=Language.ENGLISH, width=360) as page:
        page.set_default_timeout(PATIENCE)
        body = page.request.get("/reports?period=last_90_days&lang=en").text()
        assert body.index("The report is being made") < body.index("Papers that were missing") < body.index("</html>")
        page.goto("/reports?period=last_90_days")
        page.wait_for_selector(".made .figures")
        assert not page.get_by_text("The report is being made").is_visible()


def test_an_agencys_head_is_offered_the_own_agency_alone(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, "police-head", width=820) as page:
        page.set_default_timeout(PATIENCE)
        page.goto("/reports?period=last_90_days")
        assert page.locator("main h2").first.inner_text() == "Kepolisian"
        assert page.locator("#of option").all_inner_texts() == ["Seluruh instansi", "Polres: SKCK", "Loket 2A"]
        assert "Dukcapil" not in page.inner_text("main")
        refused = page.goto("/reports?of=agency:registry")
        assert refused is not None
        assert refused.status == 422
        assert "bukan bagian dari instansi Anda" in page.locator("[role=alert]").inner_text()
