"""A hall for a while: server, virtual printer, kiosk, counter and display, introduced to each other."""

from __future__ import annotations

import re
import secrets
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from server.app.catalogue_file import read_catalogue
from server.domain.catalogue import Catalogue, Counter, Officer, Service
from shared.vocabulary import Role
from tests.support.demo.driver import Window
from tests.support.demo.processes import ROOT, Program, ProgramError, Programs, command

SAMPLE = ROOT / "server" / "sample" / "mpp-badung-sample.toml"
PROGRAMS = ("kiosk", "counter", "display")


@dataclass(frozen=True, slots=True)
class Part:
    """Who plays: a service, the counter that serves it, the officer who sits there, and the officer's PIN."""

    service: Service
    agency: str
    """Of the service, as its tile at the kiosk begins."""
    counter: Counter
    officer: Officer
    pin: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program's window stands: Qt's size, and the environment of its screen."""

    size: str
    environment: Mapping[str, str]


class Hall:
    """Starts everything in the right order; what runs is ended by `Programs`."""

    def __init__(self, programs: Programs, folder: Path, catalogue: Path = SAMPLE) -> None:
        self._programs = programs
        self._folder = folder
        self._catalogue = catalogue
        self.database_file = folder / "loket.db"
        self._database = f"sqlite:///{self.database_file}"
        self._port = 0
        self.part = choose_part(catalogue, pin=f"{secrets.randbelow(10**6):06d}")
        self.slips = folder / "slips"
        self.wav = folder / "announcement.wav"
        self.running: dict[str, Program] = {}
        self.windows: dict[str, Window] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start_server(self, *, host: str = "127.0.0.1", public_host: str = "127.0.0.1", port: int = 0) -> None:
        """On the port given; 0 takes one that is free. Started again, it keeps its port."""
        self._port = self._port or port or _free_port()
        server = self._programs.start(
            "server", "server", "run", "--database", self._database, "--host", host, "--port", str(self._port),
            "--public-url", f"http://{public_host}:{self._port}", "--catalogue", str(self._catalogue), "--always-open",
        )  # fmt: skip
        self.running["server"] = server
        server.wait_for_fact("listening", patience=60)

    def start_printer(self, port: int = 0) -> str:
        """The virtual printer; gives its address. Port 0 takes one that is free."""
        listen = f"127.0.0.1:{port}"
        printer = self._programs.start(
            "printer", "kiosk.printing.virtual", "--listen", listen, "--out", str(self.slips), "--control", "0"
        )
        self.running["printer"] = printer
        deadline = time.monotonic() + 60
        while True:
            if found := re.search(r"127\.0\.0\.1:(\d+)", printer.log.read_text()):
                return f"tcp://127.0.0.1:{found[1]}"
            printer.check()
            if time.monotonic() > deadline:
                raise ProgramError("printer: it does not listen")
            time.sleep(0.03)

    def start_windows(self, printer: str, places: Mapping[str, Place], *, wav: bool) -> None:
        """Kiosk, counter and display, each with a window that can be driven."""
        further = {
            "kiosk": ("--printer", printer),
            "counter": ("--counter", self.part.counter.id),
            "display": ("--audio-out", str(self.wav)) if wav else (),
        }
        for name in PROGRAMS:
            self.start_window(name, places[name], *further[name])

    def start_window(self, name: str, place: Place, *further: str) -> None:
        """One of them, also again after its end."""
        socket_file = self._folder / f"{name}.drive"
        socket_file.unlink(missing_ok=True)
        self.running[name] = self._programs.start(
            name, name, "--server", f"ws://127.0.0.1:{self._port}", "--state", str(self._folder / name),
            "--window", place.size, *further, LOKET_DRIVE=str(socket_file), **place.environment,
        )  # fmt: skip
        self.windows[name] = Window(name, socket_file)

    def numbers(self) -> str:
        """What `loket-server numbers` says of today."""
        return command("server", "numbers", "--database", self._database)

    def remember(self, days: int) -> None:
        """Simulated office days before today, for the reports. Before the server starts."""
        words = ("--into", self._database, "--days", str(days), "--visits", "800", "--catalogue", str(self._catalogue))
        command("server.simulation", *words)

    def let_staff_in(self) -> tuple[str, Mapping[Role, str]]:
        """One password for one person of each role that signs in to the pages; it ends with this hall."""
        password = "-".join(secrets.token_hex(2) for _ in range(3))
        people: dict[Role, str] = {}
        for officer in _read(self._catalogue).officers.values():
            if officer.role is not Role.OFFICER and officer.role not in people:
                people[officer.role] = officer.id
                self._command("officers", "set-password", officer.id, text=password + "\n")
        return password, people

    def introduce(self) -> None:
        """Approve each program by the code that it shows, as an administrator would, and give the officer a PIN."""
        self._command("officers", "set-pin", self.part.officer.id, text=self.part.pin + "\n")
        zone = self.part.counter.zone
        names = {"kiosk": "Kiosk 1", "counter": f"Loket {self.part.counter.number}", "display": "TV 1"}
        waiting = set(PROGRAMS)
        deadline = time.monotonic() + 60
        while waiting:
            for line in self._command("devices", "pending").splitlines():
                code, program, *_ = line.split()
                if program in waiting:
                    self._command("devices", "approve", code, "--name", names[program], "--zone", zone)
                    waiting.discard(program)
            self._programs.check()
            if waiting and time.monotonic() > deadline:
                raise ProgramError(f"these programs asked for no introduction: {', '.join(sorted(waiting))}")

    def _command(self, group: str, verb: str, *arguments: str, text: str = "") -> str:
        return command("server", group, verb, "--database", self._database, *arguments, text=text)


def choose_part(catalogue: Path, pin: str) -> Part:
    """The first service that has a counter with an officer. Raises CatalogueError for a wrong file."""
    read = _read(catalogue)
    for service in read.services.values():
        for counter in map(read.counters.__getitem__, read.counters_of.get(service.id, ())):
            for officer in read.officers.values():
                if officer.agency in (None, counter.agency) and officer.role is Role.OFFICER:
                    return Part(service, read.agencies[service.agency].short_name, counter, officer, pin)
    raise ProgramError(f"{catalogue.name}: no service has a counter with an officer")


def _read(catalogue: Path) -> Catalogue:
    return read_catalogue(catalogue.read_text("utf-8"), version=1, today=datetime.now(UTC).date())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
