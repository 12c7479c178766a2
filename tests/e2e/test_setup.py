"""The first setup: the real command on an empty database, clicked through in a real browser until somebody signs in."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from server.app.catalogue_file import check
from server.app.catalogue_file.mistakes import Severity
from server.db import open_beside
from shared.vocabulary import Language
from tests.support.browser import WIDTHS, lent_page, needs_browser
from tests.support.browser import no_serious_fault as sound

pytestmark = needs_browser
PASSWORD = "kopi pahit di teras belakang"


@dataclass
class Empty:
    """A server without a hall."""

    url: str
    database: str
    state: Path
    process: subprocess.Popen[str]

    @property
    def code(self) -> str:
        return (self.state / "setup-code").read_text(encoding="utf-8").strip()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Empty]:
    database = f"sqlite:///{tmp_path / 'loket.sqlite'}"
    words = [sys.executable, "-m", "server", "run", "--database", database, "--state", str(tmp_path)]
    process = subprocess.Popen([*words, "--host", "127.0.0.1", "--port", "0"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    found = re.search(r"http://\S+?:\d+", process.stdout.readline())
    process.stdout.readline()  # where the code is
    assert found is not None
    yield Empty(found[0], database, tmp_path, process)
    process.terminate()
    assert process.wait(timeout=60) == 0
    process.stdout.close()


@pytest.fixture
def page(chromium: Browser, empty: Empty) -> Iterator[Page]:
    with lent_page(chromium, empty.url, language=Language.ENGLISH) as page:
        yield page


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Go on").last.click()


def sign_in(page: Page) -> None:
    page.fill("#officer", "rina")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")


def to_the_offer(page: Page, empty: Empty) -> None:
    page.goto("/")
    page.fill("#code", "WRONG-CODES")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("wrong")
    assert empty.code not in page.content()
    page.fill("#code", empty.code.lower())
    page.keyboard.press("Enter")
    go_on(page)
    expect(page.locator("#name_id-wrong")).to_be_visible()
    page.fill("#name_id", "Mal Pelayanan Publik Siak")
    page.get_by_label("WIB").check()
    sound(page)
    go_on(page)


def to_the_end(page: Page) -> None:
    sound(page)
    go_on(page)
    page.fill("#name", "Rina Administrator")
    page.fill("#officer", "rina")
    page.fill("#password", "rina")
    page.fill("#again", "rina")
    go_on(page)
    expect(page.locator("#password-wrong")).to_be_visible()
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    sound(page)
    go_on(page)
    expect(page.locator("h1")).to_have_text("Is everything right?")
    sound(page)
    page.get_by_role("button", name="Open the hall").click()
    expect(page.locator("#officer")).to_be_visible()
    sign_in(page)
    expect(page.locator("h1")).to_have_text("Starting the devices")
    sound(page)


@pytest.mark.faults
def test_a_hall_is_made_by_hand(empty: Empty, page: Page) -> None:
    answer = page.goto("/setup/check")
    assert answer is not None
    assert page.url.endswith("/setup"), "nobody passes without the code"
    to_the_offer(page, empty)
    page.fill("#name-0", "Dinas Kependudukan")
    page.fill("#short-0", "Dukcapil")
    page.fill("#services-0", "Cetak KTP; 10; Identity card\nKartu Keluarga; many")
    go_on(page)
    expect(page.locator("main")).to_contain_text("Line 2: minutes")
    page.fill("#services-0", "Cetak KTP; 10; Identity card\nKartu Keluarga; 15")
    page.get_by_role("button", name="Add one more agency").click()
    page.fill("#name-1", "Samsat")
    page.fill("#short-1", "Samsat")
    page.fill("#services-1", "Pajak kendaraan")
    page.fill("#counters-1", "3")
    sound(page)
    go_on(page)
    page.fill("#friday", "08:00-11:00, 10:00-15:00")
    go_on(page)
    expect(page.locator("#friday-wrong")).to_be_visible()
    page.fill("#friday", "08:00-15:00")
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    to_the_end(page)
    with open_beside(empty.database) as store:
        [version] = store.catalogues.catalogue_versions()
        assert store.drafts.versions()[0].by == "rina"
        assert not store.audit.verify().broken
    assert not [one for one in check(version.text) if one.severity is Severity.ERROR]
    assert 'time_zone = "Asia/Jakarta"' in version.text
    assert version.text.count("[[counter]]") == 5
    assert not (empty.state / "setup-code").exists()


@pytest.mark.faults
def test_a_hall_is_made_from_the_sample(empty: Empty, page: Page) -> None:
    to_the_offer(page, empty)
    page.get_by_label("Start from the sample").check()
    go_on(page)
    expect(page.locator("#friday_break")).to_have_value("11:30-13:00")
    to_the_end(page)
    page.goto("/admin/service")
    expect(page.locator("main")).to_contain_text("149 found")
    expect(page.locator("header")).to_contain_text("Mal Pelayanan Publik Siak")


@pytest.mark.faults
def test_a_server_that_ends_before_there_is_a_hall_leaves_no_code_behind(empty: Empty) -> None:
    first = empty.code
    assert (empty.state / "setup-code").stat().st_mode & 0o077 == 0
    empty.process.terminate()
    assert empty.process.wait(timeout=60) == 0
    assert not (empty.state / "setup-code").exists()
    assert first
