"""One visitor's journey through the real programs: touched, typed, printed, called, spoken; timed and pictured."""

from __future__ import annotations

import json
import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from tests.support.demo.driver import ScreenError
from tests.support.demo.hall import Hall, Place
from tests.support.demo.processes import ProgramError, Programs

PLACES = {"kiosk": "1080x1920+0+0", "counter": "1366x768+3000+0", "display": "1920x1080+1080+0"}
PAGES_TO_TURN = 8  # of agencies or services, until one must have been found
TIME_TO_READ = 0.7  # seconds: longer than a page takes to come
Fact = dict[str, Any]


class JourneyError(Exception):
    """A step failed; the text names it and says what was seen."""


class Journey:
    def __init__(self, hall: Hall, out: Path) -> None:
        self._hall = hall
        self._out = out
        self._steps: list[dict[str, object]] = []
        self._began = time.time()

    def step(self, name: str, at: float, cause: str | None = None) -> None:
        """Note when something happened, and how long after its cause (another step's name)."""
        causes = {step["step"]: step["at_ms"] for step in self._steps}
        at_ms = round((at - self._began) * 1000, 1)
        entry: dict[str, object] = {"step": name, "at_ms": at_ms}
        if cause is not None:
            since = causes[cause]
            assert isinstance(since, float)
            entry |= {"cause": cause, "since_cause_ms": round(at_ms - since, 1)}
        self._steps.append(entry)

    def save(self, failed: str = "") -> None:
        result = {"ok": not failed, "failed": failed, "steps": self._steps}
        (self._out / "journey.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")

    def picture(self, program: str, name: str) -> None:
        self._hall.windows[program].picture(self._out / f"{program}-{name}.png")

    def picture_the_failure(self) -> None:
        """What every screen that still answers shows."""
        for program in self._hall.windows:
            with suppress(ScreenError):
                self.picture(program, "failed")

    # --- the steps ---

    def take_a_number(self) -> str:
        """At the kiosk, with four touches. Gives the ticket."""
        touched = self._ask_for_a_number()
        kiosk = self._hall.windows["kiosk"]
        self.step("touch", touched)
        issued = self._fact("server", "issued")
        self.step("committed", _at(issued), cause="touch")
        ended = self._fact("kiosk", "slip ended")
        if "Printed" not in ended["result"]:
            raise ProgramError(f"kiosk: the slip was not printed: {ended['result']}")
        self.step("printed", _at(ended), cause="touch")
        ticket = str(kiosk.wait("ticketNumber")["text"])
        self.step("number_on_screen", time.time(), cause="touch")
        self.picture("kiosk", "5-take")
        return ticket

    def take_a_number_alone(self) -> str:
        """As `take_a_number`, while there is no server to give it."""
        self._ask_for_a_number()
        self._fact("kiosk", "given without the server")
        self._fact("kiosk", "slip ended")
        return str(self._hall.windows["kiosk"].wait("ticketNumber")["text"])

    def keep_the_slip(self) -> str:
        """What the virtual printer put on paper; gives the address in its QR code."""
        for name in ("slip.bin", "slip.png"):
            shutil.copyfile(self._hall.slips / name, self._out / name)
        codes = zxingcpp.read_barcodes(Image.open(self._out / "slip.png"))
        if not codes:
            raise ProgramError("printer: no QR code can be read from the slip")
        return str(codes[0].text)

    def sit_down(self) -> None:
        counter, part = self._hall.windows["counter"], self._hall.part
        counter.wait("option-0", patience=60)
        counter.type(part.counter.number.lower())
        counter.wait("typed", text=part.counter.number)
        counter.key("Return")
        counter.wait("signIn-counter", text=part.counter.number)
        counter.type(re.sub(r"[^a-z0-9 ].*", "", part.officer.name.lower()))
        counter.wait("option-0")
        counter.key("Return")
        counter.wait("signIn-officer", text=part.officer.name)
        counter.type(part.pin)
        self.picture("counter", "1-sign-in")
        counter.key("Return")
        counter.wait("counterState")
        counter.key("B")
        self._fact("server", "counter_opened")
        self.picture("counter", "2-desk")

    def call(self, ticket: str) -> None:
        counter, display = self._hall.windows["counter"], self._hall.windows["display"]
        display.wait("welcome", patience=60)
        self.picture("display", "1-before")
        counter.wait("verb-callNext")
        pressed = time.time()
        counter.key("Space")
        self.step("call", pressed)
        self.step("call_committed", _at(self._fact("server", "called")), cause="call")
        counter.wait("handTicket", text=ticket)
        self.step("in_hand_on_counter", time.time(), cause="call")
        display.wait("panelTicket", text=ticket)
        shown = self._fact("display", "shown")
        self.step("shown", _at(shown), cause="call")
        self.picture("display", "2-call")
        self.picture("counter", "3-called")
        spoken = self._fact("display", "spoken", patience=60)
        self.step("spoken", _at(spoken), cause="call")
        counter.wait("receipt")
        self.picture("counter", "4-delivered")

    def look_at_the_phone(self, address: str, words: str, name: str) -> None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                page = answer.read().decode()
        except urllib.error.URLError as error:
            raise ProgramError(f"phone: {address.rsplit('/', 1)[0]}/…: {error}") from None
        if words not in page:
            raise ProgramError(f"phone: the page does not say {words!r}")
        self.step(name, time.time())

    def serve_and_finish(self) -> None:
        counter = self._hall.windows["counter"]
        counter.key("L")
        self._fact("server", "serving")
        self.picture("counter", "5-serving")
        counter.key("S")
        counter.wait("question")
        counter.key("Return")
        self.step("finished", _at(self._fact("server", "finished")), cause="call")
        counter.wait("handEmpty")
        self.picture("display", "3-after")

    def keep_the_voice(self) -> None:
        self._hall.windows["display"].close()
        self._hall.running["display"].end()  # the file is whole once its writer has ended
        shutil.copyfile(self._hall.wav, self._out / "announcement.wav")

    # --- how ---

    def _ask_for_a_number(self) -> float:
        kiosk, service = self._hall.windows["kiosk"], self._hall.part.service
        kiosk.wait("beginIndonesian", patience=60)
        self.picture("kiosk", "1-idle")
        kiosk.touch("beginIndonesian")
        self._turn_to(f"agency-{service.agency}")
        self.picture("kiosk", "2-agencies")
        kiosk.touch(f"agency-{service.agency}")
        self._turn_to(f"service-{service.id}")
        self.picture("kiosk", "3-services")
        kiosk.touch(f"service-{service.id}")
        kiosk.wait("takeNumber")
        self.picture("kiosk", "4-service")
        touched = time.time()
        kiosk.touch("takeNumber")
        return touched

    def _turn_to(self, item: str) -> None:
        """Turn pages until the item is there, as somebody who reads each one would."""
        kiosk = self._hall.windows["kiosk"]
        for _ in range(PAGES_TO_TURN):
            with suppress(ScreenError):
                kiosk.wait(item, patience=TIME_TO_READ)
                return
            kiosk.touch("next")
        raise ScreenError(f"kiosk: {item!r} is on no page")

    def _fact(self, program: str, event: str, patience: float = 60.0) -> Fact:
        return self._hall.running[program].wait_for_fact(event, patience=patience)


def play(out: Path, catalogue: Path, printer: str, screen: Mapping[str, str]) -> None:
    """Play the journey and leave its pictures, bytes, sound and times in `out`; logs of a failed one, too.

    `printer` is the address of another printer than the virtual one, or empty. Raises JourneyError.
    """
    out.mkdir(parents=True, exist_ok=True)
    work = out / "work"
    shutil.rmtree(work, ignore_errors=True)
    for earlier in out.glob("*-failed.png"):
        earlier.unlink()
    with Programs(work / "logs") as programs:
        hall = Hall(programs, work, catalogue)
        journey = Journey(hall, out)
        stage = ["start the programs"]
        try:
            _play(hall, journey, printer, screen, stage)
        except (ScreenError, ProgramError, OSError) as error:
            journey.save(failed=f"{stage[-1]}: {error}")
            journey.picture_the_failure()
            raise JourneyError(f"{stage[-1]}: {error}") from None
    journey.save()
    shutil.rmtree(work)


def _play(hall: Hall, journey: Journey, printer: str, screen: Mapping[str, str], stage: list[str]) -> None:
    hall.start_server()
    virtual = "" if printer else hall.start_printer()
    hall.start_windows(printer or virtual, {name: Place(size, screen) for name, size in PLACES.items()}, wav=True)
    stage.append("introduce the programs")
    hall.introduce()
    for window in hall.windows.values():
        window.connect()
    stage.append("sit down at the counter")
    journey.sit_down()
    stage.append("take a number at the kiosk")
    ticket = journey.take_a_number()
    address = ""
    if virtual:
        stage.append("read the slip")
        address = journey.keep_the_slip()
        stage.append("follow on the phone")
        journey.look_at_the_phone(address, ticket, "phone_waiting")
    stage.append("call, show and speak")
    journey.call(ticket)
    if address:
        journey.look_at_the_phone(address, "Giliran Anda", "phone_called")
    stage.append("serve and finish")
    journey.serve_and_finish()
    if address:
        journey.look_at_the_phone(address, "Selesai", "phone_finished")
    stage.append("keep the voice")
    journey.keep_the_voice()


def _at(fact: Fact) -> float:
    return datetime.fromisoformat(fact["timestamp"]).timestamp()
