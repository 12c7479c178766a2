"""The survey on a phone, in a real browser: nine taps, one answer of each visit, nothing of who gave it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from server.app.survey_ports import KeptAnswer
from server.domain.satisfaction import ELEMENTS
from shared.survey_words import QUESTIONS
from shared.vocabulary import Channel, Language
from tests.support.browser import a_page, needs_browser, no_serious_fault, tabbed_to
from tests.support.running_server import RunningServer
from tests.support.surveyed import ALL_INVITED, Visitors

pytestmark = needs_browser
LOCAL_VOICE = """
window.said = [];
const voice = { lang: LANG, localService: LOCAL, name: "v" };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [voice], cancel() {}, speak: one => window.said.push(one.text), addEventListener() {} } });
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("hall"), ALL_INVITED, generous=True) as running:
        yield running


@pytest.fixture(scope="module")
def visitors(server: RunningServer) -> Visitors:
    return Visitors.to(server)


@pytest.fixture
def phone(server: RunningServer, chromium: Browser) -> Iterator[Page]:
    with a_page(chromium, server, width=360, height=740) as page:
        yield page


def test_the_number_page_invites_and_nine_taps_and_a_word_are_kept(
    server: RunningServer, visitors: Visitors, phone: Page
) -> None:
    before = len(kept(server))
    ticket = visitors.comes()
    phone.goto(f"/v/{ticket.key}")
    expect(phone.locator("#after")).to_be_hidden()
    called = visitors.is_called()
    visitors.finishes(called.leg)
    phone.locator("#survey").click()
    for number, element in enumerate(ELEMENTS, 1):
        expect(phone.locator("#question")).to_have_text(QUESTIONS[element].asks.id)
        expect(phone.locator(".how-far")).to_have_text(f"Pertanyaan {number} dari 9")
        phone.get_by_role("button", name=QUESTIONS[element].answers[number % 4].id, exact=True).click()
    phone.fill("#text", "Kursinya kurang.\n=1+1")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.locator("h1")).to_have_text("Terima kasih!")

    answer = next(one for one in kept(server) if one.scores == {e: 1 + n % 4 for n, e in enumerate(ELEMENTS, 1)})
    assert (answer.about.agency, answer.about.service, answer.about.channel) == ("registry", "card", Channel.PHONE)
    assert len(kept(server)) == before + 1
    month = answer.about.month
    assert [text.text for text in server.store.surveys.texts(month, month)] == ["Kursinya kurang. =1+1"]

    phone.goto(f"/v/{ticket.key}/survey")
    expect(phone.locator("main")).to_contain_text("sudah diisi")


def test_somebody_goes_back_changes_an_answer_and_skips_one(visitors: Visitors, phone: Page) -> None:
    phone.goto(f"/v/{visitors.is_served().key}/survey")
    phone.locator(".answer").nth(0).click()
    phone.get_by_role("button", name="Kembali").click()
    expect(phone.locator(".answer.chosen")).to_have_count(1)
    phone.locator(".answer").nth(3).click()
    phone.get_by_role("button", name="Lewati").click()
    expect(phone.locator(".how-far")).to_have_text("Pertanyaan 3 dari 9")
    expect(phone.locator("input[name=persyaratan]")).to_have_value("4")
    expect(phone.locator("input[name=prosedur]")).to_have_count(0)


def test_by_the_keyboard_alone_in_english(server: RunningServer, visitors: Visitors, chromium: Browser) -> None:
    before = len(kept(server))
    ticket = visitors.is_served(Language.ENGLISH)
    with a_page(chromium, server, language=Language.ENGLISH, width=820) as page:
        page.goto(f"/v/{ticket.key}/survey")
        no_serious_fault(page)
        for _ in ELEMENTS:
            question = page.locator("#question").inner_text()
            tabbed_to(page, ".answer[value='4']")
            page.keyboard.press("Enter")
            expect(page.locator("#question")).not_to_have_text(question)
        expect(page.locator("h1")).to_have_text("Any suggestion for us?")
        no_serious_fault(page)
        tabbed_to(page, ".send")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Thank you!")
        no_serious_fault(page)
    assert len(kept(server)) == before + 1


def test_a_question_is_read_aloud_only_by_a_voice_of_the_phones_own(
    visitors: Visitors, server: RunningServer, chromium: Browser
) -> None:
    ticket = visitors.is_served()
    for language, local, offered in (("'id-ID'", "true", True), ("'id_ID'", "false", False), ("'ms'", "true", False)):
        voice = LOCAL_VOICE.replace("LANG", language).replace("LOCAL", local)
        with a_page(chromium, server, width=360, script=voice) as page:
            page.goto(f"/v/{ticket.key}/survey")
            listen = page.get_by_role("button", name="Dengarkan")
            if offered:
                listen.click()
                assert page.evaluate("window.said") == [QUESTIONS[ELEMENTS[0]].read_aloud(Language.INDONESIAN)]
            else:
                expect(page.locator("#listen")).to_be_hidden()


def test_the_code_on_the_counter_asks_for_the_number_and_leads_to_the_same_questions(
    server: RunningServer, visitors: Visitors, phone: Page
) -> None:
    before = len(kept(server))
    ticket = visitors.is_served()
    phone.goto("/s/counter-1")
    no_serious_fault(phone)
    phone.fill("#ticket", "A-999")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text("tidak dilayani di loket ini")
    phone.fill("#ticket", ticket.ticket.lower().replace("-", ""))
    phone.keyboard.press("Enter")
    phone.locator(".answer").nth(1).click()
    expect(phone.locator("input[name=ticket]")).to_have_value(ticket.ticket)
    everything: dict[str, str | float | bool] = {
        "ticket": ticket.ticket,
        "at": "9",
        "go": "send",
        **{element.value: "2" for element in ELEMENTS},
    }
    assert "Terima kasih!" in phone.request.post("/s/counter-1", form=everything).text()
    assert [one.about.channel for one in kept(server)].count(Channel.COUNTER) == 1
    assert len(kept(server)) == before + 1


def test_the_number_of_somebody_served_elsewhere_opens_nothing_there(visitors: Visitors, phone: Page) -> None:
    ticket = visitors.is_served()
    phone.goto("/s/desk-two")
    phone.fill("#ticket", ticket.ticket)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text("tidak dilayani di loket ini")


def test_a_quick_rating_is_one_tap_counted_apart_and_once(
    server: RunningServer, visitors: Visitors, phone: Page
) -> None:
    before = kept(server)
    ticket = visitors.is_served()
    phone.goto(f"/v/{ticket.key}")
    phone.get_by_role("button", name="Sangat baik").click()
    expect(phone.locator(".notice")).to_have_text("Terima kasih atas penilaian Anda.")
    expect(phone.locator(".rate")).to_have_count(0)
    phone.goto(f"/v/{ticket.key}")
    phone.get_by_role("button", name="Buruk").click()
    expect(phone.locator(".notice")).to_have_text("Penilaian untuk kunjungan ini sudah ada.")
    ratings = [(one.rating, one.count) for one in server.store.surveys.ratings("0000-00", "9999-99")]
    assert ratings == [(4, 1)]
    assert kept(server) == before


def test_a_wrong_key_and_a_visit_that_goes_on_are_told_apart(visitors: Visitors, phone: Page) -> None:
    phone.goto("/v/abcdefghijklmnopqrstuv/survey")
    expect(phone.locator("h1")).to_have_text("Nomor tidak ditemukan")
    waiting = visitors.comes()
    phone.goto(f"/v/{waiting.key}/survey")
    expect(phone.locator("main")).to_contain_text("setelah layanan Anda selesai")
    visitors.finishes(visitors.is_called().leg)


def test_nobody_answers_by_number_for_a_whole_morning(visitors: Visitors, phone: Page) -> None:
    ticket = visitors.is_served().ticket
    sent: dict[str, str | float | bool] = {"ticket": ticket, "rating": "9"}
    said = [phone.request.post("/s/counter-1", form=sent).status for _ in range(25)]
    assert (said[0], said[-1]) == (200, 429)
    assert phone.request.post("/s/counter-1", form={"ticket": ticket}).status == 200  # only what is sent is counted


def kept(server: RunningServer) -> list[KeptAnswer]:
    return list(server.store.surveys.answers("0000-00", "9999-99"))
