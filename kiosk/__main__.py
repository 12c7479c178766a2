"""loket-kiosk: the program that gives visitors their number."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.no_printer import NoPrinter
from kiosk.pin import hash_pin, is_pin
from kiosk.printing.addresses import PrinterAddressError
from kiosk.printing.profiles import UnknownProfileError
from kiosk.printing.settings import PrinterSettings
from kiosk.printing.settings import read_settings as read_printer
from kiosk.settings import KioskSettings
from shared.log import start_log_with_first_line
from shared.program import SettingsError, read_settings, state_folder, window_arguments
from shared.vocabulary import Program

if TYPE_CHECKING:
    from kiosk.kiosk_viewmodel import KioskViewModel
    from kiosk.printing.spooler import Spooler
    from kiosk.survey_viewmodel import SurveyViewModel
    from shared.qt.link import Link

QML = Path(__file__).resolve().parent / "qml" / "Main.qml"
SURVEY_QML = Path(__file__).resolve().parent / "survey" / "qml" / "Main.qml"
SHORTEST_PIN = 4


def main(arguments: list[str] | None = None) -> int:
    given = _given(arguments)
    if given.pop("hash_pin"):
        return _hash_pin()
    probe = given.pop("probe")
    file = given.pop("settings")
    assert file is None or isinstance(file, Path)
    try:
        settings = read_settings(KioskSettings, file=file, environment=os.environ, given=given)
        printer = read_printer(settings.printer, settings.profile) if settings.printer else None
    except (SettingsError, PrinterAddressError, UnknownProfileError) as error:
        print(f"loket-kiosk: {error}", file=sys.stderr)
        return 2
    if probe:
        return _probe(settings, printer)
    start_log_with_first_line(settings.log_level)
    return _run_survey(settings) if settings.mode == "survey" else _run(settings, printer)


def _run(settings: KioskSettings, printer: PrinterSettings | None) -> int:
    # Qt comes after the settings: a wrong one is told at once, also where no screen is.
    from kiosk.kiosk_viewmodel import KioskViewModel
    from kiosk.start import Past, remember

    folder = state_folder(settings.state, "kiosk")
    spooler = _spooler(printer, folder)
    pasts: list[Past] = []

    def view_model(link: Link) -> KioskViewModel:
        past = remember(folder, link)
        pasts.append(past)
        return KioskViewModel(link, spooler, check_pin=partial(is_pin, settings.staff_pin), past=past)

    def after() -> None:
        for past in pasts:
            if past.keeper is not None:
                past.keeper.close()
        spooler.close()

    return _show(settings, QML, folder, view_model, after)


def _run_survey(settings: KioskSettings) -> int:
    from kiosk.survey_viewmodel import ReadsAloud, SurveyViewModel

    def reader(tell: Callable[[bool], None]) -> ReadsAloud:
        from kiosk.survey.reading_aloud import Reader, device_sink, engine

        return Reader(engine, device_sink, tell)

    def view_model(link: Link) -> SurveyViewModel:
        return SurveyViewModel(link, reader if settings.speaker else None)

    return _show(settings, SURVEY_QML, state_folder(settings.state, "kiosk"), view_model)


def _show(
    settings: KioskSettings,
    qml: Path,
    folder: Path,
    view_model: Callable[[Link], KioskViewModel | SurveyViewModel],
    after: Callable[[], None] = lambda: None,
) -> int:
    """Run the window over one link to the server; `after` comes when model and link have stopped."""
    from PySide6.QtCore import QObject

    from shared.qt.launch import run
    from shared.qt.link import Link

    running: list[tuple[Link, KioskViewModel | SurveyViewModel]] = []

    def made() -> QObject:
        link = Link(Program.KIOSK, server=settings.server, state=folder, authority=settings.authority_file)
        running.append((link, view_model(link)))
        return running[0][1]

    def start() -> None:
        for _, model in running:
            model.start()

    def end() -> None:
        while running:
            link, model = running.pop()
            model.stop()
            link.stop()
        after()

    return run("loket-kiosk", qml=qml, view_model=made, size=settings.window, once_shown=start, before_end=end)


def _spooler(printer: PrinterSettings | None, folder: Path) -> Spooler | NoPrinter:
    if printer is None:
        return NoPrinter()
    from kiosk.printing.spooler import Spooler

    return Spooler.for_printer(printer, folder)


def _probe(settings: KioskSettings, printer: PrinterSettings | None) -> int:
    """Try what the printer answers, and keep it for the kiosk. Nothing is printed."""
    if printer is None:
        print("loket-kiosk: --probe wants a printer", file=sys.stderr)
        return 2
    from kiosk.printing.abilities import KnownPrinters
    from kiosk.printing.printer import Printer
    from kiosk.printing.telling import after_looking

    look = Printer(printer.address).look()
    if look.abilities is not None:
        KnownPrinters(state_folder(settings.state, "kiosk")).learn(printer.name, look.abilities)
    print(after_looking(look))
    return 1 if look.status.fault else 0


def _hash_pin() -> int:
    pin = getpass.getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not pin.isdecimal() or len(pin) < SHORTEST_PIN:
        print(f"loket-kiosk: a PIN has at least {SHORTEST_PIN} digits, and nothing else", file=sys.stderr)
        return 2
    print(hash_pin(pin))
    return 0


def _given(arguments: list[str] | None) -> dict[str, object]:
    """What stands on the command line; None for what does not."""
    parser = window_arguments("loket-kiosk", "The kiosk program of Loket.")
    parser.add_argument("--printer", metavar="ADDRESS", help="tcp://, usb://, serial:// or file:// address")
    parser.add_argument("--profile", metavar="NAME", help="what the printer can do, e.g. TM-T20II")
    parser.add_argument("--mode", choices=("numbers", "survey"), help="give numbers, or ask those who leave")
    parser.add_argument("--probe", action="store_true", help="try what the printer answers, keep it, and end")
    parser.add_argument("--hash-pin", action="store_true", help="read a PIN, print what staff_pin shall be, and end")
    return vars(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
