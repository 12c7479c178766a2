"""F6: the printer fails after the k-th byte of a slip. The number is not burnt, and no two papers are unmarked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.printing import jobs
from kiosk.printing.abilities import Abilities
from kiosk.printing.elements import WIDE
from kiosk.printing.escpos import render
from kiosk.printing.jobs import Confirmed, NotKnown, NotPrinted, PrintSlip
from kiosk.printing.journal import FILE, Journal
from kiosk.printing.printer import Printer
from kiosk.printing.settings import PrinterSettings, read_settings
from kiosk.printing.slip import Slip, layout
from kiosk.printing.virtual.faults import Fault
from kiosk.printing.worker import Worker
from tests.support.paper import PrinterInThread, a_slip, running_printer
from tests.support.promises import RecordFigure

ALL = Abilities(answers=True, fences=True)
MODES = [Fault.HANG_UP, Fault.PAPER_OUT, Fault.COVER_OPEN, Fault.CUTTER, Fault.STALL, Fault.MUTE, Fault.NO_FENCE]
PATIENT = {Fault.STALL, Fault.MUTE, Fault.NO_FENCE}  # each costs a silence


class Desk:
    """A kiosk's printing without its process: started as often as the test likes, on one journal and one printer."""

    def __init__(self, virtual: PrinterInThread, state: Path, profile: str = "TM-U220B") -> None:
        """Without another `profile` the slip is all letters: short enough to be cut everywhere."""
        self.virtual = virtual
        self.state = state
        self.settings: PrinterSettings = read_settings(virtual.address, profile)

    def restarted(self) -> DeskStart:
        heard: list[jobs.FromWorker] = []
        # A printer on this machine answers at once.
        printer = Printer(self.settings.address, silence=0.15, confirmation=0.5, ask_again=0.03)
        return DeskStart(Worker(printer, self.settings, Journal(self.state / FILE), heard.append), heard)


@dataclasses.dataclass
class DeskStart:
    worker: Worker
    heard: list[jobs.FromWorker]

    def print(self, visit: str, slip: Slip) -> jobs.FromWorker:
        self.worker.do(PrintSlip(visit, slip, ALL))
        return self.heard[-1]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running_printer(WIDE) as virtual:
        yield Desk(virtual, tmp_path_factory.mktemp("state"))


def length_of(slip: Slip, desk: Desk) -> int:
    return len(render(layout(slip, desk.settings.profile.paper), desk.settings.profile).data)


def cut(desk: Desk, visit: str, slip: Slip, count: int, mode: Fault) -> None:
    """The fault comes after `count` bytes; the kiosk starts again and repeats the job; staff ask for a copy."""
    virtual = desk.virtual
    virtual.slips.clear()
    virtual.set_fault(Fault.NONE)
    virtual.set_fault_after(count, mode)
    said = desk.restarted().print(visit, slip)
    if isinstance(said, Confirmed):
        assert [slip.ticket in paper.transcript() for paper in virtual.slips] == [True]
    assert isinstance(said, Confirmed | NotPrinted | NotKnown)

    virtual.set_fault(Fault.NONE)
    again = desk.restarted().print(visit, slip)
    assert type(again) is type(said)  # the same job is answered; only what the printer held may still come out

    reprint = desk.restarted().print(visit, dataclasses.replace(slip, copy=1))
    assert reprint == Confirmed(f"{visit}/1", paper_low=False)
    papers = [paper.transcript() for paper in virtual.slips]
    marked = [paper for paper in papers if "SALINAN 1" in paper]
    assert len(marked) == 1
    assert slip.ticket in marked[0]
    assert len(papers) - len(marked) <= 1


@pytest.mark.faults
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(min_value=1, max_value=20_000), mode=st.sampled_from(MODES), number=st.integers(1, 999))
def test_a_slip_cut_anywhere_in_any_way_can_be_had_again_marked(
    desk: Desk, count: int, mode: Fault, number: int
) -> None:
    slip = a_slip(ticket=f"A-{number:03}")
    with TemporaryDirectory() as state:
        drawn = Desk(desk.virtual, Path(state), "80mm")
        cut(drawn, "v1", slip, count % length_of(slip, drawn) + 1, mode)


def every_byte(desk: Desk, step: int, patient_step: int) -> tuple[int, int]:
    slip, cuts = a_slip(ticket="B-7"), 0
    length = length_of(slip, desk)
    for mode in MODES:
        for count in range(1, length + 1, patient_step if mode in PATIENT else step):
            cut(desk, f"{mode}-{count}", slip, count, mode)
            cuts += 1
    return length, cuts


@pytest.mark.faults
def test_a_slip_cut_after_every_kth_byte_burns_no_number(desk: Desk, figure: RecordFigure) -> None:
    length, cuts = every_byte(desk, step=17, patient_step=149)
    figure(
        "P2",
        "F6",
        f"a slip of {length:,} bytes cut {cuts} times in {len(MODES)} ways: "
        "0 burnt numbers, 0 times two unmarked papers, every reprint marked",
    )


@pytest.mark.release
def test_a_slip_cut_after_every_byte_burns_no_number(desk: Desk, figure: RecordFigure) -> None:
    length, cuts = every_byte(desk, step=1, patient_step=11)
    figure("P2", "F6", f"a slip of {length:,} bytes cut {cuts:,} times in {len(MODES)} ways: 0 burnt, 0 twice unmarked")
