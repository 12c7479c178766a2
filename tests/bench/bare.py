"""Bare: what is told to many by a program that does nothing else, on the bare `websockets` library.

python -m tests.bench.bare    prints its port; one frame that says "tell" is broadcast to everybody else
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from websockets.asyncio.server import ServerConnection, broadcast, serve

ROOT = Path(__file__).resolve().parents[2]
TELL = b"tell"
NEWS = '{"type":"announcement","words":"' + "x" * 200 + '"}'  # about as long as a real announcement


@contextmanager
def bare_broadcaster() -> Iterator[int]:
    """Its port; the process ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.bare"], cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


async def main() -> None:
    listening: set[ServerConnection] = set()

    async def talk(socket: ServerConnection) -> None:
        listening.add(socket)
        try:
            async for _ in socket:
                broadcast(listening - {socket}, NEWS)
        finally:
            listening.discard(socket)

    async with serve(talk, "127.0.0.1", 0, compression=None) as server:
        sys.stdout.write(f"{next(iter(server.sockets)).getsockname()[1]}\n")
        sys.stdout.flush()
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
