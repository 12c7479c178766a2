"""Bare: what is told to many by a program that does nothing else, on the bare `websockets` library.

python -m tests.bench.bare            prints its port; one frame that says "tell" is broadcast to everybody else
python -m tests.bench.bare --sockets  the same over plain TCP, by a loop that only sends
"""

from __future__ import annotations

import asyncio
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from websockets.asyncio.server import ServerConnection, broadcast, serve

ROOT = Path(__file__).resolve().parents[2]
TELL = b"tell"
NEWS = '{"type":"announcement","words":"' + "x" * 200 + '"}'  # about as long as a real announcement
PHONE_TEXT = 700  # bytes, as a phone's delta in the bench's hall


@contextmanager
def bare_broadcaster(*arguments: str) -> Iterator[int]:
    """Its port; the process ends with the block."""
    words = [sys.executable, "-m", "tests.bench.bare", *arguments]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
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


def send_loop() -> None:
    """Accepts as many as say "hear"; whoever says "tell" sends a text as long as a phone's to all of those."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    hearing: list[socket.socket] = []
    while True:
        peer, _ = listener.accept()
        if peer.recv(4) == TELL:
            break
        hearing.append(peer)
    told = b"x" * PHONE_TEXT
    while True:
        for one in hearing:
            one.send(told)
        if not peer.recv(4):
            return


if __name__ == "__main__":
    if "--sockets" in sys.argv:
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
        send_loop()
    else:
        asyncio.run(main())
