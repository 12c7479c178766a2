"""The kiosk towards QML: keeps the frozen state, does what the flow wants, announces only what changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol, assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtQml import QQmlPropertyMap
from PySide6.QtQuick import QQuickWindow

from kiosk import events
from kiosk.catalogue_view import Catalogue, catalogue_of
from kiosk.corners import corner_at
from kiosk.effects import Ask, AskBack, CheckPin, Effect, GiveHere, Print, Quit, Report, ShowInWindow
from kiosk.flow import step
from kiosk.hall_file import choices_of
from kiosk.island import lines_alone
from kiosk.patience import SETTLE
from kiosk.printing.jobs import Job, Outcome
from kiosk.printing.printer import Failed, Printed, Unknown
from kiosk.printing.slip import Slip, SlipStop
from kiosk.printing.status import PrinterStatus
from kiosk.qr import qr_source
from kiosk.remembered import tickets_of
from kiosk.scanning import Scan, booking_key, slip_key
from kiosk.screen_values import EMPTY, NumberScreen, OtherDaysScreen, Screen, Shape, Surroundings
from kiosk.screens import frame, screen
from kiosk.start import Past, without_a_past
from kiosk.states import Kiosk, Ticket
from kiosk.touches import Touches
from kiosk.window_guard import WindowGuard
from kiosk.words import table
from shared.log import get_log
from shared.notices import Answered, GivenUp, Live, Lost, Notice, PairingCode, TableChanged, TurnedAway, Withdrawn
from shared.protocol.commands import IssueTicket
from shared.protocol.values import Stop
from shared.protocol.views import Table
from shared.qt.as_qml import as_qml
from shared.qt.link import ServerLink
from shared.vocabulary import Language, LegState, Priority, RequestId

STREAM = "kiosk"
TICK = 200  # ms: fine enough for a countdown in seconds
UNKNOWN_ZONE = ZoneInfo("UTC")  # until the server has said where we are; no time is shown before

log = get_log("kiosk")


class Printing(Protocol):
    """What the kiosk needs of `kiosk.printing.spooler.Spooler`."""

    @property
    def status(self) -> PrinterStatus | None: ...
    @property
    def confirms(self) -> bool: ...
    @property
    def papers(self) -> list[Outcome]: ...
    def submit(self, job: Job) -> None: ...
    def poll(self) -> list[Outcome]: ...


class KioskViewModel(Touches):
    """QML reads `screens` (one map per page, and `frame`, `words`) and calls the slots."""

    def __init__(
        self,
        link: ServerLink,
        printing: Printing,
        *,
        check_pin: Callable[[str], bool],
        past: Past | None = None,
        seconds: Callable[[], float] = time.monotonic,
        quit_program: Callable[[], None] = lambda: QCoreApplication.exit(0),
    ) -> None:
        super().__init__()
        self._link = link
        self._printing = printing
        self._printer: events.PrinterSeen | None = None
        self._check_pin = check_pin
        self._seconds = seconds
        self._quit = quit_program
        self._past = past or without_a_past(link)
        self._going_on = self._past.going_on
        hall = self._past.hall
        self._table: Table = {} if hall is None else dict(hall.table)
        """The last that the server sent; kept on the disk where it differs from `_kept_choices`."""
        self._kept_choices = choices_of(self._table)
        self._told_alone: tuple[datetime, int] | None = None
        """The minute, and how many numbers were given, for which the lines were told."""
        self._kiosk = Kiosk(
            site=None if hall is None else hall.site,
            catalogue=catalogue_of(self._table, Catalogue()),
            tickets=tickets_of(printing.papers, link.server_now()),
        )
        self._shape = Shape.PORTRAIT
        self._scan = Scan()
        self._guard: WindowGuard | None = None
        self._shown: dict[str, object] = {}
        self._screens = QQmlPropertyMap.create(self)
        for name, empty in EMPTY.items():
            self._announce(name, empty)
        self._show()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(round(SETTLE * 1000) + 10)
        self._settling.timeout.connect(self._show)
        link.noticed.connect(self._noticed)

    def start(self) -> None:
        self._link.subscribe(STREAM)
        papers = {ticket.issued.visit: ticket.paper for ticket in self._kiosk.tickets}
        late = self._going_on.start(papers)
        self._link.start()
        self._timer.start()
        for number in late:
            self._happen(events.Remembered(number.command, number.issued, number.alone))

    def stop(self) -> None:
        self._timer.stop()
        self._settling.stop()

    @property
    def kiosk(self) -> Kiosk:
        return self._kiosk

    @Property(QObject, constant=True)
    def screens(self) -> QQmlPropertyMap:
        return self._screens

    # --- the window ---

    @Slot(QQuickWindow)
    def attach(self, window: QQuickWindow) -> None:
        """Guard the window and follow its shape."""
        self._guard = WindowGuard(window, lambda x, y: self._touch(x, y, window.width(), window.height()), self._typed)
        window.widthChanged.connect(lambda: self._measure(window))
        window.heightChanged.connect(lambda: self._measure(window))
        self._measure(window)

    def _measure(self, window: QQuickWindow) -> None:
        self._shape = Shape.PORTRAIT if window.height() > window.width() else Shape.LANDSCAPE
        self._show()

    def _typed(self, text: str) -> None:
        self._scan, code = self._scan.read(text, self._seconds())
        if code is None:
            return
        if (key := slip_key(code)) is not None:
            self._happen(events.SlipScanned(key))
        elif (booking := booking_key(code)) is not None:
            self._happen(events.BookingShown(booking))

    def _touch(self, x: float, y: float, width: float, height: float) -> None:
        self._happen(events.Touched(corner_at(x, y, width, height)))

    # --- time and news ---

    @Slot()
    def tick(self) -> None:
        for outcome in self._printing.poll():
            self._happen(_outcome(outcome))
        status = self._printing.status
        if status is not None:
            seen = events.PrinterSeen(status.fault, status.paper_low, self._printing.confirms)
            if seen != self._printer:
                self._printer = seen
                self._happen(seen)
        self._going_on.tick()
        if (can_go_on := self._going_on.can_go_on) != self._kiosk.can_go_on:
            self._happen(events.ReserveChanged(can_go_on))
        self._happen(events.Ticked())
        self._look_alone()

    def _look_alone(self) -> None:
        """Without the server, opening hours and numbers left are the kiosk's own to tell."""
        memory, now = self._going_on.memory, self._link.server_now()
        told = (now.replace(second=0, microsecond=0), len(memory.given)) if self._kiosk.alone else None
        if told != self._told_alone:
            self._told_alone = told
            if told is not None:
                self._happen(events.CatalogueChanged(lines_alone(self._table, memory, now)))

    def _noticed(self, notice: Notice) -> None:
        match notice:
            case Live(welcome=welcome):
                self._going_on.connected(datetime.now(UTC))
                self._happen(events.Connected(welcome.site))
            case Lost():
                self._going_on.lost()
                self._keep_hall()
                self._happen(events.ConnectionLost())
            case PairingCode(code=code):
                self._happen(events.CodeShown(code))
            case TurnedAway(code=refused, facts=facts):
                self._going_on.turned_away(refused)
                self._happen(events.ServerRefused(refused, facts))
            case TableChanged(stream=stream, table=items) if stream == STREAM:
                self._table = items
                if choices_of(items) != self._kept_choices:
                    self._keep_hall()
                self._happen(events.CatalogueChanged(items))
            case Answered(request=request, result=result, refusal=refusal):
                replied = events.Replied(request, result, refusal)
                late = self._going_on.answered(request, result, refusal, lambda: self._happen(replied))
                if late is not None:
                    self._happen(events.Remembered(late.command, late.issued, late.alone))
            case GivenUp(request=request):
                self._going_on.given_up(request)
                self._happen(events.RequestGivenUp(request))
            case Withdrawn(request=request):
                self._going_on.withdrawn(request)
            case _:
                pass

    def _keep_hall(self) -> None:
        if self._past.keeper is not None and self._kiosk.site is not None and self._table:
            self._kept_choices = choices_of(self._table)
            self._past.keeper.keep_hall(self._kiosk.site, dict(self._table))

    # --- how ---

    def _happen(self, event: events.Event) -> None:
        before = self._kiosk
        self._kiosk, effects = step(self._kiosk, event, self._seconds())
        if type(before.page) is not type(self._kiosk.page):
            log.info("page", page=type(self._kiosk.page).__name__, after=type(event).__name__)
        if before.shown_at != self._kiosk.shown_at:
            self._settling.start()
        for effect in effects:
            self._do(effect)
        if self._kiosk is not before or isinstance(event, events.Ticked):
            self._show()

    def _do(self, effect: Effect) -> None:
        match effect:
            case Ask(command=command, give_up_after=give_up_after):
                self._happen(events.Asked(self._going_on.ask(command, give_up_after)))
            case AskBack(command=back, give_up_after=give_up_after):
                self._happen(events.Asked(self._link.request(back, give_up_after)))
            case GiveHere(command=command, instead_of=request):
                self._give_here(command, request)
            case Report(command=report):
                self._going_on.report(report)
            case Print(ticket=ticket, copy=copy):
                self._printing.submit(Job(ticket.issued.visit, self._slip(ticket, copy)))
            case CheckPin(pin=pin):
                self._happen(events.PinChecked(self._check_pin(pin)))
            case ShowInWindow():
                if self._guard is not None:
                    self._guard.step_aside()
            case Quit():
                log.info("ended by staff")
                self._quit()

    def _give_here(self, command: IssueTicket, instead_of: RequestId | None) -> None:
        if instead_of is not None:
            self._going_on.withdraw(instead_of)
        service = self._kiosk.catalogue.service(command.service)
        if service is None:
            self._happen(events.GivenHere(None))
        else:
            self._going_on.give(command, service, lambda issued: self._happen(events.GivenHere(issued)))

    def _slip(self, ticket: Ticket, copy: int) -> Slip:
        site = self._kiosk.site
        issued = ticket.issued
        return Slip(
            site=site.name.in_(ticket.language) if site else "",
            agency="" if issued.stops else ticket.agency.name.in_(ticket.language),
            service=ticket.service.name.in_(ticket.language),
            ticket=issued.ticket,
            ahead=issued.ahead,
            minutes=issued.minutes,
            issued_at=issued.issued_at,
            time_zone=site.time_zone if site else "UTC",
            language=ticket.language,
            url=issued.url,
            copy=copy,
            priority=ticket.priority is Priority.PRIORITY,
            alone=ticket.alone,
            left_out=", ".join(item.name.in_(ticket.language) for item in ticket.left_out),
            late=ticket.late,
            footer=site.ticket_text.in_(ticket.language) if site and site.ticket_text else "",
            booked_for=None if issued.late else issued.booked_for,
            stops=tuple(_slip_stop(stop, ticket.language) for stop in issued.stops),
        )

    def _show(self) -> None:
        """The page's own map first, then the frame that names the page: no page is shown before its data."""
        site = self._kiosk.site
        zone = ZoneInfo(site.time_zone) if site else UNKNOWN_ZONE
        around = Surroundings(self._link.server_now(), zone, self._shape)
        now = self._seconds()
        surrounding = frame(self._kiosk, around, now)
        self._announce(surrounding.page, screen(self._kiosk, around, now))
        if self._shown.get("language") != surrounding.language:
            self._shown["language"] = surrounding.language
            self._screens.insert("words", dict(table(Language(surrounding.language))))
        self._announce("frame", surrounding)

    def _announce(self, name: str, shown: Screen | Any) -> None:
        if self._shown.get(name) == shown:
            return
        self._shown[name] = shown
        values = as_qml(shown)
        if isinstance(shown, (NumberScreen, OtherDaysScreen)):
            values["qr"] = qr_source(shown.qr)
        self._screens.insert(name, values)


def _slip_stop(stop: Stop, language: Language) -> SlipStop:
    return SlipStop(
        service=stop.name.in_(language),
        place=", ".join(zone.in_(language) for zone in stop.zones),
        ahead=stop.ahead,
        minutes=stop.minutes,
        later=stop.state is LegState.BOOKED,
    )


def _outcome(outcome: Outcome) -> events.PaperOut | events.PaperFailed:
    visit, copy = outcome.job.visit, outcome.job.slip.copy
    match outcome.result:
        case Printed():
            return events.PaperOut(visit, copy, sure=True)
        case Unknown():
            return events.PaperOut(visit, copy, sure=False)
        case Failed(fault=fault):
            return events.PaperFailed(visit, copy, fault)
        case _ as unknown:
            assert_never(unknown)
