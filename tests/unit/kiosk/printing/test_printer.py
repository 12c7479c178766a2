"""What a printer says about a slip, over real lines: every fault is named within its time, none is taken for paper."""

from __future__ import annotations

import os
import pty
import socket
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.printing.addresses import parse_address
from kiosk.printing.channels import Channel, ChannelClosedError
from kiosk.printing.elements import WIDE
from kiosk.printing.escpos import render
from kiosk.printing.printer import Failed, Printed, Printer, PrintResult, Unknown
from kiosk.printing.profiles import find_profile
from kiosk.printing.slip import layout
from kiosk.printing.status import PrinterStatus
from kiosk.printing.virtual.conversation import Conversation
from kiosk.printing.virtual.faults import Fault, Troubles
from kiosk.printing.virtual.slips import PrintedSlip
from shared.vocabulary import PrinterFault
from tests.support.paper import PrinterInThread, a_slip
from tests.support.waiting import fair

LETTERS = find_profile("TM-U220B")
DATA = render(layout(a_slip(), LETTERS.paper), LETTERS).data


def printer_at(address: str) -> Printer:
    return Printer(parse_address(address))


def timed(act: Callable[[], PrintResult]) -> tuple[PrintResult, float]:
    began = time.monotonic()
    return act(), time.monotonic() - began


def test_a_slip_is_printed_when_the_printer_says_so(virtual: PrinterInThread) -> None:
    assert printer_at(virtual.address).print(DATA) == Printed()
    assert [slip.data for slip in virtual.slips] == [DATA]


def test_two_slips_are_two_papers(virtual: PrinterInThread) -> None:
    printer = printer_at(virtual.address)
    assert [printer.print(DATA), printer.print(DATA)] == [Printed(), Printed()]
    assert [slip.data for slip in virtual.slips] == [DATA, DATA]


@pytest.mark.parametrize(
    ("fault", "result", "within"),
    [
        (Fault.NEAR_END, Printed(paper_low=True), 1.0),
        (Fault.PAPER_OUT, Failed(PrinterFault.PAPER_OUT), 1.5),
        (Fault.COVER_OPEN, Failed(PrinterFault.COVER_OPEN), 1.5),
        (Fault.CUTTER, Failed(PrinterFault.CUTTER), 1.5),
        (Fault.HANG_UP, Failed(PrinterFault.OFFLINE), 1.5),
        (Fault.MUTE, Failed(PrinterFault.SILENT), 3.0),
        (Fault.STALL, Failed(PrinterFault.SILENT), 3.0),
    ],
)
def test_a_fault_from_before_is_named_in_time(
    virtual: PrinterInThread, fault: Fault, result: PrintResult, within: float
) -> None:
    virtual.set_fault(fault)
    came, took = timed(lambda: printer_at(virtual.address).print(DATA))
    assert came == result
    assert took < fair(within)


@pytest.mark.parametrize(
    ("fault", "named", "within"),
    [
        (Fault.PAPER_OUT, PrinterFault.PAPER_OUT, 1.5),
        (Fault.COVER_OPEN, PrinterFault.COVER_OPEN, 1.5),
        (Fault.HANG_UP, PrinterFault.OFFLINE, 1.5),
        (Fault.MUTE, PrinterFault.SILENT, 3.5),
        (Fault.STALL, PrinterFault.SILENT, 3.5),
    ],
)
def test_a_fault_in_mid_slip_is_named_in_time(
    virtual: PrinterInThread, fault: Fault, named: PrinterFault, within: float
) -> None:
    virtual.set_fault_after(200, fault)
    came, took = timed(lambda: printer_at(virtual.address).print(DATA))
    assert came == Failed(named)
    assert took < fair(within)


@pytest.mark.parametrize("fault", [Fault.HANG_UP, Fault.PAPER_OUT, Fault.COVER_OPEN, Fault.MUTE])
def test_a_slip_that_ends_early_is_never_printed(virtual: PrinterInThread, fault: Fault) -> None:
    """Cut after every k-th byte, up to the last one before the blade is told to cut."""
    quick = Printer(parse_address(virtual.address), silence=0.2, confirmation=1, ask_again=0.03)
    step = 13 if fault is not Fault.MUTE else 211
    for count in [*range(1, len(DATA) - 1, step), len(DATA) - 1]:
        virtual.set_fault(Fault.NONE)
        virtual.set_fault_after(count, fault)
        assert isinstance(quick.print(DATA), Failed), f"after {count} bytes"
    assert not [slip for slip in virtual.slips if fault is not Fault.MUTE]


def test_a_printer_that_is_well_again_prints(virtual: PrinterInThread) -> None:
    virtual.set_fault(Fault.PAPER_OUT)
    printer = printer_at(virtual.address)
    assert printer.look().status == PrinterStatus(PrinterFault.PAPER_OUT, paper_low=True)
    virtual.set_fault(Fault.NONE)
    assert printer.look().status == PrinterStatus()
    assert printer.print(DATA) == Printed()


def test_a_printer_known_to_be_mute_is_asked_nothing(virtual: PrinterInThread) -> None:
    virtual.set_fault(Fault.MUTE)
    came, took = timed(lambda: printer_at(f"{virtual.address}?confirm=no").print(DATA))
    assert came == Unknown()
    assert took < fair(1.0)


def test_nobody_at_the_address_is_offline() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        printer = printer_at(f"tcp://127.0.0.1:{unused.getsockname()[1]}")
        assert printer.print(DATA) == Failed(PrinterFault.OFFLINE)
        assert printer.look().status.fault is PrinterFault.OFFLINE


class WellButIgnorant(Channel):
    """Knows the status, not the fence."""

    can_answer = True

    def __init__(self) -> None:
        self._answers = b""

    def write(self, data: bytes) -> None:
        if len(data) == 3:
            self._answers += b"\x12"

    def read(self, timeout: float) -> bytes:
        answers, self._answers = self._answers, b""
        return answers

    def close(self) -> None:
        pass


def test_a_printer_that_is_well_but_does_not_know_the_fence_is_unknown() -> None:
    channel = WellButIgnorant()
    printer = Printer(parse_address("tcp://any"), open=lambda _: channel, confirmation=0.01)
    assert printer.print(DATA) == Unknown()


class UnpluggedInTheMiddle(WellButIgnorant):
    def write(self, data: bytes) -> None:
        if len(data) > 3:
            raise ChannelClosedError
        super().write(data)


def test_a_line_that_breaks_while_writing_is_offline() -> None:
    printer = Printer(parse_address("tcp://any"), open=lambda _: UnpluggedInTheMiddle())
    assert printer.print(DATA) == Failed(PrinterFault.OFFLINE)


def test_a_plain_file_takes_the_slip_and_confirms_nothing(tmp_path: Path) -> None:
    file = tmp_path / "slip.bin"
    assert printer_at(f"file://{file}").print(DATA) == Unknown()
    assert file.read_bytes() == DATA


def test_a_device_that_is_gone_is_offline() -> None:
    assert printer_at("file:///dev/usb/none/lp0").print(DATA) == Failed(PrinterFault.OFFLINE)
    assert printer_at("serial:///dev/ttyNONE").print(DATA) == Failed(PrinterFault.OFFLINE)
    assert printer_at("usb://dead:beef").print(DATA) == Failed(PrinterFault.OFFLINE)


@contextmanager
def printer_on_a_terminal(troubles: Troubles, slips: list[PrintedSlip]) -> Iterator[str]:
    """The virtual printer behind a pseudo terminal: for this side it is a serial port or a device file."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    conversation = Conversation(WIDE, troubles, lambda data: os.write(ours, data), slips.append)

    def serve() -> None:
        while data := _read(ours):
            conversation.hear(data)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield os.ttyname(theirs)
    finally:
        os.close(theirs)  # the last one closed: the reader sees the end
        thread.join(60)
        os.close(ours)


def _read(file: int) -> bytes:
    try:
        return os.read(file, 4096)
    except OSError:
        return b""


@pytest.mark.parametrize("address", ["serial://{}?baud=115200", "file://{}"])
def test_serial_ports_and_device_files_confirm_and_name_faults(address: str) -> None:
    troubles, slips = Troubles(), list[PrintedSlip]()
    with printer_on_a_terminal(troubles, slips) as device:
        printer = printer_at(address.format(device))
        assert printer.print(DATA) == Printed()
        assert [slip.data for slip in slips] == [DATA]
        troubles.set(Fault.COVER_OPEN)
        assert printer.print(DATA) == Failed(PrinterFault.COVER_OPEN)
