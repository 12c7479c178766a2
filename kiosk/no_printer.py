"""A kiosk without a printer: every number stands on the screen."""

from __future__ import annotations

from kiosk.printing.jobs import Job, Outcome
from kiosk.printing.printer import Failed
from kiosk.printing.status import PrinterStatus
from shared.vocabulary import PrinterFault


class NoPrinter:
    """Answers every job at once: there is nothing to print on."""

    def __init__(self) -> None:
        self._outcomes: list[Outcome] = []

    @property
    def status(self) -> PrinterStatus | None:
        return PrinterStatus(PrinterFault.OFFLINE)

    confirms = True
    """Nothing is in doubt."""
    papers: list[Outcome] = []

    def submit(self, job: Job) -> None:
        self._outcomes.append(Outcome(job, Failed(PrinterFault.OFFLINE)))

    def poll(self) -> list[Outcome]:
        outcomes, self._outcomes = self._outcomes, []
        return outcomes

    def close(self) -> None: ...
