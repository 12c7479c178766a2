"""A slip in plain text, one line for each mark: what a golden file shows of it to a reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from kiosk.printing.virtual.decoding import CutPaper, FeedLines, Line, Look, Mark, QrSymbol, Raster

_ALIGN = ("left", "centre", "right")


def transcript(marks: Iterable[Mark], columns: int) -> str:
    """Each mark as `what | how it looks on so many columns`."""
    return "".join(f"{_row(mark, columns).rstrip()}\n" for mark in marks)


def _row(mark: Mark, columns: int) -> str:
    match mark:
        case Line(letters, align):
            look = letters[0][1] if letters else Look()
            return f"{_look(look):<12}|{_aligned(mark.text, align, columns // look.wide)}"
        case Raster(width, height):
            return f"{'drawing':<12}|{width} x {height} dots"
        case QrSymbol(content, module_dots, correction, align):
            return f"{'QR':<12}|{_ALIGN[align]}, {correction}, {module_dots} dots: {content}"
        case FeedLines(lines):
            return f"{'feed':<12}|{lines}"
        case CutPaper():
            return f"{'cut':<12}|"
        case _:
            assert_never(mark)


def _look(look: Look) -> str:
    marks = [f"{look.wide}x{look.tall}"]
    marks += ["bold"] if look.bold else []
    marks += ["inv"] if look.inverse else []
    return " ".join(marks)


def _aligned(text: str, align: int, columns: int) -> str:
    return (text, text.center(columns), text.rjust(columns))[align]
