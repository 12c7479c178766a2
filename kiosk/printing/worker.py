"""The printing worker: a process of its own, because a USB write can hang so that only killing helps."""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO, assert_never

from kiosk.printing import jobs
from kiosk.printing.abilities import Abilities
from kiosk.printing.escpos import render
from kiosk.printing.jobs import Job
from kiosk.printing.journal import Journal
from kiosk.printing.library import escpos_module
from kiosk.printing.printer import Failed, Printer, PrintResult
from kiosk.printing.settings import PrinterSettings, read_settings
from kiosk.printing.slip import Slip, layout
from shared.vocabulary import PrinterFault

log = logging.getLogger("kiosk.printing")


def main() -> int:
    """`python -m kiosk.printing.worker ADDRESS PROFILE JOURNAL`: messages on stdin and stdout, until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches all: the kiosk ends its worker
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not get between the messages
    settings = read_settings(sys.argv[1], sys.argv[2])
    try:
        _work(settings, Journal(Path(sys.argv[3])), sys.stdin.buffer, answers)
    except BrokenPipeError:
        return 0  # the kiosk is gone
    return 0


def _work(settings: PrinterSettings, journal: Journal, requests: BinaryIO, answers: BinaryIO) -> None:
    def tell(message: jobs.FromWorker) -> None:
        answers.write(jobs.encode(message))

    printer = Printer(settings.address, progress=lambda: tell(jobs.Step()))
    escpos_module("printer")  # now, so that the first visitor does not wait for it
    tell(jobs.Ready())
    for line in iter(requests.readline, b""):
        match jobs.decode_to_worker(line):
            case jobs.PrintSlip(visit, slip, known):
                job = Job(visit, slip)
                if (before := journal.outcome(job.id)) is not None:
                    tell(before)  # it may be on paper already: nothing comes twice without a mark
                    continue
                journal.begin(job)
                printer.progress()
                end = jobs.end_of(job.id, _print(slip, printer, settings, known))
                tell(end)
                journal.end(end)
            case jobs.CheckPrinter(known):
                seen = printer.look(known)
                tell(jobs.Checked(seen.status.fault, seen.status.paper_low, seen.abilities))
            case unknown:
                assert_never(unknown)


def _print(slip: Slip, printer: Printer, settings: PrinterSettings, known: Abilities | None) -> PrintResult:
    """Print one slip. Whatever goes wrong with one is answered, so that the next is printed."""
    try:
        printout = render(layout(slip, settings.profile.paper), settings.profile, slow_line=settings.address.is_slow)
        if printout.missing:
            log.warning("no font for %s: printed as ?", " ".join(sorted(printout.missing)))
        printer.progress()
        return printer.print(printout.data, known)
    except BrokenPipeError:
        raise
    except Exception:  # the edge of the process
        log.exception("slip %s was not printed", slip.ticket)
        return Failed(PrinterFault.ERROR)


if __name__ == "__main__":
    sys.exit(main())
