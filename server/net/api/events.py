"""Events: what happens in the hall, told to other systems as server-sent events, from where they left off."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from server.app.api.keys import KeyId
from server.app.api.public_facts import Wish, begin_at, event_of
from server.app.api.records import Records
from server.app.ports import StorageError
from server.net.api.feed import Feed
from server.net.api.operations import Call, Operation
from server.net.api.problems import ProblemError
from server.net.api.queries import EventsQuery
from server.net.api.reading import Reading
from server.net.api.routes import Api
from server.net.gate import Gate
from shared.vocabulary import ErrorCode

STILL_HERE = 15.0  # seconds between two signs of life, and looks whether the key is still good
TAKEN_WITHIN = 10.0  # seconds; whoever takes nothing for so long is let go, and comes back to where they were
OF_ONE_KEY, OF_ALL = 4, 64  # streams at the same time
LAST_SEEN = "last-event-id"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

_encode = msgspec.json.Encoder().encode


class EventStreams:
    """Used by the loop's thread alone."""

    def __init__(self, gate: Gate, records: Records, reading: Reading, api: Api) -> None:
        self._gate = gate
        self._records = records
        self._reading = reading
        self._api = api
        self._open: Counter[KeyId] = Counter()
        self._feed: Feed | None = None

    def route(self, operation: Operation) -> BaseRoute:
        async def begin(http: Request) -> Response:
            call = await self._api.call_of(operation, http)
            query: EventsQuery = call.query
            assert call.key is not None, "events without a key"
            wish = self._reading.wish(call.key, query)
            if self._open[call.key.id] >= OF_ONE_KEY or self._open.total() >= OF_ALL:
                raise ProblemError(ErrorCode.TOO_MANY, "So many streams are open already.", {"seconds": 60})
            return _Stream(self, operation, http, call, wish, _asked(query, http))

        return Route(operation.address[1], self._api.guarded(begin), methods=["GET"])

    async def tell(self, stream: _Stream, receive: Receive, send: Send) -> None:
        """Until the other side is gone, or its key is worth nothing any more."""
        self._feed = self._feed or Feed(self._gate, self._records)  # in the loop that serves
        self._open[stream.key] += 1
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            stands = await self._feed.join()
            try:
                await self._tell_from(stream, stands, gone, send)
            finally:
                self._feed.leave()
        except (TimeoutError, OSError, ProblemError, StorageError):
            pass  # let go: it asks again for what it has not seen
        finally:
            gone.cancel()
            self._open[stream.key] -= 1

    async def _tell_from(self, stream: _Stream, stands: int, gone: asyncio.Future[None], send: Send) -> None:
        assert self._feed is not None
        last, complete = await self._begin_at(stream.asked, stands)
        await _say(send, b"event: begin\ndata: " + _encode({"after": last, "complete": complete}) + b"\n\n")
        previous, loop = last, asyncio.get_running_loop()
        proved = loop.time()
        while not gone.done():
            fresh = await self._feed.after(last)
            for one in fresh:
                event = event_of(one, previous, stream.wish, self._gate.catalogue)
                if event is not None:
                    await _say(
                        send, f"id: {event.sequence}\nevent: {event.kind}\ndata: ".encode() + _encode(event) + b"\n\n"
                    )
                    previous = event.sequence
                last = one.sequence
            if loop.time() - proved >= STILL_HERE:
                proved = loop.time()
                await self._api.call_of(stream.operation, stream.http)  # the key may have been revoked
                await _say(send, b": still here\n\n")
            if not fresh:
                await self._feed.wait(last, STILL_HERE)

    async def _begin_at(self, asked: int | None, stands: int) -> tuple[int, bool]:
        """Behind which event it goes on, and whether nothing was lost in between."""
        if asked is None:
            return stands, True
        return begin_at(asked, await self._gate.aside(self._records.oldest_fact), stands)


class _Stream(Response):
    """An answer without an end."""

    def __init__(
        self, streams: EventStreams, operation: Operation, http: Request, call: Call, wish: Wish, asked: int | None
    ) -> None:
        super().__init__()
        assert call.key is not None, "events without a key"
        self._streams = streams
        self.operation = operation
        self.http = http
        self.key = call.key.id
        self.wish = wish
        self.asked = asked

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await self._streams.tell(self, receive, send)
        with suppress(OSError, TimeoutError):
            await asyncio.wait_for(send({"type": "http.response.body", "body": b""}), 1)


def _asked(query: EventsQuery, http: Request) -> int | None:
    """What was seen last: what a reconnecting client says by itself counts more than its address."""
    given = http.headers.get(LAST_SEEN, "")
    if not given:
        return query.after
    if not (given.isascii() and given.isdigit() and len(given) <= 16):
        raise ProblemError(ErrorCode.MALFORMED, "`Last-Event-ID` is a sequence number.")
    return int(given)


async def _say(send: Send, text: bytes) -> None:
    message = {"type": "http.response.body", "body": text, "more_body": True}
    await asyncio.wait_for(send(message), TAKEN_WITHIN)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
