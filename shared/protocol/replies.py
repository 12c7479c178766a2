"""Replies: what the server answers to a request, once its effect is on the disk."""

from __future__ import annotations

from datetime import datetime

import msgspec

from shared.protocol.values import Fact, Message, Minutes
from shared.vocabulary import ErrorCode, Role


class Done(Message, tag="done"):
    """It is done; what changed comes on the streams."""


class Issued(Message, tag="issued"):
    """The number. `key` opens the phone page at `url`, which is what the slip's QR code holds."""

    visit: str
    leg: str
    ticket: str
    ahead: int
    minutes: Minutes | None
    """None when no counter of the service is open yet."""
    key: str
    url: str
    issued_at: datetime


class Called(Message, tag="called"):
    leg: str
    ticket: str


class SignedIn(Message, tag="signed_in"):
    """From here on the connection acts for the officer; `stream` is the desk to subscribe to."""

    officer: str
    name: str
    role: Role
    counter: str
    stream: str


Result = Done | Issued | Called | SignedIn


class Refusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stable code and the facts a screen needs for its sentence (`{"opens_at": "..."}`)."""

    code: ErrorCode
    facts: dict[str, Fact] = {}
