"""A real browser for tests: Debian's Chromium, one for a whole process, and what is asked of every page in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from server.net.doorkeeper import COOKIE
from shared.vocabulary import Language
from tests.support.people import session_of
from tests.support.running_server import RunningServer

CHROMIUM = shutil.which("chromium") or ""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
WIDTHS = (360, 820, 1280)
"""Pixels of a phone, a tablet, a desk."""
needs_browser = [
    pytest.mark.browser,
    pytest.mark.xdist_group("e2e"),
    pytest.mark.skipif(not CHROMIUM, reason="Debian's chromium is not installed; ./run test installs it"),
]
_SERIOUS = ("serious", "critical")
PATIENCE = 60_000  # milliseconds: also a machine with ten other things to do gets there
expect.set_options(timeout=PATIENCE)
_Look = tuple[str, str]  # address, script: what a page cannot change later
_idle: WeakKeyDictionary[Browser, dict[_Look, Page]] = WeakKeyDictionary()
_NO_COMPLAINT = ("favicon", "the server responded with a status")


@pytest.fixture(scope="package")  # while it runs, this thread has an event loop, and nobody else can begin one
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def a_page(
    chromium: Browser,
    server: RunningServer,
    officer: str = "",
    *,
    language: Language = Language.INDONESIAN,
    width: int = 1280,
    height: int = 900,
    script: str = "",
) -> Iterator[Page]:
    """A page at the server's address, signed in as `officer`. What its console complains of fails the test."""
    base = f"http://127.0.0.1:{server.port}"
    complaints: list[str] = []
    with lent_page(chromium, base, language=language, width=width, height=height, script=script) as page:
        if officer:
            page.context.add_cookies([{"name": COOKIE, "value": session_of(server, officer), "url": base}])
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    # A refusal that the test wanted is told, too: its status is the test's business.
    assert [said for said in complaints if not any(known in said for known in _NO_COMPLAINT)] == []


@contextmanager
def lent_page(
    chromium: Browser,
    base: str = "",
    *,
    language: Language = Language.INDONESIAN,
    width: int = 1280,
    height: int = 900,
    script: str = "",
) -> Iterator[Page]:
    """A page that nobody else has, without cookies; `script` runs before those of each document.

    It may have served an earlier test: a new one costs a second of a core, which is more than most tests do with it."""
    idle, look = _idle.setdefault(chromium, {}), (base, script)
    for other in [one for one in idle if one[0] != base]:
        idle.pop(other).context.close()  # of a server that is gone
    page = idle.pop(look, None) or _new_page(chromium, look)
    page.set_viewport_size({"width": width, "height": height})
    page.context.set_extra_http_headers({"Accept-Language": language.value})
    try:
        yield page
        page.goto("about:blank")
    except BaseException:
        page.context.close()
        raise
    page.context.clear_cookies()
    if idle.setdefault(look, page) is not page:
        page.context.close()


def _new_page(chromium: Browser, look: _Look) -> Page:
    base, script = look
    context = chromium.new_context(base_url=base or None, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    if script:
        context.add_init_script(script)
    return context.new_page()


def no_serious_fault(page: Page) -> None:
    """Axe finds nothing serious as the page is now, and at no width is anything wider than the window."""
    found = Axe().run(page).response["violations"]
    serious = [
        (one["id"], one["help"], [node["target"] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in _SERIOUS
    ]
    assert serious == [], json.dumps(serious, indent=1)
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels wider than a window of {width}"
    if before is not None:
        page.set_viewport_size(before)


def tabbed_to(page: Page, wanted: str, at_most: int = 60) -> None:
    """Reach an element by the keyboard alone; `wanted` is a selector."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} was not reached by {at_most} presses of the tabulator")
