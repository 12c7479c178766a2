"""Telling a running virtual printer what goes wrong: one command a line, one answer a line."""

from __future__ import annotations

import asyncio

from kiosk.printing.virtual.faults import Fault
from kiosk.printing.virtual.server import VirtualPrinter

USAGE = f"fault {'|'.join(Fault)}; after BYTES FAULT"


class Control:
    """A port beside the printer's: `fault paper_out`, `fault none`, `after 300 hang_up`."""

    def __init__(self, printer: VirtualPrinter) -> None:
        self._printer = printer
        self._server: asyncio.Server | None = None

    async def listen(self, host: str, port: int) -> int:
        self._server = await asyncio.start_server(self._serve, host, port)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def obey(self, line: str) -> str:
        """Carry a command out; the answer is `ok`, or how it should have been put."""
        try:
            match line.split():
                case ["fault", fault]:
                    self._printer.set_fault(Fault(fault))
                case ["after", count, fault] if count.isdigit():
                    self._printer.set_fault_after(int(count), Fault(fault))
                case _:
                    return f"error: {USAGE}"
        except ValueError:
            return f"error: {USAGE}"
        return "ok"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                writer.write(f"{self.obey(line.decode('ascii', 'replace'))}\n".encode())
                await writer.drain()
        except (ConnectionError, ValueError):
            pass  # gone, or a line without an end
        finally:
            writer.close()
