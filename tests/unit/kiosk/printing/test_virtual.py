"""The virtual printer as a program and as a reader of ESC/POS."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.printing.elements import WIDE
from kiosk.printing.escpos import render
from kiosk.printing.profiles import find_profile
from kiosk.printing.slip import layout
from kiosk.printing.virtual.control import Control
from kiosk.printing.virtual.decoding import AskFence, AskStatus, Decoder, Event, Line
from kiosk.printing.virtual.paper import print_head
from kiosk.printing.virtual.server import VirtualPrinter
from tests.support.paper import a_slip

PROFILE = find_profile("80mm")
DATA = render(layout(a_slip(), PROFILE.paper), PROFILE).data + b"\x10\x04\x01\x1dr\x01"
WHOLE = Decoder().feed(DATA)


@settings(max_examples=30)
@given(st.lists(st.integers(min_value=0, max_value=len(DATA)), max_size=20))
def test_a_slip_in_pieces_is_the_same_slip(cuts: list[int]) -> None:
    decoder = Decoder()
    events: list[Event] = []
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(DATA)], strict=True):
        events += decoder.feed(DATA[start:end])
    assert events == WHOLE


def test_the_sources_of_all_events_are_the_bytes_that_came() -> None:
    assert b"".join(source for _, source in Decoder().feed_with_source(DATA)) == DATA
    assert [event for event in WHOLE if isinstance(event, AskStatus | AskFence)] == [AskStatus(1), AskFence()]


@given(st.binary(max_size=400))
def test_no_bytes_can_break_the_reader(data: bytes) -> None:
    Decoder().feed(data)


def test_letters_stand_in_an_exact_grid() -> None:
    (line,) = Decoder().feed(b"\x1d!\x11" + b"M" * 24 + b"\n")
    assert isinstance(line, Line)
    printed = print_head([line], WIDE.dots)
    assert printed.size == (576, 48)
    columns = [printed.crop((x, 0, x + 24, 48)).tobytes() for x in range(0, 576, 24)]
    assert len(set(columns)) == 1
    assert printed.convert("L").getextrema() == (0, 255)


def test_a_line_too_long_goes_on_in_the_next() -> None:
    (line,) = Decoder().feed(b"M" * 49 + b"\n")
    assert isinstance(line, Line)
    assert print_head([line], WIDE.dots).height == 60


@pytest.mark.parametrize("line", ["fault paper_out", "fault none", "after 300 hang_up"])
def test_control_obeys(line: str) -> None:
    assert asyncio.run(_obeyed(line)) == "ok"


@pytest.mark.parametrize("line", ["", "fault", "fault rain", "after x hang_up", "after 3"])
def test_control_says_how_it_should_have_been_put(line: str) -> None:
    assert asyncio.run(_obeyed(line)).startswith("error: fault none|")


async def _obeyed(line: str) -> str:
    return Control(VirtualPrinter(WIDE, lambda _: None)).obey(line)


@contextmanager
def the_program(folder: Path) -> Iterator[tuple[int, int]]:
    """`loket-printer` on free ports; yields the printer's and the control's."""
    command = [sys.executable, "-m", "kiosk.printing.virtual", "--listen", "127.0.0.1:0", "--control", "0"]
    with subprocess.Popen([*command, "--out", str(folder)], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            printer = int(program.stdout.readline().rpartition(":")[2])
            yield printer, int(program.stdout.readline().rpartition(":")[2])
        finally:
            program.send_signal(signal.SIGTERM)
            assert program.wait(60) == 0


def try_printer(port: int) -> tuple[int, str]:
    said = subprocess.run(
        [sys.executable, "-m", "kiosk.printing", "--printer", f"tcp://127.0.0.1:{port}", "--profile", "80mm", "--test"],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.returncode, said.stdout


def test_both_programs_together_make_a_picture_that_a_phone_can_read(tmp_path: Path) -> None:
    with the_program(tmp_path) as (printer, control):
        assert try_printer(printer) == (0, "Printed: the printer confirmed the whole slip.\n")
        with socket.create_connection(("127.0.0.1", control)) as line:
            line.sendall(b"fault cover_open\n")
            assert line.recv(10) == b"ok\n"
        assert try_printer(printer) == (1, "Not printed: the printer's cover is open.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "slip-0001.bin",
        "slip-0001.png",
        "slip.bin",
        "slip.png",
    ]
    (code,) = zxingcpp.read_barcodes(Image.open(tmp_path / "slip.png"))
    assert code.text == "http://localhost/v/test"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--profile", "TM-T20"], 'unknown printer profile "TM-T20"; near: TM-T20II'),
        (["--printer", "lpt1"], 'printer address "lpt1": expected something like tcp://'),
    ],
)
def test_a_wrong_setting_is_one_sentence(options: list[str], said: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "kiosk.printing", *options], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert said in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert not ran.stdout


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ran = subprocess.run(
            [sys.executable, "-m", "kiosk.printing.virtual", "--listen", address, "--out", str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr.startswith("loket-printer: ")
    assert ran.stderr.count("\n") == 1
