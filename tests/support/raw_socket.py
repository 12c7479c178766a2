"""A websocket client without manners: the handshake as it should be, then any bytes whatever."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Sequence
from contextlib import suppress

HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{more}\r\n"
)
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
PATIENCE = 10.0  # seconds until a server that does not close has failed


def frame(
    opcode: int, payload: bytes, *, mask: bytes | None = b"\x00\x00\x00\x00", first: int = 0x80, says: int | None = None
) -> bytes:
    """`first`: FIN and the reserved bits; `says`: a length that need not be true; `mask` None: not masked."""
    length = len(payload) if says is None else says
    masked = 0 if mask is None else 0x80
    if length < 126:
        head = bytes((first | opcode, masked | length))
    elif length < 65_536:
        head = bytes((first | opcode, masked | 126)) + struct.pack(">H", length)
    else:
        head = bytes((first | opcode, masked | 127)) + struct.pack(">Q", length)
    if mask is None:
        return head + payload
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


async def converse(port: int, path: str, frames: Sequence[bytes], more: str = "") -> tuple[int, int | None]:
    """HTTP status, and the code with which the server closed (None: without a word) after it was sent all that."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    heard = b""
    try:
        writer.write(HANDSHAKE.format(path=path, port=port, more=more).encode())
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        status = int(head.split()[1])
        if status != 101:
            return status, None
        with suppress(ConnectionError):
            writer.write(b"".join(frames))
            while close_code(heard) is None and (part := await asyncio.wait_for(reader.read(65_536), PATIENCE)):
                heard += part
        return status, close_code(heard)
    finally:
        writer.close()


def close_code(heard: bytes) -> int | None:
    """Of the close frame among a server's frames."""
    at = 0
    while at + 2 <= len(heard):
        opcode, length, start = heard[at] & 0x0F, heard[at + 1] & 0x7F, at + 2
        if length == 126:
            length, start = int.from_bytes(heard[start : start + 2], "big"), start + 2
        elif length == 127:
            length, start = int.from_bytes(heard[start : start + 8], "big"), start + 8
        if opcode == CLOSE:
            return int.from_bytes(heard[start : start + 2], "big")
        at = start + length
    return None
