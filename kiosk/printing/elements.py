"""What a slip is laid out with: a handful of elements that any receipt printer can show, and the paper for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Paper:
    """What fits on a roll: dots across, and characters of the printer's own font across."""

    dots: int
    columns: int

    @property
    def is_narrow(self) -> bool:
        """Whether two statements no longer fit side by side at double width: the 58 mm rolls."""
        return self.columns < 40


NARROW = Paper(dots=384, columns=32)  # 58 mm
WIDE = Paper(dots=576, columns=48)  # 80 mm


@dataclass(frozen=True, slots=True)
class Text:
    """One line. It is never wider than the paper: `cells(text) * wide <= paper.columns`."""

    text: str
    align: Align = Align.CENTER
    bold: bool = False
    wide: int = 1
    tall: int = 1
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """The ticket, as large as the paper allows."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Qr:
    content: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Feed:
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of the slip: fed out and cut off, where the printer can cut."""


Element = Text | Number | Qr | Rule | Feed | Cut
