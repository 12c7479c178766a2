"""F5 and P7: a printer that cannot print is never silent. The visitor is told and goes on, and so are staff."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.printing.settings import read_settings
from kiosk.printing.spooler import Spooler
from kiosk.printing.virtual.faults import Fault
from shared.protocol.commands import ReportPrint, ReportPrinter
from shared.vocabulary import PrinterFault, PrintState
from tests.support.kiosk_stage import Stage, on_stage
from tests.support.paper import PrinterInThread, running_printer
from tests.support.promises import RecordFigure
from tests.support.visitor import take_number, to_service, until
from tests.support.waiting import fair

VISITOR, STAFF = 3.0, 5.0  # seconds


@pytest.fixture
def virtual() -> Iterator[PrinterInThread]:
    with running_printer() as virtual:
        yield virtual


@pytest.fixture
def spooler(virtual: PrinterInThread, tmp_path: Path) -> Iterator[Spooler]:
    spooler = Spooler.for_printer(read_settings(virtual.address, "80mm"), tmp_path)
    yield spooler
    spooler.close()


@contextmanager
def standing(spooler: Spooler) -> Iterator[Stage]:
    """The kiosk, open for visitors, once it has looked at its printer."""
    with on_stage((1080, 1920), spooler) as stage:
        until(stage, lambda: spooler.is_ready and spooler.status is not None)
        stage.connect()
        stage.show_hall()
        yield stage


def told(stage: Stage, command: object) -> bool:
    return command in [sent for _, sent in stage.link.sent]


@pytest.mark.faults
def test_without_paper_the_visitor_is_offered_a_number_without(
    virtual: PrinterInThread, spooler: Spooler, figure: RecordFigure
) -> None:
    virtual.set_fault(Fault.PAPER_OUT)
    with standing(spooler) as stage:
        _offered_a_number_without(stage, figure)


def _offered_a_number_without(stage: Stage, figure: RecordFigure) -> None:
    until(stage, lambda: told(stage, ReportPrinter(fault=PrinterFault.PAPER_OUT, paper_low=True)))
    assert "Nomor Anda akan tampil di layar" in stage.text_of("noticeText")
    to_service(stage)
    assert stage.text_of("takeNumber") == "Tidak, ambil nomor tanpa kertas"
    stage.touch("takeNumber")
    stage.issue("A-042")
    took = until(stage, lambda: stage.page == "ShowNumber")
    assert stage.text_of("ticketNumber") == "A-042"
    assert stage.find("qr") is not None
    figure("P7", "F5", f"paper out before: offered without paper at the press, number on the screen {took:.2f} s later")
    assert took <= fair(VISITOR)


def hang(spooler: Spooler, virtual: PrinterInThread) -> None:
    assert spooler.worker_pid is not None
    os.kill(spooler.worker_pid, signal.SIGSTOP)


def suffer(fault: Fault, after: int | None = None) -> Callable[[Spooler, PrinterInThread], None]:
    def begin(spooler: Spooler, virtual: PrinterInThread) -> None:
        if after is None:
            virtual.set_fault(fault)
        else:
            virtual.set_fault_after(after, fault)

    return begin


TROUBLES = {
    "hung worker": hang,
    "paper out": suffer(Fault.PAPER_OUT),
    "cover open in mid-slip": suffer(Fault.COVER_OPEN, 300),
    "stalled in mid-slip": suffer(Fault.STALL, 300),
    "unplugged": suffer(Fault.HANG_UP),
}


@pytest.mark.faults
@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_printer_fails_silently(
    spooler: Spooler, virtual: PrinterInThread, figure: RecordFigure, trouble: str
) -> None:
    with standing(spooler) as stage:
        TROUBLES[trouble](spooler, virtual)
        visitor, staff = _told(stage)
    figure("P7", "F7" if "worker" in trouble else "F6", f"{trouble}: visitor {visitor:.1f} s, staff {staff:.1f} s")
    assert visitor <= VISITOR
    assert staff <= STAFF


def _told(stage: Stage) -> tuple[float, float]:
    """Seconds until the visitor reads the number, and until the hall is told of the printer."""
    take_number(stage)
    pressed = time.monotonic()
    visitor = until(stage, lambda: stage.page == "ShowNumber")
    assert stage.find("qr") is not None
    until(stage, lambda: any(isinstance(c, ReportPrint) and c.state is PrintState.FAILED for _, c in stage.link.sent))
    staff = time.monotonic() - pressed
    assert any(isinstance(c, ReportPrinter) and c.fault is not None for _, c in stage.link.sent)
    return visitor, staff
