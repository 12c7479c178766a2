"""Slips to print, and a virtual printer in a thread of the test."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from kiosk.printing.elements import WIDE, Paper
from kiosk.printing.slip import Slip
from kiosk.printing.virtual.faults import Fault
from kiosk.printing.virtual.server import VirtualPrinter
from kiosk.printing.virtual.slips import PrintedSlip
from shared.protocol.values import Minutes
from shared.vocabulary import Language

A_SLIP = Slip(
    site="Mal Pelayanan Publik Contoh",
    agency="Dinas Kependudukan dan Pencatatan Sipil",
    service="Perekaman KTP elektronik",
    ticket="A-042",
    ahead=5,
    minutes=Minutes(10, 15, 25),
    issued_at=datetime(2026, 11, 23, 2, 5, tzinfo=UTC),
    time_zone="Asia/Makassar",
    language=Language.INDONESIAN,
    url="http://192.168.1.10:8000/v/AbCdEfGhIjKlMnOpQrStUv",
    footer="Mohon menunggu di ruang tunggu. Nomor berlaku hari ini.",
)


def a_slip(**changes: Any) -> Slip:
    return replace(A_SLIP, **changes)


@dataclass
class PrinterInThread:
    """A virtual printer that runs beside the test; `slips` grows with what it cut off."""

    loop: asyncio.AbstractEventLoop
    printer: VirtualPrinter
    port: int
    slips: list[PrintedSlip] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def set_fault(self, fault: Fault) -> None:
        self._run(lambda: self.printer.set_fault(fault))

    def set_fault_after(self, count: int, fault: Fault) -> None:
        self._run(lambda: self.printer.set_fault_after(count, fault))

    def _run(self, change: Callable[[], None]) -> None:
        done = threading.Event()
        self.loop.call_soon_threadsafe(change)
        self.loop.call_soon_threadsafe(done.set)
        assert done.wait(60)


@contextmanager
def running_printer(paper: Paper = WIDE) -> Iterator[PrinterInThread]:
    """A virtual printer on a free port of this machine."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="virtual-printer")
    thread.start()
    slips: list[PrintedSlip] = []
    printer = VirtualPrinter(paper, slips.append)
    try:
        port = asyncio.run_coroutine_threadsafe(printer.listen("127.0.0.1", 0), loop).result(5)
        yield PrinterInThread(loop, printer, port, slips)
    finally:
        asyncio.run_coroutine_threadsafe(printer.close(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()
