"""Replies: what the server answers to a request, once its effect is on the disk."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from shared.protocol.opinions import VisitFound
from shared.protocol.values import Fact, Message, Minutes, Stop
from shared.vocabulary import ErrorCode, Language, Role


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
    stops: tuple[Stop, ...] = ()
    """The path, when several services are on the number; `leg`, `ahead` and `minutes` are of the first of it."""
    service: str = ""
    """Of a booking that was checked in: what it is for. Whoever asked for a number knows."""
    booked_for: datetime | None = None
    """Of a booking that was checked in: its booked time."""
    language: Language | None = None
    """Of a booking that was checked in: what its slip is written in."""
    late: bool = False
    """It counts as a walk-in, for it came after its time and the grace."""


class Called(Message, tag="called"):
    leg: str
    ticket: str


class Placed(Message, tag="placed"):
    """Where the visitor stands now, after coming back or giving way."""

    ticket: str
    ahead: int
    minutes: Minutes | None


class Booked(Message, tag="booked"):
    """The place is kept. `key` opens its page at `url`, which is what the QR code of the confirmation holds; `code` is
    for who types. Nothing of what the visitor said about themselves is in it."""

    key: str
    code: str
    url: str
    service: str
    starts_at: datetime
    ends_at: datetime


class SignedIn(Message, tag="signed_in"):
    """From here on the connection acts for the officer; `stream` is the desk to subscribe to."""

    officer: str
    name: str
    role: Role
    counter: str
    stream: str


class Block(msgspec.Struct, frozen=True):
    """Numbers `first` to `last` of a series, both included."""

    series: str
    first: int
    last: int


class SharedHours(msgspec.Struct, frozen=True):
    """When these services take visitors on the service date: each span from its first moment until its second."""

    services: tuple[str, ...]
    spans: tuple[tuple[datetime, datetime], ...]


class Leased(Message, tag="leased"):
    """All that the kiosk needs to go on without the server until `until`: the numbers it holds and has not handed in,
    today's hours, and what its QR codes begin with."""

    service_date: date
    until: datetime
    blocks: tuple[Block, ...]
    hours: tuple[SharedHours, ...]
    follow: str


class MergedTicket(msgspec.Struct, frozen=True):
    """What became of one ticket. Refused: `not_leased`, `number_taken`, `unknown_service` or `day_over`."""

    series: str
    number: int
    refusal: ErrorCode | None = None


class Merged(Message, tag="merged"):
    """In the order in which the tickets were handed in."""

    tickets: tuple[MergedTicket, ...]


Result = Done | Issued | Called | Placed | Booked | SignedIn | Leased | Merged | VisitFound


class Refusal(msgspec.Struct, frozen=True):
    """A stable code and the facts a screen needs for its sentence (`{"opens_at": "..."}`)."""

    code: ErrorCode
    facts: dict[str, Fact] = {}
