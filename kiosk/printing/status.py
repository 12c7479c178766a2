"""What a printer says about itself: the answers to DLE EOT 1 to 4, taken apart. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from shared.vocabulary import PrinterFault


class Question(IntEnum):
    """DLE EOT n: answered at once, even when the printer is out of paper and reads nothing else."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4

    @property
    def command(self) -> bytes:
        return bytes((0x10, 0x04, self.value))


FENCE = b"\x1d\x72\x01"
"""GS r 1: answered in its turn, so its answer proves that all before it was worked off."""

_IS_OFFLINE = 0x08
_COVER_OPEN = 0x04
_STOPPED_BY_PAPER_END = 0x20
_ERROR = 0x40
_CUTTER = 0x08
_UNRECOVERABLE = 0x20
_RECOVERABLE = 0x44
_NEAR_END = 0x0C
_PAPER_END = 0x60


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What was said; `fault` is the one that a person should look at first."""

    fault: PrinterFault | None = None
    paper_low: bool = False


def is_status(byte: int) -> bool:
    """Whether a byte answers DLE EOT: its fixed bits are 0xx1xx10."""
    return byte & 0x93 == 0x12


def is_fence(byte: int) -> bool:
    """Whether a byte answers GS r: its fixed bits are 0xx0xxxx."""
    return byte & 0x90 == 0x00


def read_status(answers: Mapping[Question, int]) -> PrinterStatus:
    """The status that the answers make together. A missing answer says nothing: some printers know two of the four."""
    printer = answers.get(Question.PRINTER, 0)
    offline = answers.get(Question.OFFLINE_CAUSE, 0)
    error = answers.get(Question.ERROR_CAUSE, 0)
    paper = answers.get(Question.PAPER, 0)
    return PrinterStatus(_fault(printer, offline, error, paper), paper_low=bool(paper & _NEAR_END))


def _fault(printer: int, offline: int, error: int, paper: int) -> PrinterFault | None:
    if offline & _COVER_OPEN:  # first: an open cover makes most printers report the paper's end, too
        return PrinterFault.COVER_OPEN
    if paper & _PAPER_END or offline & _STOPPED_BY_PAPER_END:
        return PrinterFault.PAPER_OUT
    if error & _CUTTER:
        return PrinterFault.CUTTER
    if error & (_UNRECOVERABLE | _RECOVERABLE) or offline & _ERROR:
        return PrinterFault.ERROR
    if printer & _IS_OFFLINE:
        return PrinterFault.OFFLINE
    return None
