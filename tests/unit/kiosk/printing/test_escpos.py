"""A slip as bytes, read back as paper: golden slips, the QR code as a phone reads it, letters beyond ASCII."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from kiosk.printing import drawing
from kiosk.printing.elements import Text
from kiosk.printing.escpos import render
from kiosk.printing.profiles import PrinterProfile, all_profiles, find_profile
from kiosk.printing.slip import Slip, layout
from kiosk.printing.virtual.decoding import CutPaper, Decoder, Line, Mark, QrSymbol, Raster
from kiosk.printing.virtual.slips import PrintedSlip
from shared.vocabulary import Language
from tests.support.paper import a_slip

GOLDEN = Path(__file__).parent / "golden"
GOLDEN_SLIPS: dict[str, tuple[str, Slip]] = {
    "58mm-id": ("58mm", a_slip(priority=True)),
    "80mm-id": ("80mm", a_slip(priority=True)),
    "58mm-en": ("58mm", a_slip(language=Language.ENGLISH, service="Electronic identity card", minutes=None)),
    "80mm-en": ("80mm", a_slip(language=Language.ENGLISH, service="Electronic identity card", minutes=None)),
    "80mm-copy": ("80mm", a_slip(copy=1)),
    "58mm-copy-en": ("58mm", a_slip(copy=2, language=Language.ENGLISH)),
    "letters-only": ("letters", a_slip()),
}


def profile_named(name: str) -> PrinterProfile:
    if name == "letters":  # a printer that can neither draw nor make QR codes
        return replace(find_profile("80mm"), name=name, prints_qr=False, prints_raster=False)
    return find_profile(name)


def on_paper(slip: Slip, profile: PrinterProfile, **options: Any) -> PrintedSlip:
    data = render(layout(slip, profile.paper), profile, **options).data
    return PrintedSlip(tuple(marks_of(data)), data, profile.paper)


def marks_of(data: bytes) -> list[Mark]:
    marks: list[Mark] = []
    for event in Decoder().feed(data):
        assert isinstance(event, Mark), event
        marks.append(event)
    return marks


@pytest.mark.parametrize("name", GOLDEN_SLIPS)
def test_golden_slip(name: str) -> None:
    """`LOKET_GOLDEN=1` writes them anew, with pictures beside them: look at those before you keep them."""
    profile_name, slip = GOLDEN_SLIPS[name]
    printed = on_paper(slip, profile_named(profile_name))
    if os.environ.get("LOKET_GOLDEN"):
        (GOLDEN / f"{name}.bin").write_bytes(printed.data)
        (GOLDEN / f"{name}.txt").write_text(printed.transcript(), encoding="utf-8")
        printed.picture().save(Path(tempfile.gettempdir()) / f"loket-slip-{name}.png")
    assert printed.transcript() == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert printed.data == (GOLDEN / f"{name}.bin").read_bytes()


@pytest.mark.parametrize("name", ["58mm", "80mm", "TM-T88V", "POS-5890", "Sunmi-V2"])
def test_a_phone_reads_the_address_from_the_paper(name: str) -> None:
    picture = on_paper(a_slip(), find_profile(name)).picture()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [a_slip().url]


def test_a_printer_without_qr_codes_gets_a_drawn_one_and_a_letter_printer_the_address() -> None:
    assert any(isinstance(mark, QrSymbol) for mark in on_paper(a_slip(), find_profile("80mm")).marks)
    assert not any(isinstance(mark, QrSymbol) for mark in on_paper(a_slip(), find_profile("58mm")).marks)
    letters = on_paper(a_slip(), find_profile("TM-U220B")).marks
    assert not any(isinstance(mark, Raster) for mark in letters)
    assert a_slip().url in "".join(mark.text for mark in letters if isinstance(mark, Line))


@pytest.mark.parametrize("name", sorted(all_profiles()))
def test_every_profile_prints_the_whole_slip(name: str) -> None:
    profile = find_profile(name)
    printed = on_paper(a_slip(), profile)
    assert printed.data.startswith(b"\x1b@")
    assert any(isinstance(mark, CutPaper) for mark in printed.marks) == profile.cuts
    assert "A-042" in printed.transcript()
    assert all(mark.width <= profile.paper.dots for mark in printed.marks if isinstance(mark, Raster))


def test_over_a_slow_line_the_number_goes_as_large_letters() -> None:
    printed = on_paper(a_slip(), find_profile("80mm"), slow_line=True)
    largest = max(
        (look.wide, mark.text) for mark in printed.marks if isinstance(mark, Line) for _, look in mark.letters
    )
    assert largest == (8, "A-042")
    assert len(printed.data) < 1_500


@pytest.mark.parametrize("text", ["Perekaman KTP-el", "Café Señor", "50% & <ok> \\ ~"])
def test_letters_of_the_code_page_go_as_text(text: str) -> None:
    (line,) = marks_of(render([Text(text)], find_profile("80mm")).data)
    assert isinstance(line, Line)
    assert line.text == text


@pytest.mark.parametrize("text", ["Łódź", "Ỹ", "ş"])
def test_letters_beyond_it_are_drawn(text: str) -> None:
    printout = render([Text(text)], find_profile("80mm"))
    (mark,) = marks_of(printout.data)
    assert isinstance(mark, Raster)
    assert not printout.missing


def test_a_letter_that_no_font_has_is_named_and_never_stops_a_slip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_FONT_FOLDERS", ())
    drawing.forget_fonts()
    printout = render([Text("KTP ᬩᬮᬶ")], find_profile("80mm"))
    drawing.forget_fonts()
    (line,) = marks_of(printout.data)
    assert isinstance(line, Line)
    assert line.text == "KTP ??"
    assert printout.missing == {"ᬩ", "ᬮ"}


def test_a_letter_printer_drops_the_accent_that_it_does_not_have() -> None:
    profile = find_profile("TM-U220B")
    (line,) = marks_of(render([Text("Ỹogya")], profile).data)
    assert isinstance(line, Line)
    assert line.text == "Yogya"


def test_a_name_cannot_command_the_printer() -> None:
    slip = a_slip(service="Uji\x1b@\x1dV\x00 coba", site="\x10\x04\x01")
    data = on_paper(slip, find_profile("80mm")).data
    assert data.count(b"\x1b@") == 1
    assert data.count(b"\x1dV") == 1


def test_the_library_leaves_the_logging_and_the_temporary_folder_alone(tmp_path: Path) -> None:
    probe = (
        "import logging; from kiosk.printing.library import escpos_module; escpos_module('printer');"
        "print(logging.getLogger().handlers)"
    )
    said = subprocess.run(
        [sys.executable, "-c", probe], env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, check=True
    )
    assert said.stdout.strip() == b"[]"
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_imported_before_it_is_needed() -> None:
    probe = "import sys, kiosk.printing.spooler; sys.exit('escpos' in sys.modules or 'PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
