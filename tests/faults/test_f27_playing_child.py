"""F27: a child presses 200 times, five times a second. Few tickets, little paper, and nobody after it waits."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF

from kiosk.printing.jobs import Job
from kiosk.printing.printer import Printed
from server.app.allowance import Allowance, Rate
from server.app.hall import HASTE, HASTE_ALERT, HASTY, Hall
from server.settings import ServerSettings
from shared.notices import Answered
from shared.protocol.commands import CheckIn, IssueTicket
from shared.protocol.replies import Refusal
from shared.vocabulary import DeviceId, ErrorCode
from tests.support.kiosk_stage import MORNING, Stage, an_issued, on_stage
from tests.support.promises import RecordFigure
from tests.support.visitor import to_service
from tests.support.waiting import fair

PRESSES, EVERY = 200, 0.2
PAPERS = 4
DELAY = 2.0  # seconds for a visitor who may have a number


@dataclass
class Kiosk:
    """A kiosk whose server keeps the real allowance, and whose printer prints at once."""

    stage: Stage
    issued: list[str] = field(default_factory=list)
    answered: int = 0
    codes: int = 0

    def __post_init__(self) -> None:
        care = ServerSettings()
        self.allowance = Allowance(Rate(care.kiosk_burst, care.kiosk_per_second), self.stage.seconds)
        self.stage.connect()
        self.stage.show_hall()

    @property
    def papers(self) -> list[Job]:
        return self.stage.printing.jobs

    def pass_time(self, seconds: float) -> None:
        stage = self.stage
        stage.wait(seconds)
        asked = [(r, c) for r, c in stage.link.sent if isinstance(c, IssueTicket)]
        for request, command in asked[self.answered :]:
            self.answered += 1
            if wait := self.allowance.wait(stage.seconds):
                refusal = Refusal(ErrorCode.COOLDOWN, {"seconds": max(1, round(wait))})
                stage.link.say(Answered(request, command, None, refusal))
            else:
                self.allowance.take(stage.seconds)
                self.issued.append(f"A-{len(self.issued) + 1:03}")
                stage.link.say(Answered(request, command, an_issued(self.issued[-1]), None))
        codes = [(r, c) for r, c in stage.link.sent if isinstance(c, CheckIn)]
        for request, code in codes[self.codes :]:  # a child types letters that are no booking's
            self.codes += 1
            stage.link.say(Answered(request, code, None, Refusal(ErrorCode.UNKNOWN_BOOKING)))
        if stage.page == "Printing":
            stage.printing.end(Printed())
        stage.settle()


def same_spot(kiosk: Kiosk, dice: random.Random) -> QPointF:
    """Where the number came from once, again and again."""
    return SPOT


def whatever(kiosk: Kiosk, dice: random.Random) -> QPointF:
    """Anything that can be pressed, as it pleases."""
    keys = [item for item in kiosk.stage.items() if item.touchable and item.enabled]
    return dice.choice(keys).centre if keys else SPOT


SPOT = QPointF(540, 1500)
CHILDREN: dict[str, Callable[[Kiosk, random.Random], QPointF]] = {"the same spot": same_spot, "whatever": whatever}


@pytest.mark.faults
@pytest.mark.parametrize("child", CHILDREN)
def test_two_hundred_presses_of_a_child_cost_little(child: str, figure: RecordFigure) -> None:
    with on_stage((1080, 1920)) as stage:
        kiosk, dice = Kiosk(stage), random.Random(27)
        to_service(stage)
        stage.touch("takeNumber")
        for _ in range(PRESSES):
            kiosk.pass_time(EVERY)
            stage.window.grabWindow()
            stage.touch_at(CHILDREN[child](kiosk, dice))
        papers, tickets = len(kiosk.papers), len(kiosk.issued)
        delay = _delay_of_the_next_visitor(kiosk)
        assert stage.complaints == []
    figure(
        "P2",
        "F27",
        f"{PRESSES} presses on {child}: {tickets} tickets, {papers} papers; the next visitor waits {delay:.1f} s more",
    )
    assert papers <= PAPERS
    assert tickets <= PAPERS
    assert delay <= fair(DELAY)


def _delay_of_the_next_visitor(kiosk: Kiosk) -> float:
    """Who wants the same service right afterwards: seconds between asking for the number and its being asked for."""
    stage = kiosk.stage
    while stage.page != "Idle":
        if (key := stage.find("startOver") or stage.find("finished")) is not None:
            stage.touch_at(key.centre)
        kiosk.pass_time(EVERY)
    to_service(stage)
    before, began = len(kiosk.issued), stage.seconds
    stage.touch("takeNumber", after=0.4)
    began = stage.seconds
    while len(kiosk.issued) == before:
        kiosk.pass_time(0.1)
        stage.window.grabWindow()
        if (key := stage.find("takeAnother")) is not None and key.enabled:
            stage.touch_at(key.centre)
        assert stage.seconds - began < fair(60)
    return stage.seconds - began


def test_a_child_that_knows_the_way_is_bounded_and_staff_are_told() -> None:
    """Even who answers every question "I am another visitor" gets no more than the allowance gives; the hall hears."""
    care = ServerSettings()
    allowance = Allowance(Rate(care.kiosk_burst, care.kiosk_per_second), 0.0)
    hall, given = Hall(), 0
    child, name = DeviceId("k1"), "Kiosk 1"
    for press in range(PRESSES):
        now = press * EVERY
        if hall.asked_for_number(child, name, MORNING + timedelta(seconds=now)):
            assert press == HASTY - 1
        given += allowance.take(now)
    assert given <= care.kiosk_burst + PRESSES * EVERY * care.kiosk_per_second
    assert f"alert:{child}:{HASTE_ALERT}" in hall.alerts
    assert hall.look_for_lost(MORNING + timedelta(seconds=PRESSES * EVERY) + HASTE)
    assert hall.alerts == {}


def test_visitors_one_after_the_other_alarm_nobody() -> None:
    hall = Hall()
    for visitor in range(100):
        assert not hall.asked_for_number(DeviceId("k1"), "Kiosk 1", MORNING + timedelta(seconds=8 * visitor))
