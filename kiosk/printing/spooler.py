"""The spooler: gives slips to the worker one after the other, watches it, and tells what became of each.

It is driven by `poll()` (from a timer, ten times a second), never blocks and needs no Qt.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.printing import jobs, journal
from kiosk.printing.abilities import Abilities, KnownPrinters
from kiosk.printing.jobs import Job, Outcome
from kiosk.printing.printer import Failed, PrintResult
from kiosk.printing.settings import PrinterSettings
from kiosk.printing.status import PrinterStatus
from kiosk.printing.worker_process import WorkerEnded, WorkerProcess, worker_command
from shared.log import get_log
from shared.vocabulary import PrinterFault

log = get_log("printing")

PATIENCE = 3.3  # seconds without a sign of life: every step of the worker ends within two and a half
START_PATIENCE = 20.0  # a cold disk on an old kiosk PC
CHECK_EVERY = 10.0  # seconds between looks at an idle printer
STALE = 12.0  # seconds that a slip waits for its turn: later its visitor has left, and nobody may find it
RESTART_PAUSE = 1.0
_REMEMBERED = 1000  # jobs whose repetition is recognized


class Spooler:
    """Prints each job once. The same job again is answered with its outcome and prints nothing."""

    def __init__(
        self,
        start_worker: Callable[[], WorkerProcess],
        *,
        before: Iterable[Outcome] = (),
        known: Abilities | None = None,
        learned: Callable[[Abilities], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`before`: papers of an earlier start of the program; `known`: what the printer was found to answer."""
        self._start_worker = start_worker
        self._clock = clock
        self._known = known
        self._learned = learned
        self._worker: WorkerProcess | None = None
        self._is_ready = False
        self._is_checking = False
        self._in_hand: Job | None = None
        self._waiting: deque[tuple[float, Job]] = deque()
        self._outcomes = OrderedDict((outcome.job.id, outcome) for outcome in before)
        self._news: list[Outcome] = []
        self._heard_at = self._started_at = self._checked_at = -CHECK_EVERY
        self._status: PrinterStatus | None = None
        self._is_closed = False

    @classmethod
    def for_printer(cls, settings: PrinterSettings, state: Path) -> Spooler:
        """`state`: the folder where the journal of slips and what was learned of the printer lie."""
        file = state / journal.FILE
        printers = KnownPrinters(state)
        return cls(
            lambda: WorkerProcess(worker_command(settings, file)),
            before=journal.outcomes(file),
            known=printers.find(settings.name),
            learned=lambda abilities: printers.learn(settings.name, abilities),
        )

    @property
    def status(self) -> PrinterStatus | None:
        """What is known of the printer; None until it was asked."""
        return self._status

    @property
    def confirms(self) -> bool:
        """Whether the printer can say that a slip is out, as far as is known."""
        return self._known is None or self._known.confirms

    @property
    def papers(self) -> list[Outcome]:
        """What became of every paper that is remembered, oldest first; those of an earlier start, too."""
        return list(self._outcomes.values())

    @property
    def is_ready(self) -> bool:
        """Whether a worker is up and waits for its next job."""
        return self._worker is not None and self._is_ready and self._in_hand is None and not self._is_checking

    @property
    def worker_pid(self) -> int | None:
        return self._worker.pid if self._worker is not None else None

    def submit(self, job: Job) -> None:
        """Take a job. Its outcome comes from `poll`."""
        if done := self._outcomes.get(job.id):
            self._news.append(done)
        elif not self._knows(job):
            self._waiting.append((self._clock(), job))

    def poll(self) -> list[Outcome]:
        """Keep things going; returns the outcomes since the last call."""
        if not self._is_closed:
            self._listen()
            self._watch()
            self._drop_stale()
            self._go_on()
        news, self._news = self._news, []
        return news

    def close(self) -> None:
        """End the worker; returns at once. What still waited is not printed."""
        self._is_closed = True
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _knows(self, job: Job) -> bool:
        return any(job.id == known.id for known in (self._in_hand, *(job for _, job in self._waiting)) if known)

    def _listen(self) -> None:
        for message in self._worker.heard() if self._worker is not None else ():
            self._heard_at = self._clock()
            match message:
                case jobs.Ready():
                    self._is_ready = True
                case jobs.Step():
                    pass
                case jobs.Checked(fault, paper_low, abilities):
                    self._is_checking = False
                    self._checked_at = self._clock()
                    self._status = PrinterStatus(fault, paper_low)
                    self._learn(abilities)
                case jobs.Confirmed() | jobs.NotPrinted() | jobs.NotKnown():
                    self._finish(jobs.result_of(message))
                case WorkerEnded():
                    self._replace(PrinterFault.ERROR)
                    return

    def _learn(self, abilities: Abilities | None) -> None:
        if abilities is None or abilities == self._known:
            return
        self._known = abilities
        log.info("printer tried", answers=abilities.answers, fences=abilities.fences, confirms=abilities.confirms)
        self._learned(abilities)

    def _watch(self) -> None:
        """Replace a worker that gives no sign of life."""
        if self._worker is None:
            return
        is_busy = self._in_hand is not None or self._is_checking
        patience = PATIENCE if self._is_ready else START_PATIENCE
        if (is_busy or not self._is_ready) and self._clock() - self._heard_at > patience:
            self._replace(PrinterFault.SILENT)

    def _replace(self, fault: PrinterFault) -> None:
        """End the worker; what it had in hand counts as not printed: nobody can say how much of it came out."""
        assert self._worker is not None
        log.warning(
            "printing worker replaced", pid=self._worker.pid, fault=fault, job=self._in_hand and self._in_hand.id
        )
        self._worker.kill()
        self._worker = None
        self._status = PrinterStatus(fault)
        if self._in_hand is not None:
            self._finish(Failed(fault))

    def _drop_stale(self) -> None:
        while self._waiting and self._clock() - self._waiting[0][0] > STALE:
            self._end(self._waiting.popleft()[1], Failed(PrinterFault.ERROR))

    def _go_on(self) -> None:
        now = self._clock()
        if self._worker is None:
            if now - self._started_at >= RESTART_PAUSE:
                self._start(now)
            return
        if not self._is_ready or self._is_checking or self._in_hand is not None:
            return
        was_never_tried = self._known is None and self._status is None
        if self._waiting and not was_never_tried:
            self._in_hand = self._waiting.popleft()[1]
            self._worker.tell(jobs.PrintSlip(self._in_hand.visit, self._in_hand.slip, self._known))
        elif was_never_tried or now - self._checked_at >= CHECK_EVERY:
            self._is_checking = True
            self._worker.tell(jobs.CheckPrinter(self._known))
        else:
            return
        self._heard_at = now

    def _start(self, now: float) -> None:
        self._worker = self._start_worker()
        self._is_ready = self._is_checking = False
        self._heard_at = self._started_at = now

    def _finish(self, result: PrintResult) -> None:
        assert self._in_hand is not None
        job, self._in_hand = self._in_hand, None
        self._checked_at = self._clock()
        self._status = jobs.status_after(result)
        self._end(job, result)

    def _end(self, job: Job, result: PrintResult) -> None:
        log.info("slip ended", job=job.id, ticket=job.slip.ticket, result=repr(result))
        outcome = Outcome(job, result)
        self._outcomes[job.id] = outcome
        while len(self._outcomes) > _REMEMBERED:
            self._outcomes.popitem(last=False)
        self._news.append(outcome)
