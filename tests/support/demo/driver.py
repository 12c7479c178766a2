"""Drive a program's window through its socket (`shared.qt.driving`), and wait for what it shows."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from typing import Any

POLL = 0.03  # seconds between looks at a screen
PATIENCE = 60.0  # seconds until nobody believes any more that it comes


class ScreenError(Exception):
    """The screen did not show what it should; the text says what was awaited."""


class Window:
    """One program's window, seen and touched from outside."""

    def __init__(self, name: str, address: Path) -> None:
        self.name = name
        self._address = address
        self._socket: socket.socket | None = None

    def connect(self, patience: float = PATIENCE) -> None:
        """Wait until the program listens."""
        deadline = time.monotonic() + patience
        while True:
            caller = socket.socket(socket.AF_UNIX)
            try:
                caller.connect(str(self._address))
            except OSError:
                caller.close()
                if time.monotonic() > deadline:
                    raise ScreenError(f"{self.name}: no window within {patience:.0f} s") from None
                time.sleep(POLL)
            else:
                caller.settimeout(PATIENCE)
                self._socket = caller
                return

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def find(self, name: str) -> dict[str, Any] | None:
        """The visible item of that object name, or None."""
        found = self._ask(do="find", object=name)
        return found if found["found"] else None

    def wait(self, name: str, *, text: str = "", patience: float = PATIENCE) -> dict[str, Any]:
        """Wait until an item is on the screen and can be used; with `text`, until it holds that."""
        deadline = time.monotonic() + patience
        seen: dict[str, Any] | None = None
        while time.monotonic() < deadline:
            seen = self.find(name)
            if seen is not None and seen["enabled"] and text in seen["text"]:
                return seen
            time.sleep(POLL)
        wanted = f"{name!r}" + (f" with {text!r}" if text else "")
        raise ScreenError(f"{self.name}: waited {patience:.0f} s for {wanted}; last seen: {seen}")

    def wait_gone(self, name: str, patience: float = PATIENCE) -> None:
        deadline = time.monotonic() + patience
        while self.find(name) is not None:
            if time.monotonic() > deadline:
                raise ScreenError(f"{self.name}: {name!r} was still there after {patience:.0f} s")
            time.sleep(POLL)

    def wait_locked(self, name: str, patience: float = PATIENCE) -> None:
        """Wait until an item is there, but cannot be used now."""
        deadline = time.monotonic() + patience
        while (seen := self.find(name)) is None or seen["enabled"]:
            if time.monotonic() > deadline:
                raise ScreenError(f"{self.name}: {name!r} could still be used after {patience:.0f} s")
            time.sleep(POLL)

    def touch(self, name: str, patience: float = PATIENCE) -> None:
        self.wait(name, patience=patience)
        self._done(self._ask(do="touch", object=name))

    def key(self, name: str) -> None:
        self._done(self._ask(do="key", key=name))

    def type(self, text: str) -> None:
        self._done(self._ask(do="type", text=text))

    def picture(self, file: Path) -> None:
        self._done(self._ask(do="picture", file=str(file)))

    def _done(self, answer: dict[str, Any]) -> None:
        if not answer.get("done"):
            raise ScreenError(f"{self.name}: {answer.get('error', 'not done')}")

    def _ask(self, **request: str) -> dict[str, Any]:
        if self._socket is None:
            raise ScreenError(f"{self.name}: not connected")
        try:
            self._socket.sendall(json.dumps(request).encode() + b"\n")
            answer = b""
            while not answer.endswith(b"\n"):
                if not (part := self._socket.recv(65536)):
                    raise ScreenError(f"{self.name}: the program has ended")
                answer += part
        except OSError as error:
            raise ScreenError(f"{self.name}: {error}") from None
        decoded: dict[str, Any] = json.loads(answer)
        return decoded
