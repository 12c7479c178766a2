"""Servers that are killed in the middle of a migration: `killed_migration URL POINT [URL POINT ...]`.

A point is the number of a statement, or the name of a moment of the copy; at `never` nobody is killed. For each it
prints how the server ended and how many statements it said until then.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path

from sqlalchemy import Engine, event

from server.db import copying, open_store

COPY_POINTS = ("before the copy has its name", "after the copy has its name")


def migrate(url: str, point: str, told: int) -> None:
    """Start the server's store, and die at the point. `told` is a file into which the statements are counted."""
    said = 0

    @event.listens_for(Engine, "before_cursor_execute")
    def counted(*_: object) -> None:
        nonlocal said
        said += 1
        os.pwrite(told, str(said).encode(), 0)
        _die_at(point, str(said))

    settle = copying.settle

    def settled(unfinished: Path, file: Path) -> None:
        _die_at(point, COPY_POINTS[0])
        settle(unfinished, file)
        _die_at(point, COPY_POINTS[1])

    copying.settle = settled
    open_store(url).close()


def _die_at(point: str, here: str) -> None:
    if point == here:
        os.kill(os.getpid(), signal.SIGKILL)


def in_a_child(url: str, point: str) -> tuple[int, int]:
    """How it ended (minus the signal, or its exit code), and how many statements were said."""
    with tempfile.TemporaryFile() as told:
        child = os.fork()  # alone in this process: no thread holds a lock that the child would wait for
        if child == 0:
            code = 1
            try:
                migrate(url, point, told.fileno())
                code = 0
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), int(os.pread(told.fileno(), 20, 0) or b"0")


if __name__ == "__main__":
    for url, point in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        print(*in_a_child(url, point))  # noqa: T201  # this is its word
