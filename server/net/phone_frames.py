"""Phone frames: RFC 6455 as far as a visitor's phone needs it, for thousands of connections at a few bytes each.

A phone sends short texts, whole or in pieces, and answers pings. Whatever else comes ends the connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from shared.protocol.values import MAX_FRAME_IN

_FIN, _RESERVED, _MASKED = 0x80, 0x70, 0x80
_SHORT, _WITH_16_BITS, _WITH_64_BITS = 126, 126, 127
_LARGEST_CONTROL = 125
MAX_UNREAD = MAX_FRAME_IN + 14  # bytes: one frame and its head


class Kind(IntEnum):
    """Opcodes."""

    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


class FrameError(Exception):
    """The peer broke the protocol; `code` says how."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


NORMAL, PROTOCOL_ERROR, TOO_BIG = 1000, 1002, 1009
_MAY_BE_SENT = (range(1000, 1004), range(1007, 1015), range(3000, 5000))  # RFC 6455, section 7.4, and its registry


@dataclass(frozen=True, slots=True)
class PhoneFrame:
    kind: Kind
    payload: bytes
    is_last: bool


def frame(kind: Kind, payload: bytes = b"") -> bytes:
    """One whole frame from the server: never masked, never in pieces."""
    length = len(payload)
    if length < _SHORT:
        head = bytes((_FIN | kind, length))
    elif length < 0x10000:
        head = bytes((_FIN | kind, _WITH_16_BITS)) + length.to_bytes(2, "big")
    else:
        head = bytes((_FIN | kind, _WITH_64_BITS)) + length.to_bytes(8, "big")
    return head + payload


def close_frame(code: int) -> bytes:
    return frame(Kind.CLOSE, code.to_bytes(2, "big"))


def close_code_of(payload: bytes) -> int:
    """The code with which a peer closes, for the answer. Raises FrameError."""
    if not payload:
        return NORMAL
    code = int.from_bytes(payload[:2], "big")
    if len(payload) < 2 or not any(code in codes for codes in _MAY_BE_SENT):
        raise FrameError(PROTOCOL_ERROR)
    return code


def take_frames(unread: bytearray) -> Iterator[PhoneFrame]:
    """The whole frames at the beginning of `unread`, taken away from it. Raises FrameError."""
    while (found := _first(unread)) is not None:
        taken, length = found
        del unread[:length]
        yield taken


def _first(unread: bytearray) -> tuple[PhoneFrame, int] | None:
    """The first frame and its length; None while it is not whole."""
    if len(unread) < 2:
        return None
    first, second = unread[0], unread[1]
    kind, is_last, length = _kind(first), bool(first & _FIN), second & ~_MASKED
    if not second & _MASKED:
        raise FrameError(PROTOCOL_ERROR)
    if kind >= Kind.CLOSE and (length > _LARGEST_CONTROL or not is_last):
        raise FrameError(PROTOCOL_ERROR)
    start = 2
    if length >= _SHORT:
        start = 4 if length == _WITH_16_BITS else 10
        if len(unread) < start:
            return None
        length = int.from_bytes(unread[2:start], "big")
    if length > MAX_FRAME_IN:
        raise FrameError(TOO_BIG)
    end = start + 4 + length
    if len(unread) < end:
        return None
    payload = _unmasked(bytes(unread[start + 4 : end]), bytes(unread[start : start + 4]))
    return PhoneFrame(kind, payload, is_last), end


def _kind(first: int) -> Kind:
    if first & _RESERVED:
        raise FrameError(PROTOCOL_ERROR)
    try:
        return Kind(first & 0x0F)
    except ValueError:
        raise FrameError(PROTOCOL_ERROR) from None


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    """As one large number: a loop over bytes would take a hundred times as long."""
    length = len(payload)
    key = (mask * (length // 4 + 1))[:length]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(length, "big")
