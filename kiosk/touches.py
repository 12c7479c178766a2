"""Touches: what QML calls when something was touched, each as an event of the flow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from kiosk import events
from shared.vocabulary import Language, Need


class Touches(QObject):
    """The view model's part that only passes on."""

    _happen: Callable[[events.Event], None]
    """The view model's own: an event goes through the flow."""

    @Slot(str)
    def begin(self, language: str) -> None:
        self._happen(events.Start(Language(language)))

    @Slot()
    def switchLanguage(self) -> None:  # noqa: N802
        self._happen(events.SwitchLanguage())

    @Slot()
    def switchSize(self) -> None:  # noqa: N802
        self._happen(events.SwitchSize())

    @Slot(str)
    def chooseAgency(self, agency: str) -> None:  # noqa: N802
        self._happen(events.ChooseAgency(agency))

    @Slot(str)
    def chooseService(self, service: str) -> None:  # noqa: N802
        self._happen(events.ChooseService(service))

    @Slot(int)
    def turn(self, by: int) -> None:
        self._happen(events.Turn(by))

    @Slot()
    def openSearch(self) -> None:  # noqa: N802
        self._happen(events.OpenSearch())

    @Slot(str)
    def typeLetter(self, letter: str) -> None:  # noqa: N802
        self._happen(events.Type(letter))

    @Slot()
    def erase(self) -> None:
        self._happen(events.Erase())

    @Slot()
    def clear(self) -> None:
        self._happen(events.Clear())

    @Slot()
    def takeNumber(self) -> None:  # noqa: N802
        self._happen(events.TakeNumber())

    @Slot()
    def addAnother(self) -> None:  # noqa: N802
        self._happen(events.AddAnother())

    @Slot()
    def lookAtBasket(self) -> None:  # noqa: N802
        self._happen(events.LookAtBasket())

    @Slot()
    def askForPriority(self) -> None:  # noqa: N802
        self._happen(events.AskForPriority())

    @Slot(str)
    def chooseNeed(self, need: str) -> None:  # noqa: N802
        self._happen(events.ChooseNeed(Need(need)))

    @Slot()
    def takeAnother(self) -> None:  # noqa: N802
        self._happen(events.TakeAnother())

    @Slot()
    def takeAllTheSame(self) -> None:  # noqa: N802
        self._happen(events.TakeAllTheSame())

    @Slot()
    def lookAtOtherDays(self) -> None:  # noqa: N802
        self._happen(events.LookAtOtherDays())

    @Slot()
    def printMine(self) -> None:  # noqa: N802
        self._happen(events.PrintMine())

    @Slot()
    def openBooking(self) -> None:  # noqa: N802
        self._happen(events.OpenBooking())

    @Slot()
    def enterCode(self) -> None:  # noqa: N802
        self._happen(events.EnterCode())

    @Slot()
    def goBack(self) -> None:  # noqa: N802
        self._happen(events.Back())

    @Slot()
    def startOver(self) -> None:  # noqa: N802
        self._happen(events.StartOver())

    @Slot()
    def stay(self) -> None:
        self._happen(events.Stay())

    @Slot()
    def finished(self) -> None:
        self._happen(events.Finished())

    @Slot(str)
    def pressDigit(self, digit: str) -> None:  # noqa: N802
        self._happen(events.PressDigit(digit))

    @Slot()
    def eraseDigit(self) -> None:  # noqa: N802
        self._happen(events.EraseDigit())

    @Slot()
    def enterPin(self) -> None:  # noqa: N802
        self._happen(events.EnterPin())

    @Slot(str)
    def printAgain(self, visit: str) -> None:  # noqa: N802
        self._happen(events.PrintAgain(visit))

    @Slot()
    def leaveFullScreen(self) -> None:  # noqa: N802
        self._happen(events.LeaveFullScreen())

    @Slot()
    def endProgram(self) -> None:  # noqa: N802
        self._happen(events.EndProgram())
