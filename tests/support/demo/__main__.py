"""`./run demo`: the hall on this machine's screen, or one visitor's journey through it."""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from server.app.catalogue_file import CatalogueError
from shared.program import PORT
from shared.vocabulary import Role
from tests.support.demo import screen
from tests.support.demo.hall import SAMPLE, Hall, Place
from tests.support.demo.journey import JourneyError, play
from tests.support.demo.processes import ROOT, ProgramError, Programs

PLACES = {"kiosk": "540x960+20+20", "display": "1120x630+580+20", "counter": "1024x700+640+300"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run demo", description="Loket on this machine, with a sample site.")
    parser.add_argument(
        "--journey", type=Path, metavar="DIR", help="play one visitor's journey, leave its proof in DIR"
    )
    parser.add_argument("--printer", default="", metavar="tcp://HOST:PORT", help="an ESC/POS printer of yours")
    parser.add_argument("--catalogue", type=Path, default=SAMPLE, metavar="FILE", help="another site")
    parser.add_argument("--port", type=int, default=PORT, help=f"the server's port (else {PORT}, or a free one)")
    parser.add_argument(
        "--history", type=int, default=5, metavar="DAYS", help="simulated days for the reports; 0: none"
    )
    options = parser.parse_args()
    try:
        if options.journey is not None:
            return _journey(options.journey, options)
        if screen.is_real():
            return _stay(options)
        print("There is no screen here: a visitor's journey is played on a virtual one instead.", flush=True)
        return _journey(ROOT / "journey", options)
    except CatalogueError as error:
        for mistake in error.mistakes:
            print(f"{options.catalogue}: {mistake}", file=sys.stderr)
    except (ProgramError, OSError) as error:
        print(f"demo: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nEnded.", flush=True)
        return 130
    return 2


def _journey(out: Path, options: argparse.Namespace) -> int:
    began = time.monotonic()
    try:
        with screen.some_screen() as environment:
            play(out, options.catalogue, options.printer, environment)
    except JourneyError as error:
        print(f"The journey failed: {error}", file=sys.stderr)
        print(f"The programs' logs are in {out / 'work' / 'logs'}", file=sys.stderr)
        return 1
    print(f"The journey took {time.monotonic() - began:.0f} s. Pictures, slip, sound and times (journey.json): {out}")
    for step in json.loads((out / "journey.json").read_text())["steps"]:
        since = f"  ({step['since_cause_ms']:,.0f} ms after {step['cause']})" if "cause" in step else ""
        print(f"{step['at_ms'] / 1000:8.1f} s  {step['step']}{since}")
    return 0


def _stay(options: argparse.Namespace) -> int:
    """Everything stays until Ctrl-C, or until a program's window was closed."""
    folder = Path(tempfile.mkdtemp(prefix="loket-demo-"))
    print("Starting a server, a printer and three windows; it takes up to half a minute.", flush=True)
    with Programs(folder / "logs") as programs:
        hall = Hall(programs, folder, options.catalogue)
        if options.history:
            hall.remember(options.history)
        host = _own_address()
        hall.start_server(host="0.0.0.0", public_host=host, port=_free_or_none(options.port))
        printer = options.printer or hall.start_printer()
        hall.start_windows(printer, {name: Place(size, {}) for name, size in PLACES.items()}, wav=False)
        hall.introduce()
        print(_what_to_try(hall, printer, *hall.let_staff_in(), virtual=not options.printer), flush=True)
        try:
            while True:
                time.sleep(0.5)
                programs.check()
        except KeyboardInterrupt:
            print("\nEnding all programs …", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    return 0


def _what_to_try(hall: Hall, printer: str, password: str, people: Mapping[Role, str], *, virtual: bool) -> str:
    part = hall.part
    staff = ", ".join(people.values())
    paper = f"slips appear as pictures in {hall.slips}" if virtual else f"slips are printed at {printer}"
    return f"""
Loket runs. Try this:
  1. Kiosk: touch "Ambil nomor antrean", then "{part.agency}", then "{part.service.name.id}", then take a number;
     {paper}.
  2. Counter: type {part.counter.number}, Enter; choose {part.officer.name}, Enter; PIN {part.pin}, Enter.
     B opens the counter, the space bar calls, L serves, S finishes; F1 shows every key.
  3. Display: the number flashes and is spoken. Scan the slip's code with a phone in the same network.
  4. Pages, in a browser: {hall.address}
     booking and the index for everybody; for staff sign in as one of {staff};
     password {password}
Addresses: {hall.address}/health  {hall.address}/metrics  {hall.address}/api/lines
The day done again, while it runs: ./run replay {hall.database_file}
Ctrl-C ends everything and deletes the day.
"""


def _own_address() -> str:
    """This machine's address in its network, which a phone could reach; no packet is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        address: str = probe.getsockname()[0]
        return address


def _free_or_none(port: int) -> int:
    """The port if nobody has it, else 0: any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port


if __name__ == "__main__":
    sys.exit(main())
