"""The window without a way out: keys, closing and minimising do nothing unless staff allowed it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTouchEvent, QWindow

_DEAF = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut),
        *(QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop),  # an address dragged in from a browser
        *(QEvent.Type.ContextMenu, QEvent.Type.NativeGesture, QEvent.Type.Wheel),  # long press, pinch, a mouse's wheel
        *(QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease),
    }
)


class WindowGuard(QObject):
    """Filters the events of one window; reports every touch with its place, and what a scanner types."""

    def __init__(self, window: QWindow, touched: Callable[[float, float], None], typed: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._touched = touched
        self._typed = typed
        self._away = False
        self._is_full = False
        window.installEventFilter(self)

    def step_aside(self) -> None:
        """Staff want the desktop: until the window is brought back, it may be small."""
        self._away = True
        self._window.showMinimized()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        kind = event.type()
        if kind in _DEAF:
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                self._typed(event.text())  # a scanner's; no key does anything else
            event.ignore()
            return True
        if kind == QEvent.Type.Close:
            event.ignore()
            return True
        if kind == QEvent.Type.WindowStateChange:
            self._hold_full_screen()
        elif kind == QEvent.Type.TouchBegin and isinstance(event, QTouchEvent) and event.points():
            at = event.points()[0].position()
            self._touched(at.x(), at.y())
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._touched(event.position().x(), event.position().y())
        return super().eventFilter(watched, event)

    def _hold_full_screen(self) -> None:
        from PySide6.QtCore import Qt  # 120 enumerations: not before the first frame

        states = self._window.windowStates()
        small = bool(states & Qt.WindowState.WindowMinimized)
        full = bool(states & Qt.WindowState.WindowFullScreen)
        lost_its_screen = self._is_full and not full  # a key or a swipe of the desktop's took it away
        self._is_full |= full
        if (small or lost_its_screen) and not self._away:
            self._window.showFullScreen()
        elif not small and self._away:
            self._away = False
            self._window.showFullScreen()
