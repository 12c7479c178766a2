"""F39: the clock of a phone is a day wrong. The page shows the same and stays live: it uses no clock of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from shared.protocol import commands as c
from shared.protocol.replies import Issued
from shared.vocabulary import Language, Program
from tests.support.browser import CHROMIUM, QUIET
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer, an_open_counter
from tests.support.small_catalogue import SMALL

DAY = 86_400_000  # ms
TURNED = """
const Real = Date;
window.Date = class extends Real {
  constructor(...given) { if (given.length) { super(...given); } else { super(Real.now() + (SHIFT)); } }
  static now() { return Real.now() + (SHIFT); }
};
"""

pytestmark = [
    pytest.mark.faults,
    pytest.mark.browser,
    pytest.mark.xdist_group("e2e"),
    pytest.mark.skipif(not CHROMIUM, reason="Debian's chromium is not installed; ./run test installs it"),
]


def test_a_phone_whose_clock_is_a_day_wrong_shows_the_same(tmp_path: Path, figure: RecordFigure) -> None:
    with RunningServer(tmp_path, SMALL) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        kiosk = server.program(Program.KIOSK, "kiosk")
        counter = an_open_counter(server)
        tickets = [kiosk.ask(c.IssueTicket(service="card", language=Language.INDONESIAN)).result for _ in range(2)]
        mine = tickets[1]
        assert isinstance(mine, Issued)
        phones = []
        for shift in (0, DAY, -DAY):
            page = browser.new_page()
            page.add_init_script(TURNED.replace("SHIFT", str(shift)))
            page.goto(mine.url)
            expect(page.locator("#ahead")).to_have_text("1")
            phones.append(page)
        assert phones[1].evaluate("new Date() - performance.timeOrigin") > DAY / 2, "the clock is really turned"
        waiting = [_shown(page) for page in phones]
        counter.ask(c.CallNext())
        for page in phones:
            expect(page.locator("#sentence")).to_contain_text("Anda berikutnya")
            expect(page.locator("#stale")).to_be_hidden()
        called = [_shown(page) for page in phones]
        browser.close()
    assert waiting[0] == waiting[1] == waiting[2]
    assert called[0] == called[1] == called[2]
    figure("", "F39", "a phone whose clock is a day early or late: the same page, live, never called stale")


def _shown(page: Page) -> str:
    return page.locator("body").inner_text()
