"""The virtual printer on the network: who connects prints, asks for the status, and meets the fault of the moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kiosk.printing.elements import Paper
from kiosk.printing.virtual.conversation import Conversation
from kiosk.printing.virtual.faults import Fault, Troubles
from kiosk.printing.virtual.slips import PrintedSlip

_CHUNK = 4096


class VirtualPrinter:
    """A printer with one roll of paper; `took` gets every slip that was cut off."""

    def __init__(self, paper: Paper, took: Callable[[PrintedSlip], object]) -> None:
        self._paper = paper
        self._took = took
        self._troubles = Troubles()
        self._changed = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def listen(self, host: str, port: int) -> int:
        """Start; returns the port (0 asks for a free one)."""
        self._server = await asyncio.start_server(self._serve, host, port)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for connection in list(self._connections):
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def set_fault(self, fault: Fault) -> None:
        self._troubles.set(fault)
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def set_fault_after(self, count: int, fault: Fault) -> None:
        """Let the fault come in mid-slip, once `count` bytes of slips have arrived."""
        self._troubles.after(count, fault)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        conversation = Conversation(self._paper, self._troubles, writer.write, self._took)
        try:
            await self._converse(conversation, reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass  # the other side went away, or we close: a printer has nothing to say to that
        finally:
            self._connections.discard(task)
            writer.close()

    async def _converse(
        self, conversation: Conversation, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while True:
            changed = self._changed
            if self._troubles.now is Fault.HANG_UP:
                writer.transport.abort()
                return
            if self._troubles.now is Fault.STALL:
                await changed.wait()
                continue
            arrived = await _first(reader, changed)
            if arrived == b"":
                conversation.end()
                return
            conversation.hear(arrived or b"")
            await writer.drain()


async def _first(reader: asyncio.StreamReader, changed: asyncio.Event) -> bytes | None:
    """What arrives next; None when the fault changed before that."""
    arrival = asyncio.ensure_future(reader.read(_CHUNK))
    change = asyncio.ensure_future(changed.wait())
    try:
        await asyncio.wait({arrival, change}, return_when=asyncio.FIRST_COMPLETED)
        return arrival.result() if arrival.done() else None
    finally:
        arrival.cancel()
        change.cancel()
        await asyncio.gather(arrival, change, return_exceptions=True)
