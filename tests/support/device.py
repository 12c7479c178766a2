"""A device for tests: the real `shared.session` and `DeviceKeys` on a real socket, with power that can fail."""

from __future__ import annotations

import random
import secrets
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TypeVar

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from shared.notices import Notice, TokenGiven
from shared.qt.device_keys import DeviceKeys
from shared.session import Session
from shared.vocabulary import Program
from tests.support.waiting import PATIENCE

N = TypeVar("N", bound=Notice)


class Device:
    """Its disk is the folder. `forgetful`: power fails whenever it is about to write a token down."""

    def __init__(self, folder: Path, port: int, program: Program = Program.KIOSK, *, forgetful: bool = False) -> None:
        self.keys = DeviceKeys(folder)
        self.forgetful = forgetful
        self.session = Session(
            program,
            release="test",
            installation=self.keys.installation(),
            token=self.keys.token(),
            proof=self.keys.proof(),
            new_id=lambda: secrets.token_hex(16),
            random=random.random,
        )
        self.socket: ClientConnection = connect(f"ws://127.0.0.1:{port}/socket", legacy=True, close_timeout=1)
        self.session.opened()
        self._send()

    def hears(self, kind: type[N]) -> N:
        """Go on until a notice of that kind comes."""
        deadline = monotonic() + PATIENCE
        while True:
            assert self.session.received(self.socket.recv(timeout=max(0.1, deadline - monotonic())))
            notices = self.session.take_notices()
            for notice in notices:
                if isinstance(notice, TokenGiven) and not self.forgetful:
                    self.keeps(notice.token)
            self._send()
            for notice in notices:
                if isinstance(notice, kind):
                    return notice

    def keeps(self, token: str) -> None:
        """Write it down, and say so."""
        self.keys.keep_token(token)
        self.session.token_kept(token)
        self._send()

    def is_shown_out(self) -> bool:
        with suppress(ConnectionClosed):
            while True:
                self.socket.recv(timeout=PATIENCE)
        return True

    def loses_power(self) -> None:
        self.socket.socket.close()

    def _send(self) -> None:
        for frame in self.session.take_outgoing():
            self.socket.send(frame, text=True)
