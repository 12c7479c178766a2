"""The worker as the kiosk sees it: started, written to, listened to by a thread, and killed when it must be."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

from kiosk.printing import jobs
from kiosk.printing.settings import PrinterSettings

_FAREWELL = 0.5  # seconds for a worker to end by itself
_BURIAL = 2.0  # seconds for a killed one to be gone; nobody waits for it but the program's very end


class WorkerEnded:
    """In place of a message: the process is gone."""


def worker_command(settings: PrinterSettings, journal: Path) -> list[str]:
    return [sys.executable, "-m", "kiosk.printing.worker", settings.address_text, settings.profile.name, str(journal)]


class WorkerProcess:
    """One process; a new one takes its place when it ended or hung."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._heard: queue.SimpleQueue[jobs.FromWorker | WorkerEnded] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="printing-worker", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, message: jobs.ToWorker) -> None:
        """Never blocks: a message is far smaller than the pipe, and there is one at a time."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # that it ended is heard from the listener
            self._process.stdin.write(jobs.encode(message))
            self._process.stdin.flush()

    def heard(self) -> list[jobs.FromWorker | WorkerEnded]:
        """All that came since the last call."""
        messages: list[jobs.FromWorker | WorkerEnded] = []
        with contextlib.suppress(queue.Empty):
            while True:
                messages.append(self._heard.get_nowait())
        return messages

    def kill(self) -> None:
        """End it now. Returns at once, also for a process that hangs in a driver's system call."""
        self._process.kill()
        self._bury(0.0)

    def close(self) -> None:
        """Let it end, or end it. Returns at once; the program's end waits until it is gone."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._bury(_FAREWELL)

    def _bury(self, grace: float) -> None:
        threading.Thread(target=self._buried, args=(grace,), name="printing-burial").start()

    def _buried(self, grace: float) -> None:
        """Clear up: a process inside a driver's system call dies only when that lets go of it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_BURIAL)
        self._listener.join(_BURIAL)
        if self._listener.is_alive():
            return  # its pipe stays open with the process; both end by themselves
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        # killed in mid-line, or the pipe closed under us: the same as ended
        with contextlib.suppress(ValueError, OSError, msgspec.DecodeError):
            for line in self._process.stdout:
                self._heard.put(jobs.decode_from_worker(line))
        self._heard.put(WorkerEnded())
