"""The display's view model: hears the link, the speaker and the clock, and tells QML what changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol, cast
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, QTimer, Signal, SignalInstance, Slot

from display import board, screen
from display.playlist import Playlist
from display.receipts import Receipts
from display.screen import Barred, Clock, Connecting, Cut, Following, Head, Introducing, Panel, Status, Tie
from display.speech import Fitness, Report, Speech, Spoken, VoiceFault
from display.words import WORDS
from shared.log import get_log
from shared.notices import Announced, Live, Lost, Notice, PairingCode, TableChanged, TurnedAway
from shared.protocol.commands import Acknowledge, ReportVoice
from shared.protocol.messages import Announcement, Welcome
from shared.protocol.views import Table
from shared.qt.as_qml import camel
from shared.qt.keyed_list_model import KeyedListModel
from shared.qt.link import ServerLink
from shared.vocabulary import ErrorCode, Language, ReceiptStep, Words

log = get_log("display")

BEAT = 100  # ms between looks at the clock and the playlist
WORTH_TELLING = 30.0  # seconds; a receipt that comes later tells an officer nothing
_MAP, _LIST = cast(type, "QVariantMap"), cast(type, "QVariantList")  # PySide takes Qt's names here, its stubs do not
FIRST_ZONE = ZoneInfo("Asia/Jakarta")  # until the server has said where we are


class Talks(Protocol):
    """What is needed of `display.speaker.Speaker`."""

    def say(self, announcement: str, speech: Speech) -> None: ...


class BoardViewModel(QObject):
    headChanged = Signal()  # noqa: N815  (Qt's way of naming)
    clockChanged = Signal()  # noqa: N815
    panelChanged = Signal()  # noqa: N815
    statusChanged = Signal()  # noqa: N815
    noticesChanged = Signal()  # noqa: N815
    languagesChanged = Signal()  # noqa: N815
    heard = Signal(object)
    """Emitted by the speaker's thread with a Report; received in the GUI thread."""

    def __init__(
        self,
        link: ServerLink,
        make_speaker: Callable[[Callable[[Report], None]], Talks],
        *,
        ticker_moves: bool = True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._link = link
        self._monotonic = monotonic
        self._ticker_moves = ticker_moves
        self._table: Table = {}
        self._stream = ""
        self._zone = FIRST_ZONE
        self._english = True
        self._tie: Tie = Connecting()
        self._fault: VoiceFault | None = None
        self._speaker_looked = False
        self._playlist = Playlist()
        self._receipts = Receipts()
        self._head, self._clock, self._panel, self._status = Head(), Clock(), Panel(), Status()
        self._notices: tuple[str, ...] = ()
        self._rows = KeyedListModel("leg", screen.ROW_FIELDS, self)
        self.heard.connect(self._hear)
        link.noticed.connect(self._notice)
        self._speaker = make_speaker(self.heard.emit)
        self._refresh()
        self._beat = QTimer(self)
        self._beat.timeout.connect(self.tick)
        self._beat.start(BEAT)

    # --- what QML reads ---

    @Property(_MAP, notify=headChanged)
    def head(self) -> dict[str, Any]:
        return _for_qml(self._head)

    @Property(_MAP, notify=clockChanged)
    def clock(self) -> dict[str, Any]:
        return _for_qml(self._clock)

    @Property(_MAP, notify=panelChanged)
    def panel(self) -> dict[str, Any]:
        return _for_qml(self._panel)

    @Property(_MAP, notify=statusChanged)
    def status(self) -> dict[str, Any]:
        return _for_qml(self._status)

    @Property(_LIST, notify=noticesChanged)
    def notices(self) -> list[str]:
        """The running text, notice by notice."""
        return list(self._notices)

    @Property(bool, constant=True)
    def tickerMoves(self) -> bool:  # noqa: N802
        return self._ticker_moves

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        return self._rows

    @Property(_MAP, constant=True)
    def words(self) -> dict[str, str]:
        return {key: words.id for key, words in WORDS.items()}

    @Property(_MAP, constant=True)
    def wordsEn(self) -> dict[str, str]:  # noqa: N802
        return {key: words.en for key, words in WORDS.items()}

    @Property(bool, notify=languagesChanged)
    def english(self) -> bool:
        """Whether the site speaks English beside Indonesian."""
        return self._english

    # --- what it hears ---

    @Slot()
    def tick(self) -> None:
        """Time has passed."""
        self._refresh()

    @Slot()
    def frame_begun(self) -> None:
        """The scene graph is about to take over what the properties say."""
        self._receipts.frame_begun()

    @Slot()
    def frame_drawn(self) -> None:
        """A frame is on the screen."""
        now = self._monotonic()
        for announcement, after in self._receipts.frame_drawn(now):
            self._acknowledge(announcement, ReceiptStep.SHOWN, after)

    @Slot(object)
    def _notice(self, notice: Notice) -> None:
        match notice:
            case Live(welcome=welcome):
                self._welcome(welcome)
            case Lost(since=since):
                self._lose(since)
            case PairingCode(code=code):
                self._tie = Introducing(code)
            case TurnedAway(code=code):
                if code is not ErrorCode.OVERLOADED:
                    log.warning("turned away", code=code)
                    self._tie = Barred(code)
            case TableChanged(stream=stream, table=table, whole=whole) if stream == self._stream:
                self._follow(table, whole=whole)
            case Announced(announcement=announcement):
                self._receive(announcement)
            case _:
                return
        self._refresh()

    @Slot(object)
    def _hear(self, report: Report) -> None:
        now = self._monotonic()
        match report:
            case Fitness(fault=fault):
                self._fault, self._speaker_looked = fault, True
                self._report_voice()
            case Spoken(announcement=announcement, fault=fault):
                step = ReceiptStep.SPOKEN if fault is None else ReceiptStep.MUTE
                self._acknowledge(announcement, step, self._receipts.age(announcement, now))
                self._playlist.fell_quiet(announcement, now)
        self._refresh()

    # --- how ---

    def _welcome(self, welcome: Welcome) -> None:
        self._playlist.hush_old(self._monotonic())
        self._zone = ZoneInfo(welcome.site.time_zone)
        self._head = Head(site=welcome.site.name)
        if self._english != (english := Language.ENGLISH in welcome.site.languages):
            self._english = english
            self.languagesChanged.emit()
        stream = f"board:{welcome.zone}" if welcome.zone else ""
        if stream != self._stream:
            if self._stream:
                self._link.unsubscribe(self._stream)
            self._stream, self._table = stream, {}
            if stream:
                self._link.subscribe(stream)
        if not stream:
            self._tie = Barred(None)
        elif not isinstance(self._tie, Cut):
            # A display that was cut off stays grey until the snapshot is here: until then its board is old.
            self._tie = Connecting()
        self._report_voice()

    def _lose(self, since: float) -> None:
        if isinstance(self._tie, Following | Connecting):
            gone_for = timedelta(seconds=self._monotonic() - since)
            self._tie = Cut(self._link.server_now() - gone_for)

    def _follow(self, table: Table, *, whole: bool) -> None:
        self._table = table
        if whole:
            self._tie = Following()
        for leg in board.gone_from_counter(table):
            self._playlist.withdraw(leg)

    def _receive(self, announcement: Announcement) -> None:
        now = self._monotonic()
        item = board.call_of(self._table, announcement.leg)
        self._receipts.arrived(announcement.id, now)
        self._playlist.receive(announcement, now, long_flash=item is not None and item.long_flash)

    def _report_voice(self) -> None:
        """At each change, and to each server that comes back: it may have forgotten."""
        if self._speaker_looked:
            self._link.request(ReportVoice(fault=str(self._fault or "")), WORTH_TELLING)

    def _acknowledge(self, announcement: str, step: ReceiptStep, after: int) -> None:
        log.info(step.value, announcement=announcement, after=after)
        self._link.request(Acknowledge(announcement=announcement, step=step, after=after), WORTH_TELLING)

    def _refresh(self) -> None:
        """Everything that the screen shows, anew; only what differs is announced."""
        now = self._monotonic()
        self._advance(now)
        turn = self._playlist.current
        waiting = self._playlist.waiting()
        flashing = {call.leg for call in waiting}
        if turn is not None and now < turn.flash_until:
            flashing.add(turn.announcement.leg)
        seen = board.read(self._table, flashing)
        item = board.call_of(self._table, turn.announcement.leg) if turn is not None else None
        server_now = self._link.server_now()

        self._put("_head", Head(seen.site if seen.site.id else self._head.site, seen.zone), self.headChanged)
        self._put("_clock", screen.clock(server_now, self._zone), self.clockChanged)
        agency = item.agency if item is not None else board.NO_WORDS
        self._put("_panel", screen.panel(seen, turn, agency, now), self.panelChanged)
        self._put("_status", screen.status(self._tie, self._zone, self._fault), self.statusChanged)
        self._put("_notices", screen.notices(seen, english=self._english), self.noticesChanged)
        self._rows.show([screen.row_fields(row) for row in seen.rows])

        rows_flashing = {row.leg for row in seen.rows if row.flashing}
        visible = {call.id for call in waiting if call.leg in rows_flashing}
        if turn is not None:
            visible.add(turn.announcement.id)
        self._receipts.visible(visible)

    def _advance(self, now: float) -> None:
        begun = self._playlist.step(now)
        if begun is not None:
            call = begun.announcement
            if begun.speech is not None:
                self._speaker.say(call.id, begun.speech)
            else:
                log.warning("too old to be spoken", ticket=call.ticket, counter=call.counter)
                self._acknowledge(call.id, ReceiptStep.MUTE, self._receipts.age(call.id, now))
        for call in self._playlist.take_dropped():
            log.warning("not called", ticket=call.ticket, counter=call.counter)
            self._acknowledge(call.id, ReceiptStep.MUTE, self._receipts.age(call.id, now))

    def _put(self, name: str, value: object, changed: SignalInstance) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            changed.emit()


def _for_qml(value: Any) -> dict[str, Any]:
    """A frozen value as a map; words become `name` and `nameEn`, for the eye reads both at once."""
    shown: dict[str, Any] = {}
    for field in value.__struct_fields__:
        part = getattr(value, field)
        name = camel(field)
        if isinstance(part, Words):
            shown[name], shown[f"{name}En"] = part.id, part.en
        else:
            shown[name] = part
    return shown
