"""What the phone page needs of the server, by way of the gate that all connections share."""

from __future__ import annotations

import asyncio
from zoneinfo import ZoneInfo

from starlette.websockets import WebSocket

from server.net.asking import ask_as_visitor
from server.net.gate import Gate
from server.net.phone_socket import Phones
from server.net.rest import look
from server.net.websocket import visitor_socket
from server.web.phone.routes import VisitorsOwn
from shared.protocol.messages import Reply
from shared.protocol.views import Table
from shared.vocabulary import FollowKey, Words


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
        return await ask_as_visitor(self._gate, request, command, FollowKey(command.key))

    async def follow(self, socket: WebSocket, key: str) -> None:
        await visitor_socket(self._phones, socket, FollowKey(key))
