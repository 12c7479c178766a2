"""What the phone page needs of the server, by way of the gate that all connections share."""

from __future__ import annotations

import asyncio
from zoneinfo import ZoneInfo

from starlette.websockets import WebSocket

from server.app.jobs import Asked
from server.app.sessions import Session
from server.net.gate import Gate
from server.net.phone_socket import Phones
from server.net.rest import PATIENCE, look
from server.net.websocket import visitor_socket
from server.web.phone.routes import VisitorsOwn
from shared.protocol.codec import decode_server
from shared.protocol.messages import Reply, Request
from shared.protocol.replies import Refusal
from shared.protocol.views import Table
from shared.vocabulary import ErrorCode, FollowKey, Role, Words


class GatePhoneHall:
    def __init__(self, gate: Gate, phones: Phones) -> None:
        self._gate = gate
        self._phones = phones

    def site_name(self) -> Words:
        return self._gate.site().name

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self._gate.site().time_zone)

    async def view(self, stream: str) -> Table | None:
        return await look(self._gate, stream)

    def may_miss(self, address: str) -> bool:
        return self._gate.misses.take(address, asyncio.get_running_loop().time())

    async def ask(self, request: str, command: VisitorsOwn) -> Reply:
        """A request of the page, on the same path as every other; OVERLOADED when no answer comes in time."""
        answer = _Answer()
        visitor = Session(answer, Role.VISITOR, key=FollowKey(command.key))
        unanswered = Reply(id=request, refusal=Refusal(ErrorCode.OVERLOADED))
        if not self._gate.writer.put(Asked(visitor, Request(id=request, command=command))):
            return unanswered
        try:
            return await asyncio.wait_for(answer.reply, PATIENCE)
        except TimeoutError:
            return unanswered

    async def follow(self, socket: WebSocket, key: str) -> None:
        await visitor_socket(self._phones, socket, FollowKey(key))


class _Answer:
    """An outbox for one reply."""

    def __init__(self) -> None:
        self.reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()

    def put(self, frame: bytes) -> None:
        message = decode_server(frame)
        if isinstance(message, Reply) and not self.reply.done():
            self.reply.set_result(message)

    def finish(self, frame: bytes, code: int) -> None:  # noqa: ARG002  (there is no connection to close)
        self.put(frame)
