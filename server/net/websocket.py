"""The socket: one connection from its first frame to its end. Reads, checks, hands on; a second task sends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

from server.app import permissions
from server.app.allowance import Allowance
from server.app.dispatcher import refused
from server.app.jobs import Asked, Followed, Joined, Left, Withdrew
from server.app.ports import StorageError
from server.app.sessions import Session
from server.domain.errors import RefusedError
from server.net.frames import TurnedAwayError, frame_of
from server.net.gate import Gate
from server.net.introduction import introduce
from server.net.outbox import BoundedOutbox
from server.net.protocol import ABORT
from shared.protocol.codec import encode
from shared.protocol.commands import SignIn
from shared.protocol.messages import ClientMessage, Hello, Refused, Request, Subscribe, Withdraw
from shared.vocabulary import ErrorCode, FollowKey, OfficerId, Role

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


async def visitor_socket(gate: Gate, websocket: WebSocket, key: FollowKey) -> None:
    """A visitor's phone: follows `visit:<key>` and may give the number up."""

    async def enter(outbox: BoundedOutbox) -> Session | None:
        return Session(outbox, Role.VISITOR, key=key)

    await _attend(gate, websocket, enter)


async def _attend(gate: Gate, websocket: WebSocket, enter: Enter) -> None:
    await websocket.accept()
    outbox = BoundedOutbox(_dropper(gate, websocket))
    sender = asyncio.create_task(_send(websocket, outbox))
    gate.figures.connections += 1
    session = None
    try:
        session = await enter(outbox)
        if session is not None:
            gate.sessions.add(session)
            gate.writer.insist(Joined(session))
            await _converse(gate, websocket, session)
    except TurnedAwayError as error:
        _turn_away(gate, outbox, error, session)
    except StorageError:
        _turn_away(gate, outbox, TurnedAwayError(ErrorCode.STORAGE_UNAVAILABLE), session)
    except (WebSocketDisconnect, WebSocketDisconnected):
        pass
    finally:
        gate.figures.connections -= 1
        if session is not None:
            gate.sessions.discard(session)
            gate.writer.insist(Left(session))
        await _last_frames(outbox, sender)


async def _converse(gate: Gate, websocket: WebSocket, session: Session) -> None:
    """Read until the peer goes. Raises TurnedAwayError."""
    allowance = Allowance(gate.limits.rates[session.base], asyncio.get_running_loop().time())
    while (message := frame_of(await websocket.receive())) is not None:
        if not allowance.take(asyncio.get_running_loop().time()):
            raise TurnedAwayError(ErrorCode.TOO_MANY)
        await _hand_on(gate, session, message)


async def _hand_on(gate: Gate, session: Session, message: ClientMessage) -> None:
    match message:
        case Request(id=id_):
            pin = await _check_pin(gate, session, message)
            if not gate.writer.put(Asked(session, message, pin)):
                session.outbox.put(encode(refused(id_, ErrorCode.OVERLOADED)).decode())
        case Withdraw():
            gate.writer.insist(Withdrew(session, message))
        case Subscribe(stream=stream):
            gate.writer.insist(Followed(session, stream))
        case Hello():
            raise TurnedAwayError(ErrorCode.MALFORMED, place="hello comes once")


async def _check_pin(gate: Gate, session: Session, request: Request) -> RefusedError | None:
    """Why the door refuses a sign-in. Others' sign-ins are refused by the dispatcher and cost no hash."""
    command = request.command
    if not isinstance(command, SignIn) or not permissions.may_ask(session.role, command):
        return None
    try:
        await gate.aside(gate.door.check, OfficerId(command.officer), command.pin, gate.clock())
    except RefusedError as error:
        log.warning("sign_in_refused", device=session.device, counter=command.counter, code=error.code.value)
        return error
    except StorageError:
        return RefusedError(ErrorCode.STORAGE_UNAVAILABLE)
    return None


async def _send(websocket: WebSocket, outbox: BoundedOutbox) -> None:
    """Frame by frame; waiting for a slow peer keeps nobody else waiting, and not for long (law 9)."""
    with suppress(WebSocketDisconnect, WebSocketDisconnected, RuntimeError):
        while (frame := await outbox.take()) is not None:
            if isinstance(frame, int):
                await websocket.close(frame)
                return
            await websocket.send({"type": "websocket.send", "text": frame})


def _turn_away(gate: Gate, outbox: BoundedOutbox, error: TurnedAwayError, session: Session | None) -> None:
    gate.figures.turned_away += 1
    log.warning("turned_away", code=error.code.value, device=None if session is None else session.device)
    outbox.finish(encode(Refused(code=error.code, facts=error.facts)).decode(), error.close_code)


async def _last_frames(outbox: BoundedOutbox, sender: asyncio.Task[None]) -> None:
    if not outbox.is_finishing:
        outbox.close()
    done, _ = await asyncio.wait({sender}, timeout=LINGER)
    if not done:
        outbox.close()
        sender.cancel()


def _dropper(gate: Gate, websocket: WebSocket) -> Callable[[], None]:
    abort: Callable[[], None] = websocket.scope.get("extensions", {}).get(ABORT, {}).get("abort", lambda: None)

    def drop() -> None:
        gate.figures.dropped += 1
        log.warning("dropped", reason="too slow")
        abort()

    return drop
