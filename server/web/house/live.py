"""Live parts: a stream of the lobby, rendered on the server, pushed to a page as server-sent events.

The page is whole without it. What a slow browser has not taken is merged, not queued (law 9): it gets the newest state
of each part, or is let go after ten seconds without taking anything, and comes back by itself. It ends with the session
that it was begun with, however much happens in the hall.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.app.accounts import Staff
from server.app.jobs import Followed, Left
from server.app.ports import StorageError
from server.app.sessions import Outbox, Session
from server.web.house.house import House
from shared.protocol.codec import decode_server
from shared.protocol.messages import Delta, Refused, Snapshot
from shared.protocol.views import Table
from shared.sync import apply, opened

Render = Callable[[Table], Mapping[str, str]]
"""The parts of a page, by the id of their element: each the whole element as HTML."""
AT_MOST_EVERY = 0.5  # seconds between two updates: faster than anybody reads, slow enough for an old tablet
TAKEN_WITHIN = 10.0  # seconds; a browser that takes nothing for so long is gone
STILL_HERE = 15.0  # seconds between two signs of life, and looks whether the session goes on
OF_ONE_PERSON = 8  # streams at the same time: each is rendered on the loop


class Live(Response):
    """A response: `return Live(house, http, staff, "floor", render)`."""

    def __init__(self, house: House, http: Request, staff: Staff, stream: str, render: Render) -> None:
        super().__init__()
        self._house = house
        self._http = http
        self._staff = staff
        self._stream = stream
        self._render = render

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        followed = self._house.followed
        if followed[self._staff.id] >= OF_ONE_PERSON:
            await _begin(send, 429)
            await send({"type": "http.response.body", "body": b""})
            return
        followed[self._staff.id] += 1
        try:
            await self._follow(receive, send)
        finally:
            followed[self._staff.id] -= 1

    async def _follow(self, receive: Receive, send: Send) -> None:
        gate = self._house.gate
        mirror = _Mirror()
        session = Session(mirror, self._staff.role, person=self._staff.id, agency=self._staff.agency)
        if not gate.writer.put(Followed(session, self._stream)):
            await _begin(send, 503)
            await send({"type": "http.response.body", "body": b""})
            return
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            await _begin(send, 200)
            await self._push(mirror, gone, send)
        except (TimeoutError, OSError, StorageError, asyncio.CancelledError):
            pass  # too slow, gone, or the server ends, or nobody can say who it is: the browser comes back by itself
        finally:
            gone.cancel()
            gate.writer.insist(Left(session))
            with suppress(OSError, TimeoutError):
                await asyncio.wait_for(send({"type": "http.response.body", "body": b""}), 1)

    async def _push(self, mirror: _Mirror, gone: asyncio.Future[None], send: Send) -> None:
        shown: dict[str, str] = {}
        loop = asyncio.get_running_loop()
        proved = loop.time()
        while not gone.done() and not mirror.ended:
            if loop.time() - proved >= STILL_HERE:
                proved = loop.time()
                if not await self._goes_on():
                    await _say(send, b"event: over\ndata: {}\n\n")
                    return
                await _say(send, b": still here\n\n")
            changed = asyncio.ensure_future(mirror.changed.wait())
            either: set[asyncio.Future[Any]] = {changed, gone}
            await asyncio.wait(either, timeout=proved + STILL_HERE - loop.time(), return_when=asyncio.FIRST_COMPLETED)
            changed.cancel()
            if gone.done():
                return
            if not mirror.changed.is_set():
                continue
            mirror.changed.clear()
            parts = self._render(mirror.table)
            for id_, html in parts.items():
                if shown.get(id_) != html:
                    await _say(send, b"event: put\ndata: " + _encode({"id": id_, "html": html}) + b"\n\n")
            shown = dict(parts)
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(gone), AT_MOST_EVERY)

    async def _goes_on(self) -> bool:
        """Whether the session does, and may still follow what it does."""
        now = await self._house.doorkeeper.who(self._http)
        was = self._staff
        return now is not None and (now.role, now.agency, now.must_change) == (was.role, was.agency, was.must_change)


class _Mirror(Outbox):
    """An outbox that keeps the newest table and nothing else."""

    def __init__(self) -> None:
        self.table: Table = {}
        self.changed = asyncio.Event()
        self.ended = False
        self._rev = 0

    def put(self, frame: bytes) -> None:
        match decode_server(frame):
            case Snapshot() as snapshot:
                self._rev, self.table = opened(snapshot)
            case Delta() as delta:
                self._rev, self.table = apply(self._rev, self.table, delta)
            case Refused():
                self.ended = True
        self.changed.set()

    def finish(self, frame: bytes, code: int) -> None:  # noqa: ARG002
        self.put(frame)
        self.ended = True


_encode = msgspec.json.Encoder().encode


async def _begin(send: Send, status: int) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _say(send: Send, text: bytes) -> None:
    message = {"type": "http.response.body", "body": text, "more_body": True}
    await asyncio.wait_for(send(message), TAKEN_WITHIN)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
