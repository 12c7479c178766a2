"""Introduction: from the first frame of a connection to a known device, over a pairing code where it is unknown."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from starlette.types import Message as Frame
from starlette.websockets import WebSocket

from server.app import pairing
from server.app.ports import Device
from server.app.sessions import Outbox
from server.net.frames import TurnedAwayError, frame_of
from server.net.gate import Gate
from shared.protocol.codec import encode
from shared.protocol.messages import Hello, Introduced, Pairing
from shared.protocol.values import PROTOCOL
from shared.vocabulary import ErrorCode

log = structlog.get_logger()

POLL = 0.5  # seconds between two looks for the administrator's approval


async def introduce(gate: Gate, websocket: WebSocket, outbox: Outbox) -> Device | None:
    """Who is there. None when the program went away meanwhile. Raises TurnedAwayError, StorageError."""
    if gate.strangers >= gate.limits.strangers:
        raise TurnedAwayError(ErrorCode.OVERLOADED)
    gate.strangers += 1
    try:
        hello = await _hello(gate, websocket)
        if hello is None:
            return None
        device = await gate.aside(pairing.known, gate.access, hello.token)
    finally:
        gate.strangers -= 1
    if device is None:
        return await _wait_for_approval(gate, websocket, outbox, hello)
    if device.revoked_at is not None:
        raise TurnedAwayError(ErrorCode.REVOKED)
    if device.program is not hello.program:
        raise TurnedAwayError(ErrorCode.NOT_INTRODUCED, program=device.program.value)
    return device


async def _wait_for_approval(gate: Gate, websocket: WebSocket, outbox: Outbox, hello: Hello) -> Device | None:
    if gate.unapproved >= gate.limits.unapproved:
        raise TurnedAwayError(ErrorCode.OVERLOADED)
    gate.unapproved += 1
    try:
        return await _pair(gate, websocket, outbox, hello)
    finally:
        gate.unapproved -= 1


async def _hello(gate: Gate, websocket: WebSocket) -> Hello | None:
    try:
        message = frame_of(await asyncio.wait_for(websocket.receive(), gate.limits.hello_within))
    except TimeoutError:
        raise TurnedAwayError(ErrorCode.NOT_INTRODUCED) from None
    if message is None:
        return None
    if not isinstance(message, Hello):
        raise TurnedAwayError(ErrorCode.NOT_INTRODUCED)
    if message.protocol != PROTOCOL:
        code = ErrorCode.CLIENT_TOO_OLD if message.protocol < PROTOCOL else ErrorCode.SERVER_TOO_OLD
        raise TurnedAwayError(code, client=message.protocol, server=PROTOCOL)
    return message


async def _pair(gate: Gate, websocket: WebSocket, outbox: Outbox, hello: Hello) -> Device | None:
    """Show codes until an administrator approves one of them."""
    minted = pairing.mint()
    answer: asyncio.Task[Frame] = asyncio.create_task(websocket.receive())
    try:
        expires_at = gate.clock()
        while True:
            now = gate.clock()
            if now >= expires_at:
                pending = await gate.aside(pairing.ask, gate.access, hello.installation, hello.program, now)
                expires_at = pending.expires_at
                left = (expires_at - now) / timedelta(seconds=1)
                log.info("pairing", installation=hello.installation, program=hello.program.value)
                outbox.put(encode(Pairing(code=pending.code, expires_in=left)))
            done, _ = await asyncio.wait({answer}, timeout=POLL)
            if done:
                if frame_of(answer.result()) is None:
                    return None
                raise TurnedAwayError(ErrorCode.NOT_INTRODUCED)
            device = await gate.aside(gate.access.collect, hello.installation, minted.device, minted.hash, gate.clock())
            if device is not None:
                log.info("introduced", device=device.id, program=device.program.value, name=device.name)
                outbox.put(encode(Introduced(token=minted.token)))
                return device
    finally:
        await _let_go(answer)


async def _let_go(answer: asyncio.Task[Frame]) -> None:
    """A frame that comes between the approval and this line is read by nobody: the program has nothing to say yet."""
    answer.cancel()
    await asyncio.wait({answer})
