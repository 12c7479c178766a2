"""The writer: the one thread that changes anything (law 2). Takes all jobs that wait, runs them as one batch."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from server.app.engine import Engine
from server.app.figures import Figures
from server.app.jobs import Job
from server.app.publisher import Post

log = structlog.get_logger()

MAX_WAITING = 5_000  # jobs; at 5,000 requests a second the last one waits a second, then we say so instead
BATCH = 512  # jobs of one commit: enough to share a disk flush, few enough to answer the first soon


class Writer:
    def __init__(self, engine: Engine, clock: Callable[[], datetime], figures: Figures) -> None:
        self._engine = engine
        self._clock = clock
        self._figures = figures
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """What comes of the jobs is carried out on this loop."""
        self._loop = loop
        self._thread.start()

    def put(self, job: Job) -> bool:
        """Never waits. False: too many wait already; the job was not taken."""
        if self._jobs.qsize() >= MAX_WAITING:
            return False
        self._jobs.put(job)
        return True

    def insist(self, job: Job) -> None:
        """For what must not be lost: who came, who left."""
        self._jobs.put(job)

    def stop(self, patience: float = 2.0) -> bool:
        """Finish what waits, then end. False when it did not end in time."""
        self._jobs.put(None)
        self._thread.join(patience)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while True:
            jobs, going_on = self._take()
            self._run(jobs)
            if not going_on:
                return

    def _take(self) -> tuple[list[Job], bool]:
        """Everything that waits; sleeps until something comes or the engine wants to be woken."""
        jobs: list[Job] = []
        try:
            job = self._jobs.get(timeout=self._engine.next_wake().total_seconds())
            while job is not None and len(jobs) < BATCH:
                jobs.append(job)
                job = self._jobs.get_nowait()
        except queue.Empty:
            return jobs, True
        if job is not None:
            jobs.append(job)
        return jobs, job is not None

    def _run(self, jobs: Sequence[Job]) -> None:
        self._figures.waiting_jobs = self._jobs.qsize()
        try:
            posts = self._engine.run(jobs, self._clock())
        except Exception:
            log.exception("batch_failed", jobs=len(jobs))
            posts = self._engine.distrust(jobs)
        if posts and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_carry_out, posts)


def _carry_out(posts: Sequence[Post]) -> None:
    for post in posts:
        post()
