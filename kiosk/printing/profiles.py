"""Printer profiles: what a model can do. From python-escpos' list, and two of our own for any 58 and 80 mm printer."""

from __future__ import annotations

import functools
import importlib.util
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.printing.elements import NARROW, WIDE, Paper

DOTS_PER_CHARACTER = 12  # font A at 203 dpi
FEWEST_COLUMNS = 20  # the list says 12 for one 80 mm printer: a misprint for the width of a character

# Code pages that printers of all makers hold under the numbers that their profiles say. Letters of others are drawn.
TRUSTED_PAGES = ("CP437", "CP850", "CP858", "CP1252")


class UnknownProfileError(Exception):
    """No printer profile has this name."""

    def __init__(self, name: str, near: Iterable[str]) -> None:
        self.name = name
        self.near = tuple(near)
        super().__init__(f'unknown printer profile "{name}"; near: {", ".join(self.near)}')


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    name: str
    paper: Paper
    code_pages: dict[str, str] = field(hash=False)
    """Number in the printer (as text) -> name of the code page, the trusted ones only."""
    prints_qr: bool
    prints_raster: bool
    cuts: bool
    cuts_partly: bool


_COMMON_PAGES = {"0": "CP437", "2": "CP850", "16": "CP1252"}
_OWN = (
    # Cheap 58 mm printers differ most in native QR codes: drawn ones look the same on all of them.
    PrinterProfile("58mm", NARROW, _COMMON_PAGES, prints_qr=False, prints_raster=True, cuts=True, cuts_partly=True),
    PrinterProfile("80mm", WIDE, _COMMON_PAGES, prints_qr=True, prints_raster=True, cuts=True, cuts_partly=True),
)


def find_profile(name: str) -> PrinterProfile:
    """The profile of that name; raises UnknownProfileError with near names."""
    profiles = all_profiles()
    try:
        return profiles[name]
    except KeyError:
        raise UnknownProfileError(name, _near(name, profiles)) from None


@functools.cache
def all_profiles() -> dict[str, PrinterProfile]:
    """Every known profile by its name, ours first."""
    known = {own.name: own for own in _OWN}
    known.update((name, _profile(name, data)) for name, data in _listed().items() if _is_paper_printer(data))
    return known


def _near(name: str, known: Iterable[str]) -> list[str]:
    import difflib

    by_folded = {each.casefold(): each for each in known}
    matches = difflib.get_close_matches(name.casefold(), by_folded, n=4, cutoff=0.4)
    return [*(by_folded[match] for match in matches), *(own.name for own in _OWN if own.name.casefold() not in matches)]


def _listed() -> dict[str, dict[str, Any]]:
    """The list of python-escpos, read without importing it: its import takes 0.3 s and changes the logging."""
    spec = importlib.util.find_spec("escpos")
    assert spec is not None
    assert spec.submodule_search_locations
    text = (Path(spec.submodule_search_locations[0]) / "capabilities.json").read_text(encoding="utf-8")
    profiles: dict[str, dict[str, Any]] = json.loads(text)["profiles"]
    return profiles


def _is_paper_printer(data: dict[str, Any]) -> bool:
    return _columns(data) > FEWEST_COLUMNS or bool(data["features"].get("bitImageRaster"))


def _columns(data: dict[str, Any]) -> int:
    return int(data["fonts"]["0"]["columns"])


def _profile(name: str, data: dict[str, Any]) -> PrinterProfile:
    columns = _columns(data)
    pixels = data["media"]["width"].get("pixels")
    dots = pixels if isinstance(pixels, int) else columns * DOTS_PER_CHARACTER
    if columns < FEWEST_COLUMNS:
        columns = dots // DOTS_PER_CHARACTER
    features = data["features"]
    pages: dict[str, str] = {}
    for number, page in data["codePages"].items():
        if page in TRUSTED_PAGES and page not in pages.values():
            pages[number] = page
    return PrinterProfile(
        name=name,
        paper=Paper(dots=dots - dots % 8, columns=columns),
        code_pages=pages,
        prints_qr=bool(features.get("qrCode")),
        prints_raster=bool(features.get("bitImageRaster")),
        cuts=bool(features.get("paperFullCut") or features.get("paperPartCut")),
        cuts_partly=bool(features.get("paperPartCut")),
    )
