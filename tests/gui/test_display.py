"""The lobby display as people see it: its real window, a link that says what the server would."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

import display
from display.board_viewmodel import BoardViewModel, Talks
from display.speech import Fitness, Report, Speech, Spoken, VoiceFault
from shared.notices import Announced, Live, Lost, PairingCode, TableChanged, TurnedAway
from shared.protocol.commands import Acknowledge, ReportVoice
from shared.protocol.messages import Announcement, SiteInfo, Welcome
from shared.protocol.views import CallItem, Item, ZoneItem
from shared.qt.keyed_list_model import KeyedListModel
from shared.qt.launch import make_application, make_engine, show_window
from shared.vocabulary import ErrorCode, Language, ReceiptStep, Words
from tests.support.fake_link import FakeLink

QML = Path(display.__file__).parent / "qml" / "Main.qml"
NOW = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
SITE = SiteInfo(
    id="s",
    name=Words("Balai Contoh", "Sample Hall"),
    time_zone="Asia/Makassar",
    languages=(Language.INDONESIAN, Language.ENGLISH),
)
FLASH_COLOUR = "#f2b632"


class NotedSpeaker:
    """Speaks when the test says that it has spoken."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Speech]] = []

    def say(self, announcement: str, speech: Speech) -> None:
        self.said.append((announcement, speech))


class Hall:
    """A display in a hall: what the server says to it, what stands on its screen."""

    def __init__(self, qtbot: QtBot, make_speaker: Callable[[Callable[[Report], None]], Talks] | None = None) -> None:
        make_application("loket-display")
        self.qtbot = qtbot
        self.clock = 1000.0
        self.link = FakeLink(NOW)
        self.noted = NotedSpeaker()
        self.vm = BoardViewModel(self.link, make_speaker or (lambda _tell: self.noted), monotonic=lambda: self.clock)
        self.engine: QQmlApplicationEngine = make_engine(QML, self.vm)
        self.complaints: list[str] = []
        self.engine.warnings.connect(lambda warnings: self.complaints.extend(w.toString() for w in warnings))
        self.window: QQuickWindow = show_window(self.engine, "1920x1080")
        self.table: dict[str, Item] = {}
        qtbot.waitUntil(self.window.isExposed, timeout=60_000)

    # --- what the server says ---

    def connect(self, *items: CallItem, zone: str | None = "a") -> None:
        self.link.say(Live(Welcome(protocol=1, release="1", device="d", name="D1", zone=zone, site=SITE, now=NOW)))
        self.table = {
            "zone": ZoneItem(id="a", name=Words("Zona A", "Zone A"), site=SITE.name, ticker=(Words("Hai", "Hi"),)),
            **{f"call:{item.leg}": item for item in items},
        }
        self._say_table(whole=True)

    def put(self, *items: CallItem) -> None:
        self.table = self.table | {f"call:{item.leg}": item for item in items}
        self._say_table(whole=False)

    def announce(self, ticket: str, counter: str = "3", *, lifetime: float = 20.0) -> str:
        announcement = Announcement(
            id=f"n-{ticket}",
            zone="a",
            leg=f"l-{ticket}",
            ticket=ticket,
            counter=counter,
            languages=(Language.INDONESIAN,),
            again=False,
            lifetime=lifetime,
        )
        self.link.say(Announced(announcement))
        return announcement.id

    def _say_table(self, *, whole: bool) -> None:
        self.link.say(TableChanged("board:a", dict(self.table), frozenset(self.table), frozenset(), whole))

    # --- what happens in the hall ---

    def pass_time(self, seconds: float) -> None:
        self.clock += seconds
        self.vm.tick()

    def has_spoken(self, announcement: str, fault: VoiceFault | None = None) -> None:
        self.vm.heard.emit(Spoken(announcement, fault))

    # --- what people see ---

    def item(self, name: str) -> QQuickItem:
        found = self.window.findChild(QObject, name)
        assert isinstance(found, QQuickItem), name
        return found

    def text(self, name: str) -> str:
        item = self.item(name)
        return str(item.property("text")) if item.isVisible() else ""

    def rows(self) -> list[tuple[str, bool]]:
        model = self.vm.property("rows")
        assert isinstance(model, KeyedListModel)
        return [(row["ticket"], row["flashing"]) for row in model.rows]

    def receipts(self, step: ReceiptStep) -> list[str]:
        sent = [command for _, command in self.link.sent if isinstance(command, Acknowledge)]
        return [receipt.announcement for receipt in sent if receipt.step is step]

    def panel_colour(self) -> str:
        return str(self.item("callPanel").property("color").name())

    def close(self) -> None:
        self.window.close()
        shiboken6.delete(self.engine)  # before the view model: QML must not read what is gone


@pytest.fixture
def hall(qtbot: QtBot) -> Iterator[Hall]:
    made = Hall(qtbot)
    yield made
    complaints = list(made.complaints)
    made.close()
    assert complaints == []


def a_call(ticket: str, counter: str = "3", *, order: int = 1, standing: bool = True, long: bool = False) -> CallItem:
    return CallItem(
        leg=f"l-{ticket}",
        ticket=ticket,
        counter=counter,
        agency=Words("Dinas Contoh", "Sample Agency"),
        called_at=NOW,
        order=order,
        calls=1,
        standing=standing,
        long_flash=long,
    )


def test_a_snapshot_shows_its_rows_without_flash_or_voice(hall: Hall) -> None:
    hall.connect(a_call("A-001", order=1), a_call("A-002", order=2))
    hall.qtbot.waitUntil(lambda: hall.text("panelTicket") == "A-002", timeout=60_000)
    hall.pass_time(1)
    assert hall.rows() == [("A-002", False), ("A-001", False)]
    assert hall.panel_colour() != FLASH_COLOUR
    assert hall.noted.said == []
    assert hall.receipts(ReceiptStep.SHOWN) == []


def test_an_announcement_takes_the_panel_flashes_and_is_spoken(hall: Hall) -> None:
    hall.connect()
    hall.put(a_call("A-012"))
    announced = hall.announce("A-012")
    assert (hall.text("panelTicket"), hall.text("panelCounter")) == ("A-012", "LOKET 3")
    assert hall.text("panelAgency") == "Dinas Contoh"
    assert hall.panel_colour() == FLASH_COLOUR
    assert hall.rows() == [("A-012", True)]
    assert [said for said, _ in hall.noted.said] == [announced]


def test_a_bulletin_stands_on_the_panel_in_both_languages_while_it_is_said(hall: Hall) -> None:
    hall.connect(a_call("A-001"))
    text = Words("Lift rusak. Silakan lewat tangga.", "The lift is out of order. Please use the stairs.")
    said = Announcement(
        id="n-1",
        zone="a",
        leg="b-1",
        ticket="",
        counter="",
        languages=SITE.languages,
        again=False,
        lifetime=90.0,
        text=text,
    )
    hall.link.say(Announced(said))
    hall.pass_time(0.1)
    assert hall.text("panelBulletin") == text.id
    assert hall.text("panelTicket") == ""
    assert [speech.text for _, speech in hall.noted.said] == [text]
    hall.has_spoken("n-1")
    hall.pass_time(15)
    hall.qtbot.waitUntil(lambda: hall.text("panelTicket") == "A-001", timeout=60_000)


def test_shown_is_said_once_the_frame_was_drawn_and_spoken_when_the_voice_ended(hall: Hall) -> None:
    hall.connect()
    hall.put(a_call("A-012"))
    announced = hall.announce("A-012")
    assert hall.receipts(ReceiptStep.SHOWN) == []
    hall.qtbot.waitUntil(lambda: hall.receipts(ReceiptStep.SHOWN) == [announced], timeout=60_000)
    hall.pass_time(6)
    hall.has_spoken(announced)
    assert hall.receipts(ReceiptStep.SPOKEN) == [announced]
    assert hall.link.sent[-1][1] == Acknowledge(announcement=announced, step=ReceiptStep.SPOKEN, after=6000)


def test_the_flash_is_slow_enough_to_harm_nobody(hall: Hall) -> None:
    hall.connect()
    hall.announce("A-012")
    changes: list[float] = []
    hall.item("callPanel").colorChanged.connect(lambda: changes.append(time.monotonic()))  # type: ignore[attr-defined]
    hall.qtbot.waitUntil(lambda: len(changes) >= 3, timeout=60_000)
    assert min(later - earlier for earlier, later in pairwise(changes)) > 0.4  # under three flashes in a second


def test_the_flash_ends_and_the_number_stays(hall: Hall) -> None:
    hall.connect()
    hall.put(a_call("A-012"))
    hall.has_spoken(hall.announce("A-012"))
    hall.pass_time(30)
    hall.pass_time(30)
    assert hall.text("panelTicket") == "A-012"
    assert hall.panel_colour() != FLASH_COLOUR
    assert hall.rows() == [("A-012", False)]


def test_two_announcements_are_called_in_order(hall: Hall) -> None:
    hall.connect()
    hall.put(a_call("A-012", order=1), a_call("B-007", "5", order=2))
    first, second = hall.announce("A-012"), hall.announce("B-007", "5")
    assert hall.text("panelTicket") == "A-012"
    assert hall.rows() == [("B-007", True), ("A-012", True)]
    hall.qtbot.waitUntil(lambda: sorted(hall.receipts(ReceiptStep.SHOWN)) == sorted([first, second]), timeout=60_000)
    hall.pass_time(6)
    hall.has_spoken(first)
    hall.pass_time(1)
    assert (hall.text("panelTicket"), hall.text("panelCounter")) == ("B-007", "LOKET 5")
    assert [said for said, _ in hall.noted.said] == [first, second]


def test_a_call_that_waited_too_long_is_not_spoken(hall: Hall) -> None:
    hall.connect()
    hall.put(a_call("A-012", order=1), a_call("B-007", order=2))
    first, second = hall.announce("A-012"), hall.announce("B-007")
    hall.pass_time(50)
    hall.has_spoken(first)
    hall.pass_time(1)
    assert [said for said, _ in hall.noted.said] == [first]
    assert hall.receipts(ReceiptStep.MUTE) == [second]


def test_a_visitor_who_has_been_and_gone_is_not_called(hall: Hall) -> None:
    hall.connect()
    first, _ = hall.announce("A-012"), hall.announce("B-007")
    hall.put(a_call("B-007", standing=False))
    hall.pass_time(6)
    hall.has_spoken(first)
    hall.pass_time(1)
    assert [said for said, _ in hall.noted.said] == [first]


def test_without_sound_the_screen_says_so_the_server_is_told_and_calls_go_on(hall: Hall) -> None:
    hall.connect()
    hall.vm.heard.emit(Fitness(VoiceFault.NO_DEVICE))
    assert hall.item("soundWarning").isVisible()
    assert hall.link.sent[-1][1] == ReportVoice(fault="no_sound_device")
    hall.put(a_call("A-012"))
    announced = hall.announce("A-012")
    hall.has_spoken(announced, VoiceFault.NO_DEVICE)
    assert hall.text("panelTicket") == "A-012"
    assert hall.receipts(ReceiptStep.MUTE) == [announced]
    hall.vm.heard.emit(Fitness(None))
    assert not hall.item("soundWarning").isVisible()
    assert hall.link.sent[-1][1] == ReportVoice(fault="")


def test_a_server_that_comes_back_is_told_again_that_there_is_no_sound(hall: Hall) -> None:
    hall.vm.heard.emit(Fitness(VoiceFault.NO_DEVICE))
    hall.link.sent.clear()
    hall.connect()
    assert [command for _, command in hall.link.sent] == [ReportVoice(fault="no_sound_device")]


def test_a_lost_server_greys_the_board_and_the_clock_goes_on(hall: Hall) -> None:
    hall.connect(a_call("A-012"))
    assert not hall.item("veil").isVisible()
    hall.link.say(Lost(hall.clock - 5))
    assert hall.item("veil").isVisible()
    assert hall.text("staleText") == "Terputus sejak 09.40; tanyakan ke petugas"
    hall.link.now = NOW.replace(minute=43)
    hall.pass_time(120)
    assert hall.text("clock") == "09.43"
    assert hall.text("staleText").startswith("Terputus sejak 09.40")


def test_many_failed_tries_do_not_move_the_hour_of_the_loss(hall: Hall) -> None:
    hall.connect()
    hall.link.say(Lost(hall.clock - 5))
    hall.link.now = NOW.replace(minute=50)
    hall.clock += 540
    hall.link.say(Lost(hall.clock))
    assert hall.text("staleText").startswith("Terputus sejak 09.40")


def test_after_a_reconnect_the_board_is_right_again_and_calls_nobody(hall: Hall) -> None:
    hall.connect(a_call("A-012", order=1))
    hall.link.say(Lost(hall.clock))
    hall.connect(a_call("A-012", order=1, standing=False), a_call("A-013", order=2))
    hall.pass_time(1)
    assert not hall.item("veil").isVisible()
    assert hall.rows() == [("A-013", False), ("A-012", False)]
    assert hall.text("panelTicket") == "A-013"
    assert hall.panel_colour() != FLASH_COLOUR
    assert hall.noted.said == []


def test_the_board_stays_grey_until_the_snapshot_is_here(hall: Hall) -> None:
    hall.connect(a_call("A-012"))
    hall.link.say(Lost(hall.clock))
    hall.link.say(Live(Welcome(protocol=1, release="1", device="d", name="D1", zone="a", site=SITE, now=NOW)))
    assert hall.item("veil").isVisible()


def test_an_idle_hall_is_greeted(hall: Hall) -> None:
    hall.connect()
    assert hall.text("welcome") == "Selamat datang"
    assert (hall.text("siteName"), hall.text("date")) == ("Balai Contoh", "Senin, 23 November 2026")


def test_a_new_display_shows_its_code(hall: Hall) -> None:
    hall.link.say(PairingCode("7K4-Q2M", 600))
    assert hall.text("pairingCode") == "7K4-Q2M"
    hall.connect()
    assert not hall.item("pairing").isVisible()


def test_a_display_without_a_zone_says_what_is_missing(hall: Hall) -> None:
    hall.link.say(Live(Welcome(protocol=1, release="1", device="d", name="D1", zone=None, site=SITE, now=NOW)))
    assert hall.item("message").isVisible()
    assert hall.link.subscribed == []


def test_a_display_of_another_time_says_what_to_update(hall: Hall) -> None:
    hall.link.say(TurnedAway(ErrorCode.CLIENT_TOO_OLD, {}))
    assert hall.text("message").startswith("Program layar ini terlalu lama")


def test_another_zone_means_another_stream(hall: Hall) -> None:
    hall.connect()
    hall.link.say(Live(Welcome(protocol=1, release="1", device="d", name="D1", zone="b", site=SITE, now=NOW)))
    assert hall.link.subscribed == ["board:b"]


def test_the_number_is_readable_from_ten_metres(hall: Hall) -> None:
    hall.connect()
    hall.announce("A-012")
    # Capitals of this face are seven tenths of its size; a fifth of the screen is the promise.
    font = hall.item("panelTicket").property("font")
    assert font.pixelSize() * 0.7 >= hall.window.height() / 5


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1080, 1920), (3840, 2160)])
def test_other_screens_hold_panel_and_list(hall: Hall, width: int, height: int) -> None:
    hall.connect(*(a_call(f"A-{number:03}", order=number) for number in range(1, 9)))
    hall.window.resize(width, height)
    hall.announce("A-008")
    panel, listed = hall.item("callPanel"), hall.item("callList")
    hall.qtbot.waitUntil(
        lambda: listed.x() + listed.width() <= width and listed.y() + listed.height() <= height, timeout=60_000
    )
    apart = panel.x() + panel.width() <= listed.x() or panel.y() + panel.height() <= listed.y()
    assert apart
