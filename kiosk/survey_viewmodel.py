"""The tablet towards QML: keeps the frozen state, does what the flow wants, announces only what changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QQmlPropertyMap
from PySide6.QtQuick import QQuickWindow

from kiosk.scanning import Scan
from kiosk.survey import events as e
from kiosk.survey.flow import step
from kiosk.survey.screens import Screen, screen
from kiosk.survey.states import Tablet
from kiosk.survey.words import table
from kiosk.window_guard import WindowGuard
from shared.log import get_log
from shared.notices import Answered, GivenUp, Live, Lost, Notice, PairingCode, TurnedAway
from shared.qt.as_qml import as_qml
from shared.qt.link import ServerLink
from shared.vocabulary import Language

TICK = 200  # ms
GIVE_UP = 8.0  # seconds without an answer

log = get_log("tablet")


class ReadsAloud(Protocol):
    def start(self) -> None: ...
    def say(self, text: str, language: Language) -> None: ...
    def hush(self) -> None: ...
    def stop(self) -> None: ...


class SurveyViewModel(QObject):
    """QML reads `screens` (`it`, `words` and `idle` in both languages) and calls the slots."""

    voiceKnown = Signal(bool)  # noqa: N815  (Qt's way); comes from the reader's thread

    def __init__(
        self,
        link: ServerLink,
        reader: Callable[[Callable[[bool], None]], ReadsAloud] | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`reader` is given whom to tell whether there is a voice; None: nobody reads aloud."""
        super().__init__()
        self._link = link
        self._seconds = seconds
        self._tablet = Tablet()
        self._scan = Scan()
        self._guard: WindowGuard | None = None
        self._shown: Screen | None = None
        self._words_of: Language | None = None
        self._screens = QQmlPropertyMap.create(self)
        self._screens.insert("idle", {language.name.lower(): dict(table(language)) for language in Language})
        self._show()
        self.voiceKnown.connect(self._voice_known)
        self._reader = None if reader is None else reader(self.voiceKnown.emit)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        link.noticed.connect(self._noticed)

    def start(self) -> None:
        self._link.start()
        self._timer.start()
        if self._reader is not None:
            self._reader.start()

    def stop(self) -> None:
        self._timer.stop()
        if self._reader is not None:
            self._reader.stop()

    @property
    def tablet(self) -> Tablet:
        return self._tablet

    @Property(QObject, constant=True)
    def screens(self) -> QQmlPropertyMap:
        return self._screens

    @Slot(QQuickWindow)
    def attach(self, window: QQuickWindow) -> None:
        self._guard = WindowGuard(window, lambda _x, _y: None, self._typed)

    def _typed(self, text: str) -> None:
        self._scan, key = self._scan.after(text, self._seconds())
        if key is not None:
            self._happen(e.SlipScanned(key))

    # --- touches ---

    @Slot(str)
    def begin(self, language: str) -> None:
        self._happen(e.Begin(Language(language)))

    @Slot(str)
    def typeLetter(self, letter: str) -> None:  # noqa: N802
        self._happen(e.Type(letter))

    @Slot()
    def erase(self) -> None:
        self._happen(e.Erase())

    @Slot()
    def clear(self) -> None:
        self._happen(e.Clear())

    @Slot()
    def goOn(self) -> None:  # noqa: N802
        self._happen(e.GoOn())

    @Slot(int)
    def score(self, score: int) -> None:
        self._happen(e.Score(score))

    @Slot()
    def skip(self) -> None:
        self._happen(e.Skip())

    @Slot()
    def goBack(self) -> None:  # noqa: N802
        self._happen(e.Back())

    @Slot()
    def listen(self) -> None:
        self._happen(e.Listen())

    @Slot()
    def switchLanguage(self) -> None:  # noqa: N802
        self._happen(e.SwitchLanguage())

    @Slot()
    def startOver(self) -> None:  # noqa: N802
        self._happen(e.StartOver())

    # --- time and news ---

    @Slot()
    def tick(self) -> None:
        self._happen(e.Ticked())

    @Slot(bool)
    def _voice_known(self, can_speak: bool) -> None:
        self._happen(e.VoiceKnown(can_speak))

    def _noticed(self, notice: Notice) -> None:
        match notice:
            case Live(welcome=welcome):
                self._happen(e.Connected(welcome.site))
            case Lost():
                self._happen(e.ConnectionLost())
            case PairingCode(code=code):
                self._happen(e.CodeShown(code))
            case TurnedAway(code=refused):
                self._happen(e.ServerRefused(refused))
            case Answered(request=request, result=result, refusal=refusal):
                self._happen(e.Replied(request, result, refusal))
            case GivenUp(request=request):
                self._happen(e.GivenUp(request))
            case _:
                pass

    def _happen(self, event: e.Event) -> None:
        before = self._tablet
        self._tablet, effects = step(self._tablet, event, self._seconds())
        if type(before.page) is not type(self._tablet.page):
            log.info("page", page=type(self._tablet.page).__name__)
        for effect in effects:
            self._do(effect)
        if self._tablet is not before:
            self._show()

    def _do(self, effect: e.Effect) -> None:
        match effect:
            case e.Ask(command=command):
                self._happen(e.Asked(self._link.request(command, GIVE_UP)))
            case e.Speak(text=text, language=language):
                if self._reader is not None:
                    self._reader.say(text, language)
            case e.Hush():
                if self._reader is not None:
                    self._reader.hush()

    def _show(self) -> None:
        """The words first: no page is shown before what it says."""
        if self._words_of is not self._tablet.language:
            self._words_of = self._tablet.language
            self._screens.insert("words", dict(table(self._tablet.language)))
        shown = screen(self._tablet)
        if shown != self._shown:
            self._shown = shown
            self._screens.insert("it", as_qml(shown))
