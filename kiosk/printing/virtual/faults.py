"""What can be wrong with a printer, and what it then answers to DLE EOT."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    NONE = "none"
    NEAR_END = "near_end"
    """The roll is nearly used up: prints, and says so."""
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    """Prints, but the blade is stuck: halts at the cut."""
    STALL = "stall"
    """Connected, but reads nothing and answers nothing."""
    MUTE = "mute"
    """Prints, but answers no question: many cheap printers."""
    NO_FENCE = "no_fence"
    """Says how it is, but does not know GS r: cannot confirm."""
    HANG_UP = "hang_up"
    """Closes the connection: unplugged."""


_FIXED = 0x12  # the bits that every answer has
_ANSWERS: dict[Fault, dict[int, int]] = {
    Fault.NEAR_END: {4: 0x0C},
    Fault.PAPER_OUT: {1: 0x08, 2: 0x20, 4: 0x6C},
    Fault.COVER_OPEN: {1: 0x08, 2: 0x04},
    Fault.CUTTER: {1: 0x08, 2: 0x40, 3: 0x08},
}


def answer(fault: Fault, question: int) -> bytes:
    """The byte that answers DLE EOT `question`."""
    return bytes((_FIXED | _ANSWERS.get(fault, {}).get(question, 0),))


@dataclass(slots=True)
class Troubles:
    """The fault of now, and one that waits for a number of bytes of a slip."""

    now: Fault = Fault.NONE
    waiting: Fault | None = None
    bytes_left: int = 0
    stuck: bool = False
    """The blade has jammed, at a cut."""

    def is_halted(self) -> bool:
        """Whether the head stands still; status is answered all the same."""
        return self.stuck or self.now in (Fault.PAPER_OUT, Fault.COVER_OPEN)

    @property
    def visible(self) -> Fault:
        """The fault that the printer knows of: a bad blade shows at the first cut."""
        return Fault.NONE if self.now is Fault.CUTTER and not self.stuck else self.now

    def set(self, fault: Fault) -> None:
        self.now, self.waiting, self.stuck = fault, None, False

    def after(self, count: int, fault: Fault) -> None:
        """Let the fault come once `count` bytes of slips have been taken from now on."""
        self.waiting, self.bytes_left = fault, count

    def share(self, data: bytes) -> tuple[bytes, bytes]:
        """What of the data comes before the fault that waits, and what after; counts it."""
        if self.waiting is None:
            return data, b""
        before, after = data[: self.bytes_left], data[self.bytes_left :]
        self.bytes_left -= len(before)
        if self.bytes_left == 0 and (after or before):
            self.now, self.waiting = self.waiting, None
        return before, after
