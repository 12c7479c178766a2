"""Serving: the real server as a process of its own, its memory, its end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from tests.bench.site import Site
from tests.support import watching
from tests.support.unlimited import UNLIMITED

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds until it serves: a large history must not take longer


class ServerError(Exception):
    """The server did not start; the text has its last words."""


class Server:
    """`python -m server run` on a site, with its log in a file, as a service would have it."""

    def __init__(self, site: Site, *, port: int = 0, environment: Mapping[str, str] | None = None) -> None:
        settings = site.folder / "bench.toml"
        settings.write_text(UNLIMITED)
        self._log = site.folder / "server.log"
        self._written = self._log.stat().st_size if self._log.exists() else 0
        self.began = time.perf_counter()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server", "run", "--host", "127.0.0.1", "--port", str(port),
                 "--database", site.url, "--state", str(site.folder), "--settings", str(settings)],
                cwd=ROOT, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self.port = port

    def __enter__(self) -> Server:
        try:
            self.wait_until_it_serves()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()  # nobody needs its data again, and a friendly end waits for every connection

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_it_serves(self) -> float:
        """Seconds from its start to its first answer. Raises ServerError."""
        deadline = time.perf_counter() + PATIENCE
        while True:
            if self._process.poll() is not None or time.perf_counter() > deadline:
                raise ServerError("the server did not start: " + " / ".join(self._words().splitlines()[-4:]))
            if not self.port:
                self.port = self._port_in_log()
            if self.port and self._answers():
                return time.perf_counter() - self.began
            time.sleep(0.005)

    def memory(self) -> int:
        """Bytes that it occupies (resident set)."""
        return watching.memory(self.pid)

    def processor(self) -> float:
        """Seconds that it has kept a core busy so far, all threads together."""
        return watching.processor_seconds(self.pid)

    def kill(self) -> None:
        """As a power switch would."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def _words(self) -> str:
        with self._log.open("rb") as log:
            log.seek(self._written)
            return log.read().decode(errors="replace")

    def _port_in_log(self) -> int:
        for line in self._words().splitlines():
            if line.startswith("Loket serves on port "):
                return int(line.split()[4].rstrip(";"))
        return 0

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False
