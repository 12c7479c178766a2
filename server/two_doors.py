"""Two doors: uvicorn with a second port, in clear, for phones and whatever else cannot know the hall's authority."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, cast

import uvicorn


class TwoDoors(uvicorn.Server):
    """One application, one loop. Which connections may do what in clear is the introduction's business."""

    def __init__(self, config: uvicorn.Config, in_clear: socket.socket | None = None) -> None:
        super().__init__(config)
        self._in_clear = in_clear

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._in_clear is None:
            return
        loop = asyncio.get_running_loop()
        self.servers.append(
            await loop.create_server(self._connection, sock=self._in_clear, backlog=self.config.backlog)
        )

    def _connection(self) -> asyncio.Protocol:
        make = cast(Any, self.config.http_protocol_class)
        connection: asyncio.Protocol = make(
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return connection
