"""The spooler: one paper for each job, whatever the worker does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from kiosk.printing.jobs import Job, Outcome
from kiosk.printing.journal import FILE, Journal
from kiosk.printing.printer import Failed, Printed, Unknown
from kiosk.printing.settings import read_settings
from kiosk.printing.spooler import CHECK_EVERY, PATIENCE, STALE, Spooler
from kiosk.printing.status import PrinterStatus
from kiosk.printing.virtual.faults import Fault
from kiosk.printing.worker_process import WorkerProcess, worker_command
from shared.vocabulary import PrinterFault
from tests.support.paper import PrinterInThread, a_slip
from tests.support.waiting import wait_until

until = partial(wait_until, patience=40.0)  # a worker loads its libraries first
JOB = Job("v1", a_slip())


class Hand:
    """A clock that the test turns, on top of the real one."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def spooler(virtual: PrinterInThread, clock: Hand, tmp_path: Path) -> Iterator[Spooler]:
    command = worker_command(read_settings(virtual.address, "80mm"), tmp_path / "slips.jsonl")
    spooler = Spooler(lambda: WorkerProcess(command), clock=clock)
    yield spooler
    spooler.close()


@contextmanager
def kiosk_start(virtual: PrinterInThread, state: Path) -> Iterator[Spooler]:
    """The spooler of one start of the kiosk program."""
    spooler = Spooler.for_printer(read_settings(virtual.address, "80mm"), state)
    try:
        yield spooler
    finally:
        spooler.close()


def outcomes_of(spooler: Spooler, count: int = 1) -> list[Outcome]:
    found: list[Outcome] = []

    def enough() -> bool:
        found.extend(spooler.poll())
        return len(found) >= count

    until(enough)
    return found


def polled(spooler: Spooler, done: Callable[[], bool]) -> Callable[[], bool]:
    def look() -> bool:
        spooler.poll()
        return done()

    return look


def test_a_job_is_printed_and_answered_once(spooler: Spooler, virtual: PrinterInThread) -> None:
    spooler.submit(JOB)
    assert outcomes_of(spooler) == [Outcome(JOB, Printed())]
    assert spooler.poll() == []
    assert len(virtual.slips) == 1
    assert spooler.status == PrinterStatus()


def test_the_same_job_again_prints_nothing_and_is_answered(spooler: Spooler, virtual: PrinterInThread) -> None:
    spooler.submit(JOB)
    spooler.submit(JOB)
    assert len(outcomes_of(spooler)) == 1
    spooler.submit(JOB)
    assert outcomes_of(spooler) == [Outcome(JOB, Printed())]
    assert len(virtual.slips) == 1


def test_a_reprint_is_another_paper_and_marked(spooler: Spooler, virtual: PrinterInThread) -> None:
    spooler.submit(JOB)
    spooler.submit(Job("v1", a_slip(copy=1)))
    assert len(outcomes_of(spooler, 2)) == 2
    original, copy = (slip.transcript() for slip in virtual.slips)
    assert "SALINAN" not in original
    assert "SALINAN 1" in copy


def test_jobs_are_printed_in_their_order(spooler: Spooler, virtual: PrinterInThread) -> None:
    tickets = ["A-001", "B-001", "A-002"]
    for ticket in tickets:
        spooler.submit(Job(ticket, a_slip(ticket=ticket)))
    assert [outcome.job.visit for outcome in outcomes_of(spooler, 3)] == tickets


def test_a_fault_is_an_outcome_and_the_next_look_finds_the_paper_back(
    spooler: Spooler, virtual: PrinterInThread, clock: Hand
) -> None:
    virtual.set_fault(Fault.PAPER_OUT)
    spooler.submit(JOB)
    assert outcomes_of(spooler) == [Outcome(JOB, Failed(PrinterFault.PAPER_OUT))]
    assert spooler.status == PrinterStatus(PrinterFault.PAPER_OUT)
    virtual.set_fault(Fault.NONE)
    clock.ahead += CHECK_EVERY
    until(polled(spooler, lambda: spooler.status == PrinterStatus()))
    assert virtual.slips == []


def test_an_idle_printer_is_looked_at_from_the_start(spooler: Spooler, virtual: PrinterInThread) -> None:
    virtual.set_fault(Fault.NEAR_END)
    until(polled(spooler, lambda: spooler.status == PrinterStatus(paper_low=True)))


def test_a_hung_worker_is_replaced_and_its_job_is_not_printed_again(
    spooler: Spooler, virtual: PrinterInThread, clock: Hand
) -> None:
    until(polled(spooler, lambda: spooler.status is not None))
    hung = spooler.worker_pid
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)  # as in a system call that never returns
    spooler.submit(JOB)
    assert spooler.poll() == []
    clock.ahead += PATIENCE + 0.1
    assert outcomes_of(spooler) == [Outcome(JOB, Failed(PrinterFault.SILENT))]
    another = Job("v2", a_slip(ticket="A-043"))
    spooler.submit(another)
    assert outcomes_of(spooler) == [Outcome(another, Printed())]
    assert spooler.worker_pid != hung
    assert len(virtual.slips) == 1
    until(lambda: not is_running(hung))


def test_a_worker_that_dies_is_replaced(spooler: Spooler) -> None:
    until(polled(spooler, lambda: spooler.status is not None))
    assert spooler.worker_pid is not None
    os.kill(spooler.worker_pid, signal.SIGKILL)
    spooler.submit(JOB)
    (outcome,) = outcomes_of(spooler)
    assert outcome.result in (Failed(PrinterFault.ERROR), Printed())  # taken before or after the death was seen
    another = Job("v2", a_slip())
    spooler.submit(another)
    assert outcomes_of(spooler) == [Outcome(another, Printed())]


def test_a_worker_that_never_starts_fails_the_job_before_a_stranger_finds_the_paper(clock: Hand) -> None:
    spooler = Spooler(lambda: WorkerProcess([sys.executable, "-c", "pass"]), clock=clock)
    try:
        spooler.submit(JOB)
        until(polled(spooler, lambda: spooler.status == PrinterStatus(PrinterFault.ERROR)))
        clock.ahead += STALE
        assert outcomes_of(spooler) == [Outcome(JOB, Failed(PrinterFault.ERROR))]
    finally:
        spooler.close()


def test_a_paper_of_an_earlier_start_is_not_printed_again(virtual: PrinterInThread, tmp_path: Path) -> None:
    with kiosk_start(virtual, tmp_path) as spooler:
        spooler.submit(JOB)
        assert outcomes_of(spooler) == [Outcome(JOB, Printed())]
    with kiosk_start(virtual, tmp_path) as spooler:
        spooler.submit(JOB)
        assert outcomes_of(spooler) == [Outcome(JOB, Printed())]
        assert spooler.papers == [Outcome(JOB, Printed())]
    assert len(virtual.slips) == 1


def test_a_paper_that_was_begun_when_the_kiosk_died_is_not_begun_again(
    virtual: PrinterInThread, tmp_path: Path
) -> None:
    Journal(tmp_path / FILE).begin(JOB)
    with kiosk_start(virtual, tmp_path) as spooler:
        spooler.submit(JOB)
        assert outcomes_of(spooler) == [Outcome(JOB, Failed(PrinterFault.ERROR))]
    assert virtual.slips == []


def test_the_worker_itself_remembers_what_it_began(virtual: PrinterInThread, spooler: Spooler, tmp_path: Path) -> None:
    """Also when a kiosk was started that knows of nothing."""
    Journal(tmp_path / FILE).begin(JOB)
    spooler.submit(JOB)
    assert outcomes_of(spooler) == [Outcome(JOB, Failed(PrinterFault.ERROR))]
    assert virtual.slips == []


def test_what_a_printer_answers_is_tried_once_and_kept(virtual: PrinterInThread, tmp_path: Path) -> None:
    virtual.set_fault(Fault.MUTE)
    with kiosk_start(virtual, tmp_path) as spooler:
        spooler.submit(JOB)
        assert outcomes_of(spooler) == [Outcome(JOB, Unknown())]
        assert not spooler.confirms
    with kiosk_start(virtual, tmp_path) as again:
        assert not again.confirms


def test_a_printer_that_answered_once_and_is_silent_has_a_fault(virtual: PrinterInThread, tmp_path: Path) -> None:
    with kiosk_start(virtual, tmp_path) as spooler:
        until(polled(spooler, lambda: spooler.status == PrinterStatus()))
    virtual.set_fault(Fault.MUTE)
    with kiosk_start(virtual, tmp_path) as spooler:
        spooler.submit(JOB)
        assert outcomes_of(spooler) == [Outcome(JOB, Failed(PrinterFault.SILENT))]
    assert virtual.slips == []


def test_a_printer_that_begins_to_answer_is_believed(virtual: PrinterInThread, spooler: Spooler, clock: Hand) -> None:
    virtual.set_fault(Fault.MUTE)
    until(polled(spooler, lambda: not spooler.confirms))
    virtual.set_fault(Fault.NONE)
    clock.ahead += CHECK_EVERY
    until(polled(spooler, lambda: spooler.confirms))


def test_a_kiosk_that_is_killed_leaves_no_worker_behind(virtual: PrinterInThread, tmp_path: Path) -> None:
    kiosk = (
        "import os, pathlib, sys, time\n"
        "from kiosk.printing.settings import read_settings\n"
        "from kiosk.printing.spooler import Spooler\n"
        "spooler = Spooler.for_printer(read_settings(sys.argv[1], '80mm'), pathlib.Path(sys.argv[2]))\n"
        "while spooler.status is None:\n"
        "    spooler.poll(); time.sleep(0.01)\n"
        "print(spooler.worker_pid, flush=True); os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-c", kiosk, virtual.address, str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    worker = int(said.stdout.split()[-1])
    until(lambda: not is_running(worker))


def is_running(pid: int) -> bool:
    """Whether it runs: one that ended and waits for init to collect it does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_closing_ends_the_worker(spooler: Spooler) -> None:
    until(polled(spooler, lambda: spooler.status is not None))
    worker = spooler.worker_pid
    assert worker is not None
    spooler.close()
    until(lambda: not is_running(worker))
    assert spooler.poll() == []
