"""uvicorn's HTTP with a limit in time for a request, and one for the connections of an address.

A request that never ends (slowloris) costs its sender nothing; without these, two hundred of them stay for ever.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

import structlog
from uvicorn.protocols.http.h11_impl import H11Protocol

from server.net.crowd import Crowd, address_of

log = structlog.get_logger()

CROWD = "loket.crowd"  # the name under which a connection finds it in the application's state


class BoundedHttp(H11Protocol):
    """One connection until it ends, or becomes a websocket."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._crowd: Crowd = self.app_state[CROWD]
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        pushed_out = self._crowd.enter(transport)
        if pushed_out is not None:
            log.debug("too_many_connections", address=address_of(transport))
            cast(asyncio.Transport, pushed_out).abort()
        self._begin()

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and (self.cycle is None or self.cycle.response_complete):
            self._begin()
        super().data_received(data)
        if self.cycle is not None and not self.cycle.more_body:
            self._stop()

    def handle_websocket_upgrade(self, event: Any) -> None:
        self._stop()
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self._crowd.leave(self.transport)
        super().connection_lost(exc)

    def _begin(self) -> None:
        self._deadline = self.loop.call_later(self._crowd.request_within, self.transport.abort)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
