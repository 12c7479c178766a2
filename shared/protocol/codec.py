"""The one place that knows JSON: frames to messages, strictly, and back."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TypeVar

import msgspec

from shared.protocol.messages import ClientMessage, Request, ServerMessage
from shared.protocol.values import Message

M = TypeVar("M")

_encoder = msgspec.json.Encoder()


class MalformedError(ValueError):
    """A frame that is not a message of this protocol; the text names the place, never the content."""


def encode(message: Message) -> bytes:
    return _encoder.encode(message)


def decode_client(frame: str | bytes) -> ClientMessage:
    """What a program sent. Raises MalformedError."""
    return _decode(_client(), in_one_spelling(frame))


def as_sent(request: Request) -> Request:
    """A request that was made in this process, found right as if a program had sent it. Raises MalformedError."""
    try:
        message = decode_client(encode(request))
    except UnicodeEncodeError as error:  # half a character
        raise MalformedError(error.reason) from None
    assert isinstance(message, Request)
    return message


def in_one_spelling(frame: str | bytes) -> str | bytes:
    """The same JSON with every text in Unicode's composed form (NFC): "é" has two spellings, and is one letter.

    Almost every frame is ASCII and passes as it is. Raises MalformedError."""
    if frame.isascii() and ("\\u" if isinstance(frame, str) else b"\\u") not in frame:  # type: ignore[operator]
        return frame
    try:
        plain = msgspec.json.encode(msgspec.json.decode(frame)).decode()  # letters that were written as \u... too
    except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError) as error:
        raise MalformedError(str(error)) from None
    return unicodedata.normalize("NFC", plain)


def decode_server(frame: str | bytes) -> ServerMessage:
    """What the server sent. Raises MalformedError."""
    return _decode(_server(), frame)


# Each is made when it is first needed: a program decodes one of the two, the server the other.


@cache
def _client() -> msgspec.json.Decoder[ClientMessage]:
    return msgspec.json.Decoder(ClientMessage, strict=True)


@cache
def _server() -> msgspec.json.Decoder[ServerMessage]:
    return msgspec.json.Decoder(ServerMessage, strict=True)


def _decode(decoder: msgspec.json.Decoder[M], frame: str | bytes) -> M:
    try:
        return decoder.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedError(str(error)) from None
