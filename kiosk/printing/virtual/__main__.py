"""`loket-printer`: a receipt printer for demos and tests; every slip becomes a picture."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from kiosk.printing.elements import NARROW, WIDE
from kiosk.printing.virtual.control import USAGE, Control
from kiosk.printing.virtual.faults import Fault
from kiosk.printing.virtual.server import VirtualPrinter
from kiosk.printing.virtual.slips import PrintedSlip, Tray


def main() -> int:
    options = _options()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(options))
    except OSError as problem:
        print(f"loket-printer: {problem.strerror or problem}", file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="loket-printer", description="A virtual ESC/POS printer.")
    parser.add_argument("--listen", type=_address, default=("127.0.0.1", 9100), metavar="HOST:PORT")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where slip-0001.png and .bin go")
    parser.add_argument("--paper", choices=("58", "80"), default="80", help="width of the roll in mm")
    parser.add_argument("--control", type=int, metavar="PORT", help=f"take commands there: {USAGE}")
    parser.add_argument("--fault", type=Fault, choices=list(Fault), default=Fault.NONE, help="begin with this fault")
    return parser.parse_args()


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError("expected HOST:PORT")
    return host, int(port)


async def _run(options: argparse.Namespace) -> None:
    tray = Tray(options.out)

    def took(slip: PrintedSlip) -> None:
        print(f"printed {tray.take(slip)}", flush=True)

    printer = VirtualPrinter(NARROW if options.paper == "58" else WIDE, took)
    control = Control(printer)
    printer.set_fault(options.fault)
    host, port = options.listen
    try:
        print(f"printer on tcp://{host}:{await printer.listen(host, port)}", flush=True)
        if options.control is not None:
            print(f"control on {host}:{await control.listen(host, options.control)}", flush=True)
        await _told_to_stop()
    finally:
        await control.close()
        await printer.close()


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
