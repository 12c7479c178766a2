"""Reading ESC/POS: bytes in, what the paper and the line are told out. Pure; commands may arrive in pieces."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

ESC, GS, DLE, LF = 0x1B, 0x1D, 0x10, 0x0A


@dataclass(frozen=True, slots=True)
class Look:
    """How letters are set until told otherwise."""

    align: int = 0
    """0 left, 1 centre, 2 right."""
    bold: bool = False
    wide: int = 1
    tall: int = 1
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Letters up to a line feed, each with its look; the alignment is that of the line."""

    letters: tuple[tuple[str, Look], ...]
    align: int

    @property
    def text(self) -> str:
        return "".join(letter for letter, _ in self.letters)


@dataclass(frozen=True, slots=True)
class Raster:
    """GS v 0: rows of dots, eight in a byte, the highest bit at the left."""

    width: int
    height: int
    dots: bytes
    align: int


@dataclass(frozen=True, slots=True)
class QrSymbol:
    content: str
    module_dots: int
    correction: str
    align: int


@dataclass(frozen=True, slots=True)
class FeedLines:
    lines: int


@dataclass(frozen=True, slots=True)
class CutPaper:
    pass


@dataclass(frozen=True, slots=True)
class AskStatus:
    question: int


@dataclass(frozen=True, slots=True)
class AskFence:
    pass


Mark = Line | Raster | QrSymbol | FeedLines | CutPaper
Event = Mark | AskStatus | AskFence

_PAGES = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
}
_CORRECTIONS = {48: "L", 49: "M", 50: "Q", 51: "H"}


class NeedMoreError(Exception):
    """The command is not here in full yet."""


@dataclass(slots=True)
class Decoder:
    """A printer's state between two bytes."""

    look: Look = field(default_factory=Look)
    _page: str = "cp437"
    _letters: list[tuple[str, Look]] = field(default_factory=list)
    _pending: bytes = b""
    _unclaimed: bytearray = field(default_factory=bytearray)
    _qr_content: str = ""
    _qr_dots: int = 3
    _qr_correction: str = "L"

    def feed(self, data: bytes) -> list[Event]:
        """What the bytes so far amount to."""
        return [event for event, _ in self.feed_with_source(data)]

    def feed_with_source(self, data: bytes) -> list[tuple[Event, bytes]]:
        """The same, each event with the bytes since the one before."""
        found: list[tuple[Event, bytes]] = []
        self._pending += data
        at = 0
        while at < len(self._pending):
            events: list[Event] = []
            try:
                length = self._step(at, events)
            except NeedMoreError:
                break
            self._unclaimed += self._pending[at : at + length]
            at += length
            for event in events:
                found.append((event, bytes(self._unclaimed)))
                self._unclaimed.clear()
        self._pending = self._pending[at:]
        return found

    def _byte(self, at: int) -> int:
        if at >= len(self._pending):
            raise NeedMoreError
        return self._pending[at]

    def _bytes(self, at: int, count: int) -> bytes:
        if at + count > len(self._pending):
            raise NeedMoreError
        return self._pending[at : at + count]

    def _step(self, at: int, events: list[Event]) -> int:
        """Take one letter or command; returns its length."""
        byte = self._pending[at]
        if byte == ESC:
            return self._escape(at, events)
        if byte == GS:
            return self._group(at, events)
        if byte == DLE and self._byte(at + 1) == 0x04:
            events.append(AskStatus(self._byte(at + 2)))
            return 3
        if byte == LF:
            self._end_line(events)
        elif byte >= 0x20:
            self._letters.append((bytes((byte,)).decode(self._page, "replace"), self.look))
        return 1

    def _end_line(self, events: list[Event]) -> None:
        events.append(Line(tuple(self._letters), self.look.align))
        self._letters.clear()

    def _flush(self, events: list[Event]) -> None:
        if self._letters:
            self._end_line(events)

    def _escape(self, at: int, events: list[Event]) -> int:
        command = self._byte(at + 1)
        if command == ord("@"):
            self.look, self._page = Look(), "cp437"
            self._letters.clear()  # what stands in the line buffer is dropped: that is what the command says
            return 2
        value = self._byte(at + 2)
        match chr(command):
            case "a":
                self.look = replace(self.look, align=value % 48)
            case "E" | "G":
                self.look = replace(self.look, bold=bool(value & 1))
            case "t":
                self._page = _PAGES.get(value, "cp437")
            case "d":
                self._flush(events)
                events.append(FeedLines(value))
            case "!":
                double = 2 if value & 0x20 else 1
                high = 2 if value & 0x10 else 1
                self.look = replace(self.look, bold=bool(value & 0x08), wide=double, tall=high)
            case _:
                pass  # other commands with one parameter change nothing that we draw
        return 3

    def _group(self, at: int, events: list[Event]) -> int:
        match chr(self._byte(at + 1)):
            case "!":
                value = self._byte(at + 2)
                self.look = replace(self.look, wide=(value >> 4 & 7) + 1, tall=(value & 7) + 1)
            case "B":
                self.look = replace(self.look, inverse=bool(self._byte(at + 2) & 1))
            case "r":
                self._byte(at + 2)
                events.append(AskFence())
            case "V":
                feeds_first = self._byte(at + 2) in (65, 66)
                if feeds_first:
                    self._byte(at + 3)
                self._flush(events)
                events.append(CutPaper())
                return 4 if feeds_first else 3
            case "v":
                return self._raster(at, events)
            case "(":
                return self._extended(at, events)
            case _:
                self._byte(at + 2)
        return 3

    def _raster(self, at: int, events: list[Event]) -> int:
        across = int.from_bytes(self._bytes(at + 4, 2), "little")
        height = int.from_bytes(self._bytes(at + 6, 2), "little")
        dots = self._bytes(at + 8, across * height)
        self._flush(events)
        events.append(Raster(across * 8, height, dots, self.look.align))
        return 8 + len(dots)

    def _extended(self, at: int, events: list[Event]) -> int:
        kind = self._byte(at + 2)
        length = int.from_bytes(self._bytes(at + 3, 2), "little")
        body = self._bytes(at + 5, length)
        if kind == ord("k") and length >= 2:
            self._symbol(body[1], body[2:], events)
        return 5 + length

    def _symbol(self, function: int, data: bytes, events: list[Event]) -> None:
        if function == 67 and data:
            self._qr_dots = data[0]
        elif function == 69 and data:
            self._qr_correction = _CORRECTIONS.get(data[0], "L")
        elif function == 80:
            self._qr_content = data[1:].decode("utf-8", "replace")
        elif function == 81:
            self._flush(events)
            events.append(QrSymbol(self._qr_content, self._qr_dots, self._qr_correction, self.look.align))
