"""F30: markup in any text of the catalogue stays text. Every page in a real browser, which must not even ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from shared.protocol import commands as c
from shared.protocol.replies import Issued
from shared.vocabulary import Language, Program
from tests.support.browser import lent_page, needs_browser
from tests.support.promises import RecordFigure
from tests.support.running_server import RunningServer, an_open_counter
from tests.support.small_catalogue import SMALL

EVIL = "<img src=/evil onerror=window.evil=1><script>window.evil=2</script>{{7*7}}"

pytestmark = needs_browser


def evil_catalogue() -> str:
    """Every text for people is the markup: names, requirements, fees, keywords, officers."""
    text = re.sub(r'\b(id|en) = "[^"]*"(?=\s*[,}])', rf"\1 = '{EVIL}'", SMALL)
    return re.sub(r'(?m)^(keywords|name) = "[^"]*"', rf"\1 = '{EVIL}'", text)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path, evil_catalogue(), generous=True) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with lent_page(chromium) as page:
        yield page


@pytest.mark.faults
def test_markup_in_every_text_of_the_catalogue_is_shown_and_never_run(
    server: RunningServer, page: Page, figure: RecordFigure
) -> None:
    kiosk = server.program(Program.KIOSK, "kiosk")
    issued = kiosk.ask(c.IssueTicket(service="card", language=Language.INDONESIAN)).result
    assert isinstance(issued, Issued)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    looked_at = 0
    counter = an_open_counter(server)
    for step in (None, c.CallNext(), c.Serve(leg=issued.leg), c.Finish(leg=issued.leg)):
        if step is not None:
            assert counter.ask(step).refusal is None
        for language in ("id", "en", EVIL):
            answer = page.goto(f"{issued.url}?lang={language}&late=1", wait_until="networkidle")
            assert answer is not None
            policy = answer.headers["content-security-policy"]
            assert "unsafe" not in policy
            assert "default-src 'none'" in policy
            assert EVIL in page.inner_text("body"), "it is shown as it is"
            looked_at += 1
    base = issued.url.rsplit("/v/", 1)[0]
    for path in (f"/v/{EVIL}", f"/api/boards/{EVIL}", "/api/site", "/api/services", "/health", "/metrics", f"/{EVIL}"):
        page.goto(base + path)
        looked_at += 1
        assert page.evaluate("window.evil") is None
    assert page.evaluate("window.evil") is None
    assert [url for url in asked if re.search(r"/evil(?!%20onerror)(?! onerror)", url.split("?")[0])] == []
    assert [text for text in said if "Content Security Policy" in text and "favicon" not in text] == []
    figure("", "F30", f"{looked_at} pages with markup in every text: no script, no request, no violation of the policy")
