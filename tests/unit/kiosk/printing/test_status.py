"""What DLE EOT's answers mean."""

from __future__ import annotations

import pytest

from kiosk.printing.status import PrinterStatus, Question, is_fence, is_status, read_status
from kiosk.printing.virtual.faults import Fault, answer
from shared.vocabulary import PrinterFault


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.NONE, PrinterStatus()),
        (Fault.NEAR_END, PrinterStatus(paper_low=True)),
        (Fault.PAPER_OUT, PrinterStatus(PrinterFault.PAPER_OUT, paper_low=True)),
        (Fault.COVER_OPEN, PrinterStatus(PrinterFault.COVER_OPEN)),
        (Fault.CUTTER, PrinterStatus(PrinterFault.CUTTER)),
    ],
)
def test_a_fault_is_named(fault: Fault, status: PrinterStatus) -> None:
    assert read_status({question: answer(fault, question)[0] for question in Question}) == status


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({Question.PRINTER: 0x1A}, PrinterFault.OFFLINE),
        ({Question.OFFLINE_CAUSE: 0x52}, PrinterFault.ERROR),
        ({Question.ERROR_CAUSE: 0x32}, PrinterFault.ERROR),
        ({Question.OFFLINE_CAUSE: 0x36}, PrinterFault.COVER_OPEN),  # and its paper end follows from it
        ({Question.OFFLINE_CAUSE: 0x32}, PrinterFault.PAPER_OUT),
        ({}, None),
    ],
)
def test_few_answers_say_what_they_say(answers: dict[Question, int], fault: PrinterFault | None) -> None:
    assert read_status(answers).fault == fault


def test_the_fence_is_never_taken_for_a_status_nor_a_status_for_the_fence() -> None:
    assert not any(is_fence(byte) and is_status(byte) for byte in range(256))
    assert is_fence(0x00)
    assert is_fence(0x03)
