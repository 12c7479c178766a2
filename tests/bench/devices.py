"""Devices as load: kiosks, counters and displays that speak the real protocol, with tokens of the real store."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass

from shared.program import RELEASE
from shared.protocol.codec import decode_server, encode
from shared.protocol.commands import CallNext, Command, IssueTicket, OpenCounter, Serve, SignIn
from shared.protocol.messages import Hello, Reply, Request, Subscribe
from shared.protocol.replies import Called, Issued, Result, SignedIn
from shared.protocol.values import PROTOCOL
from shared.vocabulary import ErrorCode, Language, Program
from tests.bench import wire

PATIENCE = 30.0  # seconds until a device is welcomed; a load that waits longer has found a fault, not a figure
_REPLY, _WELCOME, _SNAPSHOT = b'{"type":"reply"', b'{"type":"welcome"', b'{"type":"snapshot"'

_numbers = itertools.count()


class AnswerError(Exception):
    """The server refused what the load asked: the figures would be worth nothing."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What lets a device in."""

    program: Program
    token: str


class Device:
    """One connection of an introduced device."""

    def __init__(self, hear: Callable[[bytes], None] | None = None) -> None:
        """`hear` gets every frame that is no reply to this device."""
        self._hear = hear
        self._answers: dict[str, asyncio.Future[Reply]] = {}
        self._welcomed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._snapshots = 0
        self._wire: wire.Wire | None = None

    @classmethod
    async def connected(
        cls, port: int, let_in: Pass, *streams: str, hear: Callable[[bytes], None] | None = None
    ) -> Device:
        """Connected, welcomed, and following the streams from their snapshots on."""
        device = cls(hear)
        device._wire = await wire.connect(port, "/socket", device._heard, device._lost)
        hello = Hello(
            protocol=PROTOCOL, program=let_in.program, release=RELEASE, installation="bench", token=let_in.token
        )
        device._wire.send(encode(hello))
        await asyncio.wait_for(device._welcomed, PATIENCE)
        await device.follow(*streams)
        return device

    async def follow(self, *streams: str) -> None:
        assert self._wire is not None
        wanted = self._snapshots + len(streams)
        for stream in streams:
            self._wire.send(encode(Subscribe(stream=stream)))
        async with asyncio.timeout(PATIENCE):
            while self._snapshots < wanted:
                await asyncio.sleep(0.001)

    async def ask(self, command: Command, request: str = "") -> Reply:
        """The answer, which may be a refusal. The same `request` asks for the same once more."""
        assert self._wire is not None
        request = request or f"bench-{next(_numbers)}"
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._answers[request] = answer
        self._wire.send(encode(Request(id=request, command=command)))
        return await answer

    async def do(self, command: Command) -> Result:
        """Raises AnswerError when it is refused."""
        reply = await self.ask(command)
        if reply.result is None:
            raise AnswerError(f"{type(command).__name__}: {reply.refusal}")
        return reply.result

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()

    def _heard(self, frame: bytes) -> None:
        if frame.startswith(_REPLY):
            reply = decode_server(frame)
            assert isinstance(reply, Reply)
            answer = self._answers.pop(reply.id, None)
            if answer is not None and not answer.done():
                answer.set_result(reply)
            return
        if frame.startswith(_WELCOME):
            self._welcomed.set_result(None)
        elif frame.startswith(_SNAPSHOT):
            self._snapshots += 1
        elif frame.startswith(b'{"type":"refused"'):
            self._fail(AnswerError(frame.decode()))
        if self._hear is not None:
            self._hear(frame)

    def _lost(self) -> None:
        self._fail(ConnectionError("the server closed the connection"))

    def _fail(self, error: Exception) -> None:
        if not self._welcomed.done():
            self._welcomed.set_exception(error)
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(error)


class Kiosk:
    def __init__(self, device: Device) -> None:
        self.device = device

    async def issue(self, service: str) -> Issued:
        issued = await self.device.do(IssueTicket(service=service, language=Language.INDONESIAN))
        assert isinstance(issued, Issued)
        return issued


class Counter:
    """An officer who signed in: calls, serves, calls the next."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.hand: str | None = None

    async def sit(self, officer: str, pin: str, counter: str, *, watch: bool = True) -> None:
        """Signed in and open; `watch`: following the desk as the real program does."""
        seated = await self.device.do(SignIn(officer=officer, pin=pin, counter=counter, take_over=True))
        assert isinstance(seated, SignedIn)
        await self.device.do(OpenCounter())
        if watch:
            await self.device.follow(seated.stream)

    async def call(self) -> str | None:
        """The leg that was called; None when nobody waits for this counter."""
        reply = await self.device.ask(CallNext(in_hand=self.hand))
        if isinstance(reply.result, Called):
            self.hand = reply.result.leg
            return self.hand
        if reply.refusal is not None and reply.refusal.code is ErrorCode.NOBODY_WAITING:
            return None
        raise AnswerError(str(reply.refusal))

    async def serve(self) -> None:
        assert self.hand is not None
        await self.device.do(Serve(leg=self.hand))
