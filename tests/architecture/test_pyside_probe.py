"""A probe of the pinned PySide6: release 6.12.0 loses a reference to None and to True at each call on CPython 3.11,
and a kiosk dies of it after some hours. Short suites do not notice; this counts."""

from __future__ import annotations

import sys

import PySide6
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QGuiApplication

from shared.qt.keyed_list_model import KeyedListModel

CALLS = 20_000
TOLERANCE = 200  # other code may come and go meanwhile; the fault costs one reference at each call


class _Speaker(QObject):
    said = Signal(object)


def test_the_pinned_release_is_one_without_the_fault() -> None:
    assert tuple(map(int, PySide6.__version__.split(".")[:2])) < (6, 12)


def test_calls_into_qt_keep_the_references_to_none_and_true(qapp: QGuiApplication) -> None:
    speaker = _Speaker()
    speaker.said.connect(lambda _value: None)
    model = KeyedListModel("n", ["n"])
    settings = QSettings()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(CALLS):
        speaker.said.emit(number)
        speaker.setObjectName("a")
        speaker.blockSignals(False)
        settings.sync()
        if number % 20 == 0:
            model.show([{"n": number}, {"n": number + 1}])
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert before[0] - after[0] < TOLERANCE
    assert before[1] - after[1] < TOLERANCE
