"""The printing worker: a process of its own, because a USB write can hang so that only killing helps."""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import BinaryIO, assert_never

from kiosk.printing import jobs
from kiosk.printing.escpos import render
from kiosk.printing.library import escpos_module
from kiosk.printing.printer import Failed, Printer, PrintResult
from kiosk.printing.settings import PrinterSettings, read_settings
from kiosk.printing.slip import Slip, layout
from shared.vocabulary import PrinterFault

log = logging.getLogger("kiosk.printing")


def main() -> int:
    """`python -m kiosk.printing.worker ADDRESS PROFILE`: messages on stdin and stdout, until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches all: the kiosk ends its worker
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not get between the messages
    settings = read_settings(sys.argv[1], sys.argv[2])
    try:
        _work(settings, sys.stdin.buffer, answers)
    except BrokenPipeError:
        return 0  # the kiosk is gone
    return 0


def _work(settings: PrinterSettings, requests: BinaryIO, answers: BinaryIO) -> None:
    def tell(message: jobs.FromWorker) -> None:
        answers.write(jobs.encode(message))

    printer = Printer(settings.address, progress=lambda: tell(jobs.Step()))
    escpos_module("printer")  # now, so that the first visitor does not wait for it
    tell(jobs.Ready())
    for line in iter(requests.readline, b""):
        match jobs.decode_to_worker(line):
            case jobs.PrintSlip(job, slip):
                tell(jobs.end_of(job, _print(slip, printer, settings)))
            case jobs.CheckPrinter():
                status = printer.status()
                tell(jobs.Checked(status.fault, status.paper_low))
            case unknown:
                assert_never(unknown)


def _print(slip: Slip, printer: Printer, settings: PrinterSettings) -> PrintResult:
    """Print one slip. Whatever goes wrong with one is answered, so that the next is printed."""
    try:
        printout = render(layout(slip, settings.profile.paper), settings.profile, slow_line=settings.address.is_slow)
        if printout.missing:
            log.warning("no font for %s: printed as ?", " ".join(sorted(printout.missing)))
        printer.progress()
        return printer.print(printout.data)
    except BrokenPipeError:
        raise
    except Exception:  # the edge of the process
        log.exception("slip %s was not printed", slip.ticket)
        return Failed(PrinterFault.ERROR)


if __name__ == "__main__":
    sys.exit(main())
