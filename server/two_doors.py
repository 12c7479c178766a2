"""Two doors: uvicorn with a second port, in clear, for phones and whatever else cannot know the hall's authority."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, cast

import uvicorn


class TwoDoors(uvicorn.Server):
    """One application, one loop. Which connections may do what in clear is the introduction's business."""

    def __init__(
        self, config: uvicorn.Config, in_clear: socket.socket | None = None, greeted_within: float | None = None
    ) -> None:
        """`greeted_within`: seconds for the greeting of TLS. Until then a connection is in no crowd, and asyncio waits
        for a minute."""
        super().__init__(config)
        self._in_clear = in_clear
        self._greeted_within = greeted_within

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        with_tls = sockets if sockets and self.config.ssl is not None else []
        await super().startup([] if with_tls else sockets)
        loop, backlog = asyncio.get_running_loop(), self.config.backlog
        for one in with_tls:
            self.servers.append(
                await loop.create_server(
                    self._connection,
                    sock=one,
                    backlog=backlog,
                    ssl=self.config.ssl,
                    ssl_handshake_timeout=self._greeted_within,
                )
            )
        if self._in_clear is not None:
            self.servers.append(await loop.create_server(self._connection, sock=self._in_clear, backlog=backlog))

    def _connection(self) -> asyncio.Protocol:
        make = cast(Any, self.config.http_protocol_class)
        connection: asyncio.Protocol = make(
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return connection
