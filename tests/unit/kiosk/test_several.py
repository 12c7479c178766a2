"""Several services on one number, before the kiosk: the basket."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from kiosk import events
from kiosk.printing.elements import Paper, Text
from kiosk.printing.slip import Slip, SlipStop, layout
from kiosk.screen_values import NumberScreen, ServiceScreen, Shape, Surroundings
from kiosk.screens import frame, screen
from shared.protocol.values import Minutes
from shared.vocabulary import Language, RequestId
from tests.unit.kiosk.walking import NOW, Walk, a_table, issued, without

AROUND = Surroundings(NOW, ZoneInfo("Asia/Makassar"), Shape.PORTRAIT)
ANOTHER = (events.AddAnother(), events.ChooseAgency("imigrasi"), events.ChooseService("paspor"))


def service_page(walk: Walk) -> ServiceScreen:
    shown = screen(walk.kiosk, AROUND, walk.now)
    assert isinstance(shown, ServiceScreen)
    return shown


def test_two_services_are_one_request() -> None:
    walk = Walk()
    walk.to_service()
    assert service_page(walk).may_add
    walk.choose(*ANOTHER)
    assert service_page(walk).take == "Tidak, ambil 1 nomor untuk 2 layanan"
    walk.choose(events.TakeNumber())
    assert [(command.service, command.further) for command in walk.asked] == [("ktp", ("paspor",))]
    assert walk.kiosk.basket == ()


def test_the_basket_is_seen_while_more_is_chosen() -> None:
    walk = Walk()
    walk.to_service()
    walk.choose(events.AddAnother())
    assert walk.page == "ChoosingAgency"
    assert frame(walk.kiosk, AROUND, walk.now).basket == "Sudah dipilih: Perekaman KTP-el"


def test_whoever_wants_no_more_after_all_goes_on_with_what_was_chosen() -> None:
    walk = Walk()
    walk.to_service()
    walk.choose(events.AddAnother(), events.LookAtBasket(), events.TakeNumber())
    assert [(command.service, command.further) for command in walk.asked] == [("ktp", ())]


def test_going_back_from_the_basket_puts_the_service_away() -> None:
    walk = Walk()
    walk.to_service()
    walk.choose(events.AddAnother(), events.LookAtBasket(), events.Back())
    assert walk.kiosk.basket == ()


def test_the_same_service_twice_is_once() -> None:
    walk = Walk()
    walk.to_service()
    walk.choose(events.AddAnother(), events.ChooseAgency("dukcapil"), events.ChooseService("ktp"), events.TakeNumber())
    assert [(command.service, command.further) for command in walk.asked] == [("ktp", ())]


def test_no_more_than_the_site_allows() -> None:
    walk = Walk()
    walk.to_service()
    walk.choose(*ANOTHER)
    assert not service_page(walk).may_add
    walk.choose(events.AddAnother())
    assert walk.page == "ReadingService"


def test_the_next_visitor_finds_an_empty_basket() -> None:
    walk = Walk()
    walk.to_service()
    walk.choose(events.AddAnother(), events.StartOver())
    assert (walk.page, walk.kiosk.basket) == ("Idle", ())


def test_a_service_that_left_the_catalogue_leaves_the_basket() -> None:
    walk = Walk()
    walk.to_service()
    walk.choose(events.AddAnother())
    walk.happen(events.CatalogueChanged(without(a_table(), "ktp")))
    assert walk.kiosk.basket == ()


def test_without_the_server_a_number_is_for_one_service() -> None:
    walk = Walk()
    walk.happen(events.ReserveChanged(can_go_on=True))
    walk.to_service()
    walk.happen(events.ConnectionLost())
    walk.wait(timedelta(seconds=5).total_seconds())
    assert walk.kiosk.alone
    assert not service_page(walk).may_add


def test_what_a_kiosk_without_its_server_leaves_out_stands_on_the_screen_before_and_after() -> None:
    walk = Walk()
    walk.happen(events.ReserveChanged(can_go_on=True))
    walk.to_service("ktp")
    walk.choose(events.AddAnother(), events.ChooseAgency("dukcapil"), events.ChooseService("kk"))
    walk.happen(events.ConnectionLost())
    walk.wait(5)
    assert "satu nomor hanya untuk satu layanan" in frame(walk.kiosk, AROUND, walk.now).notice
    walk.choose(events.TakeNumber())
    walk.happen(events.GivenHere(issued("A-501")), events.PaperOut("v-A-501", 0, sure=True))
    shown = screen(walk.kiosk, AROUND, walk.now)
    assert isinstance(shown, NumberScreen)
    assert shown.alone.splitlines()[1] == (
        "Nomor ini untuk Kartu Keluarga saja. Mintalah petugas menambahkan: Perekaman KTP-el."
    )


def test_a_number_for_several_that_the_server_never_gave_says_what_the_kiosk_left_out() -> None:
    walk = Walk()
    walk.happen(events.ReserveChanged(can_go_on=True))
    walk.to_service("ktp")
    walk.choose(events.AddAnother(), events.ChooseAgency("dukcapil"), events.ChooseService("kk"), events.TakeNumber())
    walk.happen(events.Asked(RequestId("r1")), events.ConnectionLost())
    walk.wait(5)
    walk.happen(events.GivenHere(issued("A-501")))
    [ticket] = walk.kiosk.tickets
    assert ([item.id for item in ticket.left_out], ticket.service.id) == (["kk"], "ktp")


def test_the_slip_lists_the_path_in_its_order() -> None:
    slip = Slip(
        site="MPP",
        agency="",
        service="",
        ticket="A-042",
        ahead=0,
        minutes=None,
        issued_at=NOW,
        time_zone="Asia/Makassar",
        language=Language.INDONESIAN,
        url="",
        stops=(
            SlipStop(service="Akta kelahiran", place="Zona A", ahead=3, minutes=Minutes(10, 20)),
            SlipStop(service="Pajak kendaraan", place="Zona B", ahead=0, minutes=None, later=True),
        ),
    )
    for columns in (32, 48):
        texts = [
            element.text
            for element in layout(slip, Paper(dots=columns * 12, columns=columns))
            if isinstance(element, Text)
        ]
        words = [text.strip() for text in texts]
        first, second = words.index("1. Akta kelahiran"), words.index("2. Pajak kendaraan")
        assert " ".join(words[first + 1 : second]) == "Zona A | 3 di depan | 10-20 menit"
        assert " ".join(words[second + 1 :]).startswith("Zona B | setelah layanan sebelumnya")
