"""The main job with the real programs, each a process of its own: from touch to voice, and back after a crash."""

from __future__ import annotations

import json
import wave
from array import array
from pathlib import Path

import pytest

from tests.support.demo.hall import SAMPLE, Hall, Place
from tests.support.demo.journey import Journey, play
from tests.support.demo.processes import Programs
from tests.support.demo.screen import virtual_screen

pytestmark = [pytest.mark.e2e, pytest.mark.faults, pytest.mark.xdist_group("programs")]


def test_a_visitor_goes_from_the_first_touch_to_the_counter(tmp_path: Path) -> None:
    with virtual_screen() as screen:
        play(tmp_path, SAMPLE, "", screen)
    journey = json.loads((tmp_path / "journey.json").read_text())
    at = {step["step"]: step["at_ms"] for step in journey["steps"]}
    assert journey["ok"]
    # Law 1: commit before paper, commit before voice.
    assert at["touch"] < at["committed"] < at["printed"]
    assert at["call"] < at["call_committed"] < at["shown"] < at["spoken"]
    assert {"phone_waiting", "phone_called", "phone_finished"} <= at.keys()
    pictures = {file.name for file in tmp_path.glob("*.png")}
    assert {"kiosk-5-take.png", "counter-3-called.png", "display-2-call.png", "slip.png"} <= pictures
    assert (tmp_path / "slip.bin").read_bytes().startswith(b"\x1b@")
    assert loudest(tmp_path / "announcement.wav") > 3000


def test_everybody_comes_back_by_themselves_when_the_server_was_killed(tmp_path: Path) -> None:
    with virtual_screen() as screen, Programs(tmp_path / "logs") as programs:
        hall = Hall(programs, tmp_path)
        hall.start_server()
        sizes = {"kiosk": "1280x800", "counter": "1366x768", "display": "1280x720"}
        hall.start_windows(hall.start_printer(), {name: Place(size, screen) for name, size in sizes.items()}, wav=True)
        hall.introduce()
        for window in hall.windows.values():
            window.connect()
        journey = Journey(hall, tmp_path)
        journey.sit_down()
        ticket = journey.take_a_number()

        hall.running["server"].kill()
        hall.windows["display"].wait("staleText")
        hall.windows["counter"].wait_locked("verb-callNext")
        hall.start_server()

        hall.windows["display"].wait_gone("staleText")
        hall.windows["counter"].wait("verb-callNext")
        hall.windows["counter"].wait("waitingTicket", text=ticket)
        journey.call(ticket)


def loudest(file: Path) -> int:
    with wave.open(str(file)) as sound:
        samples: array[int] = array("h", sound.readframes(sound.getnframes()))
    return max(map(abs, samples))
