"""uvicorn's WebSocket protocol with a short way in and out.

A program's message passes here without a task, a queue or an object of ASGI in between: in by `listen`, out by
`write`. The opening, pings, closing, fragments and everything that is wrong stay with the library.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol, cast

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from server.net.crowd import Crowd
from server.net.http import CROWD
from server.net.whole_frames import Cutter, Raw, framed

WIRE = "loket.wire"  # the name under which the application finds it among the scope's extensions
CLOSE_TIMEOUT = 2.0  # seconds; a peer that does not answer a close frame is gone
_NOT_A_REQUEST = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"

Hear = Callable[[str | bytes], None]


class Wire(Protocol):
    """What a connection offers beyond ASGI to whoever has accepted it. Used by the loop's thread alone."""

    @property
    def is_clogged(self) -> bool:
        """The peer reads too slowly: whatever is written now stays in memory."""

    def when_clear(self, clear: Callable[[], None]) -> None:
        """What is called each time the peer has caught up."""

    def listen(self, hear: Hear) -> None:
        """From now on messages go to `hear` at once, first those that wait already; `receive` only tells the end."""

    def write(self, messages: list[bytes]) -> None:
        """All of them in one go."""

    async def end(self, code: int) -> None:
        """Close, behind everything that was written."""

    def leave_to(self, successor: Successor) -> None:
        """From now on the connection is the successor's: neither ASGI nor this object has a part in it any more."""

    def known(self) -> None:
        """Whoever is there is known now, and no longer part of the crowd."""

    def abort(self) -> None:
        """End at once: closing waits until the peer has read what was written, and a frozen display never reads."""


class Successor(Protocol):
    """An asyncio protocol that goes on with an open connection."""

    def begin(self, transport: asyncio.Transport) -> None: ...
    def data_received(self, data: bytes) -> None: ...
    def connection_lost(self, exc: Exception | None) -> None: ...


class DirectWebSocket(WebSocketsSansIOProtocol):
    """A `Wire`, and an end that does not wait for a frozen peer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close_timeout = CLOSE_TIMEOUT
        self._cutter = Cutter(self.config.ws_max_size)
        self._hear: Hear | None = None
        self._clear: Callable[[], None] | None = None
        self._has_left = False
        self._crowd: Crowd = self.app_state[CROWD]

    # --- for the application ---

    @property
    def is_clogged(self) -> bool:
        return not self.writable.is_set()

    def when_clear(self, clear: Callable[[], None]) -> None:
        self._clear = clear

    def listen(self, hear: Hear) -> None:
        waiting = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        self._hear = hear
        for event in waiting:
            if event["type"] == "websocket.receive":
                hear(event.get("text") or event.get("bytes") or b"")
            else:
                self.queue.put_nowait(event)
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def write(self, messages: list[bytes]) -> None:
        if not (self.disconnected or self.close_sent or self.transport.is_closing()):
            self.transport.write(framed(messages))

    async def end(self, code: int) -> None:
        if self.handshake_complete and not (self.disconnected or self.close_sent):
            with suppress(ClientDisconnected):
                await self.send({"type": "websocket.close", "code": code, "reason": ""})

    def leave_to(self, successor: Successor) -> None:
        if self.disconnected or self.close_sent or self.transport.is_closing():
            return
        self._has_left = True
        self.known()
        self.stop_keepalive()
        self.connections.discard(self)
        self.transport.set_protocol(cast(asyncio.Protocol, successor))
        successor.begin(self.transport)

    def known(self) -> None:
        self._crowd.leave(self.transport)

    def abort(self) -> None:
        self.transport.abort()

    # --- for uvicorn ---

    async def run_asgi(self) -> None:
        """As uvicorn's, but a connection that has left is none of its business any more."""
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except BaseException:
            self.logger.exception("Exception in ASGI application\n")
            self.send_500_response()
        if not self._has_left and self.close_timer is None:
            self.transport.close()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # the task that reads it starts later
            extensions = self.scope["extensions"]
            assert extensions is not None
            extensions[WIRE] = {"wire": self}

    def data_received(self, data: bytes) -> None:
        if not self.handshake_complete:
            if self.handshake_initiated:  # it speaks before it was answered
                self._cutter.give_up()
            super().data_received(data)
            if self.conn.handshake_exc is not None and not self.handshake_initiated:
                # what cannot be read as a request (one with a body, say) is left without an answer by uvicorn, for ever
                self.transport.write(_NOT_A_REQUEST)
                self.transport.close()
            return
        for part in self._cutter.cut(data):
            if isinstance(part, Raw):
                super().data_received(part.content)
            else:
                self.frames, self.curr_msg_data_type = [part], "text"
                self.send_receive_event_to_app()

    def send_receive_event_to_app(self) -> None:
        if self._hear is None or self.close_sent:
            self.curr_msg_data_type = (
                "bytes"  # as text, what is no UTF-8 leaves a traceback in the log; ours refuses it
            )
            super().send_receive_event_to_app()
            return
        message = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        self._hear(message)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._clear is not None:
            self._clear()

    def connection_lost(self, exc: Exception | None) -> None:
        self._crowd.leave(self.transport)
        super().connection_lost(exc)
        self._hear = self._clear = None

    def keepalive_timeout(self) -> None:
        """It did not answer a ping in time: it would not read a close frame either."""
        self.pong_timer = None
        self.transport.abort()
