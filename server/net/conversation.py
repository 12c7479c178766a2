"""A conversation: what one introduced program says, in its order. Each message is checked and handed to the writer."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine

import structlog

from server.app import permissions
from server.app.allowance import Allowance
from server.app.ports import StorageError
from server.app.sessions import Session
from server.domain.errors import RefusedError
from server.net.frames import TurnedAwayError, message_of
from server.net.gate import Gate
from server.net.handing_on import hand_on
from server.net.opinions import answer
from shared.protocol.codec import encode
from shared.protocol.commands import SignIn
from shared.protocol.messages import ClientMessage, Request
from shared.protocol.opinions import AnswerSurvey, FindVisit, RateService, Told
from shared.vocabulary import DeviceId, ErrorCode, OfficerId, RequestId

log = structlog.get_logger()


class Conversation:
    """Used by the loop's thread alone."""

    def __init__(self, gate: Gate, session: Session) -> None:
        self._gate = gate
        self._session = session
        self._clock = asyncio.get_running_loop().time
        self._allowance = Allowance(gate.limits.rates[session.base], self._clock())
        self._checking: asyncio.Task[None] | None = None
        self._later: deque[ClientMessage] = deque()
        """What came while a PIN was checked; no more than the allowance lets through."""
        self._over = False

    def hear(self, content: str | bytes) -> None:
        """The next message."""
        if self._over:
            return
        try:
            message = message_of(content)
            if not self._allowance.take(self._clock()):
                raise TurnedAwayError(ErrorCode.TOO_MANY)
            if self._checking is None:
                self._hand_on(message)
            else:
                self._later.append(message)
        except TurnedAwayError as error:
            self._over = True
            self._gate.turn_away(self._session.outbox, error, self._session)

    async def finish(self) -> None:
        """The program is gone: what it said before is still handed on."""
        while self._checking is not None:
            await self._checking

    def _hand_on(self, message: ClientMessage) -> None:
        match message:
            case Request(command=SignIn() as command) if permissions.may_ask(self._session.role, command):
                self._checking = asyncio.create_task(self._meanwhile(self._sign_in(message, command)))
            case Request(id=id_, command=FindVisit() | AnswerSurvey() | RateService() as told) if permissions.may_ask(
                self._session.role, told
            ):
                self._checking = asyncio.create_task(self._meanwhile(self._tell(RequestId(id_), told)))
            case _:
                hand_on(self._gate, self._session, message)

    async def _meanwhile(self, work: Coroutine[None, None, None]) -> None:
        """Do what takes its time; what is said meanwhile is handed on afterwards, in its order."""
        try:
            await work
        finally:
            self._checking = None
        while self._later and self._checking is None and not self._over:
            try:
                self._hand_on(self._later.popleft())
            except TurnedAwayError as error:
                self._over = True
                self._gate.turn_away(self._session.outbox, error, self._session)

    async def _tell(self, request: RequestId, told: Told) -> None:
        self._session.outbox.put(encode(await answer(self._gate, request, told)))

    async def _sign_in(self, request: Request, command: SignIn) -> None:
        """A hash that takes its time. Others' sign-ins are refused by the dispatcher and cost none."""
        hand_on(self._gate, self._session, request, await self._check_pin(command))

    async def _check_pin(self, command: SignIn) -> RefusedError | None:
        """Why the door refuses the officer."""
        device = self._session.device or DeviceId("")
        try:
            await self._gate.check_pin(OfficerId(command.officer), device, command.pin)
        except RefusedError as error:
            log.warning("sign_in_refused", device=device, counter=command.counter, code=error.code.value)
            return error
        except StorageError:
            return RefusedError(ErrorCode.STORAGE_UNAVAILABLE)
        return None
