"""Processes of the demo: each with its log, ended in the opposite order, none left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_TO_END = 6.0  # seconds between a friendly and an unfriendly word


class ProgramError(Exception):
    """A program did not start, or ended by itself; the text has its last words."""


class Program:
    """One of our programs as a process of its own (`python -m MODULE ...`); its log is a file."""

    def __init__(self, name: str, module: str, arguments: list[str], log: Path, environment: Mapping[str, str]) -> None:
        self.name = name
        self.log = log
        with log.open("ab") as out:
            # A session of its own: Ctrl-C in the terminal is ours to answer, in the right order.
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def check(self) -> None:
        """Raises ProgramError when it has ended."""
        if (code := self._process.poll()) is not None:
            last = self.log.read_text(errors="replace").strip().splitlines()[-6:]
            raise ProgramError(f"{self.name} ended with code {code}: " + " / ".join(last))

    def end(self) -> int:
        """Ask it to end, then make it; gives the exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(PATIENCE_TO_END)
            except subprocess.TimeoutExpired:
                self.kill()
        return self._process.wait()

    def kill(self) -> None:
        """As a power switch would."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def facts(self) -> Iterator[dict[str, Any]]:
        """The log so far, line by line; what is not JSON is passed over."""
        for line in self.log.read_text(errors="replace").splitlines():
            if line.startswith("{"):
                try:
                    yield json.loads(line)
                except json.JSONDecodeError:
                    continue

    def wait_for_fact(self, event: str, *, patience: float = 60.0, **values: object) -> dict[str, Any]:
        """Wait until the log holds a line of that event with these values."""
        deadline = time.monotonic() + patience
        while True:
            for fact in self.facts():
                if fact.get("event") == event and all(fact.get(key) == value for key, value in values.items()):
                    return fact
            self.check()
            if time.monotonic() > deadline:
                raise ProgramError(f"{self.name}: no {event!r} {values or ''} within {patience:.0f} s")
            time.sleep(0.03)


class Programs:
    """Those that run; leaving the block ends them, the last one first."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[Program] = []
        logs.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Programs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def start(self, name: str, module: str, *arguments: str, **environment: str) -> Program:
        program = Program(name, module, list(arguments), self._logs / f"{name}.log", environment)
        self._running.append(program)
        return program

    def end(self) -> None:
        while self._running:
            self._running.pop().end()

    def check(self) -> None:
        for program in self._running:
            program.check()


def command(module: str, *arguments: str, text: str = "") -> str:
    """Run one of our commands to its end; gives its output. Raises ProgramError with its words."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, input=text, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ProgramError(f"{module} {' '.join(arguments)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
