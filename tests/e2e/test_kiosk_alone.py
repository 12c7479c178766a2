"""A kiosk goes on with the real programs: the server is killed, then the kiosk, and every number is called at last."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.demo.hall import Hall, Place
from tests.support.demo.journey import Journey
from tests.support.demo.processes import Programs
from tests.support.demo.screen import virtual_screen

pytestmark = [pytest.mark.e2e, pytest.mark.faults, pytest.mark.xdist_group("e2e")]


def test_a_number_given_without_the_server_is_called_when_it_is_back(tmp_path: Path) -> None:
    with virtual_screen() as screen, Programs(tmp_path / "logs") as programs:
        hall = Hall(programs, tmp_path)
        hall.start_server()
        sizes = {"kiosk": "1280x800", "counter": "1366x768", "display": "1280x720"}
        printer = hall.start_printer()
        places = {name: Place(size, screen) for name, size in sizes.items()}
        hall.start_windows(printer, places, wav=True)
        hall.introduce()
        for window in hall.windows.values():
            window.connect()
        journey = Journey(hall, tmp_path)
        journey.sit_down()
        usual = journey.take_a_number()
        kiosk, counter = hall.windows["kiosk"], hall.windows["counter"]
        counter.wait("waitingTicket", text=usual)

        hall.running["server"].kill()
        counter.wait_locked("verb-callNext")
        counter.wait("waitingTicket", text=usual)  # the last list stays readable
        journey.picture("counter", "alone")
        hall.windows["display"].wait("staleText")
        kiosk.wait("paperNotice")

        # The kiosk's power goes, too: it starts again without the server, and gives a number from its own block.
        hall.running["kiosk"].kill()
        kiosk.close()
        hall.start_window("kiosk", places["kiosk"], "--printer", printer)
        kiosk = hall.windows["kiosk"]
        kiosk.connect()
        kiosk.wait("paperNotice")
        given = journey.take_a_number_alone()
        journey.picture("kiosk", "alone")
        assert given.endswith("-501")
        journey.keep_the_slip()
        assert b"Jaringan terputus" in (tmp_path / "slip.bin").read_bytes()

        hall.start_server()
        counter.wait("verb-callNext")
        hall.running["server"].wait_for_fact("merged")
        counter.touch("verb-callNext")
        counter.wait("handTicket", text=usual)
        counter.touch("verb-serve")
        hall.running["server"].wait_for_fact("serving")
        counter.touch("verb-callNext")
        counter.wait("handTicket", text=given)
        journey.look_at_the_phone(journey.keep_the_slip(), "Giliran Anda", "phone_called")
        journey.picture("counter", "called")
        assert "2 numbers given" in hall.numbers()
        assert "NOBODY" not in hall.numbers()
