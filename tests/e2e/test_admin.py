"""Setting a hall up in a real browser: change, look at the difference, publish, go back; devices, secrets, files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from server.app.officers import Door
from server.bootstrap import now
from shared.protocol.messages import Pairing, Welcome
from shared.vocabulary import DeviceId, ErrorCode, Language, OfficerId, Program
from tests.support.browser import a_page, needs_browser, no_serious_fault, tabbed_to
from tests.support.running_server import RunningServer, hello

pytestmark = needs_browser
SAMPLE = Path("server/sample/mpp-badung-sample.toml").read_text(encoding="utf-8")
HEAD = """
[[officer]]
id = "dukcapil-head"
name = "Kepala Dukcapil"
role = "agency_head"
agency = "dukcapil"
"""
BOOKED = "ktp-rekam"  # of the sample
CHIEF, READER = "administrator", "auditor"
PAGES = (
    *("", "/agency", "/service?q=ktp", "/service/edit?id=ktp-cetak", "/counter/edit?id=counter-1", "/site", "/hours"),
    *("/hours/edit?id=office", "/special_day/new", "/officer/edit?id=administrator", "/devices", "/exchange"),
    *("/changes", "/history", "/history/1", "/agency/remove?id=dukcapil", "/zone", "/start", "/keys", "/data"),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), SAMPLE + HEAD, generous=True) as running:
        yield running


@pytest.fixture(autouse=True)
def no_draft(server: RunningServer) -> Iterator[None]:
    yield
    if (draft := server.store.drafts.draft()) is not None:
        server.store.drafts.discard_draft(draft.digest, "")


def forged(page: Page, server: RunningServer, secret: str, csrf: str, officer: str) -> int:
    """The status of a form that no page showed."""
    headers = {"origin": f"http://127.0.0.1:{server.port}"}
    return page.request.post(f"/admin/officer/{secret}", form={"csrf": csrf, "id": officer}, headers=headers).status


def keep(page: Page) -> None:
    page.locator("form.thing .actions button").click()


@pytest.mark.faults
def test_a_holiday_says_before_whom_it_strikes_and_offers_them_other_times(chromium: Browser, tmp_path: Path) -> None:
    closes = RunningServer(tmp_path, SAMPLE, generous=True, always_open=False)
    with closes as server, a_page(chromium, server) as visitor, a_page(chromium, server, CHIEF) as page:
        visitor.goto(f"/book/{BOOKED}")
        day = parse_qs(urlsplit(visitor.locator(".days a").last.get_attribute("href") or "").query)["day"][0]
        visitor.goto(f"/book/{BOOKED}?day={day}")
        visitor.locator(".slots a").last.click()
        expect(visitor.locator("#without-script")).to_be_hidden()  # the script is there
        visitor.get_by_role("button", name="Pesan sekarang").click()
        expect(visitor.locator(".pass-code")).to_be_visible()
        own = visitor.url.partition("?")[0]

        page.goto("/admin/holiday/new")
        page.fill("#date", day)
        page.fill("#name", "Hari besar")
        keep(page)
        page.goto("/admin/changes")
        expect(page.locator("#strikes")).to_contain_text("Ini membatalkan 1 pemesanan")
        expect(page.locator("#strikes li")).to_contain_text("tutup saat itu")
        no_serious_fault(page)
        visitor.goto(f"{own}?lang=en")
        page.get_by_role("button", name="Terbitkan", exact=True).click()

        said = visitor.get_by_role("alert")  # the page looks by itself
        expect(said).to_contain_text("This service is closed at your booked time", timeout=60_000)
        assert visitor.request.get(own.replace("/v/", "/b/") + "/state").json() == {"state": "called_off"}
        paper = visitor.request.get(own.replace("/v/", "/b/") + "/booking.pdf")
        assert paper.headers["content-type"].startswith("text/html"), "a paper would promise what does not hold"
        no_serious_fault(visitor)
        visitor.get_by_role("link", name="Choose another time").click()
        visitor.locator(".days a").first.click()
        visitor.locator(".slots button").last.click()
        expect(visitor.get_by_role("status")).to_contain_text("The time of your visit is changed")
        expect(visitor.locator(".pass-code")).to_be_visible()


@pytest.mark.faults
@pytest.mark.parametrize("language", Language)
def test_no_page_has_a_serious_fault(server: RunningServer, chromium: Browser, language: Language) -> None:
    with a_page(chromium, server, CHIEF, language=language) as page:
        page.goto("/admin/service/edit?id=kk-ubah")
        page.fill("#standard_minutes", "12")
        keep(page)
        for path in PAGES:
            page.goto(f"/admin{path}")
            no_serious_fault(page)


def test_a_service_is_changed_by_the_keyboard_alone_published_and_taken_back(
    server: RunningServer, chromium: Browser
) -> None:
    before = server.store.catalogues.newest_version()
    with a_page(chromium, server, CHIEF, language=Language.ENGLISH) as page:
        page.goto("/admin/service/edit?id=ktp-cetak")
        no_serious_fault(page)
        tabbed_to(page, "#standard_minutes")
        page.keyboard.press("Control+A")
        page.keyboard.type("ten")
        page.keyboard.press("Enter")
        expect(page.locator("#standard_minutes-wrong")).to_have_text("Write a whole number.")
        page.fill("#standard_minutes", "0")
        page.keyboard.press("Enter")
        expect(page.locator("#standard_minutes-wrong")).to_have_text("Must be between 1 and 480.")
        expect(page.locator("#name__id")).to_have_value("Pencetakan KTP-el")
        page.fill("#standard_minutes", "12")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("Kept in the draft")
        page.goto("/admin/changes")
        expect(page.locator(".change h3")).to_have_text(["Service Printing of an identity card"])
        expect(page.locator(".change td")).to_have_text(["10", "12"])
        no_serious_fault(page)
        page.fill("#note", "Slower printers")
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.get_by_role("status").first).to_contain_text("Published")
        assert server.store.catalogues.newest_version() == before + 1
        page.goto("/admin/history")
        expect(page.locator("tbody tr").first).to_contain_text("Slower printers")
        page.goto(f"/admin/history/{before}")
        page.get_by_role("button", name=f"Publish version {before} again").click()
        expect(page.locator("tbody tr").first).to_contain_text(f"back to version {before}")
    entries = [entry for entry in server.store.audit.entries() if entry.what == "catalogue_published"]
    assert [entry.actor for entry in entries[-2:]] == [CHIEF, CHIEF]


@pytest.mark.faults
def test_a_work_profile_is_put_in_order_by_the_keyboard_and_nothing_filled_in_is_lost(
    server: RunningServer, chromium: Browser
) -> None:
    with a_page(chromium, server, CHIEF, language=Language.ENGLISH) as page:
        page.goto("/admin/counter/edit?id=counter-1")
        profile = page.locator("#profile li > span:first-child")
        first, second = profile.all_inner_texts()[:2]
        page.fill("#number", "99")
        tabbed_to(page, "#profile-down-0")
        page.keyboard.press("Enter")
        expect(profile.nth(1)).to_have_text(first)
        expect(page.locator("#number")).to_have_value("99")
        assert page.evaluate("document.activeElement.id") == "profile-down-1"
        page.locator("#profile-add").select_option("nib")
        page.get_by_role("button", name="Add this").first.click()
        expect(profile.last).to_contain_text("Help with the business number")
        keep(page)
        kept = server.store.drafts.draft()
        assert kept is not None
        page.goto("/admin/counter/edit?id=counter-1")
        assert profile.all_inner_texts()[:2] == [second, first]


@pytest.mark.faults
def test_what_somebody_else_changed_meanwhile_is_shown_beside_the_own(server: RunningServer, chromium: Browser) -> None:
    with (
        a_page(chromium, server, CHIEF, language=Language.ENGLISH) as mine,
        a_page(chromium, server, CHIEF, language=Language.ENGLISH) as theirs,
    ):
        for page in (mine, theirs):
            page.goto("/admin/service/edit?id=kk-baru")
        theirs.fill("#standard_minutes", "33")
        keep(theirs)
        mine.fill("#standard_minutes", "44")
        keep(mine)
        expect(mine.get_by_role("alert")).to_contain_text("changed this while you filled it in")
        expect(mine.locator("dl.facts")).to_contain_text("33")
        expect(mine.locator("#standard_minutes")).to_have_value("44")
        keep(mine)
        expect(mine.get_by_role("status").first).to_contain_text("Kept")


@pytest.mark.faults
def test_what_goes_with_an_agency_is_named_before_it_is_removed(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, CHIEF, language=Language.ENGLISH) as page:
        page.goto("/admin/agency/edit?id=dukcapil")
        page.get_by_role("link", name="Remove").click()
        expect(page.locator("main")).to_contain_text("Service: Printing of an identity card")
        page.get_by_role("button", name="Yes, remove").click()
        page.goto("/admin/agency")
        expect(page.locator("main")).not_to_contain_text("Civil Registration Office")


@pytest.mark.faults
def test_the_head_of_an_agency_sees_and_changes_the_own_and_publishes_nothing(
    server: RunningServer, chromium: Browser
) -> None:
    with a_page(chromium, server, "dukcapil-head", language=Language.ENGLISH) as page:
        page.goto("/admin/service")
        expect(page.locator("table.things")).not_to_contain_text("Building approval")
        page.goto("/admin/service/edit?id=ktp-cetak")
        page.fill("#standard_minutes", "11")
        keep(page)
        page.goto("/admin/changes")
        expect(page.locator("main")).to_contain_text("Only an administrator can publish")
        for path in ("/admin/devices", "/admin/exchange", "/admin/service/edit?id=nib"):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 403
        page.goto("/admin/officer/edit?id=dukcapil-01")
        csrf = page.locator("input[name=csrf]").first.input_value()
        expect(page.get_by_role("button", name="Give a one-time password")).to_have_count(0)
        page.get_by_role("button", name="Give a new PIN").click()
        pin = page.locator("#secret").inner_text()
        Door(server.store.access).check(OfficerId("dukcapil-01"), DeviceId("d"), pin, now())
        entry = [one for one in server.store.audit.entries() if one.what == "pin_set"][-1]
        assert (entry.actor, entry.subject) == ("dukcapil-head", "dukcapil-01")
        for other in ("administrator", "dukcapil-head", "auditor", "dpmptsp-01"):
            assert forged(page, server, "pin", csrf, other) in (403, 404), other
        assert forged(page, server, "password", csrf, "dukcapil-01") == 403


@pytest.mark.faults
def test_an_auditor_reads_the_history_alone(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, READER) as page:
        for path, status in (("/admin", 200), ("/admin/history/1", 200), ("/admin/service", 403)):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == status


@pytest.mark.faults
def test_a_spreadsheet_goes_out_and_comes_back(server: RunningServer, chromium: Browser, tmp_path: Path) -> None:
    with a_page(chromium, server, CHIEF, language=Language.ENGLISH) as page:
        page.goto("/admin/exchange")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download a spreadsheet").click()
        book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
        sheet: Any = book["Layanan - Services"]
        minutes = next(cell for cell in sheet[1] if "Standard minutes" in str(cell.value)).offset(row=1)
        minutes.value = "many"
        book.save(tmp_path / "wrong.xlsx")
        minutes.value = 17
        book.save(tmp_path / "right.xlsx")
        page.set_input_files("#file", tmp_path / "wrong.xlsx")
        page.get_by_role("button", name="Check the file").click()
        expect(page.locator("main table")).to_contain_text("Layanan - Services, row 2, column")
        page.set_input_files("#file", tmp_path / "right.xlsx")
        page.get_by_role("button", name="Check the file").click()
        expect(page.locator(".change td")).to_have_text(["10", "17"])


@pytest.mark.faults
def test_a_device_is_paired_seen_and_revoked(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, CHIEF, language=Language.ENGLISH) as page:
        page.goto("/admin/devices")
        page.fill("#code", "BCDF-2345")
        page.fill("#name", "Kiosk 9")
        page.get_by_role("button", name="Approve").click()
        expect(page.locator("#code-wrong")).to_contain_text("No device shows that code")
        expect(page.locator("#name")).to_have_value("Kiosk 9")
        wire = server.wire()
        wire.send(hello(Program.DISPLAY, "tv"))
        pairing = wire.receive()
        assert isinstance(pairing, Pairing)
        page.reload()
        expect(page.locator("main")).to_contain_text("Waiting for a code: Display")
        page.fill("#code", f"{pairing.code[:4]}-{pairing.code[4:]}".lower())
        page.fill("#name", "TV 1")
        page.locator("#zone").select_option("a")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("Approved")
        wire.wait_for(Welcome)
        page.goto("/admin/devices")
        line = page.locator("tbody tr", has_text="TV 1")
        expect(line).to_contain_text("connected")
        expect(line).to_contain_text("0 days")
        line.get_by_role("link", name="Revoke TV 1").click()
        page.get_by_role("button", name="Revoke").click()
        refused, _ = wire.refused()
        assert refused.code is ErrorCode.REVOKED
        expect(page.locator("details.fold")).to_contain_text("TV 1")


@pytest.mark.faults
def test_a_pin_and_a_password_are_shown_once(server: RunningServer, chromium: Browser) -> None:
    with a_page(chromium, server, CHIEF, language=Language.ENGLISH) as page:
        page.goto("/admin/officer/edit?id=dukcapil-head")
        page.get_by_role("button", name="Give a new PIN").click()
        pin = page.locator("#secret").inner_text()
        assert pin.isdecimal()
        Door(server.store.access).check(OfficerId("dukcapil-head"), DeviceId("d"), pin, now())
        page.get_by_role("link", name="Done", exact=True).click()
        expect(page.locator("main")).to_contain_text("Has a PIN")
        page.get_by_role("button", name="Give a one-time password").click()
        assert len(page.locator("#secret").inner_text()) >= 10
        assert server.store.accounts.must_change(OfficerId("dukcapil-head"))


@pytest.mark.faults
def test_a_key_is_made_and_somebodys_data_looked_up_by_the_keyboard_alone(
    server: RunningServer, chromium: Browser
) -> None:
    with a_page(chromium, server, CHIEF, language=Language.ENGLISH, width=820) as page:
        page.goto("/admin/keys")
        tabbed_to(page, "#name")
        page.keyboard.type("The regency's site")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("lk_")
        no_serious_fault(page)
        page.goto("/admin/keys")
        expect(page.locator("main table")).to_contain_text("The regency's site")
        assert "lk_" not in page.inner_text("main"), "it is shown once"
        no_serious_fault(page)
        page.goto("/admin/data")
        for typed, answer in (("neither of them", "#who-wrong"), ("0812 3456 7890", "text=Nothing is kept")):
            tabbed_to(page, "#who")
            page.keyboard.press("Control+a")
            page.keyboard.type(typed)
            page.keyboard.press("Enter")
            expect(page.locator(answer)).to_be_visible()
            no_serious_fault(page)
