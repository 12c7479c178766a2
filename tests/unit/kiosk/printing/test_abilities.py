"""What a printer answers: found out without paper, told in a sentence, kept by address and model."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.printing.abilities import FILE, MUTE, Abilities, KnownPrinters
from kiosk.printing.addresses import parse_address
from kiosk.printing.printer import Failed, Printed, Printer, PrintResult, Unknown
from kiosk.printing.virtual.faults import Fault
from shared.vocabulary import PrinterFault
from tests.support.paper import PrinterInThread

ALL = Abilities(answers=True, fences=True)


@pytest.mark.parametrize(
    ("fault", "abilities"),
    [
        (Fault.NONE, ALL),
        (Fault.NEAR_END, ALL),
        (Fault.PAPER_OUT, Abilities(answers=True)),
        (Fault.NO_FENCE, Abilities(answers=True, fences=False)),
        (Fault.MUTE, MUTE),
    ],
)
def test_a_look_finds_out_what_it_answers(virtual: PrinterInThread, fault: Fault, abilities: Abilities) -> None:
    virtual.set_fault(fault)
    assert Printer(parse_address(virtual.address)).look().abilities == abilities
    assert virtual.slips == []


def test_a_known_printer_that_falls_silent_keeps_its_abilities(virtual: PrinterInThread) -> None:
    virtual.set_fault(Fault.MUTE)
    look = Printer(parse_address(virtual.address), silence=0.1).look(ALL)
    assert (look.status.fault, look.abilities) == (PrinterFault.SILENT, ALL)


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (Fault.NO_FENCE, Unknown()),
        (Fault.COVER_OPEN, Failed(PrinterFault.COVER_OPEN)),
        (Fault.NONE, Unknown()),
    ],
)
def test_a_printer_without_a_fence_names_its_faults_and_confirms_nothing(
    virtual: PrinterInThread, fault: Fault, result: PrintResult
) -> None:
    virtual.set_fault(fault)
    printer = Printer(parse_address(virtual.address))
    assert printer.print(b"slip\n\x1dV\x01", Abilities(answers=True, fences=False)) == result


def test_a_printer_whose_fence_was_never_tried_is_asked_for_it(virtual: PrinterInThread) -> None:
    assert Printer(parse_address(virtual.address)).print(b"slip\n\x1dV\x01", Abilities(answers=True)) == Printed()


def test_what_was_learned_is_kept_by_address_and_model(tmp_path: Path) -> None:
    KnownPrinters(tmp_path / "new").learn("tcp://a 80mm", ALL)
    KnownPrinters(tmp_path / "new").learn("tcp://b 58mm", MUTE)
    known = KnownPrinters(tmp_path / "new")
    assert [known.find(name) for name in ("tcp://a 80mm", "tcp://b 58mm", "tcp://a 58mm")] == [ALL, MUTE, None]


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe"])
def test_a_file_that_a_power_cut_spoiled_is_as_none(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE).write_bytes(text)
    assert KnownPrinters(tmp_path).find("tcp://a 80mm") is None
    KnownPrinters(tmp_path).learn("tcp://a 80mm", ALL)
    assert KnownPrinters(tmp_path).find("tcp://a 80mm") == ALL


@pytest.mark.parametrize(
    ("fault", "said", "code"),
    [
        (Fault.NONE, "Ready. It confirms every slip.", 0),
        (Fault.MUTE, "Ready. This model cannot confirm", 0),
        (Fault.PAPER_OUT, "Not ready: the printer has no paper.", 1),
    ],
)
def test_setting_a_kiosk_up_tries_its_printer(
    virtual: PrinterInThread, tmp_path: Path, capsys: pytest.CaptureFixture[str], fault: Fault, said: str, code: int
) -> None:
    virtual.set_fault(fault)
    given = ["--printer", virtual.address, "--profile", "80mm", "--state", str(tmp_path), "--probe"]
    assert main(given) == code
    assert capsys.readouterr().out.startswith(said)
    assert KnownPrinters(tmp_path).find(f"{virtual.address} 80mm") is not None


def test_trying_a_printer_wants_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--probe"]) == 2
    assert "--probe" in capsys.readouterr().err
