"""The one place that knows JSON: frames to messages, strictly, and back."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from shared.protocol.messages import ClientMessage, ServerMessage
from shared.protocol.values import Message

M = TypeVar("M")

_encoder = msgspec.json.Encoder()
_client: msgspec.json.Decoder[ClientMessage] = msgspec.json.Decoder(ClientMessage, strict=True)
_server: msgspec.json.Decoder[ServerMessage] = msgspec.json.Decoder(ServerMessage, strict=True)


class MalformedError(ValueError):
    """A frame that is not a message of this protocol; the text names the place, never the content."""


def encode(message: Message) -> bytes:
    return _encoder.encode(message)


def decode_client(frame: str | bytes) -> ClientMessage:
    """What a program sent. Raises MalformedError."""
    return _decode(_client, frame)


def decode_server(frame: str | bytes) -> ServerMessage:
    """What the server sent. Raises MalformedError."""
    return _decode(_server, frame)


def _decode(decoder: msgspec.json.Decoder[M], frame: str | bytes) -> M:
    try:
        return decoder.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedError(str(error)) from None
