"""HTTP without a library: a request whatever it says, and the status that came back."""

from __future__ import annotations

import asyncio
from contextlib import suppress

PATIENCE = 30.0  # seconds until a server that does not answer has failed


async def ask(port: int, method: str, path: str, more: str = "", body: bytes = b"") -> int:
    """The status; 0 when the server closed without one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    host = "" if more.startswith("Host:") else f"Host: 127.0.0.1:{port}\r\n"
    head = f"{method} {path} HTTP/1.1\r\n{host}Connection: close\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    try:
        with suppress(ConnectionError, TimeoutError):
            writer.write(head.encode("utf-8") + body)
            line = await asyncio.wait_for(reader.readline(), PATIENCE)
            return int(line.split()[1]) if line.startswith(b"HTTP/") else 0
        return -1
    finally:
        writer.close()
