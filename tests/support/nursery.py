"""A nursery of servers: one process imports the server's code once, and forks a fresh server whenever asked.

A server's start is a second of imports and a tenth of work. A hundred and fifty starts need the work, not the imports:
each child begins before any thread, file or connection exists, and runs the very command `loket-server run`.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.unlimited import UNLIMITED

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0  # seconds until a server that was asked for must listen


class Nursery:
    """`with Nursery(url, folder) as nursery: nursery.spawn(); ...; nursery.kill()`: one server at a time."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._folder = folder
        self.log = folder / "server.log"
        self.port = 0
        self.pid = 0

    def __enter__(self) -> Self:
        (self._folder / "free.toml").write_text(UNLIMITED)
        self._mother = subprocess.Popen(
            [sys.executable, "-m", "tests.support.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._mother.communicate()  # the end of its input is the end of it

    def spawn(self) -> None:
        """A fresh server on the same database and, from the second time on, on the same port. Does not wait for it."""
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        words = ["run", "--host", "127.0.0.1", "--port", str(self.port), "--database", self._url]
        words += ["--state", str(self._folder), "--settings", str(self._folder / "free.toml")]
        self._mother.stdin.write(json.dumps([str(self.log), words]) + "\n")
        self._mother.stdin.flush()
        self.pid = int(self._mother.stdout.readline())

    def wait_for_port(self) -> int:
        """Until the server listens. The first one chooses the port."""
        deadline = time.monotonic() + PATIENCE
        while not self.port:
            assert time.monotonic() < deadline, self.log.read_text()[-2000:]
            for line in self.log.read_text().splitlines() if self.log.exists() else []:
                if line.startswith("Loket serves on port "):
                    self.port = int(line.split()[4].rstrip(";"))
            time.sleep(0.005)
        while not self._listens():
            assert time.monotonic() < deadline, self.log.read_text()[-2000:]
            time.sleep(0.005)
        return self.port

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            return True
        return False

    def kill(self) -> None:
        """SIGKILL, and gone when this returns."""
        if not self.pid:
            return
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        while self.is_alive:
            time.sleep(0.001)
        self.pid = 0

    @property
    def is_alive(self) -> bool:
        with suppress(ProcessLookupError):
            os.kill(self.pid, 0)
            return True
        return False


def _mother() -> None:
    from uvicorn.lifespan import on  # noqa: F401 - what uvicorn imports when it runs
    from uvicorn.loops import asyncio as loop  # noqa: F401
    from uvicorn.protocols.http import auto  # noqa: F401

    from server.__main__ import main
    from server.net import protocol  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not kept
    for line in sys.stdin:
        log, words = json.loads(line)
        pid = os.fork()
        if pid:
            print(pid, flush=True)  # noqa: T201 - this is its word
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.argv = ["loket-server", *words]
        code = 70
        try:
            code = main()
        finally:
            sys.stdout.flush()
            os._exit(code)


if __name__ == "__main__":
    _mother()
