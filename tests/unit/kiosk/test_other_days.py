"""A number that comes too late for today: other days are offered, and it is given to who wants it all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from kiosk import events
from kiosk.screen_values import NumberScreen, OtherDaysScreen, ServiceScreen, Shape, Surroundings
from kiosk.screens import frame, screen
from kiosk.states import OfferingOtherDays
from shared.protocol.values import OpenDay
from shared.protocol.views import Item, LineItem
from shared.vocabulary import Language, Need, Priority, RequestId, TooLate
from tests.unit.kiosk.walking import SITE, Walk, a_table

HALF_PAST_TWO = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # Monday, in the hall
THREE = HALF_PAST_TWO + timedelta(minutes=30)
EIGHT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
DAYS = tuple(OpenDay(EIGHT + timedelta(days=d), EIGHT + timedelta(days=d, hours=7)) for d in (0, 1, 6))
AROUND = Surroundings(HALF_PAST_TWO, ZoneInfo("Asia/Makassar"), Shape.PORTRAIT)


def a_late_table(
    service: str = "ktp", why: TooLate | None = TooLate.CLOSING, *, priority_too: bool = False, quota: int | None = None
) -> dict[str, Item]:
    table = a_table()
    line = table[f"line:{service}"]
    assert isinstance(line, LineItem)
    late = structs.replace(
        line, too_late=why, too_late_for_priority=priority_too, ends_at=THREE, next_days=DAYS, quota_left=quota
    )
    return {**table, f"line:{service}": late}


def other_days(walk: Walk) -> OtherDaysScreen:
    shown = screen(walk.kiosk, AROUND, walk.now)
    assert isinstance(shown, OtherDaysScreen)
    return shown


@pytest.mark.parametrize(
    ("why", "language", "says"),
    [
        (TooLate.CLOSING, Language.INDONESIAN, "giliran Anda kira-kira baru tiba setelah tutup pukul 15.00"),
        (TooLate.CLOSING, Language.ENGLISH, "your turn would probably come after closing at 15:00"),
        (TooLate.CAPACITY, Language.INDONESIAN, "sebanyak yang dapat dilayani sampai tutup pukul 15.00"),
        (TooLate.CAPACITY, Language.ENGLISH, "as can be served before closing at 15:00"),
    ],
)
def test_the_page_of_a_service_says_why_a_number_comes_too_late(why: TooLate, language: Language, says: str) -> None:
    walk = Walk(a_late_table(why=why))
    walk.to_service(language=language)
    assert says in frame(walk.kiosk, AROUND, walk.now).notice
    walk.choose(events.TakeNumber())
    assert says in other_days(walk).why


@pytest.mark.parametrize("language", Language)
def test_where_a_time_can_be_booked_from_outside_the_page_says_how(language: Language) -> None:
    walk = Walk(a_late_table())
    ktp = walk.kiosk.catalogue.service("ktp")
    assert ktp is not None
    book_at = "https://antrean.example/book"

    def shown(*, bookable: bool, book_at: str) -> OtherDaysScreen:
        walk = Walk({**a_late_table(), "service:ktp": structs.replace(ktp, bookable=bookable)})
        walk.choose(events.Connected(structs.replace(SITE, book_at=book_at)))
        walk.to_service(language=language)
        walk.choose(events.TakeNumber())
        return other_days(walk)

    said = shown(bookable=True, book_at=book_at)
    assert (said.qr, said.book_at) == (f"{book_at}/ktp?lang={language.value}", "antrean.example/book")
    for without in (shown(bookable=False, book_at=book_at), shown(bookable=True, book_at="")):
        assert (without.qr, without.book_at) == ("", "")


def test_a_number_that_comes_in_time_is_given_at_once() -> None:
    walk = Walk(a_late_table(service="kk"))
    walk.to_service("ktp")
    assert frame(walk.kiosk, AROUND, walk.now).notice == ""
    walk.choose(events.TakeNumber())
    assert walk.page == "Issuing"


def test_before_a_number_that_comes_too_late_other_days_are_offered() -> None:
    walk = Walk(a_late_table())
    walk.to_service()
    walk.choose(events.TakeNumber())
    assert walk.page == "OfferingOtherDays"
    assert walk.asked == [], "nobody holds a number that they did not want"
    page = other_days(walk)
    assert page.title == "Mungkin tidak terpanggil hari ini"
    assert [(row.day, row.hours) for row in page.days] == [
        ("Besok, Selasa, 24 November", "08.00 – 15.00"),
        ("Rabu, 25 November", "08.00 – 15.00"),
        ("Senin, 30 November", "08.00 – 15.00"),
    ]


def test_whoever_will_come_another_day_leaves_without_a_number() -> None:
    walk = Walk(a_late_table())
    walk.to_service()
    walk.choose(events.TakeNumber(), events.Finished())
    assert (walk.page, walk.asked) == ("Idle", [])


def test_whoever_wants_it_all_the_same_gets_it_and_the_screen_says_so() -> None:
    walk = Walk(a_late_table())
    walk.to_service()
    walk.choose(events.TakeNumber(), events.TakeAllTheSame())
    assert [command.service for command in walk.asked] == ["ktp"]
    walk.happen(events.Asked(RequestId("r1")))
    walk.answer()
    walk.happen(events.PaperOut("v-A-042", 0, sure=True))
    shown = screen(walk.kiosk, AROUND, walk.now)
    assert isinstance(shown, NumberScreen)
    assert shown.rarely == "Mungkin setelah tutup 15.00"
    assert walk.kiosk.tickets[0].late == THREE


def test_priority_is_told_only_where_its_own_turn_comes_too_late() -> None:
    walk = Walk(a_late_table())
    walk.to_service()
    walk.choose(events.AskForPriority())
    assert frame(walk.kiosk, AROUND, walk.now).notice == ""
    walk.choose(events.ChooseNeed(Need.ELDERLY))
    assert walk.page == "Issuing"

    late = Walk(a_late_table(priority_too=True))
    late.to_service()
    late.choose(events.AskForPriority(), events.ChooseNeed(Need.ELDERLY))
    assert late.page == "OfferingOtherDays"
    late.choose(events.TakeAllTheSame())
    assert [(one.priority, one.needs) for one in late.asked] == [(Priority.PRIORITY, (Need.ELDERLY,))]


def test_of_several_services_the_one_that_comes_too_late_is_named() -> None:
    walk = Walk(a_late_table("ktp"))
    walk.to_service("ktp")
    walk.choose(events.AddAnother(), events.ChooseAgency("dukcapil"), events.ChooseService("kk"), events.TakeNumber())
    assert isinstance(walk.kiosk.page, OfferingOtherDays)
    assert other_days(walk).service == "Perekaman KTP-el"
    walk.choose(events.TakeAllTheSame())
    assert [(one.service, one.further) for one in walk.asked] == [("ktp", ("kk",))]


def test_where_the_numbers_of_today_are_used_up_other_days_can_be_looked_at_and_none_is_given() -> None:
    walk = Walk(a_late_table(why=None, quota=0))
    walk.to_service()
    reading = screen(walk.kiosk, AROUND, walk.now)
    assert isinstance(reading, ServiceScreen)
    assert (reading.open, reading.none_left) == (False, True)
    walk.choose(events.LookAtOtherDays())
    page = other_days(walk)
    assert (page.title, page.take, len(page.days)) == ("Nomor hari ini sudah habis", "", 3)
    walk.choose(events.TakeAllTheSame())
    assert walk.asked == []
    walk.choose(events.Back())
    assert walk.page == "ReadingService"


def test_a_kiosk_without_its_server_cannot_know_and_gives_the_number() -> None:
    walk = Walk(a_late_table())
    walk.happen(events.ReserveChanged(True), events.ConnectionLost())
    walk.wait(4)
    walk.to_service()
    walk.choose(events.TakeNumber())
    assert walk.page == "Issuing"


def test_nobody_stays_on_the_offer_for_ever() -> None:
    walk = Walk(a_late_table())
    walk.to_service()
    walk.choose(events.TakeNumber())
    walk.wait(46)
    assert walk.page == "Idle"
