"""A slip as the bytes that a printer understands, made by python-escpos.

Text is what the paper really shows: ASCII and the letters of the profile's code pages go as text, everything else is
drawn. A letter that no font of this machine has loses its accent; what then is left over becomes "?" and is named in
`Printout.missing`: a slip is never refused for a letter.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, assert_never

import qrcode

from kiosk.printing import drawing
from kiosk.printing.elements import Cut, Element, Feed, Number, Qr, Rule, Text
from kiosk.printing.library import escpos_module
from kiosk.printing.profiles import PrinterProfile
from kiosk.printing.wrapping import cells

QR_SHARE = 0.42  # of an 80 mm paper's width: 30 mm, which old phone cameras still focus on
QR_SHARE_NARROW = 0.56
QR_ERROR_CORRECTION = qrcode.ERROR_CORRECT_M  # thermal paper gets creased
_LARGEST = 8  # GS ! multiplies a character by 8 at most


@dataclass(frozen=True, slots=True)
class Printout:
    data: bytes
    missing: frozenset[str] = frozenset()
    """Characters that this machine can neither send nor draw; they stand on the paper as "?"."""


def render(elements: Iterable[Element], profile: PrinterProfile, *, slow_line: bool = False) -> Printout:
    """The bytes of a slip. Over a `slow_line` number and rules go as letters of the printer's own."""
    writer = _Writer(profile, slow_line=slow_line)
    for element in elements:
        writer.write(element)
    return writer.printout()


class _Writer:
    def __init__(self, profile: PrinterProfile, *, slow_line: bool) -> None:
        self._profile = profile
        self._draws = profile.prints_raster
        self._draws_ornaments = profile.prints_raster and not slow_line
        self._missing: set[str] = set()
        self._device = _dummy(profile)
        self._device.hw("INIT")
        self._device.set(align="center")
        self._look: dict[str, object] = {}

    def printout(self) -> Printout:
        return Printout(self._device.output, frozenset(self._missing))

    def write(self, element: Element) -> None:
        match element:
            case Text():
                self._text(element)
            case Number(ticket):
                self._number(ticket)
            case Qr(content):
                self._qr(content)
            case Rule():
                self._rule()
            case Feed(lines):
                self._device.print_and_feed(lines)
            case Cut():
                self._device.cut(mode="PART" if self._profile.cuts_partly else "FULL")
            case _:
                assert_never(element)

    def _text(self, line: Text) -> None:
        text = self._printable(line.text)
        if _is_plain(text) or all(_is_native(char, self._profile) for char in text):
            self._set(
                align=line.align.value,
                bold=line.bold,
                invert=line.inverse,
                custom_size=(line.wide, line.tall),
            )
            self._device.text(text + "\n")
        else:
            self._image(
                drawing.line(
                    text,
                    self._profile.paper.dots,
                    align=line.align,
                    bold=line.bold,
                    tall=line.tall,
                    inverse=line.inverse,
                )
            )

    def _number(self, ticket: str) -> None:
        ticket = self._printable(ticket)
        if self._draws_ornaments:
            self._image(drawing.number(ticket, self._profile.paper.dots))
            return
        times = max(min(_LARGEST, self._profile.paper.columns // max(cells(ticket), 1)), 1)
        self._device.print_and_feed(1)
        self._set(align="center", bold=True, invert=False, custom_size=(times, times))
        self._device.text(ticket + "\n")
        self._device.print_and_feed(1)

    def _rule(self) -> None:
        if self._draws_ornaments:
            self._image(drawing.rule(self._profile.paper.dots))
        else:
            self._text(Text("-" * self._profile.paper.columns))

    def _qr(self, content: str) -> None:
        paper = self._profile.paper
        code = _symbol(content)
        side = _side(code)
        share = QR_SHARE_NARROW if paper.is_narrow else QR_SHARE
        module_dots = max(min(int(paper.dots * share) // side, 16), 2)
        if self._profile.prints_qr:
            self._set(align="center", bold=False, invert=False, custom_size=(1, 1))
            self._device.print_and_feed(1)  # with the one below: the quiet zone that readers need
            self._device.qr(content, ec=_NATIVE_M, size=module_dots, native=True)
            self._device.print_and_feed(1)
        elif self._draws:
            self._image(drawing.qr_code(_modules(code), module_dots, paper.dots))
        else:  # a printer of letters only: the address to type
            self._device.text(content + "\n")

    def _image(self, image: Any) -> None:
        self._device.image(image)

    def _set(self, **look: object) -> None:
        """Tell the printer only what changes: at 9,600 baud every byte is a millisecond."""
        for name, value in look.items():
            if self._look.get(name) == value:
                continue
            self._look[name] = value
            if name == "custom_size":
                assert isinstance(value, tuple)
                self._device.set(custom_size=True, width=value[0], height=value[1])
            else:
                self._device.set(**{name: value})

    def _printable(self, text: str) -> str:
        if _is_plain(text):
            return text
        kept: list[str] = []
        for char in text:
            if kept and kept[-1] == "?" and unicodedata.category(char).startswith("M"):
                continue  # the mark over a letter that cannot be shown
            if _can_show(char, self._profile):
                kept.append(char)
                continue
            replacement = _replacement(char)
            if replacement == "?":
                self._missing.add(char)
            kept.append(replacement)
        return "".join(kept)


_NATIVE_M = 1  # escpos.constants.QR_ECLEVEL_M


def _symbol(content: str) -> qrcode.QRCode[Any]:
    code = qrcode.QRCode(error_correction=QR_ERROR_CORRECTION, border=0)
    code.add_data(content.encode(), optimize=0)
    return code


def _side(code: qrcode.QRCode[Any]) -> int:
    """Modules across: known from the content's length, without drawing the code that the printer draws itself."""
    return 17 + 4 * int(code.best_fit())


def _modules(code: qrcode.QRCode[Any]) -> list[list[bool]]:
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def _is_plain(text: str) -> bool:
    """Whether every printer has all of its letters."""
    return text.isascii() and text.isprintable()


def _can_show(char: str, profile: PrinterProfile) -> bool:
    return _is_native(char, profile) or (profile.prints_raster and drawing.can_draw(char))


def _is_native(char: str, profile: PrinterProfile) -> bool:
    return " " <= char <= "~" or char in _page_letters(tuple(profile.code_pages.values()))


@functools.cache
def _page_letters(pages: tuple[str, ...]) -> frozenset[str]:
    upper_half = bytes(range(0xA0, 0x100))
    return frozenset(char for page in pages for char in upper_half.decode(page, "ignore") if char.isprintable())


def _replacement(char: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFKD", char) if " " <= part <= "~")
    return bare or "?"


def _dummy(profile: PrinterProfile) -> Any:
    known = escpos_module("capabilities").Profile(
        features={"paperFullCut": profile.cuts, "paperPartCut": profile.cuts_partly}
    )
    known.profile_data = {
        "name": profile.name,
        "codePages": profile.code_pages,
        "media": {"width": {"pixels": profile.paper.dots}},
        "fonts": {"0": {"columns": profile.paper.columns}},
    }
    return escpos_module("printer").Dummy(profile=known)
