"""The printing worker: a process of its own, because a USB write can hang so that only killing helps."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from kiosk.printing import jobs
from kiosk.printing.abilities import Abilities
from kiosk.printing.addresses import Place
from kiosk.printing.channels import Channel, open_channel
from kiosk.printing.escpos import render
from kiosk.printing.jobs import Job
from kiosk.printing.journal import Journal
from kiosk.printing.library import escpos_module
from kiosk.printing.printer import Failed, Printer, PrintResult
from kiosk.printing.settings import PrinterSettings, read_settings
from kiosk.printing.slip import Slip, layout
from shared.vocabulary import PrinterFault

log = logging.getLogger("kiosk.printing")


class Worker:
    """Does what it is told, one message after the other; `tell` gets the answers."""

    def __init__(
        self, printer: Printer, settings: PrinterSettings, journal: Journal, tell: Callable[[jobs.FromWorker], None]
    ) -> None:
        self._printer = printer
        self._settings = settings
        self._journal = journal
        self._tell = tell

    def do(self, message: jobs.ToWorker) -> None:
        match message:
            case jobs.PrintSlip(visit, slip, known):
                self._print_once(Job(visit, slip), known)
            case jobs.CheckPrinter(known):
                seen = self._printer.look(known)
                self._tell(jobs.Checked(seen.status.fault, seen.status.paper_low, seen.abilities))
            case unknown:
                assert_never(unknown)

    def _print_once(self, job: Job, known: Abilities | None) -> None:
        if (before := self._journal.outcome(job.id)) is not None:
            self._tell(before)  # it may be on paper already: nothing comes twice without a mark
            return
        self._journal.begin(job)
        self._printer.progress()
        end = jobs.end_of(job.id, self._print(job.slip, known))
        self._tell(end)
        self._journal.end(end)

    def _print(self, slip: Slip, known: Abilities | None) -> PrintResult:
        """Print one slip. Whatever goes wrong with one is answered, so that the next is printed."""
        settings = self._settings
        try:
            elements = layout(slip, settings.profile.paper)
            printout = render(elements, settings.profile, slow_line=settings.address.is_slow)
            if printout.missing:
                log.warning("no font for %s: printed as ?", " ".join(sorted(printout.missing)))
            self._printer.progress()
            return self._printer.print(printout.data, known)
        except BrokenPipeError:
            raise
        except Exception:  # the edge of the process
            log.exception("slip %s was not printed", slip.ticket)
            return Failed(PrinterFault.ERROR)


def main() -> int:
    """`python -m kiosk.printing.worker ADDRESS PROFILE JOURNAL`: messages on stdin and stdout, until stdin ends."""
    settings = read_settings(sys.argv[1], sys.argv[2])
    return work(settings, Journal(Path(sys.argv[3])), open_channel)


def work(settings: PrinterSettings, journal: Journal, channel: Callable[[Place], Channel]) -> int:
    """Serve the kiosk that started this process; `channel` opens the line to the printer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches all: the kiosk ends its worker
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not get between the messages

    def tell(message: jobs.FromWorker) -> None:
        answers.write(jobs.encode(message))

    printer = Printer(settings.address, open=channel, progress=lambda: tell(jobs.Step()))
    worker = Worker(printer, settings, journal, tell)
    escpos_module("printer")  # now, so that the first visitor does not wait for it
    try:
        tell(jobs.Ready())
        for line in iter(sys.stdin.buffer.readline, b""):
            worker.do(jobs.decode_to_worker(line))
    except BrokenPipeError:
        pass  # the kiosk is gone
    return 0


if __name__ == "__main__":
    sys.exit(main())
