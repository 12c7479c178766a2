"""Signing in to the pages with a real browser: the form, the password for one time, the way out, no serious fault."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from shared.vocabulary import Language
from tests.support.browser import a_page, needs_browser, no_serious_fault, tabbed_to
from tests.support.people import PASSWORD, PEOPLE, give_password
from tests.support.running_server import RunningServer

pytestmark = needs_browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), PEOPLE, generous=True) as running:
        yield running


def test_somebody_signs_in_by_the_keyboard_alone_and_is_taken_where_they_wanted_to_go(
    server: RunningServer, chromium: Browser
) -> None:
    give_password(server, "head")
    with a_page(chromium, server) as page:
        page.goto("/account")
        expect(page).to_have_title("Masuk – Aula")
        assert page.evaluate("document.fonts.load('16px Loket').then(found => found.length)") == 1
        tabbed_to(page, "#officer")
        page.keyboard.type("head")
        page.keyboard.press("Tab")
        page.keyboard.type("not the password")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("tidak cocok")
        expect(page.locator("#officer")).to_have_value("head")
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("Pengawas")
        page.locator(".menu summary").click()
        page.get_by_role("button", name="Keluar").click()
        expect(page.get_by_role("status")).to_contain_text("sudah keluar")
        page.goto("/account")
        expect(page).to_have_title("Masuk – Aula")


def test_a_password_for_one_time_opens_nothing_but_the_choice_of_another(
    server: RunningServer, chromium: Browser
) -> None:
    give_password(server, "reader", "once upon a time", once=True)
    with a_page(chromium, server, "reader", language=Language.ENGLISH) as page:
        page.goto("/account")
        expect(page.locator("h1")).to_have_text("My account")
        page.fill("#old", "once upon a time")
        page.fill("#new", "reader 12345")
        page.fill("#again", "reader 12345")
        page.get_by_role("button", name="Change the password").click()
        expect(page.locator("#new-wrong")).to_contain_text("too simple")
        page.fill("#old", "once upon a time")
        page.fill("#new", PASSWORD)
        page.fill("#again", PASSWORD)
        page.get_by_role("button", name="Change the password").click()
        expect(page.get_by_role("status")).to_contain_text("The password is changed")
        page.fill("#officer", "reader")
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Internal")).to_be_visible()


@pytest.mark.parametrize("language", Language)
def test_the_pages_of_the_house_have_no_serious_fault(
    server: RunningServer, chromium: Browser, language: Language
) -> None:
    for officer, paths in (("", ("/", "/sign-in", "/nowhere")), ("boss", ("/", "/account"))):
        with a_page(chromium, server, officer, language=language) as page:
            for path in paths:
                page.goto(path)
                no_serious_fault(page)
