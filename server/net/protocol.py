"""uvicorn's WebSocket protocol with what it does not offer: an end that does not wait for a frozen peer."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

ABORT = "loket.abort"  # the name under which the application finds it among the scope's extensions
CLOSE_TIMEOUT = 2.0  # seconds; a peer that does not answer a close frame is gone


class DroppableWebSocket(WebSocketsSansIOProtocol):
    """Closing waits until the peer has read what was written before; a display that is frozen never reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close_timeout = CLOSE_TIMEOUT

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # the task that reads it starts later
            extensions = self.scope["extensions"]
            assert extensions is not None
            extensions[ABORT] = {"abort": self.transport.abort}

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.loop.call_later(CLOSE_TIMEOUT, self.transport.abort)
