"""Windows: how soon each program draws and what it occupies, beside a bare QML window; and the board in motion."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.devices import Counter, Pass
from tests.bench.figures import Line, peer
from tests.bench.load import counters
from tests.bench.serving import ROOT, Server

SIZES = {"kiosk": "1080x1920", "counter": "1366x768", "display": "1920x1080"}
SETTLE = 2.0  # seconds after the first frame until memory is read: the snapshot is shown by then
PATIENCE = 20.0
MEGABYTES = 1_000_000
NO_SCREEN = {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_QUICK_BACKEND": "software",
    "QT_LOGGING_RULES": "qt.qpa.*=false",
}
FLASHING = 6.0  # seconds for which frames are counted
FRAMES, SHARE = 55, 0.25


class WindowError(Exception):
    """The program drew nothing; the text has its last words."""


@dataclass(frozen=True)
class Seen:
    first_frame: float
    """Milliseconds since the process was started."""
    memory: float
    """Megabytes, when it had settled."""


class Watched:
    """A program under `tests.bench.window`, on a screen that is not there, drawn by software."""

    def __init__(self, folder: Path, what: str, arguments: list[str]) -> None:
        self._facts = folder / "facts"
        self._log = folder / "log"
        self.began = time.time()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.bench.window", str(self._facts), what, *arguments],
                cwd=ROOT, env={**os.environ, **NO_SCREEN}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def facts(self) -> list[dict[str, float]]:
        if not self._facts.exists():
            return []
        return [json.loads(line) for line in self._facts.read_text().splitlines(keepends=True) if line.endswith("\n")]

    async def first_frame(self) -> dict[str, float]:
        """Raises WindowError."""
        return await self.until(lambda fact: fact["frames"] > 0)

    async def until(self, right: Callable[[dict[str, float]], bool]) -> dict[str, float]:
        deadline = time.monotonic() + PATIENCE
        while True:
            for fact in self.facts():
                if right(fact):
                    return fact
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise WindowError(" / ".join(self._log.read_text(errors="replace").splitlines()[-3:]))
            await asyncio.sleep(0.02)

    def end(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


async def programs(bench: Bench) -> list[Line]:
    site = bench.site("windows", kiosks=1, counters=1, displays=1, waiting=300)
    passes = {"kiosk": site.kiosks[0], "counter": site.counters[0], "display": site.displays[0]}
    seen: dict[str, list[Seen]] = {what: [] for what in ("bare", *passes)}
    with Server(site) as server:
        for _ in range(bench.choose(3, 1)):
            seen["bare"].append(await _look(bench, "bare", []))
            for what, let_in in passes.items():
                seen[what].append(await _look(bench, what, _arguments(bench.place(what), what, server.port, let_in)))
    bare = seen.pop("bare")
    lines = []
    for what, mine in seen.items():
        frames, theirs = [one.first_frame for one in mine], [one.first_frame for one in bare]
        lines.append(peer(f"{what}: first frame", frames, theirs, what="ms of a bare QML window", at_most=2))
        sizes, plain = [one.memory for one in mine], [one.memory for one in bare]
        lines.append(peer(f"{what}: memory", sizes, plain, what="MB of a bare QML window", at_most=1.6, unit="MB"))
    return lines


async def flashing_board(bench: Bench) -> list[Line]:
    """A display at 1920 x 1080 while one call after the other flashes."""
    site = bench.site("flash", counters=1, displays=1, waiting=600)
    with Server(site) as server:
        (counter,) = await counters(server.port, site, [0])
        folder = bench.place("display")
        arguments = [
            *_arguments(folder, "display", server.port, site.displays[0]),
            "--audio-out",
            str(folder / "out.wav"),
        ]
        display = Watched(folder, "display", arguments)
        try:
            first = await display.first_frame()
            begin = await display.until(lambda fact: fact["at"] - first["at"] > SETTLE)
            await _call_on(counter, 2.0 if bench.quick else FLASHING)
            last = display.facts()[-1]
        finally:
            display.end()
    seconds = last["at"] - begin["at"]
    frames = (last["frames"] - begin["frames"]) / seconds
    share = (last["processor"] - begin["processor"]) / seconds
    name, most = "display, 1080p, flashing", f"<= {SHARE:.0%}"
    return [
        Line(f"{name}: frames", frames, None, "/s", goal=f">= {FRAMES} /s", met=frames >= FRAMES),
        Line(f"{name}: processor", share * 100, None, "% of a core", goal=most, met=share <= SHARE),
    ]


async def _call_on(counter: Counter, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        await counter.call()
        await asyncio.sleep(1.0)
        await counter.serve()


async def _look(bench: Bench, what: str, arguments: list[str]) -> Seen:
    program = Watched(bench.place("window"), what, arguments)
    try:
        first = await program.first_frame()
        settled = await program.until(lambda fact: fact["at"] - first["at"] > SETTLE)
    finally:
        program.end()
    return Seen((first["at"] - program.began) * 1000, settled["memory"] / MEGABYTES)


def _arguments(folder: Path, what: str, port: int, let_in: Pass) -> list[str]:
    """With the device's token where the program keeps it."""
    (folder / "token").write_text(let_in.token, encoding="ascii")
    return ["--server", f"ws://127.0.0.1:{port}", "--state", str(folder), "--window", SIZES[what]]
