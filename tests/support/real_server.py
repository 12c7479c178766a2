"""The real server for tests: `loket-server run` as a process of its own, and the commands beside it."""

from __future__ import annotations

import json
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import urlopen

from tests.support.demo.processes import ROOT, Program
from tests.support.small_catalogue import SMALL
from tests.support.waiting import wait_until

STARTS_WITHIN = 90.0  # seconds, on a machine that is busy


class RealServer:
    """`with RealServer(folder) as server:`; settings as LOKET_* in `environment`."""

    def __init__(self, folder: Path, catalogue: str = SMALL, **settings: str) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'loket.sqlite'}"
        self._catalogue = folder / "hall.toml"
        self._catalogue.write_text(catalogue, encoding="utf-8")
        self._environment: Mapping[str, str] = {
            "LOKET_DATABASE": self.url,
            "LOKET_HOST": "127.0.0.1",
            "LOKET_PORT": "0",
            "LOKET_STATE": str(folder / "state"),
            "LOKET_ALWAYS_OPEN": "true",
            **settings,
        }
        self.has_tls = settings.get("LOKET_TLS") == "true"
        self.tls = folder / "state" / "tls"
        self.believed = True
        """Its certificate is, so health can be asked for."""
        self.port = self.plain_port = 0
        self.log = folder / "server.log"

    def __enter__(self) -> Self:
        self.log.unlink(missing_ok=True)
        words = ["run", "--catalogue", str(self._catalogue)]
        self.process = Program("server", "server", words, self.log, {**self._environment, "LOKET_PORT": str(self.port)})
        wait_until(self._serves, STARTS_WITHIN)
        return self

    def _serves(self) -> bool:
        self.process.check()
        found = re.search(r"serves on port (\d+)", self.log.read_text())
        self.port = int(found[1]) if found else 0
        in_clear = re.search(r"for phones: port (\d+)", self.log.read_text())
        self.plain_port = int(in_clear[1]) if in_clear else 0
        if not self.believed:
            return found is not None
        try:
            return found is not None and bool(self.health()["ok"])
        except OSError:
            return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.end()

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, **self._environment}

    def command(self, *words: str, typed: str = "") -> str:
        """Run a command of `loket-server` beside it; gives what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "server", *words],
            cwd=ROOT,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def health(self) -> dict[str, object]:
        health: dict[str, object] = json.loads(self.read("/health"))
        return health

    def read(self, path: str, *, in_clear: bool = False) -> bytes:
        """With TLS, `in_clear` asks at the port without."""
        secure = self.has_tls and not in_clear
        port = self.plain_port if in_clear else self.port
        context = ssl.create_default_context(cafile=str(self.tls / "authority.pem")) if secure else None
        with urlopen(
            f"{'https' if secure else 'http'}://127.0.0.1:{port}{path}", timeout=10, context=context
        ) as answer:
            content: bytes = answer.read()
        return content
