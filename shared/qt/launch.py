"""How a program with a window starts and ends: fonts, engine, signals, faults, and the order of tearing down."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from shared.log import get_log
from shared.qt.typeface import add_typeface

QML_FOLDER = Path(__file__).resolve().parent.parent / "qml"
SIGNAL_LOOK = 200  # ms: a Python signal handler runs only when Qt's loop comes back to Python
WITHOUT_A_FRAME = 1000  # ms until a program goes to work although nobody can see it

log = get_log("program")


def make_application(name: str) -> QGuiApplication:
    """The application with our typeface; software rendering where there is no GPU and nobody chose otherwise."""
    if "QT_QUICK_BACKEND" not in os.environ and not Path("/dev/dri").exists():
        os.environ["QT_QUICK_BACKEND"] = "software"
    QCoreApplication.setApplicationName(name)
    application = QGuiApplication.instance() or QGuiApplication([name])
    assert isinstance(application, QGuiApplication)
    add_typeface()
    return application


def make_engine(qml: Path, view_model: QObject) -> QQmlApplicationEngine:
    """Load a root window that has `required property var vm`. Raises RuntimeError with QML's own words."""
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML_FOLDER))
    complaints: list[str] = []
    engine.warnings.connect(lambda warnings: complaints.extend(warning.toString() for warning in warnings))
    engine.setInitialProperties({"vm": view_model})
    engine.load(QUrl.fromLocalFile(str(qml)))
    if not engine.rootObjects():
        raise RuntimeError("; ".join(complaints) or f"{qml.name} could not be loaded")
    return engine


def show_window(engine: QQmlApplicationEngine, size: str) -> QQuickWindow:
    """Show the root window: `WIDTHxHEIGHT` or `WIDTHxHEIGHT+X+Y`, or the whole screen for an empty size."""
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    if size:
        width, height, *place = (int(number) for number in re.split("[x+]", size))
        window.resize(width, height)
        if place:
            window.setPosition(*place)
        window.show()
    else:
        window.showFullScreen()
    window.requestActivate()  # without a window manager nobody else gives it the keyboard
    return window


def run(
    name: str,
    *,
    qml: Path,
    view_model: Callable[[], QObject],
    size: str = "",
    once_shown: Callable[[], None] | None = None,
    before_end: Callable[[], None] | None = None,
) -> int:
    """Run a program until it quits or is asked to end (SIGTERM, SIGINT). Gives the exit code.

    The application comes first, then `view_model()`. `once_shown` starts links and workers, when people see the first
    frame: what these load makes nobody wait for it. `before_end` stops links and workers; then the engine goes,
    then the view model: the other way round QML reads properties of what is gone.
    """
    application = make_application(name)
    sys.excepthook = _log_fault
    model = view_model()
    engine = make_engine(qml, model)
    window = show_window(engine, size)

    _after_first_frame(window, partial(_started, name, f"{window.width()}x{window.height()}", once_shown))
    driver = _driver(window, os.environ.get("LOKET_DRIVE", ""))

    def end(_signal: int, _frame: FrameType | None) -> None:
        application.exit(0)  # quit() asks the windows first, and a kiosk's window says no

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    look = QTimer()
    look.timeout.connect(lambda: None)
    look.start(SIGNAL_LOOK)
    code = application.exec()
    look.stop()
    if before_end is not None:
        before_end()
    del driver
    window.close()
    del window
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # now, not when the loop comes back
    application.processEvents()
    del engine
    del model
    log.info("ended", program=name)
    return code


def _started(name: str, size: str, once_shown: Callable[[], None] | None) -> None:
    log.info("started", program=name, size=size)
    if once_shown is not None:
        once_shown()


def _after_first_frame(window: QQuickWindow, act: Callable[[], None]) -> None:
    """Once; and soon also where no frame is ever drawn: a display whose screen is off has a voice all the same."""
    waiting = QTimer(window)
    waiting.setSingleShot(True)
    waiting.timeout.connect(act)
    waiting.start(WITHOUT_A_FRAME)

    def drawn() -> None:
        window.frameSwapped.disconnect(drawn)
        if waiting.isActive():
            waiting.start(0)

    window.frameSwapped.connect(drawn)


def _driver(window: QQuickWindow, address: str) -> QObject | None:
    """Who drives the program from outside, when somebody shall: its libraries come with it."""
    if not address:
        return None
    from shared.qt.driving import Driver

    return Driver(window, address)


def _log_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """An exception in a slot must not end a kiosk; it must be found in the log."""
    log.error("a fault in the program", exc_info=(kind, fault, trace))
