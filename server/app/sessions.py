"""A session: who is at the other end of one connection, and where an officer of theirs sits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from server.domain.facts import Actor
from shared.vocabulary import AgencyId, CounterId, DeviceId, FollowKey, OfficerId, RequestId, Role, ZoneId


class Outbox(Protocol):
    """Frames on their way to one program. Never waits: one that is full drops its connection (law 9)."""

    def put(self, frame: bytes) -> None: ...

    def finish(self, frame: bytes, code: int) -> None:
        """Send the frame as the last one, then close with `code`."""


@dataclass(frozen=True, slots=True)
class Seat:
    """An officer who signed in at a counter, through one device."""

    officer: OfficerId
    counter: CounterId
    role: Role


@dataclass(eq=False, slots=True)
class Session:
    """Changed by the writer's thread alone."""

    outbox: Outbox
    base: Role
    device: DeviceId | None = None
    name: str = ""
    zone: ZoneId | None = None
    key: FollowKey | None = None
    """Of a visitor's phone."""
    person: OfficerId | None = None
    """Who signed in to the pages: acts without a counter."""
    agency: AgencyId | None = None
    """Of a person on the pages: what they may see and change; None: the whole site."""
    by_key: bool = False
    """Another system with an API key: its seat was given with the key and holds while the lobby has the officer there.
    How often it asks was limited before."""
    seat: Seat | None = None
    signed_in_at: datetime | None = None
    acted_at: datetime | None = None
    """The last command that the officer gave."""
    follows: set[str] = field(default_factory=set)
    """Its streams, kept by the hub."""
    wanted: set[str] = field(default_factory=set)
    """Desks asked for before signing in: a program that reconnects asks for its streams at once."""

    @property
    def role(self) -> Role:
        return self.base if self.seat is None else self.seat.role

    @property
    def sender(self) -> str:
        """Whose requests these are: an id repeated by somebody else is no repetition."""
        return self.device or (f"person:{self.person}" if self.person else f"visit:{self.key}")

    def actor(self, request: RequestId | None = None) -> Actor:
        return Actor(self.device, self.person if self.seat is None else self.seat.officer, request)
