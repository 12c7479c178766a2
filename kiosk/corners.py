"""The staff's gesture: the four corners in turn, clockwise from the top left, within six seconds."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct

WITHIN = 6.0  # seconds for all four: a wiping cloth does not keep the order, a child does not know it
REACH = 0.14  # of the shorter side: a square in each corner


class Corner(Enum):
    TOP_LEFT = auto()
    TOP_RIGHT = auto()
    BOTTOM_RIGHT = auto()
    BOTTOM_LEFT = auto()


ORDER = (Corner.TOP_LEFT, Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT, Corner.BOTTOM_LEFT)


class Corners(Struct, frozen=True):
    """How far the gesture has come, and when it began."""

    touched: int = 0
    since: float = 0.0

    @property
    def complete(self) -> bool:
        return self.touched == len(ORDER)

    def after(self, corner: Corner | None, now: float) -> Corners:
        """The gesture after one more touch; a wrong place or a slow hand starts it anew."""
        if self.touched and not self.complete and now - self.since <= WITHIN:
            if corner is ORDER[self.touched]:
                return Corners(self.touched + 1, self.since)
            if corner is ORDER[self.touched - 1]:
                return self  # a finger that taps twice
        return Corners(1, now) if corner is ORDER[0] else Corners()


def corner_at(x: float, y: float, width: float, height: float) -> Corner | None:
    reach = REACH * min(width, height)
    left, right = x <= reach, x >= width - reach
    top, bottom = y <= reach, y >= height - reach
    if top and left:
        return Corner.TOP_LEFT
    if top and right:
        return Corner.TOP_RIGHT
    if bottom and right:
        return Corner.BOTTOM_RIGHT
    if bottom and left:
        return Corner.BOTTOM_LEFT
    return None
