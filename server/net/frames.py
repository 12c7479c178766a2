"""Frames: from what ASGI hands over to a message of ours, or to the reason why the connection ends."""

from __future__ import annotations

from starlette.types import Message as Frame

from shared.protocol.codec import MalformedError, decode_client
from shared.protocol.messages import ClientMessage
from shared.protocol.values import MAX_FRAME_IN, Fact
from shared.vocabulary import ErrorCode

# Close codes of RFC 6455
GOING_AWAY, NOT_CONSISTENT, POLICY, TOO_BIG, TRY_LATER = 1001, 1007, 1008, 1009, 1013
_CLOSE_CODES = {
    ErrorCode.MALFORMED: NOT_CONSISTENT,
    ErrorCode.TOO_LARGE: TOO_BIG,
    ErrorCode.STORAGE_UNAVAILABLE: TRY_LATER,
    ErrorCode.OVERLOADED: TRY_LATER,
}


class TurnedAwayError(Exception):
    """The connection ends here, with a refusal."""

    def __init__(self, code: ErrorCode, **facts: Fact) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = facts

    @property
    def close_code(self) -> int:
        return _CLOSE_CODES.get(self.code, POLICY)


def frame_of(frame: Frame) -> ClientMessage | None:
    """The message in a frame; None when the peer is gone. Raises TurnedAwayError."""
    if frame["type"] == "websocket.disconnect":
        return None
    content: str | bytes = frame.get("text") or frame.get("bytes") or b""
    if len(content) > MAX_FRAME_IN:
        raise TurnedAwayError(ErrorCode.TOO_LARGE, limit=MAX_FRAME_IN)
    try:
        return decode_client(content)
    except MalformedError as error:
        raise TurnedAwayError(ErrorCode.MALFORMED, place=str(error)[:200]) from None
