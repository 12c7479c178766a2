"""F7: a USB write that never returns. The screen goes on, the worker is replaced, the visitor reads the number."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.printing.jobs import Job, Outcome
from kiosk.printing.printer import Failed
from kiosk.printing.settings import read_settings
from kiosk.printing.spooler import Spooler
from kiosk.printing.worker_process import WorkerProcess, worker_command
from shared.vocabulary import PrinterFault
from tests.support.paper import a_slip
from tests.support.promises import RecordFigure
from tests.support.thread_time import Longest
from tests.support.waiting import fair

TICK, NEW_WORKER = 0.050, 5.0  # seconds
HANGS = 2


@pytest.mark.faults
def test_a_write_that_never_returns_costs_the_screen_nothing_and_the_printing_little(
    tmp_path: Path, figure: RecordFigure
) -> None:
    settings = read_settings("usb://04b8:0e15", "80mm")
    _, _, _, *arguments = worker_command(settings, tmp_path / "slips.jsonl")
    command = [sys.executable, "-m", "tests.support.hung_worker", *arguments]
    spooler = Spooler(lambda: WorkerProcess(command))
    tick, replaced = Longest(), []
    news: list[Outcome] = []

    def until(done: Callable[[], bool]) -> float:
        began = time.monotonic()
        while not done():
            assert time.monotonic() - began < fair(30)
            news.extend(tick.call(spooler.poll))
            time.sleep(0.01)  # the timer's pause between two ticks
        return time.monotonic() - began

    until(lambda: spooler.is_ready)
    for number in range(HANGS):
        job = Job(f"v{number}", a_slip())
        hung = spooler.worker_pid
        tick.call(lambda job=job: spooler.submit(job))  # type: ignore[misc]
        replaced.append(until(lambda hung=hung: spooler.is_ready and spooler.worker_pid != hung))  # type: ignore[misc]
        assert news.pop() == Outcome(job, Failed(PrinterFault.SILENT))
    tick.call(spooler.close)

    figure(
        "P7",
        "F7",
        f"{HANGS} writes that never return: longest tick {tick.milliseconds:.1f} ms, "
        f"new worker after {max(replaced):.1f} s at most",
    )
    assert tick.seconds <= fair(TICK)
    assert max(replaced) <= fair(NEW_WORKER)


@pytest.mark.faults
def test_ending_the_program_does_not_wait_for_a_hung_printer(tmp_path: Path) -> None:
    settings = read_settings("usb://04b8:0e15", "80mm")
    _, _, _, *arguments = worker_command(settings, tmp_path / "slips.jsonl")
    spooler = Spooler(lambda: WorkerProcess([sys.executable, "-m", "tests.support.hung_worker", *arguments]))
    while not spooler.is_ready:
        spooler.poll()
        time.sleep(0.01)  # until it has started
    spooler.submit(Job("v1", a_slip()))
    spooler.poll()
    end = Longest()
    end.call(spooler.close)
    assert end.seconds <= fair(TICK)
