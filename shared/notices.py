"""Notices: what a session tells its program. The program hears nothing else of the server."""

from __future__ import annotations

from dataclasses import dataclass

from shared.protocol.commands import Command
from shared.protocol.messages import Announcement, Welcome
from shared.protocol.replies import Refusal, Result
from shared.protocol.values import Fact
from shared.protocol.views import Table
from shared.vocabulary import ErrorCode, RequestId


@dataclass(frozen=True, slots=True)
class Live:
    """Connected and known, for the first time or again; what is subscribed follows as TableChanged."""

    welcome: Welcome


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is gone; the session comes back by itself."""

    since: float


@dataclass(frozen=True, slots=True)
class PairingCode:
    code: str
    expires_in: float


@dataclass(frozen=True, slots=True)
class TokenGiven:
    """Keep it where only this program can read it, then tell the session (`token_kept`); empty: forget the one you
    have."""

    token: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    code: ErrorCode
    facts: dict[str, Fact]


@dataclass(frozen=True, slots=True)
class TableChanged:
    stream: str
    table: Table
    put: frozenset[str]
    drop: frozenset[str]
    whole: bool
    """It came as a snapshot: every key is in `put`, what is gone in `drop`."""


@dataclass(frozen=True, slots=True)
class Announced:
    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Answered:
    request: RequestId
    command: Command
    result: Result | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class GivenUp:
    """No answer in time. The server is told to leave it, or to undo it where it was done."""

    request: RequestId
    command: Command


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The server knows that the request was given up: it is not done, or undone."""

    request: RequestId


Notice = Live | Lost | PairingCode | TokenGiven | TurnedAway | TableChanged | Announced | Answered | GivenUp | Withdrawn
