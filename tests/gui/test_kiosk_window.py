"""The kiosk's window: large enough for every hand, within reach, and without a way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtTest import QTest

from kiosk.printing.printer import Failed, Printed
from shared.notices import Answered, Lost, PairingCode
from shared.protocol.commands import ComeBack
from shared.protocol.replies import Placed
from shared.protocol.values import Minutes, OpenDay
from shared.protocol.views import LineItem, ServiceItem
from shared.vocabulary import PrinterFault, TooLate
from tests.support.kiosk_stage import PIN, Seen, Stage, an_open_hall, on_stage

PORTRAIT, LANDSCAPE = (1080, 1920), (1280, 800)
TWENTY_MM = {PORTRAIT: 55, LANDSCAPE: 76}  # 32 inches upright: 0.369 mm a pixel; 15.6 inches: 0.27 mm


@pytest.fixture(params=[PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with on_stage(request.param) as stage:
        stage.connect()
        stage.show_hall()
        yield stage
        assert stage.complaints == []


def size_of(stage: Stage) -> tuple[int, int]:
    return stage.window.width(), stage.window.height()


def agency_and_service(stage: Stage) -> tuple[str, str]:
    catalogue = stage.model.kiosk.catalogue
    agency = catalogue.agencies[0].id
    return f"agency-{agency}", f"service-{catalogue.services_of(agency)[0].id}"


def touch_all(*names: str) -> Callable[[Stage], None]:
    def go(stage: Stage) -> None:
        agency, service = agency_and_service(stage)
        for name in names:
            stage.touch({"AGENCY": agency, "SERVICE": service}.get(name, name))

    return go


def gesture(stage: Stage) -> None:
    width, height = size_of(stage)
    for x, y in ((9, 9), (width - 9, 9), (width - 9, height - 9), (9, height - 9)):
        stage.wait(0.5)
        stage.touch_at(QPointF(x, y))
    stage.wait(1)


def to_staff(stage: Stage, pin: str = PIN) -> None:
    gesture(stage)
    for digit in pin:
        stage.touch(f"digit-{digit}", after=0.2)
    stage.touch("enterPin")
    stage.wait(1)


def with_number(failed: bool, *before: str) -> Callable[[Stage], None]:
    def go(stage: Stage) -> None:
        touch_all("beginIndonesian", "AGENCY", "SERVICE", *before, "takeNumber")(stage)
        stage.issue()
        stage.printing.end(Failed(PrinterFault.PAPER_OUT) if failed else Printed(paper_low=False))
        stage.wait(1)

    return go


def staff_with_slips(stage: Stage) -> None:
    with_number(failed=True)(stage)
    stage.touch("finished")
    to_staff(stage)


def asked_whose(stage: Stage) -> None:
    with_number(failed=False)(stage)
    stage.touch("finished")
    touch_all("beginIndonesian", "AGENCY", "SERVICE", "takeNumber")(stage)
    stage.wait(2)


def too_late_today(stage: Stage) -> None:
    """Every service closes before a number taken now would be called."""
    eight = stage.link.now + timedelta(hours=22)
    days = tuple(OpenDay(eight + timedelta(days=ahead), eight + timedelta(days=ahead, hours=7)) for ahead in range(3))
    late = {
        key: msgspec.structs.replace(item, too_late=TooLate.CLOSING, ends_at=stage.link.now, next_days=days)
        if isinstance(item, LineItem)
        else msgspec.structs.replace(item, bookable=True)
        if isinstance(item, ServiceItem)
        else item
        for key, item in an_open_hall().items()
    }
    stage.show_hall(late)
    touch_all("beginIndonesian", "AGENCY", "SERVICE", "switchSize", "takeNumber")(stage)


PAGES: dict[str, Callable[[Stage], None]] = {
    "idle": touch_all(),
    "agencies": touch_all("beginIndonesian"),
    "agencies, second page": touch_all("beginEnglish", "next"),
    "services": touch_all("beginIndonesian", "AGENCY"),
    "search": touch_all("beginIndonesian", "openSearch"),
    "search, typed": touch_all("beginEnglish", "openSearch", "key-k", "key-t"),
    "service": touch_all("beginIndonesian", "AGENCY", "SERVICE"),
    "service, large text": touch_all("beginIndonesian", "AGENCY", "SERVICE", "switchSize"),
    "priority": touch_all("beginEnglish", "AGENCY", "SERVICE", "askPriority"),
    "the needs of who booked": touch_all("openBooking", *(f"key-{letter}" for letter in "ACDEFH"), "enterCode"),
    "take the paper": with_number(failed=False),
    "number on the screen": with_number(failed=True),
    "number on the screen, large text": with_number(True, "switchSize"),
    "whose number": asked_whose,
    "other days, large text": too_late_today,
    "the code of a booking": touch_all("openBooking", "key-A", "key-C"),
    "pin": gesture,
    "staff": staff_with_slips,
}


def buttons(stage: Stage) -> list[Seen]:
    """Everything that a finger can press, with the item that carries its name."""
    stage.window.grabWindow()
    return [item for item in stage.items() if item.touchable]


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_is_touched_is_larger_than_20_mm_on_the_screen_apart_and_within_reach(
    stage: Stage, page: str
) -> None:
    """Within reach of a wheelchair: in the lower four fifths of the upright screen, that is below 122 cm when its lower
    edge hangs at 60 cm. One test, because it is the way to the page that takes time."""
    PAGES[page](stage)
    least = TWENTY_MM[size_of(stage)]
    width, height = size_of(stage)
    pressed = buttons(stage)
    assert pressed
    small = [item for item in pressed if min(item.width, item.height) < least]
    outside = [
        item
        for item in pressed
        if item.x < 0 or item.y < 0 or item.x + item.width > width + 0.5 or item.y + item.height > height + 0.5
    ]
    overlaps = [
        (one, other)
        for at, one in enumerate(pressed)
        for other in pressed[at + 1 :]
        if one.x + 1 < other.x + other.width
        and other.x + 1 < one.x + one.width
        and one.y + 1 < other.y + other.height
        and other.y + 1 < one.y + one.height
    ]
    for_visitors = size_of(stage) == PORTRAIT and page not in {"pin", "staff"}
    assert small == []
    assert outside == []
    assert overlaps == []
    assert [item for item in pressed if for_visitors and item.y < 0.2 * height] == []


@pytest.mark.parametrize("begin", ["beginIndonesian", "beginEnglish"])
def test_the_whole_estimate_is_read_in_large_letters_and_nothing_lies_under_the_bar(stage: Stage, begin: str) -> None:
    long = {
        key: msgspec.structs.replace(item, minutes=Minutes(120, 150, 200)) if isinstance(item, LineItem) else item
        for key, item in an_open_hall().items()
    }
    stage.show_hall(long)
    touch_all(begin, "AGENCY", "SERVICE", "switchSize")(stage)
    stage.window.grabWindow()
    rarely = [item for item in stage.items() if item.name == "note"]
    assert [item.text[:6] for item in rarely] == ["Jarang" if begin == "beginIndonesian" else "Rarely"]
    card = stage.find("estimate")
    assert card is not None
    assert rarely[0].y + rarely[0].height <= card.y + card.height
    assert not rarely[0].truncated
    stage.touch("takeNumber")
    stage.issue()
    stage.printing.end(Failed(PrinterFault.PAPER_OUT))
    stage.wait(1)
    done, bar = stage.find("finished"), stage.find("switchLanguage")
    assert done is not None
    assert bar is not None
    assert done.y + done.height < bar.y


@pytest.mark.parametrize("page", ["agencies", "services", "search", "service", "priority"])
def test_back_and_start_over_are_always_at_the_same_place(stage: Stage, page: str) -> None:
    PAGES["agencies"](stage)
    stage.window.grabWindow()
    before = stage.find("back"), stage.find("startOver")
    stage.touch("startOver")
    stage.wait(1)
    PAGES[page](stage)
    stage.window.grabWindow()
    there = stage.find("back"), stage.find("startOver")
    assert [(item.x, item.y) for item in there if item] == [(item.x, item.y) for item in before if item]


# --- no way out ---

KEYS = [
    (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Back, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
]


@pytest.mark.parametrize("page", ["idle", "search", "service"])
def test_no_key_of_a_keyboard_that_is_plugged_in_does_anything(stage: Stage, page: str) -> None:
    PAGES[page](stage)
    before = stage.model.kiosk
    for key, modifier in KEYS:
        QTest.keyClick(stage.window, key, modifier)
    stage.settle()
    assert stage.model.kiosk == before
    assert stage.window.isVisible()


def test_the_window_does_not_close(stage: Stage) -> None:
    event = QCloseEvent()
    QGuiApplication.sendEvent(stage.window, event)
    assert not event.isAccepted()
    assert stage.window.close() is False
    assert stage.window.isVisible()


def test_the_window_has_no_frame_to_grab(stage: Stage) -> None:
    assert stage.window.flags() & Qt.WindowType.FramelessWindowHint


def test_the_window_does_not_stay_small(stage: Stage) -> None:
    stage.window.showMinimized()
    stage.settle()
    assert not stage.window.windowStates() & Qt.WindowState.WindowMinimized


def test_staff_reach_their_page_by_gesture_and_pin(stage: Stage) -> None:
    to_staff(stage)
    assert stage.page == "StaffMenu"
    stage.touch("endProgram")
    assert stage.ended


def test_a_wrong_pin_opens_nothing_and_costs_time(stage: Stage) -> None:
    to_staff(stage, pin="1111")
    assert stage.page == "StaffPin"
    assert stage.text_of("pinNote") == "Tunggu 1 detik"
    key = stage.find("digit-1")
    assert key is not None
    assert not key.enabled


def test_staff_print_a_number_again_as_a_copy(stage: Stage) -> None:
    staff_with_slips(stage)
    stage.touch("printAgain-0")
    assert [(job.slip.ticket, job.slip.copy) for job in stage.printing.jobs] == [("A-042", 0), ("A-042", 1)]


def test_staff_who_want_the_desktop_get_it(stage: Stage) -> None:
    to_staff(stage)
    stage.touch("leaveFullScreen")
    assert stage.window.windowStates() & Qt.WindowState.WindowMinimized


@pytest.mark.parametrize("notice", [Lost(0.0), PairingCode("K7QM", 60.0)])
def test_without_a_server_there_is_nothing_to_press(notice: Lost | PairingCode) -> None:
    with on_stage(PORTRAIT) as stage:
        stage.link.say(notice)
        stage.wait(5)
        assert buttons(stage) == []
        assert stage.complaints == []


def test_a_scanner_types_the_slips_code_and_the_visitor_is_back_in_line(stage: Stage) -> None:
    key = "tQf2wYc0mJx5bN8sKd1LzA"
    for letter in f"http://hall:8400/v/{key}":
        QTest.keyClick(stage.window, letter)  # type: ignore[call-overload]  # the stubs leave letters out
    QTest.keyClick(stage.window, Qt.Key.Key_Return)
    request, command = stage.link.sent[-1]
    assert command == ComeBack(key=key)
    stage.link.say(Answered(request, command, Placed(ticket="A-042", ahead=3, minutes=Minutes(10, 20)), None))
    stage.settle()
    assert stage.text_of("messageTitle") == "A-042 kembali ke antrean"
    assert stage.complaints == []


def test_other_days_stand_whole_on_the_screen_also_in_large_letters(stage: Stage) -> None:
    too_late_today(stage)
    stage.window.grabWindow()
    shown = ("openDay", "openHours", "whyLate", "bookTime", "bookAt", "bookingCode")
    days = [item for item in stage.items() if item.name in shown]
    assert len(days) == 10
    assert not any(item.truncated for item in days)
    leave = stage.find("comeAnotherDay")
    assert leave is not None
    assert all(item.y + item.height <= leave.y for item in days)
    code, why = stage.find("bookingCode"), stage.find("whyLate")
    assert code is not None
    assert why is not None
    assert code.y >= why.y + why.height
