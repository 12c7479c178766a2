"""The writer: the one thread that changes anything (law 2). Runs the jobs that wait as batches, each with one commit.

The loop gathers jobs and hands over a batch when the last one has been answered and everything that came meanwhile has
been read. Python runs one thread at a time, and a thread that reads or sends lets go of it each time: answers of one
batch that go out beside the next one wait for it again and again.

A batch is as long as its flush is worth: on a quick disk short, so that the first are soon answered; on a slow one
hundreds of jobs. Officers come first, because at a counter two people wait for each press; a share of every batch stays
for all others. Jobs of one connection keep their order.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from server.app.engine import Engine
from server.app.figures import Figures
from server.app.jobs import Asked, Followed, Job, Joined, Left, Withdrew
from server.app.publisher import Post
from shared.vocabulary import Role

log = structlog.get_logger()

MAX_WAITING = 5_000  # jobs; at 5,000 requests a second the last one waits a second, then we say so instead
SHORT, LONG = 32, 512  # jobs of one batch at most: where the disk is quick, and where it is slow
EACH = 25e-6  # seconds of waiting for the disk for which a batch takes one job more: an eighth of what a job takes
OTHERS = 4  # of so many places in a batch, one is kept for those who are no officers


class Writer:
    def __init__(self, engine: Engine, clock: Callable[[], datetime], figures: Figures) -> None:
        self._engine = engine
        self._clock = clock
        self._figures = figures
        self._batches: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._home = 0
        """The loop's thread; everything below belongs to it."""
        self._officers: deque[Job] = deque()
        self._others: deque[Job] = deque()
        self._is_busy = False
        self._is_due = False

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """In the thread of this loop, on which what comes of the jobs is carried out."""
        self._loop, self._home = loop, threading.get_ident()
        self._thread.start()
        self._hand_over_soon()

    def put(self, job: Job) -> bool:
        """Never waits. False: too many wait already; the job was not taken."""
        if self._waiting >= MAX_WAITING:
            return False
        self.insist(job)
        return True

    def insist(self, job: Job) -> None:
        """For what must not be lost: who came, who left. From any thread."""
        if self._loop is not None and threading.get_ident() != self._home:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self.insist, job)
            return
        (self._officers if _is_officers(job) else self._others).append(job)
        if not self._is_busy:
            self._hand_over_soon()

    def stop(self, patience: float = 2.0) -> bool:
        """Finish what waits, then end. Not in the loop's thread. False when it did not end in time."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end)
        self._thread.join(patience)
        return not self._thread.is_alive()

    # --- in the loop's thread ---

    @property
    def _waiting(self) -> int:
        return len(self._officers) + len(self._others)

    def _hand_over_soon(self) -> None:
        """When everything else of this turn of the loop is done: all that was read goes together."""
        if self._loop is not None and not self._is_due:
            self._is_due = True
            self._loop.call_soon(self._hand_over)

    def _hand_over(self) -> None:
        self._is_due = False
        if self._waiting and not self._is_busy:
            self._is_busy = True
            self._batches.put(self._next_batch())
            self._figures.waiting_jobs = self._waiting

    def _next_batch(self) -> list[Job]:
        size = min(LONG, SHORT + int(self._engine.waited_for_disk / EACH))
        kept = min(len(self._others), max(size // OTHERS, size - len(self._officers)))
        officers = [self._officers.popleft() for _ in range(min(size - kept, len(self._officers)))]
        return officers + [self._others.popleft() for _ in range(kept)]

    def _carry_out(self, posts: Sequence[Post]) -> None:
        for post in posts:
            post()

    def _answered(self, posts: Sequence[Post]) -> None:
        """What a batch came to; the next one goes behind what is sent and read in the loop's next turn."""
        self._carry_out(posts)
        self._is_busy = False
        if self._waiting and self._loop is not None:
            self._loop.call_soon(self._hand_over_soon)

    def _end(self) -> None:
        while self._waiting:
            self._batches.put(self._next_batch())
        self._batches.put(None)

    # --- in its own ---

    def _work(self) -> None:
        """Sleeps until there is a batch or the engine wants to be woken."""
        while True:
            try:
                jobs = self._batches.get(timeout=self._engine.next_wake().total_seconds())
            except queue.Empty:
                self._tell(self._carry_out, self._run([]))
                continue
            if jobs is None:
                return
            self._tell(self._answered, self._run(jobs))

    def _run(self, jobs: Sequence[Job]) -> list[Post]:
        try:
            return self._engine.run(jobs, self._clock())
        except Exception:
            log.exception("batch_failed", jobs=len(jobs))
            return self._engine.distrust(jobs)

    def _tell(self, how: Callable[[Sequence[Post]], None], posts: Sequence[Post]) -> None:
        if self._loop is not None and not self._loop.is_closed() and (posts or how == self._answered):
            self._loop.call_soon_threadsafe(how, posts)


def _is_officers(job: Job) -> bool:
    """By what the connection is: that stays the same, whoever signs in there."""
    return isinstance(job, Asked | Withdrew | Followed | Joined | Left) and job.session.base is Role.COUNTER
