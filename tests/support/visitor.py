"""A visitor and a member of staff before a kiosk whose printer is real: its clock runs with ours."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF

from tests.support.kiosk_stage import Stage


def until(stage: Stage, done: Callable[[], bool], within: float = 30.0) -> float:
    """Let the kiosk run, in ticks, until `done`; returns the seconds that took."""
    began = last = time.monotonic()
    while not done():
        now = time.monotonic()
        assert now - began < within, f"still on the page {stage.page}"
        stage.wait(now - last)
        last = now
        time.sleep(0.02)  # the pause between two ticks
    return time.monotonic() - began


def to_service(stage: Stage) -> None:
    """From the idle page to the first service of the first agency."""
    catalogue = stage.model.kiosk.catalogue
    agency = catalogue.agencies[0].id
    stage.touch("beginIndonesian")
    stage.touch(f"agency-{agency}")
    stage.touch(f"service-{catalogue.services_of(agency)[0].id}")


def take_number(stage: Stage, number: str = "A-042") -> None:
    """From the idle page to the number that the server gave."""
    stage.connect()
    stage.show_hall()
    to_service(stage)
    stage.touch("takeNumber")
    stage.issue(number)


def staff_page(stage: Stage, pin: str) -> None:
    """The four corners in turn, and the PIN."""
    width, height = stage.window.width(), stage.window.height()
    for x, y in ((9, 9), (width - 9, 9), (width - 9, height - 9), (9, height - 9)):
        stage.wait(0.5)
        stage.touch_at(QPointF(x, y))
    for digit in pin:
        stage.touch(f"digit-{digit}")
    stage.touch("enterPin")
    stage.wait(1)
