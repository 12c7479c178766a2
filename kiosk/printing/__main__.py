"""`python -m kiosk.printing --test`: print a test slip and say in one sentence what became of it."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from kiosk.printing.addresses import PrinterAddressError
from kiosk.printing.escpos import render
from kiosk.printing.printer import Failed, Printed, Printer, PrintResult, Unknown
from kiosk.printing.profiles import UnknownProfileError, all_profiles
from kiosk.printing.settings import read_settings
from kiosk.printing.slip import Slip, layout
from shared.protocol.values import Minutes
from shared.vocabulary import Language, PrinterFault

_FAULTS = {
    PrinterFault.PAPER_OUT: "the printer has no paper",
    PrinterFault.COVER_OPEN: "the printer's cover is open",
    PrinterFault.OFFLINE: "there is no printer at this address: see that it is switched on and plugged in",
    PrinterFault.SILENT: "the printer is connected but gives no answer; if all is well with it, this model cannot "
    "answer: add ?confirm=no to its address",
    PrinterFault.CUTTER: "the cutter is stuck",
    PrinterFault.ERROR: "the printer reports an error",
}


def main() -> int:
    options = _options()
    if options.list:
        print("\n".join(all_profiles()))
        return 0
    try:
        settings = read_settings(options.printer, options.profile)
    except (PrinterAddressError, UnknownProfileError) as problem:
        print(f"loket: {problem}", file=sys.stderr)
        return 2
    printer = Printer(settings.address)
    if not options.test:
        status = printer.status()
        print(f"Not ready: {_FAULTS[status.fault]}." if status.fault else "Ready.")
        return 1 if status.fault else 0
    slip = _test_slip(options.printer, options.profile)
    printout = render(layout(slip, settings.profile.paper), settings.profile, slow_line=settings.address.is_slow)
    result = printer.print(printout.data)
    print(_sentence(result))
    return 1 if isinstance(result, Failed) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kiosk.printing", description="Try the kiosk's printer.")
    parser.add_argument("--printer", default="tcp://127.0.0.1:9100", metavar="ADDRESS")
    parser.add_argument("--profile", default="80mm", metavar="NAME")
    parser.add_argument("--test", action="store_true", help="print a test slip; without this, only ask how it is")
    parser.add_argument("--list", action="store_true", help="list the printer profiles")
    return parser.parse_args()


def _test_slip(address: str, profile: str) -> Slip:
    return Slip(
        site="Loket",
        agency=address,
        service=f"Uji cetak / Test print, {profile}",
        ticket="A-000",
        ahead=0,
        minutes=Minutes(0, 5),
        issued_at=datetime.now(UTC),
        time_zone="Asia/Jakarta",
        language=Language.INDONESIAN,
        url="http://localhost/v/test",
        footer="Bukan nomor antrean. Not a ticket.",
    )


def _sentence(result: PrintResult) -> str:
    match result:
        case Printed(paper_low=False):
            return "Printed: the printer confirmed the whole slip."
        case Printed():
            return "Printed: the printer confirmed the whole slip, and says that its paper is nearly used up."
        case Failed(fault):
            return f"Not printed: {_FAULTS[fault]}."
        case Unknown():
            return "Sent, but this printer cannot confirm: look whether paper came out."


if __name__ == "__main__":
    sys.exit(main())
