"""The gate: what every connection shares. The way to the writer, the door, the pool for slow checks, the figures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from server.app.alarms import Alarm
from server.app.allowance import Rate
from server.app.closing import close_code
from server.app.devices import Sighting
from server.app.figures import Figures
from server.app.hall import Presence
from server.app.jobs import Alarmed, Expected, Revoked
from server.app.officers import Door
from server.app.permissions import ROLE_OF
from server.app.ports import AccessStore, Device, StorageError
from server.app.sessions import Outbox, Session
from server.app.surveys import Surveys
from server.app.tokens import OLD_TOKEN
from server.domain.catalogue import Catalogue
from server.net.approvals import Approvals
from server.net.crowd import Allowances, Crowd, Strangers
from server.net.frames import TurnedAwayError
from server.net.newest import Newest
from server.net.writer import Writer
from shared.protocol.codec import encode
from shared.protocol.messages import Refused, SiteInfo
from shared.vocabulary import DeviceId, ErrorCode, OfficerId, Program, Role, ServiceId

log = structlog.get_logger()

T = TypeVar("T")

LOOK_FOR_REVOKED = 2.0  # seconds between two looks


PIN_THREADS = 2  # a hash takes a core and 19 MB; more at once would take both from everybody else
TOKEN_AGE = timedelta(days=30)  # then a device gets another token as it connects
SEEN_EVERY = timedelta(minutes=10)  # between two notes of when a device was here
ALERT_FOR = timedelta(days=7)  # so long health says that a retired token was used


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one connection may send. Generous for people, deadly for a program that has run wild."""

    rates: dict[Role, Rate] = field(
        default_factory=lambda: {
            Role.KIOSK: Rate(20, 5.0),
            Role.COUNTER: Rate(20, 5.0),
            Role.DISPLAY: Rate(100, 50.0),  # it acknowledges every call, twice
            Role.VISITOR: Rate(10, 1.0),
        }
    )
    hello_within: float = 5.0
    """Seconds until the first frame must be there."""
    strangers: int = 256
    """Connections that have not said yet who they are, at the same time; each has `hello_within` to do so, and less
    when more come."""
    unapproved: int = 64
    """Programs that show a pairing code, at the same time. They may stay for hours, so they are counted apart: however
    many there are, an approved device is let in."""
    each_address: int = 256
    """Connections of one address that are neither a welcomed device nor a phone, at the same time; 0: no limit."""
    each_device: int = 16
    """Connections of one introduced device, at the same time. It needs one; more are left over from a bad network."""
    each_visit: int = 32
    """Phones that follow one visit, at the same time."""
    request_within: float = 10.0
    """Seconds that a request over HTTP may take to arrive."""
    proxies: frozenset[str] = frozenset()
    """Addresses that are counted for nobody: everybody comes from there."""
    misses: Rate = field(default_factory=lambda: Rate(30, 0.5))
    """Pages that do not exist, for one address: 30 at once, 30 a minute for long."""
    sign_ins: Rate = field(default_factory=lambda: Rate(30, 0.5))
    """Tries to sign in to the pages, for one address: each costs a core 25 ms, for invented names too, and the officers
    at the counters wait for the same two threads."""
    codes: Rate = field(default_factory=lambda: Rate(60, 1.0))
    """Pairing codes for one address: each is a row on the disk. A program that shows one takes one in ten minutes."""


@dataclass(eq=False, slots=True)
class Gate:
    writer: Writer
    access: AccessStore
    door: Door
    pool: Executor
    """For what takes its time: tokens, approvals. Never the loop, never the writer."""
    clock: Callable[[], datetime]
    figures: Figures
    limits: Limits
    site: Callable[[], SiteInfo]
    """As the catalogue has it now."""
    catalogue: Callable[[], Catalogue]
    """The one that holds now."""
    surveys: Surveys
    """Who may say what about a finished visit."""
    pins: Executor = field(default_factory=lambda: ThreadPoolExecutor(PIN_THREADS, thread_name_prefix="pins"))
    """For PINs alone: in the morning everybody signs in at once, and no device shall wait for that."""
    sessions: set[Session] = field(default_factory=set)
    unapproved: int = 0
    token_age: timedelta = TOKEN_AGE
    in_clear: frozenset[Program] = frozenset(Program)
    """Which programs may come without TLS."""
    saw: Callable[[DeviceId, Sighting], None] = lambda _device, _sighting: None
    """Writes down that a device was here."""
    seen: dict[DeviceId, Sighting] = field(default_factory=dict)
    """What was written down of it since the server started."""
    authority: str = ""
    """The hall's own certificate authority, as PEM; empty: there is none."""
    is_closed_today: Callable[[ServiceId], bool] = lambda _service: False
    """Whether a supervisor has closed it for today."""
    public_url: str = ""
    """Where phones reach the pages: `http(s)://host[:port]`."""
    crowd: Crowd = field(init=False)
    strangers: Strangers = field(init=False)
    misses: Allowances = field(init=False)
    sign_ins: Allowances = field(init=False)
    codes: Allowances = field(init=False)
    of_devices: Newest[DeviceId, Session] = field(init=False)
    rotating: set[DeviceId] = field(default_factory=set)
    """Devices that are offered their next token right now."""
    expected: tuple[Presence, ...] = ()
    """Approved devices, as the writer was told last."""
    approvals: Approvals = field(init=False)

    def __post_init__(self) -> None:
        self.crowd = Crowd(self.limits.each_address, self.limits.request_within, self.limits.proxies)
        self.strangers = Strangers(self.limits.strangers)
        self.misses = Allowances(self.limits.misses)
        self.sign_ins = Allowances(self.limits.sign_ins)
        self.codes = Allowances(self.limits.codes)
        self.of_devices = Newest(self.limits.each_device)
        self.approvals = Approvals(lambda: self.aside(self.access.approved_installations, self.clock()))

    async def aside(self, work: Callable[..., T], *arguments: object) -> T:
        """Run something slow in the pool."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, work, *arguments)

    async def note_sighting(self, device: DeviceId, release: str) -> None:
        """Once in a while, however often it connects: after a power cut they all come back at once."""
        now, before = self.clock(), self.seen.get(device)
        if before is not None and before.release == release and now - before.at < SEEN_EVERY:
            return
        self.seen[device] = sighting = Sighting(now, release)
        try:
            await self.aside(self.saw, device, sighting)
        except StorageError:
            log.warning("sighting_not_kept", device=device)

    async def check_pin(self, officer: OfficerId, device: DeviceId, pin: str) -> None:
        """Raises RefusedError, StorageError."""
        check = partial(self.door.check, officer, device, pin, self.clock())
        await asyncio.get_running_loop().run_in_executor(self.pins, check)

    async def aside_slowly(self, work: Callable[..., T], *arguments: object) -> T:
        """As `aside`, for passwords: with the few threads that may hash at once."""
        return await asyncio.get_running_loop().run_in_executor(self.pins, work, *arguments)

    def enter(self, session: Session) -> None:
        """A device is welcome; the oldest of too many connections of it ends."""
        self.sessions.add(session)
        if session.device is not None:
            pushed_out = self.of_devices.enter(session.device, session)
            if pushed_out is not None:
                self.turn_away(pushed_out.outbox, TurnedAwayError(ErrorCode.TOO_MANY), pushed_out)

    def leave(self, session: Session) -> None:
        self.sessions.discard(session)
        if session.device is not None:
            self.of_devices.leave(session.device, session)

    def turn_away(self, outbox: Outbox, error: TurnedAwayError, session: Session | None = None) -> None:
        """The connection ends, and is told why."""
        self.figures.turned_away += 1
        log.warning("turned_away", code=error.code.value, device=None if session is None else session.device)
        outbox.finish(encode(Refused(code=error.code, facts=error.facts)), error.close_code)

    async def watch_for_revoked(self) -> None:
        """End the connections of devices that an administrator has revoked; until cancelled."""
        while True:
            await asyncio.sleep(LOOK_FOR_REVOKED)
            await self.look_for_revoked()

    async def look_for_revoked(self) -> None:
        try:
            devices = await self.aside(self.access.devices)
        except Exception:  # noqa: BLE001 - the database is gone; the writer says so, and the next look comes soon
            return
        since = self.clock() - ALERT_FOR
        stolen = [one for one in devices if one.revoked_why == OLD_TOKEN and one.revoked_at and one.revoked_at >= since]
        if bool(stolen) != bool(self.figures.stolen_tokens):
            self.writer.insist(Alarmed(Alarm.STOLEN_TOKEN, bool(stolen)))
        self.figures.stolen_tokens = len(stolen)
        self._expect(devices)
        revoked = {device.id for device in devices if device.revoked_at is not None}
        for session in [session for session in self.sessions if session.device in revoked]:
            session.outbox.finish(encode(Refused(code=ErrorCode.REVOKED)), close_code(ErrorCode.REVOKED))
            if session.device is not None:
                self.writer.insist(Revoked(session.device))

    def _expect(self, devices: Sequence[Device]) -> None:
        """A device that is switched off shall be missed too; told when there is another one."""
        approved = tuple(
            Presence(one.id, one.name, ROLE_OF[one.program], one.zone, 0, None)
            for one in devices
            if one.revoked_at is None
        )
        if approved != self.expected:
            self.expected = approved
            self.writer.insist(Expected(approved))
