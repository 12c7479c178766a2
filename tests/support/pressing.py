"""Programs that press without a screen: the real session of a program on asyncio, and what it saw."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from shared.notices import Answered, GivenUp, Live, Notice, TableChanged, TokenGiven
from shared.protocol.commands import Command, IssueTicket
from shared.protocol.replies import Issued
from shared.session import Session
from shared.vocabulary import Language, Program, RequestId

TICK = 0.05  # seconds between looks at the deadlines of requests
PATIENCE = 60.0  # seconds until a test gives up waiting

Outcome = Answered | GivenUp


@dataclass
class Presser:
    """What `shared.qt.link` does with a `Session`, without Qt, and without waiting before it tries again.

    `async with Presser(...) as kiosk: answer = await kiosk.ask(command)`
    """

    program: Program
    installation: str
    token: str
    port: int
    ping: float | None = None
    """Seconds after which a server that does not answer a ping is given up; None: never."""
    retry: float = 0.0
    """Seconds between two tries to connect, at most; a hall's programs wait longer."""
    heard: list[Notice] = field(default_factory=list)
    lives: int = 0
    """How often it was welcomed."""

    def __post_init__(self) -> None:
        self.last_request = RequestId("")
        self.session = Session(
            self.program,
            release="test",
            installation=self.installation,
            token=self.token,
            new_id=lambda: secrets.token_hex(16),
            random=random.random,
        )
        self._socket: ClientConnection | None = None
        self._waiting: dict[RequestId, asyncio.Future[Outcome]] = {}
        self._live = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._keep_connected()), asyncio.create_task(self._keep_ticking())]
        await asyncio.wait_for(self._live.wait(), PATIENCE)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def live(self) -> None:
        """Until it is connected and known."""
        await asyncio.wait_for(self._live.wait(), PATIENCE)

    async def lost(self) -> None:
        """Until it has noticed that the server is gone."""
        async with asyncio.timeout(PATIENCE):
            while self._live.is_set():
                await asyncio.sleep(0.002)

    def send(self, command: Command, give_up_after: float | None = None) -> tuple[RequestId, asyncio.Future[Outcome]]:
        request = self.session.request(command, time.monotonic(), give_up_after)
        answer = self._waiting[request] = asyncio.get_running_loop().create_future()
        self._wake()
        return request, answer

    async def ask(self, command: Command, give_up_after: float | None = None) -> Outcome:
        self.last_request, answer = self.send(command, give_up_after)
        return await asyncio.wait_for(answer, PATIENCE)

    async def press(self, service: str, give_up_after: float | None = None) -> Issued:
        """Take a number; it must be given."""
        outcome = await self.ask(IssueTicket(service=service, language=Language.INDONESIAN), give_up_after)
        assert isinstance(outcome, Answered), outcome
        assert isinstance(outcome.result, Issued), outcome.refusal
        return outcome.result

    async def settled(self) -> None:
        """Until the server has answered everything, also what was given up."""
        async with asyncio.timeout(PATIENCE):
            while self.session.is_owed_answers:
                await asyncio.sleep(0.005)

    def subscribe(self, stream: str) -> None:
        self.session.subscribe(stream)
        self._wake()

    @property
    def changes(self) -> list[TableChanged]:
        return [notice for notice in self.heard if isinstance(notice, TableChanged)]

    async def _keep_connected(self) -> None:
        while True:
            with suppress(OSError, TimeoutError, InvalidHandshake, WebSocketException):
                async with connect(
                    f"ws://127.0.0.1:{self.port}/socket",
                    compression=None,
                    max_size=None,
                    open_timeout=self.ping or PATIENCE,
                    close_timeout=0.1,
                    ping_interval=self.ping,
                    ping_timeout=self.ping,
                    proxy=None,
                ) as socket:
                    self.session.opened()
                    self._socket = socket
                    await self._flush()
                    async for frame in socket:
                        assert self.session.received(frame), frame
                        self._note()
                        await self._flush()
            self._socket = None
            self._live.clear()
            wait = self.session.closed(time.monotonic())
            self._note()
            await asyncio.sleep(min(wait, self.retry))

    async def _keep_ticking(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            self.session.tick(time.monotonic())
            self._note()
            with suppress(WebSocketException):
                await self._flush()

    async def _flush(self) -> None:
        if self._socket is not None:
            for text in self.session.take_outgoing():
                await self._socket.send(text, text=True)

    def _wake(self) -> None:
        async def flush() -> None:
            with suppress(WebSocketException):
                await self._flush()

        self._flushing = asyncio.ensure_future(flush())

    def _note(self) -> None:
        for notice in self.session.take_notices():
            self.heard.append(notice)
            match notice:
                case Live():
                    self.lives += 1
                    self._live.set()
                case TokenGiven(token=token):
                    self.token = token
                case Answered(request=request) | GivenUp(request=request):
                    waiting = self._waiting.pop(request, None)
                    if waiting is not None and not waiting.done():
                        waiting.set_result(notice)
