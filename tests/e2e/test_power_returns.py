"""P6 without the machine: all programs lose their power at once, start together, and give a number by themselves."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.demo.hall import Hall, Place
from tests.support.demo.journey import Journey
from tests.support.demo.processes import Programs
from tests.support.demo.screen import virtual_screen
from tests.support.promises import RecordFigure

pytestmark = [pytest.mark.e2e, pytest.mark.faults, pytest.mark.xdist_group("e2e")]


def test_p6_after_a_power_cut_the_first_number_needs_no_human_hand(tmp_path: Path, figure: RecordFigure) -> None:
    with virtual_screen() as screen, Programs(tmp_path / "logs") as programs:
        hall = Hall(programs, tmp_path)
        hall.start_server()
        sizes = {"kiosk": "1280x800", "counter": "1366x768", "display": "1280x720"}
        places = {name: Place(size, screen) for name, size in sizes.items()}
        printer = hall.start_printer()
        hall.start_windows(printer, places, wav=False)
        hall.introduce()
        kiosk = hall.windows["kiosk"]
        kiosk.connect()
        before = Journey(hall, tmp_path).take_a_number()

        for program in hall.running.values():
            program.kill()
        kiosk.close()

        began = time.monotonic()
        hall.start_windows(printer, places, wav=False)  # whoever is ready first: no machine waits for another
        hall.start_printer(urlsplit(printer).port or 0)
        hall.start_server()
        kiosk = hall.windows["kiosk"]
        kiosk.connect(patience=60)
        kiosk.wait("beginIndonesian", patience=60)
        ready = time.monotonic() - began
        journey = Journey(hall, tmp_path)
        after = journey.take_a_number()  # the server's, or the kiosk's own while the server is not there yet
        printed = hall.running["kiosk"].wait_for_fact("slip ended", ticket=after, patience=60)
        first = time.monotonic() - began
        journey.keep_the_slip()

        assert after != before
        assert "Printed" in printed["result"]
        if after.endswith("-501"):
            hall.running["server"].wait_for_fact("merged", patience=60)
        hall.windows["display"].connect(patience=60)
        hall.windows["display"].wait("welcome", patience=60)
        figure(
            "P6",
            "",
            f"all programs killed and started at once: kiosk ready after {ready:.1f} s, slip after {first:.1f} s",
        )
