"""F26: nobody leaves the kiosk's window without the staff's PIN, whatever is pressed, swiped, dragged or plugged in."""

from __future__ import annotations

import configparser
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPointingDevice
from PySide6.QtTest import QTest

from tests.support.kiosk_stage import PIN, ROOT, Stage, on_stage
from tests.support.promises import RecordFigure
from tests.support.visitor import staff_page, to_service

NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
CTRL, SHIFT, META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.MetaModifier,
)
FUNCTIONS = [getattr(Qt.Key, f"Key_F{number}") for number in range(1, 13)]
KEYS = [
    (Qt.Key.Key_F4, ALT),
    (Qt.Key.Key_Tab, ALT),
    (Qt.Key.Key_Tab, ALT | SHIFT),
    (Qt.Key.Key_Space, ALT),
    (Qt.Key.Key_D, META),
    (Qt.Key.Key_L, META),
    (Qt.Key.Key_Delete, CTRL | ALT),
    (Qt.Key.Key_Backspace, CTRL | ALT),
    (Qt.Key.Key_Escape, CTRL | SHIFT),
    *((key, CTRL | ALT) for key in FUNCTIONS),
    *((key, NONE) for key in FUNCTIONS),
    *((getattr(Qt.Key, f"Key_{letter}"), CTRL) for letter in "CNOPQTVW"),
    *(
        (key, NONE)
        for key in (
            Qt.Key.Key_Escape,
            Qt.Key.Key_Menu,
            Qt.Key.Key_Super_L,
            Qt.Key.Key_Back,
            Qt.Key.Key_HomePage,
            Qt.Key.Key_Print,
            Qt.Key.Key_Tab,
            Qt.Key.Key_Return,
            Qt.Key.Key_Space,
            Qt.Key.Key_PowerOff,
            Qt.Key.Key_Sleep,
        )
    ),
]


def press_keys(stage: Stage) -> None:
    for key, modifier in KEYS:
        QTest.keyClick(stage.window, key, modifier)


def type_on_a_keyboard(stage: Stage) -> None:
    for letter in "XTERM":
        QTest.keyClick(stage.window, getattr(Qt.Key, f"Key_{letter}"))
    QTest.keyClick(stage.window, Qt.Key.Key_Return)


def swipe_from_the_edges(stage: Stage) -> None:
    width, height = stage.window.width(), stage.window.height()
    for start, end in (
        ((0, height // 2), (width // 2, height // 2)),
        ((width - 1, height // 2), (width // 2, height // 2)),
        ((width // 2, 0), (width // 2, height // 2)),
        ((width // 2, height - 1), (width // 2, height // 2)),
    ):
        stroke(stage, [start], [end])


def three_fingers(stage: Stage) -> None:
    width, height = stage.window.width(), stage.window.height()
    starts = [(width // 4 * number, height // 3) for number in (1, 2, 3)]
    stroke(stage, starts, starts)
    stroke(stage, starts, [(x, height // 8) for x, _ in starts])


def stroke(stage: Stage, starts: list[tuple[int, int]], ends: list[tuple[int, int]]) -> None:
    """So many fingers down, moved, and up again."""
    panel = finger()
    fingers = [*enumerate(zip(starts, ends, strict=True))]
    for step in range(5):
        touch = QTest.touchEvent(stage.window, panel)
        for number, ((x, y), (to_x, to_y)) in fingers:
            at = QPoint(x + (to_x - x) * step // 4, y + (to_y - y) * step // 4)
            {0: touch.press, 4: touch.release}.get(step, touch.move)(number, at, stage.window)
        touch.commit()


def finger() -> QPointingDevice:
    return QTest.createTouchDevice()


def long_press(stage: Stage) -> None:
    """On a place without a key: what a desktop would answer with a menu."""
    at = QPoint(stage.window.width() // 2, 4)
    panel = finger()
    QTest.touchEvent(stage.window, panel).press(0, at, stage.window).commit()
    stage.wait(2)
    QTest.touchEvent(stage.window, panel).release(0, at, stage.window).commit()
    QTest.mouseClick(stage.window, Qt.MouseButton.RightButton, NONE, at)


def drag_an_address_in(stage: Stage) -> None:
    data = QMimeData()
    data.setUrls([QUrl("file:///etc/passwd"), QUrl("https://example.org")])
    at, copy, left = QPoint(200, 200), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at, copy, data, left, NONE)
    QGuiApplication.sendEvent(stage.window, enter)
    drop = QDropEvent(QPointF(at), copy, data, left, NONE, QEvent.Type.Drop)
    QGuiApplication.sendEvent(stage.window, drop)
    assert not enter.isAccepted()
    assert not drop.isAccepted()


def close(stage: Stage) -> None:
    event = QCloseEvent()
    QGuiApplication.sendEvent(stage.window, event)
    assert not event.isAccepted()
    assert stage.window.close() is False


def minimise(stage: Stage) -> None:
    stage.window.showMinimized()


def take_the_screen_away(stage: Stage) -> None:
    stage.window.showNormal()


WAYS: dict[str, Callable[[Stage], None]] = {
    "keys": press_keys,
    "a keyboard plugged in": type_on_a_keyboard,
    "edge swipes": swipe_from_the_edges,
    "three fingers": three_fingers,
    "long press": long_press,
    "a dragged address": drag_an_address_in,
    "closing": close,
    "minimising": minimise,
    "leaving full screen": take_the_screen_away,
}


@pytest.fixture
def stage() -> Iterator[Stage]:
    with on_stage((1080, 1920)) as stage:
        stage.window.showFullScreen()
        stage.connect()
        stage.show_hall()
        yield stage
        assert stage.complaints == []


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_out_of_the_window(stage: Stage, way: str, figure: RecordFigure) -> None:
    to_service(stage)
    stage.wait(1)
    before = stage.page
    WAYS[way](stage)
    stage.settle()
    assert stage.window.isVisible()
    assert stage.window.windowStates() & Qt.WindowState.WindowFullScreen
    assert not stage.window.windowStates() & Qt.WindowState.WindowMinimized
    assert stage.page == before
    assert not stage.ended
    figure("", "F26", f"{len(WAYS)} kinds of trying, {len(KEYS)} keys among them: 0 ways out without the PIN")


def test_with_the_pin_staff_reach_the_desktop_and_the_window_comes_back_whole(stage: Stage) -> None:
    staff_page(stage, PIN)
    stage.touch("leaveFullScreen")
    assert stage.window.windowStates() & Qt.WindowState.WindowMinimized
    stage.window.showNormal()
    stage.settle()
    assert stage.window.windowStates() & Qt.WindowState.WindowFullScreen


def test_a_kiosk_that_is_killed_comes_back_by_itself_within_three_seconds() -> None:
    """What the system sees to is written in the unit: the keys of a desktop, too, for there is none."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's names keep their capitals
    unit.read(Path(ROOT) / "docs" / "systemd" / "loket-kiosk.service")
    assert unit["Service"]["Restart"] == "always"
    assert float(unit["Service"]["RestartSec"]) <= 1
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert "cage" in unit["Service"]["ExecStart"]  # one window, no desktop beneath it, no switching of terminals
    assert "-s" not in unit["Service"]["ExecStart"].split()  # cage's switch that would allow Ctrl+Alt+F2
