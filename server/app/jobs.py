"""Jobs: what the network hands to the writer's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from server.app.alarms import Alarm
from server.app.hall import Presence
from server.app.sessions import Session
from server.domain.errors import RefusedError
from shared.protocol.messages import Request, Withdraw
from shared.protocol.views import Table
from shared.vocabulary import DeviceId


@dataclass(frozen=True, slots=True)
class Joined:
    session: Session


@dataclass(frozen=True, slots=True)
class Left:
    session: Session


@dataclass(frozen=True, slots=True)
class Asked:
    session: Session
    request: Request
    pin: RefusedError | None = None
    """Why the door refused a sign-in; None for any other request, and when the PIN was right."""


@dataclass(frozen=True, slots=True)
class Withdrew:
    session: Session
    withdraw: Withdraw


@dataclass(frozen=True, slots=True)
class Followed:
    session: Session
    stream: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody wants a table once; None when there is no such stream or nothing is known of it now."""

    stream: str
    answer: Callable[[Table | None], None]


@dataclass(frozen=True, slots=True)
class Revoked:
    device: DeviceId


@dataclass(frozen=True, slots=True)
class Expected:
    """The approved devices, whether connected or not."""

    devices: tuple[Presence, ...]


@dataclass(frozen=True, slots=True)
class Alarmed:
    """Something about the server itself went wrong, or is well again."""

    alarm: Alarm
    standing: bool


Job = Joined | Left | Asked | Withdrew | Followed | Looked | Revoked | Expected | Alarmed
