"""The application: which address leads where."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.types import ExceptionHandler
from starlette.websockets import WebSocket

from server.app.ports import StorageError
from server.net import rest
from server.net.crowd import Crowd
from server.net.doorkeeper import Doorkeeper
from server.net.gate import Gate
from server.net.guard import NoNul, OneLength, ReadingHasNoBody, SameOriginOnly, refuse_unlisted
from server.net.http import CROWD
from server.net.phone_socket import Phones
from server.net.websocket import program_socket

MAX_BODY = 65_536


class Companion(Protocol):
    """Starts and ends with the application."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


def application(
    gate: Gate,
    phones: Phones,
    pages: Sequence[BaseRoute] = (),
    companions: Sequence[Companion] = (),
    doorkeeper: Doorkeeper | None = None,
    when_refused: ExceptionHandler | None = None,
) -> Starlette:
    """`pages` are what people see in a browser, made by `server.web`, which also has a page for refusals. Without a
    doorkeeper there are none for people who sign in. Raises UnlistedRouteError."""

    async def socket(websocket: WebSocket) -> None:
        await program_socket(gate, websocket)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[dict[str, Crowd]]:
        gate.writer.start(asyncio.get_running_loop())
        for companion in companions:
            companion.start()
        loop = asyncio.get_running_loop()
        watches = [asyncio.create_task(gate.watch_for_revoked()), asyncio.create_task(phones.keep_watch(loop.time))]
        try:
            yield {CROWD: gate.crowd}
        finally:
            for watch in watches:
                watch.cancel()
            await asyncio.wait(watches)
            phones.say_goodbye()
            for companion in companions:
                await asyncio.to_thread(companion.stop)
            await asyncio.to_thread(gate.writer.stop)

    routes: list[BaseRoute] = [WebSocketRoute("/socket", socket), *rest.routes(gate), *pages]
    refuse_unlisted(routes)
    if doorkeeper is not None:
        routes = doorkeeper.guard(routes)
    handlers: dict[type[Exception], ExceptionHandler] = {}
    if when_refused is not None:
        handlers = {HTTPException: when_refused, StorageError: when_refused}
    guards = [Middleware(OneLength), Middleware(SameOriginOnly), Middleware(ReadingHasNoBody), Middleware(NoNul)]
    return Starlette(
        routes=routes, middleware=guards, lifespan=life, max_body_size=MAX_BODY, exception_handlers=handlers
    )
