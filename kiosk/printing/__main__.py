"""`python -m kiosk.printing --test`: print a test slip and say in one sentence what became of it."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from datetime import UTC, datetime

from kiosk.printing.addresses import PrinterAddressError
from kiosk.printing.escpos import render
from kiosk.printing.printer import Failed, Printer
from kiosk.printing.profiles import UnknownProfileError, all_profiles
from kiosk.printing.settings import read_settings
from kiosk.printing.slip import Slip, layout
from kiosk.printing.telling import after_looking, after_printing
from shared.protocol.values import Minutes
from shared.vocabulary import Language


def main() -> int:
    options = _options()
    if options.list:
        with suppress(BrokenPipeError):  # whoever read has read enough (`| head`)
            print("\n".join(all_profiles()), flush=True)
        return 0
    try:
        settings = read_settings(options.printer, options.profile)
    except (PrinterAddressError, UnknownProfileError) as problem:
        print(f"loket: {problem}", file=sys.stderr)
        return 2
    printer = Printer(settings.address)
    if not options.test:
        look = printer.look()
        print(after_looking(look))
        return 1 if look.status.fault else 0
    slip = _test_slip(options.printer, options.profile)
    printout = render(layout(slip, settings.profile.paper), settings.profile, slow_line=settings.address.is_slow)
    result = printer.print(printout.data, printer.look().abilities)
    print(after_printing(result))
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


if __name__ == "__main__":
    sys.exit(main())
