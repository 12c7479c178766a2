"""The tablet beside the exit as it is started: the real program, the real server, a number typed by touch."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from server.domain.satisfaction import ELEMENTS
from shared.vocabulary import Channel
from tests.support.demo.driver import ScreenError, Window
from tests.support.running_server import RunningServer
from tests.support.surveyed import ALL_INVITED, Visitors
from tests.support.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path, ALL_INVITED, generous=True) as running:
        yield running


@pytest.fixture
def tablet(server: RunningServer, tmp_path: Path) -> Iterator[Window]:
    drive = tmp_path / "drive.sock"
    settings = ["--mode", "survey", "--server", f"ws://127.0.0.1:{server.port}", "--window", "1280x800"]
    program = subprocess.Popen(
        [sys.executable, "-m", "kiosk", *settings, "--state", str(tmp_path / "tablet")],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "LOKET_DRIVE": str(drive)},
    )
    window = Window("tablet", drive)
    window.connect()
    yield window
    window.close()
    program.terminate()
    program.wait(60)


def test_a_visitor_types_the_number_and_answers_nine_questions(server: RunningServer, tablet: Window) -> None:
    server.approve(tablet.wait("pairingCode")["text"].replace(" ", ""), "Tablet at the exit")
    ticket = Visitors.to(server).is_served()
    until(tablet, "beginIndonesian", lambda: tablet.find("ticketHint"))
    for letter in ticket.ticket.replace("-", ""):
        tablet.touch(f"digit-{letter}" if letter.isdigit() else f"key-{letter.lower()}")
    until(tablet, "goOn", lambda: tablet.find("step"))
    for number in range(1, len(ELEMENTS) + 1):
        following = "Terakhir" if number == len(ELEMENTS) else f"Pertanyaan {number + 1} "
        until(tablet, "answer-4", lambda following=following: shows(tablet, "step", following))  # type: ignore[misc]
    until(tablet, "send", lambda: shows(tablet, "saidTitle", "Terima kasih!"))
    (answer,) = server.store.surveys.answers("0000-00", "9999-99")
    assert answer.scores == dict.fromkeys(ELEMENTS, 4)
    assert (answer.about.service, answer.about.channel) == ("card", Channel.TABLET)


def until(tablet: Window, name: str, done: Callable[[], object]) -> None:
    """Touch it until it did something: a touch in the first moments of a page is nobody's."""

    def touched() -> bool:
        if not done() and tablet.find(name):
            with suppress(ScreenError):  # gone between the look and the touch
                tablet.touch(name, patience=0.2)
        return bool(done())

    wait_until(touched)


def shows(tablet: Window, name: str, text: str) -> bool:
    return (seen := tablet.find(name)) is not None and text in seen["text"]
