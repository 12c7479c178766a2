"""Whole frames: what arrives on a websocket, cut where frames end (RFC 6455, section 5.2).

Of a hundred frames that a program sends, a hundred are a short text in one piece. Those are opened here; every other
one is handed back as it came, for a library that knows what to do with it.
"""

from __future__ import annotations

from dataclasses import dataclass

try:
    from websockets.speedups import apply_mask
except ImportError:  # a platform without its compiled part
    from websockets.utils import apply_mask

_FIN, _MASKED, _TEXT = 0x80, 0x80, 0x81
_DATA = frozenset({0x1, 0x2})  # opcodes that begin a message; a fragmented one goes on with 0
_MASK = 4  # bytes


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes for the library: never part of a frame, unless all that follows is for the library, too."""

    content: bytes


class Cutter:
    """Starts at the first byte behind the opening handshake."""

    def __init__(self, largest: int) -> None:
        """`largest`: bytes of a payload; a larger one is announced to the library and not gathered here."""
        self._largest = largest
        self._rest = b""
        self._fragmented = False
        self._given_up = False

    def give_up(self) -> None:
        """Everything is for the library from now on."""
        self._given_up = True

    def cut(self, arrived: bytes) -> list[bytes | Raw]:
        """The texts that are whole now, and what is not a text, in the order in which they came."""
        if self._given_up:
            return [Raw(arrived)]
        data = self._rest + arrived if self._rest else arrived
        cut: list[bytes | Raw] = []
        at, end = 0, len(data)
        while end - at >= 2:
            first, second = data[at], data[at + 1]
            start, length = at + 2, second & 0x7F
            if length > 125:
                start += 2 if length == 126 else 8
                if end < start:
                    break
                length = int.from_bytes(data[at + 2 : start], "big")
            if not second & _MASKED or length > self._largest:
                self._given_up = True
                self._rest = b""
                return [*cut, Raw(data[at:])]
            stop = start + _MASK + length
            if end < stop:
                break
            if first == _TEXT and not self._fragmented:
                mask = data[start : start + _MASK]
                cut.append(apply_mask(data[start + _MASK : stop], mask))
            else:
                cut.append(Raw(data[at:stop]))
                self._note(first)
            at = stop
        self._rest = data[at:]
        return cut

    def _note(self, first: int) -> None:
        """Between the first and the last piece of a fragmented message a whole text is an error of the peer."""
        opcode = first & 0x0F
        if opcode in _DATA or opcode == 0:
            self._fragmented = not first & _FIN


def framed(messages: list[bytes]) -> bytes:
    """Texts of a server, one frame each, ready for the socket."""
    parts: list[bytes] = []
    for message in messages:
        length = len(message)
        if length < 126:
            parts.append(bytes((_TEXT, length)))
        elif length < 65_536:
            parts.append(b"\x81\x7e" + length.to_bytes(2, "big"))
        else:
            parts.append(b"\x81\x7f" + length.to_bytes(8, "big"))
        parts.append(message)
    return b"".join(parts)
