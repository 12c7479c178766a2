"""Between the pure desk and its window: events in, effects out, and only what changed is announced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, SignalInstance, Slot

from counter.desk import step
from counter.hearing import COUNTERS
from counter.keys import BINDINGS
from counter.look import asking, frame, hand, lists
from counter.state import (
    Alarm,
    Desk,
    Effect,
    Entry,
    EntryChosen,
    Event,
    Follow,
    KeyPressed,
    OptionChosen,
    Remember,
    Send,
    Ticked,
    Unfollow,
    VerbChosen,
)
from counter.words import WORDS
from shared.qt.as_qml import as_qml, camel
from shared.qt.keyed_list_model import KeyedListModel
from shared.qt.link import ServerLink
from shared.vocabulary import Language

ANSWER_PATIENCE = 8.0  # seconds; a command older than this is not what the officer wants any more
TICK = 1_000  # ms: the timer on the card shows seconds
BUSY_AFTER = 400  # ms; a quicker answer needs no sign that something is on its way
_SAME_KEYS = {"Enter": "Return"}  # the key of the number block


def _getter(name: str) -> Callable[[CounterViewModel], Any]:
    def get(self: CounterViewModel) -> Any:
        return self._shown[name]

    return get


class CounterViewModel(QObject):
    """Holds the state of the desk; QML reads its sections and sends keys and clicks."""

    pageChanged = Signal()  # noqa: N815  (Qt's way of naming)
    wordsChanged = Signal()  # noqa: N815
    headerChanged = Signal()  # noqa: N815
    clockChanged = Signal()  # noqa: N815
    connectionChanged = Signal()  # noqa: N815
    noticeChanged = Signal()  # noqa: N815
    alertsChanged = Signal()  # noqa: N815
    messageChanged = Signal()  # noqa: N815
    handChanged = Signal()  # noqa: N815
    timerChanged = Signal()  # noqa: N815
    actionsChanged = Signal()  # noqa: N815
    leadingChanged = Signal()  # noqa: N815
    headsChanged = Signal()  # noqa: N815
    questionChanged = Signal()  # noqa: N815
    markedChanged = Signal()  # noqa: N815
    signInChanged = Signal()  # noqa: N815
    busyChanged = Signal()  # noqa: N815
    alarmed = Signal()
    """The officer should look up: QML asks the window manager for attention."""

    def __init__(
        self,
        link: ServerLink,
        *,
        desk: Desk = Desk(),  # noqa: B008  (frozen)
        remember: Callable[[str, Language], None] = lambda _counter, _language: None,
        chime: Callable[[], None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._desk = desk
        self._remember = remember
        self._chime = chime
        self._shown: dict[str, Any] = {"busy": False}
        self._waiting = KeyedListModel("leg", _names(lists.WaitingRow), self)
        self._aside = KeyedListModel("leg", _names(lists.AsideRow), self)
        self._second = QTimer(self)
        self._second.timeout.connect(self._tick)
        self._second.start(TICK)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(BUSY_AFTER)
        self._slow.timeout.connect(self._say_busy)
        self._refresh()
        link.noticed.connect(self._hear)
        link.subscribe(COUNTERS)

    @property
    def desk(self) -> Desk:
        return self._desk

    # --- what QML reads ---

    page = Property(str, _getter("page"), notify=pageChanged)
    words = Property(dict, _getter("words"), notify=wordsChanged)
    header = Property(dict, _getter("header"), notify=headerChanged)
    clock = Property(dict, _getter("clock"), notify=clockChanged)
    connection = Property(dict, _getter("connection"), notify=connectionChanged)
    notice = Property(dict, _getter("notice"), notify=noticeChanged)
    alerts = Property(list, _getter("alerts"), notify=alertsChanged)
    message = Property(str, _getter("message"), notify=messageChanged)
    hand = Property(dict, _getter("hand"), notify=handChanged)
    timer = Property(str, _getter("timer"), notify=timerChanged)
    actions = Property(dict, _getter("actions"), notify=actionsChanged)
    leading = Property(str, _getter("leading"), notify=leadingChanged)
    heads = Property(dict, _getter("heads"), notify=headsChanged)
    question = Property(dict, _getter("question"), notify=questionChanged)
    marked = Property(int, _getter("marked"), notify=markedChanged)
    signIn = Property(dict, _getter("signIn"), notify=signInChanged)  # noqa: N815
    busy = Property(bool, _getter("busy"), notify=busyChanged)

    @Property(QObject, constant=True)
    def waiting(self) -> QObject:
        return self._waiting

    @Property(QObject, constant=True)
    def aside(self) -> QObject:
        return self._aside

    # --- what QML sends ---

    @Slot(int, str, result=bool)
    def pressKey(self, key: int, text: str) -> bool:  # noqa: N802  (QML's way of naming)
        """Whether the key means anything here."""
        before = self._desk
        name = _key_name(key)
        self._take(KeyPressed(name, text))
        return self._desk != before

    @Slot(str)
    def chooseVerb(self, word: str) -> None:  # noqa: N802
        self._take(VerbChosen(_VERB_OF_WORD[word]))

    @Slot(int)
    def chooseOption(self, index: int) -> None:  # noqa: N802
        self._take(OptionChosen(index))

    @Slot(str)
    def chooseEntry(self, entry: str) -> None:  # noqa: N802
        self._take(EntryChosen(Entry(entry)))

    # --- how ---

    def _hear(self, notice: Any) -> None:
        self._take(notice)

    def _tick(self) -> None:
        self._take(Ticked())

    def _take(self, event: Event) -> None:
        self._desk, effects = step(self._desk, event, self._link.server_now())
        for effect in effects:
            self._carry_out(effect)
        if self._desk.asked is None:
            self._slow.stop()
            self._show("busy", False)
        self._refresh()

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Send(command=command):
                self._slow.start()
                self._link.request(command, ANSWER_PATIENCE)
            case Follow(stream=stream):
                self._link.subscribe(stream)
            case Unfollow(stream=stream):
                self._link.unsubscribe(stream)
            case Remember(counter=counter, language=language):
                self._remember(counter, language)
            case Alarm():
                self._chime()
                self.alarmed.emit()

    def _say_busy(self) -> None:
        self._show("busy", self._desk.asked is not None)

    def _refresh(self) -> None:
        desk, now = self._desk, self._link.server_now()
        self._show("page", frame.page(desk).value)
        self._show("words", {key: words.in_(desk.language) for key, words in WORDS.items()})
        self._show("header", as_qml(frame.header(desk)))
        self._show("clock", as_qml(frame.time_of_day(desk, now)))
        self._show("connection", as_qml(frame.connection(desk)))
        self._show("notice", as_qml(frame.notice(desk)))
        self._show("alerts", list(frame.alerts(desk)))
        self._show("message", frame.message(desk))
        self._show("hand", as_qml(hand.hand(desk, now)))
        self._show("timer", hand.timer(desk, now))
        self._show("actions", as_qml(hand.actions(desk)))
        self._show("leading", hand.leading(desk))
        self._show("heads", as_qml(lists.list_heads(desk)))
        self._show("signIn", as_qml(asking.sign_in_page(desk)))
        self._show("question", as_qml(asking.question_card(desk)))
        self._show("marked", asking.marked_line(desk))
        self._waiting.show([as_qml(row) for row in lists.waiting_rows(desk, now)])
        self._aside.show([as_qml(row) for row in lists.aside_rows(desk)])

    def _show(self, section: str, value: Any) -> None:
        if section in self._shown and self._shown[section] == value:
            return
        self._shown[section] = value
        changed: SignalInstance = getattr(self, f"{section}Changed")
        changed.emit()


def _names(row: type) -> tuple[str, ...]:
    return tuple(camel(field.name) for field in fields(row))


def _key_name(key: int) -> str:
    from PySide6.QtCore import Qt  # 120 enumerations: not before the first frame

    try:
        name = Qt.Key(key).name.removeprefix("Key_")
    except ValueError:
        return ""
    return _SAME_KEYS.get(name, name)


_VERB_OF_WORD = {binding.word: binding.verb for binding in BINDINGS}
