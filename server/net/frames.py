"""Frames: from what a connection hands over to a message of ours, or to the reason why the connection ends."""

from __future__ import annotations

from starlette.types import Message as Frame

from server.app.closing import NOT_YOURS, close_code
from shared.protocol.codec import MalformedError, decode_client
from shared.protocol.messages import ClientMessage
from shared.protocol.values import MAX_FRAME_IN, Fact
from shared.vocabulary import ErrorCode


class TurnedAwayError(Exception):
    """The connection ends here, with a refusal."""

    def __init__(self, code: ErrorCode, **facts: Fact) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = facts

    @property
    def close_code(self) -> int:
        return NOT_YOURS if "program" in self.facts else close_code(self.code)


def frame_of(frame: Frame) -> ClientMessage | None:
    """The message in a frame; None when the peer is gone. Raises TurnedAwayError."""
    if frame["type"] == "websocket.disconnect":
        return None
    return message_of(frame.get("text") or frame.get("bytes") or b"")


def message_of(content: str | bytes) -> ClientMessage:
    """Raises TurnedAwayError."""
    if _bytes(content) > MAX_FRAME_IN:
        raise TurnedAwayError(ErrorCode.TOO_LARGE, limit=MAX_FRAME_IN)
    try:
        return decode_client(content)
    except MalformedError as error:
        raise TurnedAwayError(ErrorCode.MALFORMED, place=str(error)[:200]) from None


def _bytes(content: str | bytes) -> int:
    return len(content) if isinstance(content, bytes) or content.isascii() else len(content.encode())
