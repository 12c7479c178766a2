"""F8: a cheap printer that answers nothing. It prints, is `unknown` at once, and staff know that it cannot confirm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kiosk.printing.settings import read_settings
from kiosk.printing.spooler import Spooler
from kiosk.printing.virtual.faults import Fault
from shared.protocol.commands import ReportPrint
from shared.vocabulary import PrintState
from tests.support.kiosk_stage import PIN, Stage, on_stage
from tests.support.paper import PrinterInThread, running_printer
from tests.support.promises import RecordFigure
from tests.support.visitor import staff_page, take_number, until
from tests.support.waiting import fair

ISSUE = 3.5  # seconds


@pytest.mark.faults
def test_a_printer_that_answers_nothing_prints_and_makes_nobody_wait(tmp_path: Path, figure: RecordFigure) -> None:
    with running_printer() as virtual:
        virtual.set_fault(Fault.MUTE)
        _set_up(virtual, tmp_path)
        spooler = Spooler.for_printer(read_settings(virtual.address, "80mm"), tmp_path)
        with on_stage((1080, 1920), spooler) as stage:
            until(stage, lambda: spooler.is_ready)
            took = _issue(stage)
            assert ReportPrint(visit="visit-A-042", state=PrintState.UNKNOWN) in [c for _, c in stage.link.sent]
            assert len(virtual.slips) == 1
            stage.wait(10)
            staff_page(stage, PIN)
            assert stage.text_of("printerState") == "Printer: model ini tidak dapat memastikan cetakan"
        spooler.close()
    figure("P7", "F8", f"a mute printer: paper and an honest screen {took:.2f} s after the number, known from set-up")
    assert took <= fair(ISSUE)


def _set_up(virtual: PrinterInThread, state: Path) -> None:
    """As the kiosk's first start does: it finds out what the printer answers."""
    first = Spooler.for_printer(read_settings(virtual.address, "80mm"), state)
    while first.confirms:
        assert first.poll() == []
        time.sleep(0.01)  # until the printer was tried
    first.close()


def _issue(stage: Stage) -> float:
    began = time.monotonic()
    take_number(stage)
    until(stage, lambda: stage.page == "TakeTicket")
    took = time.monotonic() - began
    assert stage.find("qr") is not None
    assert stage.model.kiosk.tickets[0].paper is PrintState.UNKNOWN
    return took
