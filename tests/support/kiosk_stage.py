"""A kiosk on a stage: the real window and view model, a link, a printer and a clock that the test plays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, QUrl
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent, QQmlExpression
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from kiosk.kiosk_viewmodel import KioskViewModel
from kiosk.printing.jobs import Job, Outcome
from kiosk.printing.printer import PrintResult
from kiosk.printing.spooler import Spooler
from kiosk.printing.status import PrinterStatus
from kiosk.start import Past
from server.app.catalogue_file import read_catalogue
from server.app.views.kiosk_view import choices
from shared.notices import Answered, Live, TableChanged
from shared.protocol.commands import IssueTicket
from shared.protocol.messages import SiteInfo, Welcome
from shared.protocol.replies import Issued
from shared.protocol.values import PROTOCOL, Minutes
from shared.protocol.views import Item, LineItem, ServiceItem, Table
from shared.qt.launch import QML_FOLDER, make_application
from shared.vocabulary import Language, Words
from tests.support.fake_link import FakeLink

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "server" / "sample" / "mpp-badung-sample.toml"
MAIN = ROOT / "kiosk" / "qml" / "Main.qml"
MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # Monday, 09.30 in Makassar
SITE = SiteInfo(
    id="mpp",
    name=Words("Mal Pelayanan Publik Badung", "Badung Public Service Mall"),
    time_zone="Asia/Makassar",
    languages=(Language.INDONESIAN, Language.ENGLISH),
    most_stops=5,
    book_at="https://antrean.mpp-badung.example/book",
)
URL = "http://192.168.1.10:8080/v/Zk3v9QpX7aLw2TbN5uYcRg"
PIN = "2468"


@cache
def sample_choices() -> Table:
    catalogue = read_catalogue(SAMPLE.read_text(encoding="utf-8"), version=1, today=MORNING.date())
    return choices(catalogue)


def an_open_hall(closed: frozenset[str] = frozenset(), now: datetime = MORNING) -> dict[str, Item]:
    """The sample's stream `kiosk` in the middle of a morning; the lines differ, but not by chance."""
    table: dict[str, Item] = dict(sample_choices())
    services = [item for item in table.values() if isinstance(item, ServiceItem)]
    for at, service in enumerate(services):
        is_open = service.id not in closed
        waiting = (at * 7) % 13 if is_open else 0
        wait = Minutes(waiting * 3, waiting * 4 + 5, waiting * 6 + 10) if at % 11 else None
        table[f"line:{service.id}"] = LineItem(
            service=service.id,
            open=is_open,
            waiting=waiting,
            minutes=wait if is_open else None,
            opens_at=None if is_open else now + timedelta(hours=22, minutes=30),
            closes_at=now + timedelta(hours=5, minutes=30) if is_open else None,
        )
    return table


def a_closed_hall(now: datetime = MORNING) -> dict[str, Item]:
    services = frozenset(item.id for item in sample_choices().values() if isinstance(item, ServiceItem))
    return an_open_hall(closed=services, now=now)


def an_issued(number: str = "A-042", ahead: int = 5) -> Issued:
    return Issued(
        visit=f"visit-{number}",
        leg=f"leg-{number}",
        ticket=number,
        ahead=ahead,
        minutes=Minutes(10, 15, 25),
        key=URL.rsplit("/", 1)[1],
        url=URL,
        issued_at=MORNING,
    )


# The walk is done in QML: shiboken keeps wrappers of items that QML has deleted, and a walk in Python meets them.
EYES = b"""
import QtQuick
QtObject {
    property Item top
    function see(): list<var> {
        const seen = [], waiting = [top];
        while (waiting.length > 0) {
            const item = waiting.pop();
            if (!item.visible || item.opacity === 0)
                continue;
            const at = item.mapToItem(null, 0, 0, item.width, item.height);
            seen.push({
                "name": item.objectName, "x": at.x, "y": at.y, "width": at.width, "height": at.height,
                "text": String(item.text ?? ""), "enabled": item.enabled,
                "touchable": item.containsPress !== undefined, "truncated": item.truncated ?? false
            });
            for (const child of item.children)
                waiting.push(child);
        }
        return seen;
    }
}
"""


@dataclass(frozen=True)
class Seen:
    """One item that a visitor sees, in pixels of the window."""

    name: str
    x: float
    y: float
    width: float
    height: float
    text: str
    enabled: bool
    touchable: bool
    """A finger can press it."""
    truncated: bool
    """A text that is cut."""

    @property
    def centre(self) -> QPointF:
        return QPointF(self.x + self.width / 2, self.y + self.height / 2)


class FakePrinting:
    """A spooler that prints when the test says so."""

    def __init__(self) -> None:
        self.status: PrinterStatus | None = PrinterStatus()
        self.confirms = True
        self.papers: list[Outcome] = []
        self.jobs: list[Job] = []
        self._outcomes: list[Outcome] = []

    def submit(self, job: Job) -> None:
        self.jobs.append(job)

    def poll(self) -> list[Outcome]:
        outcomes, self._outcomes = self._outcomes, []
        return outcomes

    def end(self, result: PrintResult) -> None:
        """The newest job ends so; the kiosk hears of it at its next tick."""
        self._outcomes.append(Outcome(self.jobs[-1], result))


class Played(Protocol):
    """What every view model on a stage can do."""

    def tick(self) -> None: ...
    def stop(self) -> None: ...


M = TypeVar("M", bound=Played)


class Window(Generic[M]):
    """A program's window with its view model, and the hands and eyes of who stands before it."""

    def __init__(self, size: tuple[int, int], qml: Path) -> None:
        self.link = FakeLink(MORNING)
        self.seconds = 1000.0
        self.complaints: list[str] = []
        self.model = self.play()
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(QML_FOLDER))
        self.engine.warnings.connect(lambda warnings: self.complaints.extend(w.toString() for w in warnings))
        self.engine.setInitialProperties({"vm": self.model})
        self.engine.load(QUrl.fromLocalFile(str(qml)))
        window = self.engine.rootObjects()[0] if self.engine.rootObjects() else None
        assert isinstance(window, QQuickWindow), self.complaints
        self.window = window
        eyes = QQmlComponent(self.engine)
        eyes.setData(EYES, QUrl())
        self._eyes = eyes.create()
        self._eyes.setParent(self.engine)  # or the garbage collector takes it
        self._eyes.setProperty("top", window.contentItem())
        self._finger = QTest.createTouchDevice()
        window.resize(*size)
        window.show()
        assert QTest.qWaitForWindowExposed(window)

    def play(self) -> M:
        """The view model, with `link` and `seconds` there for it."""
        raise NotImplementedError

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        raise NotImplementedError

    def connect(self) -> None:
        welcome = Welcome(
            protocol=PROTOCOL, release="0", device="k1", name="Kiosk 1", zone=None, site=SITE, now=self.link.now
        )
        self.link.say(Live(welcome))

    def wait(self, seconds: float) -> None:
        """Turn the clock; nothing sleeps."""
        self.seconds += seconds
        self.link.now += timedelta(seconds=seconds)
        self.model.tick()
        self.settle()

    def settle(self) -> None:
        QCoreApplication.processEvents()

    # --- hands ---

    def touch(self, name: str, after: float = 1.0) -> None:
        """Touch the thing of that name in its middle, as a finger does."""
        self.wait(after)
        self.window.grabWindow()  # positioners lay out when a frame is drawn
        item = self.find(name)
        assert item is not None, f"nothing called {name} is on the page {self.page}"
        self.touch_at(item.centre)

    def touch_at(self, at: QPointF) -> None:
        point = QPoint(round(at.x()), round(at.y()))
        QTest.touchEvent(self.window, self._finger).press(0, point, self.window).commit()
        QTest.touchEvent(self.window, self._finger).release(0, point, self.window).commit()
        self.settle()

    # --- eyes ---

    def find(self, name: str) -> Seen | None:
        return next((item for item in self.items() if item.name == name), None)

    def text_of(self, name: str) -> str:
        item = self.find(name)
        assert item is not None, f"nothing called {name} is on the page {self.page}"
        return item.text

    def items(self) -> list[Seen]:
        """All that a visitor sees."""
        look = QQmlExpression(self.engine.contextForObject(self._eyes), self._eyes, "see()")
        found, undefined = look.evaluate()
        assert not undefined, look.error().toString()
        return [Seen(**item) for item in found]

    def see_page_arrived(self) -> None:
        """Wait until the page has faded in."""
        page = self.window.findChild(QObject, "page")
        assert page is not None
        for _ in range(6000):
            if page.property("opacity") == 1.0:
                return
            QTest.qWait(10)
        raise AssertionError("the page never faded in")

    def picture(self, file: Path) -> None:
        self.see_page_arrived()
        self.window.grabWindow().save(str(file))


class Stage(Window[KioskViewModel]):
    """The kiosk's window, and the hands that touch it."""

    def __init__(
        self,
        size: tuple[int, int],
        spooler: Spooler | None = None,
        past: Callable[[FakeLink], Past] | None = None,
    ) -> None:
        """With a `spooler` of a real printer, or one that the test plays; with a `past`, or without one."""
        self.printing = FakePrinting()
        self.ended = False
        self._spooler = spooler or self.printing
        self._past = past
        super().__init__(size, MAIN)

    def play(self) -> KioskViewModel:
        return KioskViewModel(
            self.link,
            self._spooler,
            check_pin=lambda pin: pin == PIN,
            past=None if self._past is None else self._past(self.link),
            seconds=lambda: self.seconds,
            quit_program=self._end,
        )

    def _end(self) -> None:
        self.ended = True

    @property
    def page(self) -> str:
        return type(self.model.kiosk.page).__name__

    def show_hall(self, table: dict[str, Item] | None = None) -> None:
        table = an_open_hall() if table is None else table
        self.link.say(TableChanged("kiosk", table, frozenset(table), frozenset(), whole=True))
        self.settle()

    def issue(self, number: str = "A-042") -> None:
        """The server answers the open request for a number."""
        request, command = [(r, c) for r, c in self.link.sent if isinstance(c, IssueTicket)][-1]
        self.link.say(Answered(request, command, an_issued(number), None))
        self.settle()


@contextmanager
def on_stage(
    size: tuple[int, int], spooler: Spooler | None = None, past: Callable[[FakeLink], Past] | None = None
) -> Iterator[Stage]:
    make_application("loket-kiosk-test")
    stage = Stage(size, spooler, past)
    try:
        yield stage
    finally:
        stage.model.stop()
        stage.window.hide()
        shiboken6.delete(stage.engine)  # before the view model: QML must not read what is gone
