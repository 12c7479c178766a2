"""What each page shows, without drawing it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk import events
from kiosk.corners import ORDER
from kiosk.screen_values import (
    EMPTY,
    AgenciesScreen,
    IdleScreen,
    MessageScreen,
    NumberScreen,
    SearchScreen,
    ServiceScreen,
    ServicesScreen,
    Shape,
    StaffScreen,
    Surroundings,
)
from kiosk.screens import frame, screen
from shared.vocabulary import ErrorCode, Language, PrinterFault
from tests.support.kiosk_stage import a_closed_hall, an_open_hall
from tests.unit.kiosk.walking import Walk, a_table

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def around(shape: Shape = Shape.PORTRAIT) -> Surroundings:
    return Surroundings(NOW, ZoneInfo("Asia/Makassar"), shape)


def shown(walk: Walk, shape: Shape = Shape.PORTRAIT) -> object:
    return screen(walk.kiosk, around(shape), walk.now)


@pytest.mark.parametrize("shape", Shape)
def test_turning_pages_shows_every_agency_once(shape: Shape) -> None:
    walk = Walk(an_open_hall())
    walk.choose(events.Start(Language.INDONESIAN))
    seen: list[str] = []
    while True:
        grid = shown(walk, shape)
        assert isinstance(grid, AgenciesScreen)
        seen += [tile.id for tile in grid.tiles]
        if not grid.turns.next:
            break
        walk.choose(events.Turn(1))
    assert seen == [agency.id for agency in walk.kiosk.catalogue.agencies]


@pytest.mark.parametrize("shape", Shape)
def test_turning_pages_shows_every_service_once(shape: Shape) -> None:
    walk = Walk(an_open_hall())
    for agency in walk.kiosk.catalogue.agencies:
        walk.choose(events.Start(Language.INDONESIAN), events.ChooseAgency(agency.id))
        seen: list[str] = []
        while True:
            rows = shown(walk, shape)
            assert isinstance(rows, ServicesScreen)
            seen += [row.id for row in rows.rows]
            if not rows.turns.next:
                break
            walk.choose(events.Turn(1))
        assert seen == [service.id for service in walk.kiosk.catalogue.services_of(agency.id)]
        walk.choose(events.StartOver())


def test_the_idle_page_says_in_both_languages_until_when_it_is_open() -> None:
    idle = shown(Walk(an_open_hall()))
    assert isinstance(idle, IdleScreen)
    assert (idle.indonesian.hours, idle.english.hours) == ("Buka sampai pukul 15.00", "Open until 15:00")
    assert (idle.indonesian.begin, idle.english.begin) == ("Ambil nomor antrean", "Take a queue number")


def test_a_closed_hall_says_when_it_opens() -> None:
    idle = shown(Walk(a_closed_hall()))
    assert isinstance(idle, IdleScreen)
    assert (idle.indonesian.hours, idle.english.hours) == ("Buka besok pukul 08.00", "Opens tomorrow, 08:00")
    assert (idle.indonesian.begin, idle.english.begin) == ("Lihat layanan", "See the services")


def test_a_closed_service_says_when_it_opens_instead_of_how_long_it_takes() -> None:
    walk = Walk(a_table(closed="ktp"))
    walk.to_service("ktp")
    page = shown(walk)
    assert isinstance(page, ServiceScreen)
    assert (page.open, page.closed, page.estimate) == (False, "Tutup", "Tutup")


def test_a_service_says_people_minutes_fee_and_time() -> None:
    walk = Walk()
    walk.to_service("ktp", Language.ENGLISH)
    page = shown(walk)
    assert isinstance(page, ServiceScreen)
    assert (page.ahead, page.estimate, page.rarely, page.fee, page.standard) == (
        "3 people",
        "10–15 minutes",
        "Rarely over 25 minutes",
        "Free",
        "about 10 min",
    )


def test_an_empty_search_offers_what_most_people_wait_for() -> None:
    walk = Walk(an_open_hall())
    walk.choose(events.Start(Language.INDONESIAN), events.OpenSearch())
    page = shown(walk)
    assert isinstance(page, SearchScreen)
    assert len(page.rows) == 6
    assert not page.nothing


def test_a_search_without_a_match_says_so() -> None:
    walk = Walk()
    walk.choose(events.Start(Language.INDONESIAN), events.OpenSearch(), *(events.Type("z") for _ in range(3)))
    page = shown(walk)
    assert isinstance(page, SearchScreen)
    assert page.nothing


def test_the_code_stands_on_the_screen_only_when_paper_is_in_doubt() -> None:
    codes = []
    for outcome in (
        events.PaperOut("v-A-042", 0, sure=True),
        events.PaperOut("v-A-042", 0, sure=False),
        events.PaperFailed("v-A-042", 0, PrinterFault.PAPER_OUT),
    ):
        walk = Walk()
        walk.take("A-042")
        walk.happen(outcome)
        page = shown(walk)
        assert isinstance(page, NumberScreen)
        codes.append((page.paper, page.qr != ""))
    assert codes == [(True, False), (True, True), (False, True)]


def test_a_printer_fault_names_the_fault_and_says_that_the_number_is_valid() -> None:
    walk = Walk()
    walk.take("A-042")
    walk.happen(events.PaperFailed("v-A-042", 0, PrinterFault.COVER_OPEN))
    page = shown(walk)
    assert isinstance(page, NumberScreen)
    assert page.note == "Penutup printer terbuka. Nomor Anda tetap berlaku."


def test_a_refusal_says_why() -> None:
    walk = Walk()
    walk.ask()
    walk.refuse(ErrorCode.QUOTA_REACHED)
    page = shown(walk)
    assert isinstance(page, MessageScreen)
    assert page.text == "Kuota layanan ini untuk hari ini sudah habis."


def test_the_question_counts_the_last_seconds() -> None:
    walk = Walk()
    walk.to_service()
    walk.wait(40)
    surrounding = frame(walk.kiosk, around(), walk.now)
    assert (surrounding.asks_again, surrounding.seconds) == (True, 5)


def test_the_frame_stays_the_same_while_nothing_changes() -> None:
    """Each change redraws: a page that is read must not move."""
    walk = Walk()
    walk.to_service()
    walk.wait(1)
    before = frame(walk.kiosk, around(), walk.now)
    walk.wait(20)
    assert frame(walk.kiosk, around(), walk.now) == before


def test_a_printer_that_cannot_print_is_announced_before_the_choice() -> None:
    walk = Walk()
    walk.happen(events.PrinterSeen(PrinterFault.PAPER_OUT))
    notice = frame(walk.kiosk, around(), walk.now).notice
    assert "akan tampil di layar" in notice
    assert "shown on the screen" in notice
    walk.happen(events.PrinterSeen(None))
    assert frame(walk.kiosk, around(), walk.now).notice == ""


def test_staff_see_what_became_of_each_number() -> None:
    walk = Walk()
    walk.take("A-042")
    walk.happen(events.PaperFailed("v-A-042", 0, PrinterFault.PAPER_OUT))
    walk.choose(events.Finished())
    for corner in ORDER:
        walk.happen(events.Touched(corner))
    walk.happen(events.PinChecked(right=True))
    page = shown(walk)
    assert isinstance(page, StaffScreen)
    assert (page.printer, page.printer_well) == ("Kertas printer habis", False)
    assert [(slip.ticket, slip.detail) for slip in page.slips] == [("A-042", "Perekaman KTP-el · tidak tercetak")]


def test_every_page_has_an_empty_screen_for_qml_to_begin_with() -> None:
    walk = Walk()
    names = {frame(walk.kiosk, around(), walk.now).page}
    walk.to_service()
    names.add(frame(walk.kiosk, around(), walk.now).page)
    assert names <= set(EMPTY)


def test_a_page_can_be_touched_when_it_has_stood_for_a_moment() -> None:
    walk = Walk()
    walk.choose(events.Start(Language.INDONESIAN))
    assert not frame(walk.kiosk, around(), walk.now).settled
    walk.wait(0.5)
    assert frame(walk.kiosk, around(), walk.now).settled
