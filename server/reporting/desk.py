"""The desk: where the server hands questions in. One process, one queue; whoever is too many is told so at once."""

from __future__ import annotations

import asyncio
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

import structlog

from server.reporting.wire import LENGTH, Due, Failed, FromWorker, Ready, Start, Wanted, framed, read_from_worker

log = structlog.get_logger()

MOST_WAITING = 6  # questions; the last of them waits for the others
COMMAND = (sys.executable, "-m", "server.reporting")
LARGEST = 64 * 1024 * 1024  # bytes of an answer
GIVEN_UP = "given_up"


class TooManyError(Exception):
    """As many questions wait as are let in."""


class ReportDesk:
    """The process is started with the first question, or ahead of it, and anew after it has ended."""

    def __init__(
        self, start: Start, seconds: float, command: Sequence[str] = COMMAND, ahead: float | None = None
    ) -> None:
        """`ahead`: so many seconds after `start` the process is there, whether anybody has asked or not."""
        self._start = start
        self._seconds = seconds
        self._command = command
        self._queue = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reports")
        self._waiting = 0
        self._counting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = False
        self._starting = threading.Lock()
        self._ahead = None if ahead is None else threading.Timer(ahead, self._make_ready)

    def submit(self, question: Ready | Wanted | Due) -> Future[FromWorker]:
        """Raises TooManyError."""
        with self._counting:
            if self._waiting >= MOST_WAITING:
                raise TooManyError
            self._waiting += 1
        try:
            asked = self._queue.submit(self._ask, question)
        except RuntimeError:  # the server is ending
            self._one_less()
            raise TooManyError from None
        asked.add_done_callback(self._one_less)  # also of one that nobody waits for any more, and is never asked
        return asked

    def _one_less(self, _: Future[FromWorker] | None = None) -> None:
        with self._counting:
            self._waiting -= 1

    async def ask(self, question: Wanted) -> FromWorker:
        """Raises TooManyError."""
        return await asyncio.wrap_future(self.submit(question))

    @property
    def pid(self) -> int | None:
        """Of the process while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        if self._ahead is not None:
            self._ahead.daemon = True
            self._ahead.start()

    def stop(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
        with self._starting:
            self._ending = True  # what is asked now is not asked again of another process
        self._end()
        self._queue.shutdown(cancel_futures=True)

    def _make_ready(self) -> None:
        with suppress(TooManyError):
            self.submit(Ready())

    # --- in the queue's own thread ---

    def _ask(self, question: Ready | Wanted | Due) -> FromWorker:
        try:
            try:
                return self._asked(question)
            except (EOFError, BrokenPipeError):  # it had just ended for want of questions
                return self._asked(question)
        except (OSError, EOFError) as error:
            log.warning("report_process_ended", error=str(error))
            self._end()
            return Failed(GIVEN_UP)

    def _asked(self, question: Ready | Wanted | Due) -> FromWorker:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        deadline = time.monotonic() + self._seconds
        process.stdin.write(framed(question))
        process.stdin.flush()
        pipe = process.stdout.fileno()
        length = int.from_bytes(_exactly(pipe, LENGTH, deadline), "big")
        if length > LARGEST:
            raise OSError("an answer that is far too long")
        return read_from_worker(_exactly(pipe, length, deadline))

    def _running(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is not None and process.poll() is None:
            return process
        self._end()
        with self._starting:
            if self._ending:
                raise OSError("the server is ending")
            process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=-1)  # noqa: S603
            self._process = process
        log.info("report_process_started", pid=process.pid)
        assert process.stdin is not None
        process.stdin.write(framed(self._start))
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _exactly(pipe: int, count: int, deadline: float) -> bytes:
    found = bytearray()
    while len(found) < count:
        ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise OSError("it took too long")
        part = os.read(pipe, min(1 << 20, count - len(found)))
        if not part:
            raise EOFError("it ended")
        found += part
    return bytes(found)
