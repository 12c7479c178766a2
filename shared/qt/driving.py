"""Drive a program from outside: find, touch, type, take a picture. For the demo's journey and the end-to-end tests.

Off unless the environment names a socket (`LOKET_DRIVE=/path`), which only this program's user can reach. What is
done goes through the window as a finger's or a keyboard's events do; nothing reaches behind the screen.

A request is one line of JSON, so is the answer:
`{"do": "find", "object": "takeNumber"}` -> `{"found": true, "x": 540, "y": 900, "text": "Ambil", "enabled": true}`;
`touch` (object), `key` (Qt's name without `Key_`), `type` (lower-case letters, digits, blanks), `picture` (file),
`quit`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QObject, QPoint, QPointF, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

ACTIVATION = 1000  # ms that a window system may take to hand the keyboard over
Answer = dict[str, Any]


class Driver(QObject):
    def __init__(self, window: QQuickWindow, address: str) -> None:
        super().__init__()
        self._window = window
        self._finger = QTest.createTouchDevice()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(address)
        self._server.newConnection.connect(self._meet)
        if not self._server.listen(address):
            raise RuntimeError(f"cannot be driven through {address}: {self._server.errorString()}")

    def _meet(self) -> None:
        caller = self._server.nextPendingConnection()
        caller.readyRead.connect(lambda: self._hear(caller))

    def _hear(self, caller: QLocalSocket) -> None:
        while caller.canReadLine():
            request = json.loads(bytes(caller.readLine().data()))
            caller.write(json.dumps(self._do(request)).encode() + b"\n")
            caller.flush()

    def _do(self, request: dict[str, str]) -> Answer:
        match request["do"]:
            case "find":
                return self._find(request["object"])
            case "touch":
                return self._touch(request["object"])
            case "key":
                self._take_keyboard()
                QTest.keyClick(self._window, Qt.Key[f"Key_{request['key']}"])
                return {"done": True}
            case "type":
                self._take_keyboard()
                for letter in request["text"]:
                    QTest.keyClick(self._window, Qt.Key(ord(letter.upper())))
                return {"done": True}
            case "picture":
                return {"done": self._window.grabWindow().save(request["file"])}
            case "quit":
                QCoreApplication.exit(0)
                return {"done": True}
            case other:
                return {"error": f"unknown: {other}"}

    def _take_keyboard(self) -> None:
        """As a person's click would: on a screen with several windows only one has the keyboard."""
        if not self._window.isActive():
            self._window.requestActivate()
            patience = QDeadlineTimer(ACTIVATION)
            while not self._window.isActive() and not patience.hasExpired():
                QTest.qWait(10)

    def _find(self, name: str) -> Answer:
        item = self._visible_item(name)
        if item is None:
            return {"found": False}
        centre = _centre(item)
        return {
            "found": True,
            "x": centre.x(),
            "y": centre.y(),
            "width": item.width(),
            "height": item.height(),
            # Some buttons are there and say why they cannot be used now.
            "enabled": item.isEnabled() and item.property("live") is not False,
            "text": str(item.property("text") or ""),
        }

    def _touch(self, name: str) -> Answer:
        item = self._visible_item(name)
        if item is None:
            return {"error": f"nothing called {name} is on the screen"}
        at = _centre(item)
        QTest.touchEvent(self._window, self._finger).press(0, at, self._window).commit()
        QTest.touchEvent(self._window, self._finger).release(0, at, self._window).commit()
        return {"done": True}

    def _visible_item(self, name: str) -> QQuickItem | None:
        bounds = self._window.contentItem().boundingRect()
        for item in _items(self._window):
            if item.objectName() == name and item.isVisible() and item.opacity() > 0:
                centre = _centre(item)
                if item.width() > 0 and bounds.contains(QPointF(centre)):
                    return item
        return None


def _items(window: QQuickWindow) -> Iterator[QQuickItem]:
    """Every item: by the visual tree (delegates) and by the object tree (what a closed popup holds)."""
    seen: set[QQuickItem] = set()  # holds them: a wrapper that is let go may be reborn at the same address
    waiting = [window.contentItem(), *window.findChildren(QQuickItem)]
    while waiting:
        item = waiting.pop()
        if item not in seen:
            seen.add(item)
            yield item
            waiting.extend(item.childItems())


def _centre(item: QQuickItem) -> QPoint:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
