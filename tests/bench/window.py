"""A window under the glass: runs one of our programs, or a bare QML window, and writes down when it drew what.

python -m tests.bench.window FILE bare|kiosk|counter|display [ARGUMENTS]

FILE gets a line of JSON when the first frame was drawn, and one more each half second: frames so far, seconds of
processor time, resident bytes. Nothing else of the program is touched: the window is asked for its own signal.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

EVERY = 500  # ms between two lines

_BARE = b"""
import QtQuick
import QtQuick.Window
Window { visible: true; width: 1080; height: 1920; color: "white"; Text { anchors.centerIn: parent; text: "Loket" } }
"""


class Watch:
    """Counts the frames of a window."""

    def __init__(self, window: QQuickWindow, out: TextIO) -> None:
        self._frames = 0
        self._out = out
        window.frameSwapped.connect(self._drawn)
        self._timer = QTimer()
        self._timer.timeout.connect(self._tell)
        self._timer.start(EVERY)

    def _drawn(self) -> None:
        self._frames += 1
        if self._frames == 1:
            self._tell()

    def _tell(self) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        facts = {
            "at": time.time(),
            "frames": self._frames,
            "processor": used.ru_utime + used.ru_stime,
            "memory": _resident(),
        }
        self._out.write(json.dumps(facts) + "\n")
        self._out.flush()


def main(file: str, what: str, arguments: list[str]) -> int:
    with Path(file).open("w", encoding="ascii") as out:
        if what == "bare":
            return _bare(out)
        return _program(out, what, arguments)


def _bare(out: TextIO) -> int:
    application = QGuiApplication(["bare"])
    engine = QQmlApplicationEngine()
    engine.loadData(_BARE, QUrl())
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    watch = Watch(window, out)
    code = application.exec()
    del watch
    return code


def _program(out: TextIO, name: str, arguments: list[str]) -> int:
    from shared.qt import launch

    shown, watches = launch.show_window, []

    def show_window(engine: QQmlApplicationEngine, size: str) -> QQuickWindow:
        window = engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        watches.append(Watch(window, out))
        return shown(engine, size)

    launch.show_window = show_window
    return int(importlib.import_module(f"{name}.__main__").main(arguments))


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
