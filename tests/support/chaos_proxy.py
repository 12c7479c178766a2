"""A TCP proxy that breaks connections to order: cut after a byte, held back, swallowed, closed by half.

It stands between programs and the server. What it shall do is armed while a connection lives and counts from then on,
so that one handshake serves for a whole conversation.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from types import TracebackType
from typing import Self

CHUNK = 65_536


class Way(Enum):
    UP = auto()
    """From the program to the server."""
    DOWN = auto()


class Fault(Enum):
    CUT = auto()
    """Both ends see the connection closed."""
    RESET = auto()
    """Both ends see it broken: unsent bytes are thrown away."""
    SWALLOW = auto()
    """Nothing comes through any more, and nobody is told: a cable that was pulled."""
    HALF_CLOSE = auto()
    """The receiver sees the end of what is sent to it; the other direction goes on."""


@dataclass
class _Order:
    way: Way
    fault: Fault
    after: int


@dataclass
class ChaosProxy:
    """`async with ChaosProxy(port) as proxy:` and programs connect to `proxy.port`."""

    server_port: int
    delay_up: float = 0.0
    """Seconds by which every chunk is held back on its way to the server."""
    delay_down: float = 0.0
    passed: dict[Way, int] = field(default_factory=lambda: dict.fromkeys(Way, 0))
    """Bytes since the last `arm` or `count`."""
    struck: int = 0
    """How often an order was carried out."""
    connections: int = 0
    _order: _Order | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port: int = self._listening.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def arm(self, way: Way, after: int, fault: Fault = Fault.CUT) -> None:
        """The next connection or the living one suffers `fault` once `after` more bytes have gone that way. Once."""
        self.count()
        self._order = _Order(way, fault, after)

    def disarm(self) -> None:
        self._order = None

    def count(self) -> None:
        """Count from zero."""
        self.passed = dict.fromkeys(Way, 0)

    async def _serve(self, from_program: asyncio.StreamReader, to_program: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.server_port)
        except OSError:
            to_program.transport.abort()
            self._open.discard(task)
            return
        both = (to_program, to_server)
        pumps = [
            asyncio.create_task(self._pump(Way.UP, from_program, to_server, both)),
            asyncio.create_task(self._pump(Way.DOWN, from_server, to_program, both)),
        ]
        try:
            await asyncio.wait(pumps)
        finally:
            for pump in pumps:
                pump.cancel()
            for end in both:
                end.close()
            self._open.discard(task)

    async def _pump(
        self, way: Way, source: asyncio.StreamReader, sink: asyncio.StreamWriter, both: tuple[asyncio.StreamWriter, ...]
    ) -> None:
        with suppress(ConnectionError):
            while data := await source.read(CHUNK):
                if delay := self.delay_up if way is Way.UP else self.delay_down:
                    await asyncio.sleep(delay)
                order = self._order
                if order is None or order.way is not way or self.passed[way] + len(data) < order.after:
                    self.passed[way] += len(data)
                    sink.write(data)
                    await sink.drain()
                    continue
                self._order = None
                self.struck += 1
                sink.write(data[: order.after - self.passed[way]])
                self.passed[way] = order.after
                await sink.drain()
                if not await _strike(order.fault, source, sink, both):
                    return
        # The sender has ended: so does this direction, as a plain wire would tell.
        with suppress(OSError, RuntimeError):
            sink.write_eof()


async def _strike(
    fault: Fault, source: asyncio.StreamReader, sink: asyncio.StreamWriter, both: tuple[asyncio.StreamWriter, ...]
) -> bool:
    """Whether the pump shall tell its sink the end of the stream."""
    match fault:
        case Fault.CUT:
            for end in both:
                end.close()
            return False
        case Fault.RESET:
            for end in both:
                end.transport.abort()
            return False
        case Fault.SWALLOW:
            while await source.read(CHUNK):
                pass
            return False
        case Fault.HALF_CLOSE:
            sink.write_eof()
            while await source.read(CHUNK):
                pass
            return False
