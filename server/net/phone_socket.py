"""A phone's socket: protocol, outbox and bookkeeping of one visitor's page in one small object.

There are a hundred times as many phones as devices, and each says next to nothing: no task waits for them, no queue
belongs to them, and one watch looks after all of them instead of two timers for each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from server.app.allowance import Allowance
from server.app.closing import GOING_AWAY, NOT_CONSISTENT
from server.app.jobs import Joined, Left
from server.app.sessions import Session
from server.net.frames import TurnedAwayError, message_of
from server.net.gate import Gate
from server.net.handing_on import hand_on
from server.net.newest import Newest
from server.net.phone_frames import (
    MAX_UNREAD,
    PROTOCOL_ERROR,
    FrameError,
    Kind,
    PhoneFrame,
    close_code_of,
    close_frame,
    frame,
    take_frames,
)
from server.net.protocol import CLOSE_TIMEOUT
from shared.vocabulary import ErrorCode, FollowKey, Role

log = structlog.get_logger()

MAX_BEHIND = 65_536  # bytes that a phone may leave unread: more than thirty messages of the largest kind
PING_AFTER, GONE_AFTER = (
    25.0,
    40.0,
)  # seconds of silence; the page speaks every twenty, a page in the background does not
LOOK_EVERY = 5.0  # seconds between two looks at all phones
SLICE = 500  # phones looked at in one go


@dataclass(eq=False, slots=True)
class Phones:
    """All phones that are connected, and the watch over them."""

    gate: Gate
    connected: set[PhoneSocket] = field(default_factory=set)
    of_visits: Newest[FollowKey, PhoneSocket] = field(init=False)

    def __post_init__(self) -> None:
        self.of_visits = Newest(self.gate.limits.each_visit)

    def enter(self, key: FollowKey, phone: PhoneSocket) -> None:
        """The oldest of too many that follow one visit ends: each costs a message whenever the visit changes."""
        self.connected.add(phone)
        pushed_out = self.of_visits.enter(key, phone)
        if pushed_out is not None:
            self.gate.turn_away(pushed_out, TurnedAwayError(ErrorCode.TOO_MANY))

    def leave(self, key: FollowKey, phone: PhoneSocket) -> None:
        self.connected.discard(phone)
        self.of_visits.leave(key, phone)

    async def keep_watch(self, clock: Callable[[], float]) -> None:
        """Ask those who have been silent, let go of those who do not answer; until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            phones = list(self.connected)
            for start in range(0, len(phones), SLICE):
                now = clock()
                for phone in phones[start : start + SLICE]:
                    phone.look_after(now)
                await asyncio.sleep(0)

    def say_goodbye(self) -> None:
        """The server ends."""
        for phone in list(self.connected):
            phone.say_goodbye()


class PhoneSocket(asyncio.Protocol):
    """The outbox of its session, too. Everything happens in the loop's thread."""

    __slots__ = ("_allowance", "_ending", "_heard_at", "_phones", "_pieces", "_session", "_transport", "_unread")

    def __init__(self, phones: Phones, key: FollowKey, now: float) -> None:
        self._phones = phones
        self._session = Session(self, Role.VISITOR, key=key)
        self._allowance = Allowance(phones.gate.limits.rates[Role.VISITOR], now)
        self._heard_at = now
        self._unread: bytearray | None = None
        self._pieces: bytes | None = None
        """The beginning of a text that comes in pieces."""
        self._transport: asyncio.Transport
        self._ending = False

    # --- its outbox ---

    def put(self, message: bytes) -> None:
        if self._ending or self._transport.is_closing():
            return
        if self._is_behind():
            self._drop()
        else:
            self._transport.write(frame(Kind.TEXT, message))

    def finish(self, message: bytes, code: int) -> None:
        self.put(message)
        self._end(code)

    # --- what asyncio tells it ---

    def begin(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._phones.enter(self._key, self)
        self._phones.gate.figures.connections += 1
        self._phones.gate.writer.insist(Joined(self._session))
        if not transport.is_reading():
            transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        self._heard_at = asyncio.get_running_loop().time()
        unread = self._unread if self._unread is not None else bytearray()
        unread += data
        self._unread = None  # most often nothing stays
        try:
            for one in take_frames(unread):
                self._hear(one)
            if self._ending:
                return
            if len(unread) > MAX_UNREAD:
                raise TurnedAwayError(ErrorCode.TOO_LARGE)
        except FrameError as error:
            self._end(error.code)
        except TurnedAwayError as error:
            self._phones.gate.turn_away(self, error)
        if unread and not self._ending:
            self._unread = unread

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio's signature)
        gate = self._phones.gate
        self._phones.leave(self._key, self)
        gate.figures.connections -= 1
        gate.writer.insist(Left(self._session))

    def say_goodbye(self) -> None:
        """The server ends."""
        self._end(GOING_AWAY)
        self._transport.close()

    def look_after(self, now: float) -> None:
        silent = now - self._heard_at
        if silent >= GONE_AFTER:
            self._transport.abort()
        elif silent >= PING_AFTER and not self._ending:
            self._transport.write(frame(Kind.PING))

    # --- how ---

    @property
    def _key(self) -> FollowKey:
        key = self._session.key
        assert key is not None
        return key

    def _hear(self, one: PhoneFrame) -> None:
        match one.kind:
            case Kind.CLOSE:
                self._end(close_code_of(one.payload))
                self._transport.close()
            case _ if self._ending:
                pass  # it was told why this ends; what it says now is not heard
            case Kind.PING:
                self._pong(one.payload)
            case Kind.PONG:
                pass
            case Kind.TEXT if self._pieces is None:
                self._text(one.payload, whole=one.is_last)
            case Kind.CONTINUATION if self._pieces is not None:
                self._text(self._pieces + one.payload, whole=one.is_last)
            case Kind.BINARY if self._pieces is None:
                self._end(NOT_CONSISTENT)
            case _:
                raise FrameError(PROTOCOL_ERROR)

    def _pong(self, payload: bytes) -> None:
        """Answers to pings are bounded like everything else: a phone that asks and never reads is let go."""
        if self._is_behind():
            self._drop()
        else:
            self._transport.write(frame(Kind.PONG, payload))

    def _text(self, payload: bytes, *, whole: bool) -> None:
        if not whole:
            if len(payload) > MAX_UNREAD:
                raise TurnedAwayError(ErrorCode.TOO_LARGE)
            self._pieces = payload
            return
        self._pieces = None
        message = message_of(payload)
        if not self._allowance.take(self._heard_at):
            raise TurnedAwayError(ErrorCode.TOO_MANY)
        hand_on(self._phones.gate, self._session, message)

    def _is_behind(self) -> bool:
        return self._transport.get_write_buffer_size() > MAX_BEHIND

    def _drop(self) -> None:
        if self._transport.is_closing():
            return
        self._phones.gate.figures.dropped += 1
        log.warning("dropped", reason="too slow")
        self._transport.abort()

    def _end(self, code: int) -> None:
        if self._ending or self._transport.is_closing():
            return
        self._ending = True
        self._transport.write(close_frame(code))
        asyncio.get_running_loop().call_later(CLOSE_TIMEOUT, self._transport.abort)
