"""Notices: what a session tells its program. The program hears nothing else of the server."""

from __future__ import annotations

from msgspec import Struct

from shared.protocol.commands import Command
from shared.protocol.messages import Announcement, Welcome
from shared.protocol.replies import Refusal, Result
from shared.protocol.values import Fact
from shared.protocol.views import Table
from shared.vocabulary import ErrorCode, RequestId


class Live(Struct, frozen=True):
    """Connected and known, for the first time or again; what is subscribed follows as TableChanged."""

    welcome: Welcome


class Lost(Struct, frozen=True):
    """The connection is gone; the session comes back by itself."""

    since: float


class PairingCode(Struct, frozen=True):
    code: str
    expires_in: float


class TokenGiven(Struct, frozen=True):
    """Keep it where only this program can read it, then tell the session (`token_kept`); empty: forget the one you
    have."""

    token: str


class TurnedAway(Struct, frozen=True):
    code: ErrorCode
    facts: dict[str, Fact]


class TableChanged(Struct, frozen=True):
    stream: str
    table: Table
    put: frozenset[str]
    drop: frozenset[str]
    whole: bool
    """It came as a snapshot: every key is in `put`, what is gone in `drop`."""


class Announced(Struct, frozen=True):
    announcement: Announcement


class Answered(Struct, frozen=True):
    request: RequestId
    command: Command
    result: Result | None
    refusal: Refusal | None


class GivenUp(Struct, frozen=True):
    """No answer in time. The server is told to leave it, or to undo it where it was done."""

    request: RequestId
    command: Command


class Withdrawn(Struct, frozen=True):
    """The server knows that the request was given up: it is not done, or undone."""

    request: RequestId


Notice = Live | Lost | PairingCode | TokenGiven | TurnedAway | TableChanged | Announced | Answered | GivenUp | Withdrawn
