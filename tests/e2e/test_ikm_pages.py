"""The index's pages in a real browser: who reads what, publishing that stays, no serious fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from server.app.survey_ports import About
from server.domain.satisfaction import ELEMENTS, Scores
from server.web.ikm import sheet_pdf
from shared.vocabulary import AgencyId, Channel, CounterId, Language, ServiceId, VisitId
from tests.support.browser import a_page, needs_browser, no_serious_fault, tabbed_to
from tests.support.running_server import RunningServer
from tests.support.surveyed import ALL_INVITED

pytestmark = needs_browser
LONG_AGO = "/ikm/report?from=2026-01&to=2026-03"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), ALL_INVITED, generous=True) as running:
        for number in range(4):
            answered(running, f"r{number}", "registry", "card", "counter-1", dict.fromkeys(ELEMENTS, 4))
            answered(running, f"p{number}", "police", "clearance", "desk-two", dict.fromkeys(ELEMENTS, 2))
        answered(running, "alone", "registry", "birth", "counter-1", dict.fromkeys(ELEMENTS, 1))
        yield running


def answered(server: RunningServer, visit: str, agency: str, service: str, counter: str, scores: Scores) -> None:
    where = About("2026-02", AgencyId(agency), ServiceId(service), CounterId(counter), Channel.PHONE)
    assert server.store.surveys.keep_answer(VisitId(visit), date(2026, 2, 2), where, scores)


@pytest.mark.parametrize("language", Language)
def test_the_results_are_read_in_both_languages_and_have_no_serious_fault(
    server: RunningServer, chromium: Browser, language: Language
) -> None:
    with a_page(chromium, server, "reader", language=language) as page:
        page.goto(LONG_AGO)
        whole = "69,44" if language is Language.INDONESIAN else "69.44"
        expect(page.locator(".figure .index .value")).to_have_text(whole)
        expect(page.locator("main")).to_contain_text("Januari – Maret 2026" if language == "id" else "January")
        alone = page.locator("tr", has_text="Akta kelahiran" if language == "id" else "Birth certificate")
        expect(alone).to_contain_text("kurang dari 2" if language == "id" else "fewer than 2")
        no_serious_fault(page)
        expect(page.locator(".publish")).to_have_count(0)  # an auditor changes nothing
        page.goto("/ikm/report/codes")
        expect(page.locator(".codes li")).to_have_count(2)
        no_serious_fault(page)


def test_a_group_is_chosen_by_the_keyboard(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, "head") as page:
        page.goto(LONG_AGO)
        tabbed_to(page, ".ranking a")
        page.keyboard.press("Enter")
        expect(page.locator("h2.of")).to_contain_text("Dinas Kependudukan")
        expect(page.locator(".figure .index .value")).to_have_text("85,00")


def test_an_agencys_head_sees_the_own_agency_and_asks_for_another_in_vain(
    server: RunningServer, chromium: Browser
) -> None:
    with a_page(chromium, server, "police-head") as page:
        page.goto(LONG_AGO)
        expect(page.locator("h2.of")).to_contain_text("Kepolisian")
        expect(page.locator("main")).not_to_contain_text("Dinas Kependudukan")
        expect(page.locator("main")).not_to_contain_text("KTP")
        for path in ("/ikm/report?", "/ikm/report/sheet.pdf?"):
            for of in ("agency:registry", "site:", "service:card"):
                answer = page.request.get(f"{path}from=2026-01&to=2026-03&of={of}")
                assert answer.status == 404, (path, of)


def test_an_officer_reads_no_results(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, "registry-01") as page:
        page.goto("/ikm/report")
        expect(page.locator("main")).to_contain_text("bukan untuk peran Anda")


def test_what_an_administrator_publishes_stays_as_it_was(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server) as public:
        public.goto("/ikm")
        expect(public.locator("main")).to_contain_text("Belum ada hasil")
        with a_page(chromium, server, "boss") as page:
            page.goto("/ikm/report")
            expect(page.locator(".publish button")).to_have_count(0)  # the quarter is not over
            page.goto(LONG_AGO)
            page.locator(".publish button").click()
            expect(page.get_by_role("status").first).to_contain_text("sudah diterbitkan")
        answered(server, "late", "registry", "card", "counter-1", dict.fromkeys(ELEMENTS, 1))
        public.goto("/ikm")
        expect(public.locator(".figure .index .value")).to_have_text("69,44")
        expect(public.locator("main")).not_to_contain_text("Loket")
        no_serious_fault(public)
        document = pypdfium2.PdfDocument(public.request.get("/ikm/published/1/sheet.pdf?lang=en").body())
        text = document[0].get_textpage().get_text_bounded()
        document.close()
        assert "69.44" in text
        assert "Published:" in text
        for unknown in ("2", "9" * 5000, "-1", "one"):
            assert public.request.get(f"/ikm/published/{unknown}").status == 404


def test_a_published_sheet_is_drawn_once_and_not_for_a_crowd(
    server: RunningServer, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = "/ikm/published/1/sheet.pdf"

    def never(*_: object) -> bytes:
        raise AssertionError("drawn again")

    with a_page(chromium, server) as public:
        drawn = public.request.get(f"{sheet}?lang=id").body()
        monkeypatch.setattr(sheet_pdf, "sheet_pdf", never)
        assert public.request.get(f"{sheet}?lang=id").body() == drawn
        said = [public.request.get(f"{sheet}?of=agency:{number}").status for number in range(30)]
        assert set(said) == {404, 429}


def test_the_raw_table_is_a_spreadsheet(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, "boss") as page:
        answer = page.request.get("/ikm/report/answers.xlsx?from=2026-01&to=2026-03")
        assert answer.headers["content-disposition"] == 'attachment; filename="ikm-2026-01-2026-03.xlsx"'
        assert answer.body().startswith(b"PK")


def test_strangers_are_sent_to_the_door_and_a_period_without_sense_back(
    server: RunningServer, chromium: Browser
) -> None:
    with a_page(chromium, server) as page:
        page.goto("/ikm/report")
        expect(page).to_have_url(f"http://127.0.0.1:{server.port}/sign-in?next=%2Fikm%2Freport")
    with a_page(chromium, server, "boss") as page:
        page.goto("/ikm/report?from=2026-05&to=2026-01")
        expect(page.get_by_role("status").first).to_contain_text("tidak dapat dipakai")
