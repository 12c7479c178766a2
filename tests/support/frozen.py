"""Frozen: a program that says hello, asks for its stream, and then never reads again."""

from __future__ import annotations

import socket

from shared.protocol.codec import encode
from shared.protocol.messages import Hello, Subscribe
from shared.protocol.values import PROTOCOL, Message
from shared.vocabulary import Program
from tests.support.raw_socket import HANDSHAKE, TEXT, frame

_SMALL = 4096  # bytes that the system keeps for a peer that does not read


class Frozen:
    """Connected and following; from then on deaf."""

    def __init__(self, port: int, program: Program, token: str, stream: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
        self.socket.settimeout(60)
        self.socket.connect(("127.0.0.1", port))
        self.socket.sendall(HANDSHAKE.format(path="/socket", port=port, more="").encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.socket.recv(1)
        assert head.startswith(b"HTTP/1.1 101"), head
        self._say(Hello(protocol=PROTOCOL, program=program, release="test", installation="frozen", token=token))
        self.socket.recv(1)  # welcome
        self._say(Subscribe(stream=stream))

    def _say(self, message: Message) -> None:
        self.socket.sendall(frame(TEXT, encode(message)))

    def close(self) -> None:
        self.socket.close()
