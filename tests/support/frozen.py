"""Frozen: a program that says hello, asks for its stream, and then never reads again."""

from __future__ import annotations

import socket

from shared.protocol.codec import encode
from shared.protocol.messages import Hello, Subscribe
from shared.protocol.values import PROTOCOL, Message
from shared.vocabulary import Program

_HANDSHAKE = (
    b"GET /socket HTTP/1.1\r\nHost: hall\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
_SMALL = 4096  # bytes that the system keeps for a peer that does not read


class Frozen:
    """Connected and following; from then on deaf."""

    def __init__(self, port: int, program: Program, token: str, stream: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
        self.socket.settimeout(10)
        self.socket.connect(("127.0.0.1", port))
        self.socket.sendall(_HANDSHAKE)
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.socket.recv(1)
        assert head.startswith(b"HTTP/1.1 101"), head
        self._say(Hello(protocol=PROTOCOL, program=program, release="test", installation="frozen", token=token))
        self.socket.recv(1)  # welcome
        self._say(Subscribe(stream=stream))

    def _say(self, message: Message) -> None:
        text = encode(message)
        length = (
            bytes((0x80 | len(text),)) if len(text) < 126 else bytes((0x80 | 126, len(text) >> 8, len(text) & 0xFF))
        )
        self.socket.sendall(b"\x81" + length + b"\0\0\0\0" + text)

    def close(self) -> None:
        self.socket.close()
