"""Introduction: from the first frame of a connection to a known device, over a pairing code where it is unknown."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from starlette.types import Message as Frame
from starlette.websockets import WebSocket

from server.app import pairing, tokens
from server.app.ports import Device
from server.app.sessions import Outbox
from server.app.tokens import StolenTokenError
from server.net.approvals import LOOK
from server.net.crowd import asked_from
from server.net.frames import TurnedAwayError, frame_of
from server.net.gate import Gate
from shared.protocol.codec import encode
from shared.protocol.messages import Hello, Introduced, Pairing
from shared.protocol.values import PROTOCOL
from shared.vocabulary import ErrorCode

log = structlog.get_logger()


async def introduce(gate: Gate, websocket: WebSocket, outbox: Outbox) -> Device | None:
    """Who is there. None when the program went away meanwhile. Raises TurnedAwayError, StorageError."""
    patience = asyncio.timeout(None)
    try:
        async with patience:
            gate.strangers.enter(patience, asked_from(websocket))
            hello = await _hello(gate, websocket)
    except TimeoutError:
        # silent for too long, or longest of too many; never a word that would make an honest device forget its token
        raise TurnedAwayError(ErrorCode.OVERLOADED) from None
    finally:
        gate.strangers.leave(patience)
    if hello is None:
        return None
    if websocket.url.scheme == "ws" and hello.program not in gate.in_clear:
        raise TurnedAwayError(ErrorCode.FORBIDDEN, reason="tls")
    device = await _recognise(gate, hello)
    if device is not None and device.revoked_at is None:
        await gate.note_sighting(device.id, hello.release)
    if device is None:
        return await _wait_for_approval(gate, websocket, outbox, hello)
    if device.revoked_at is not None:
        raise TurnedAwayError(ErrorCode.REVOKED)
    if device.program is not hello.program:
        raise TurnedAwayError(ErrorCode.NOT_INTRODUCED, program=device.program.value)
    if tokens.is_old(device, gate.clock(), gate.token_age) and device.id not in gate.rotating:
        return await _rotate(gate, websocket, outbox, device)
    return device


async def _recognise(gate: Gate, hello: Hello) -> Device | None:
    """Raises TurnedAwayError when the token was retired: the device is revoked, and its connections end."""
    try:
        return await gate.aside(tokens.recognise, gate.access, hello.token, gate.clock())
    except StolenTokenError as stolen:
        if stolen.first:
            log.error("retired_token_used", device=stolen.device.id, name=stolen.device.name)
            await gate.look_for_revoked()
        raise TurnedAwayError(ErrorCode.REVOKED, reason=tokens.OLD_TOKEN) from None


async def _rotate(gate: Gate, websocket: WebSocket, outbox: Outbox, device: Device) -> Device | None:
    """Offer the next token. A program that cannot keep it says nothing, and goes on with the one it has.

    One offer at a time: another connection's would void this one, and with a copy of the old token somebody could lock
    the device out without a trace."""
    gate.rotating.add(device.id)
    try:
        token = await gate.aside(tokens.offer, gate.access, device.id)
        outbox.put(encode(Introduced(token=token)))
        hello = await _hello(gate, websocket)
    except TimeoutError:
        return device
    finally:
        gate.rotating.discard(device.id)
    if hello is None:
        return None
    if hello.token != token:
        raise TurnedAwayError(ErrorCode.NOT_INTRODUCED)
    log.info("token_rotated", device=device.id)
    return await _recognise(gate, hello)


async def _wait_for_approval(gate: Gate, websocket: WebSocket, outbox: Outbox, hello: Hello) -> Device | None:
    address = asked_from(websocket)
    if gate.unapproved >= gate.limits.unapproved or not gate.codes.take(address, asyncio.get_running_loop().time()):
        raise TurnedAwayError(ErrorCode.OVERLOADED)
    gate.unapproved += 1
    try:
        return await _pair(gate, websocket, outbox, hello)
    finally:
        gate.unapproved -= 1


async def _hello(gate: Gate, websocket: WebSocket) -> Hello | None:
    """None when the program went away. Raises TimeoutError, TurnedAwayError."""
    message = frame_of(await asyncio.wait_for(websocket.receive(), gate.limits.hello_within))
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
    answer: asyncio.Task[Frame] = asyncio.create_task(websocket.receive())
    try:
        expires_at = gate.clock()
        while True:
            now = gate.clock()
            if now >= expires_at:
                pending = await gate.aside(pairing.ask, gate.access, hello, now)
                expires_at = pending.expires_at
                left = (expires_at - now) / timedelta(seconds=1)
                log.info("pairing", installation=hello.installation, program=hello.program.value)
                outbox.put(encode(Pairing(code=pending.code, expires_in=left)))
            done, _ = await asyncio.wait({answer}, timeout=LOOK)
            if done:
                if frame_of(answer.result()) is None:
                    return None
                raise TurnedAwayError(ErrorCode.NOT_INTRODUCED)
            if hello.installation not in await gate.approvals.seen():
                continue
            collected = await gate.aside(pairing.collect, gate.access, hello, gate.clock())
            if collected is not None:
                device, token = collected
                log.info("introduced", device=device.id, program=device.program.value, name=device.name)
                outbox.put(encode(Introduced(token=token)))
                await gate.note_sighting(device.id, hello.release)
                return device
    finally:
        await _let_go(answer)


async def _let_go(answer: asyncio.Task[Frame]) -> None:
    """A frame that comes between the approval and this line is read by nobody: the program has nothing to say yet."""
    answer.cancel()
    await asyncio.wait({answer})
