"""The socket: one connection from its first frame to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

from server.app import permissions
from server.app.jobs import Joined, Left
from server.app.ports import StorageError
from server.app.sessions import Session
from server.net.conversation import Conversation
from server.net.frames import TurnedAwayError
from server.net.gate import Gate
from server.net.introduction import introduce
from server.net.outbox import BoundedOutbox
from server.net.phone_socket import Phones, PhoneSocket
from server.net.protocol import WIRE, Wire
from shared.vocabulary import ErrorCode, FollowKey

log = structlog.get_logger()

LINGER = 2.0  # seconds for the last frames of a connection that ends

Enter = Callable[[BoundedOutbox], Awaitable[Session | None]]


async def program_socket(gate: Gate, websocket: WebSocket) -> None:
    """`/socket`: kiosks, counters and displays."""
    if "origin" in websocket.headers:
        await websocket.close()  # a page in a browser has no business here, wherever it comes from
        return

    async def enter(outbox: BoundedOutbox) -> Session | None:
        device = await introduce(gate, websocket, outbox)
        if device is None:
            return None
        base = permissions.ROLE_OF[device.program]
        return Session(outbox, base, device=device.id, name=device.name, zone=device.zone)

    await _attend(gate, websocket, enter)


async def visitor_socket(phones: Phones, websocket: WebSocket, key: FollowKey) -> None:
    """A visitor's phone: follows `visit:<key>` and may give the number up."""
    await websocket.accept()
    # no await between these two: what the phone says first is heard by its own socket
    _wire(websocket).leave_to(PhoneSocket(phones, key, asyncio.get_running_loop().time()))


async def _attend(gate: Gate, websocket: WebSocket, enter: Enter) -> None:
    await websocket.accept()
    wire = _wire(websocket)
    outbox = BoundedOutbox(wire, _dropper(gate, wire))
    gate.figures.connections += 1
    session = None
    try:
        session = await enter(outbox)
        if session is not None:
            wire.known()
            gate.enter(session)
            gate.writer.insist(Joined(session))
            await _converse(gate, websocket, wire, session)
    except TurnedAwayError as error:
        gate.turn_away(outbox, error)
    except StorageError:
        gate.turn_away(outbox, TurnedAwayError(ErrorCode.STORAGE_UNAVAILABLE))
    except (WebSocketDisconnect, WebSocketDisconnected):
        pass
    finally:
        gate.figures.connections -= 1
        if session is not None:
            gate.leave(session)
            gate.writer.insist(Left(session))
        await outbox.ended(LINGER)


async def _converse(gate: Gate, websocket: WebSocket, wire: Wire, session: Session) -> None:
    """Until the peer goes."""
    conversation = Conversation(gate, session)
    wire.listen(conversation.hear)
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass
    await conversation.finish()


def _dropper(gate: Gate, wire: Wire) -> Callable[[], None]:
    def drop() -> None:
        gate.figures.dropped += 1
        log.warning("dropped", reason="too slow")
        wire.abort()

    return drop


def _wire(websocket: WebSocket) -> Wire:
    wire: Wire = websocket.scope["extensions"][WIRE]["wire"]
    return wire
