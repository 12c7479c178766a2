"""The kiosk as a visitor meets it: real touches on the real window, in both sizes and languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QPointF

from kiosk.printing.printer import Failed, Printed, PrintResult, Unknown
from kiosk.states import ShowNumber
from shared.notices import Answered, Lost, PairingCode
from shared.protocol.commands import IssueTicket, ReportPrint, ReportPrinter
from shared.protocol.replies import Refusal
from shared.vocabulary import ErrorCode, Language, Need, PrinterFault, PrintState, Priority
from tests.support.kiosk_stage import Stage, a_closed_hall, an_open_hall, on_stage

PORTRAIT, LANDSCAPE = (1080, 1920), (1280, 800)
BEGIN = {Language.INDONESIAN: "beginIndonesian", Language.ENGLISH: "beginEnglish"}


@pytest.fixture(params=[PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A kiosk in an open hall; whatever a test does, QML must not complain."""
    with on_stage(request.param) as stage:
        stage.connect()
        stage.show_hall()
        yield stage
        assert stage.complaints == []


@pytest.fixture
def portrait() -> Iterator[Stage]:
    with on_stage(PORTRAIT) as stage:
        stage.connect()
        stage.show_hall()
        yield stage
        assert stage.complaints == []


def first_service(stage: Stage) -> tuple[str, str]:
    """An agency of the first page and one of its services, as the names of what is touched."""
    catalogue = stage.model.kiosk.catalogue
    agency = catalogue.agencies[0].id
    return f"agency-{agency}", f"service-{catalogue.services_of(agency)[0].id}"


def to_service(stage: Stage, begin: str = "beginIndonesian") -> None:
    for name in (begin, *first_service(stage)):
        stage.touch(name)


def take(stage: Stage, result: PrintResult, number: str = "A-042") -> None:
    to_service(stage)
    stage.touch("takeNumber")
    stage.issue(number)
    stage.printing.end(result)
    stage.wait(0.5)


def issue_commands(stage: Stage) -> list[IssueTicket]:
    return [command for _, command in stage.link.sent if isinstance(command, IssueTicket)]


# --- the way to a number ---


@pytest.mark.parametrize("language", Language)
def test_four_touches_bring_the_paper(stage: Stage, language: Language) -> None:
    agency, service = first_service(stage)
    for name in (BEGIN[language], agency, service, "takeNumber"):
        stage.touch(name)
    assert issue_commands(stage) == [IssueTicket(service=service.removeprefix("service-"), language=language)]
    stage.issue("A-042")
    assert stage.page == "Printing"
    assert stage.printing.jobs[0].slip.ticket == "A-042"
    assert stage.printing.jobs[0].slip.language is language
    stage.printing.end(Printed(paper_low=False))
    stage.wait(0.5)
    assert stage.text_of("ticketNumber") == "A-042"
    headlines = {Language.INDONESIAN: "Ambil kertas Anda di bawah", Language.ENGLISH: "Take your paper below"}
    assert stage.text_of("headline") == headlines[language]
    assert stage.find("qr") is None
    stage.wait(9)
    assert stage.page == "Idle"


def test_typing_finds_the_service(stage: Stage) -> None:
    stage.touch("beginEnglish")
    stage.touch("openSearch")
    for letter in "pasport":
        stage.touch(f"key-{letter}", after=0.4)
    stage.touch("keyErase", after=0.4)
    assert stage.text_of("query") == "paspor"
    found = [item.name for item in stage.items() if item.name.startswith("service-")]
    assert found
    stage.touch(found[0])
    stage.touch("takeNumber")
    assert len(issue_commands(stage)) == 1


def test_a_search_for_nothing_says_so_and_can_be_cleared(stage: Stage) -> None:
    stage.touch("beginIndonesian")
    stage.touch("openSearch")
    for letter in "zxz":
        stage.touch(f"key-{letter}", after=0.4)
    assert stage.find("nothingFound") is not None
    stage.touch("keyClear")
    assert stage.text_of("query") == ""


@pytest.mark.parametrize("need", Need)
def test_priority_is_one_touch_more(stage: Stage, need: Need) -> None:
    to_service(stage)
    stage.touch("askPriority")
    stage.touch(f"need-{need.value}")
    command = issue_commands(stage)[0]
    assert (command.priority, command.needs) == (Priority.PRIORITY, (need,))


def test_every_agency_and_every_service_can_be_reached_by_hand(stage: Stage) -> None:
    stage.touch("beginIndonesian")
    reached: set[str] = set()
    while True:
        reached |= {item.name for item in stage.items() if item.name.startswith("agency-")}
        if stage.find("next") is None:
            break
        stage.touch("next", after=0.1)
    assert reached == {f"agency-{agency.id}" for agency in stage.model.kiosk.catalogue.agencies}


def test_the_language_can_be_changed_on_the_way(stage: Stage) -> None:
    stage.touch("beginIndonesian")
    assert stage.text_of("pageTitle") == "Anda ingin ke instansi mana?"
    stage.touch("switchLanguage")
    assert stage.text_of("pageTitle") == "Which agency would you like to visit?"


def test_new_lines_do_not_take_a_page_away_under_the_finger(stage: Stage) -> None:
    stage.touch("beginIndonesian")
    agency, service = first_service(stage)
    stage.show_hall(an_open_hall(closed=frozenset({service.removeprefix("service-")})))
    stage.touch(agency)
    stage.touch(service)
    assert stage.text_of("closed") == "Buka besok pukul 08.00"
    assert stage.find("takeNumber") is None


def test_a_closed_hall_says_so_and_can_be_read(stage: Stage) -> None:
    stage.show_hall(a_closed_hall())
    assert stage.text_of("hours") == "Buka besok pukul 08.00  ·  Opens tomorrow, 08:00"
    to_service(stage)
    assert stage.find("takeNumber") is None
    assert stage.find("closed") is not None


# --- faults ---


def test_a_printer_fault_puts_number_and_code_on_the_screen_and_tells_the_supervisor(stage: Stage) -> None:
    take(stage, Failed(PrinterFault.PAPER_OUT))
    assert stage.page == "ShowNumber"
    assert stage.text_of("ticketNumber") == "A-042"
    assert stage.find("qr") is not None
    assert "Kertas printer habis" in stage.text_of("printerNote")
    sent = [command for _, command in stage.link.sent]
    assert ReportPrint(visit="visit-A-042", state=PrintState.FAILED, fault=PrinterFault.PAPER_OUT) in sent
    assert ReportPrinter(fault=PrinterFault.PAPER_OUT) in sent
    stage.wait(31)
    assert stage.page == "Idle"
    assert stage.find("paperNotice") is not None


@pytest.mark.parametrize("result", [Failed(PrinterFault.SILENT), Unknown()])
def test_the_code_on_the_screen_is_what_a_phone_reads(stage: Stage, result: PrintResult, tmp_path: Path) -> None:
    take(stage, result)
    stage.picture(tmp_path / "screen.png")
    codes = zxingcpp.read_barcodes(Image.open(tmp_path / "screen.png"))
    assert [code.text for code in codes] == [stage.printing.jobs[0].slip.url]


def test_a_lost_server_is_said_and_comes_back_by_itself(stage: Stage) -> None:
    to_service(stage)
    stage.link.say(Lost(0.0))
    stage.wait(4)
    assert stage.text_of("messageTitle") == "Kiosk sedang tidak terhubung"
    stage.connect()
    stage.settle()
    assert stage.page == "ReadingService"


def test_a_refusal_is_a_sentence(stage: Stage) -> None:
    to_service(stage)
    stage.touch("takeNumber")
    request, command = stage.link.sent[-1]
    stage.link.say(Answered(request, command, None, Refusal(ErrorCode.QUOTA_REACHED)))
    stage.settle()
    assert stage.text_of("messageText") == "Kuota layanan ini untuk hari ini sudah habis."
    stage.touch("finished")
    assert stage.page == "Idle"


def test_an_unknown_kiosk_shows_its_code(stage: Stage) -> None:
    stage.link.say(PairingCode("K7QM-2F", 300.0))
    stage.settle()
    assert stage.text_of("pairingCode") == "K7QM-2F"


# --- impatience and absence ---


def test_two_hundred_taps_give_one_ticket(portrait: Stage) -> None:
    """A child taps at five a second on whatever it finds, for forty seconds."""
    stage = portrait
    take(stage, Printed(paper_low=False))
    for tap in range(200):
        stage.wait(0.2)
        names = {item.name for item in stage.items() if item.enabled}
        wanted = [BEGIN[Language.INDONESIAN], *first_service(stage), "takeNumber", "finished"]
        name = next((name for name in reversed(wanted) if name in names), None)
        if name is not None and (item := stage.find(name)) is not None:
            stage.touch_at(item.centre)
        else:
            stage.touch_at(QPointF(stage.window.width() / 2 + tap % 7, stage.window.height() / 2))
    assert len(issue_commands(stage)) == 1
    assert stage.page == "AskingAgain"


def test_a_visitor_who_leaves_is_asked_and_then_forgotten(stage: Stage) -> None:
    to_service(stage)
    assert stage.find("stillThere") is None
    stage.wait(31)
    assert stage.find("stillThere") is not None
    stage.wait(15)
    assert stage.page == "Idle"
    assert stage.find("stillThere") is None


def test_saying_yes_presses_nothing_beneath(stage: Stage) -> None:
    to_service(stage)
    stage.wait(35)
    stage.touch("continue", after=0)
    assert stage.page == "ReadingService"
    assert stage.find("stillThere") is None
    assert issue_commands(stage) == []


def test_the_page_changes_only_what_changed(stage: Stage) -> None:
    """A tile that is being pressed stays the same tile while news of lines come in."""
    stage.touch("beginIndonesian")
    agency, _ = first_service(stage)
    before = stage.find(agency)
    stage.show_hall(an_open_hall(closed=frozenset({"nothing"})))
    assert stage.find(agency) == before


def test_an_agency_that_leaves_the_catalogue_leaves_the_page(stage: Stage) -> None:
    stage.touch("beginIndonesian")
    agency, _ = first_service(stage)
    gone = agency.removeprefix("agency-")
    table = {key: item for key, item in an_open_hall().items() if getattr(item, "agency", "") != gone}
    stage.show_hall(table)
    assert stage.find(agency) is None


def test_a_number_that_failed_shows_which_fault(stage: Stage) -> None:
    take(stage, Failed(PrinterFault.COVER_OPEN))
    assert isinstance(stage.model.kiosk.page, ShowNumber)
    stage.touch("switchLanguage")
    assert stage.text_of("printerNote") == "The printer's cover is open. Your number is valid all the same."
