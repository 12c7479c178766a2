"""What a slip is laid out with: a handful of elements that any receipt printer can show, and the paper for them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Paper(Struct, frozen=True):
    """What fits on a roll: dots across, and characters of the printer's own font across."""

    dots: int
    columns: int

    @property
    def is_narrow(self) -> bool:
        """Whether two statements no longer fit side by side at double width: the 58 mm rolls."""
        return self.columns < 40


NARROW = Paper(dots=384, columns=32)  # 58 mm
WIDE = Paper(dots=576, columns=48)  # 80 mm


class Text(Struct, frozen=True):
    """One line. It is never wider than the paper: `cells(text) * wide <= paper.columns`."""

    text: str
    align: Align = Align.CENTER
    bold: bool = False
    wide: int = 1
    tall: int = 1
    inverse: bool = False


class Number(Struct, frozen=True):
    """The ticket, as large as the paper allows."""

    ticket: str


class Qr(Struct, frozen=True):
    content: str


class Rule(Struct, frozen=True):
    """A line across the paper."""


class Feed(Struct, frozen=True):
    lines: int = 1


class Cut(Struct, frozen=True):
    """The end of the slip: fed out and cut off, where the printer can cut."""


Element = Text | Number | Qr | Rule | Feed | Cut
