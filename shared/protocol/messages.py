"""Frames: what travels on the socket, in both directions."""

from __future__ import annotations

from datetime import datetime

import msgspec

from shared.protocol.commands import Command
from shared.protocol.replies import Refusal, Result
from shared.protocol.values import Asked, Fact, Id, Message, ShortText
from shared.protocol.views import Item
from shared.vocabulary import ErrorCode, Language, Program, Words

# --- from a program to the server ---


class Hello(Asked, tag="hello"):
    """The first frame. Without a `token` the server answers `Pairing` and waits for an administrator."""

    protocol: int
    program: Program
    release: ShortText
    installation: Id
    """Made once by the program and kept: two programs that wait for approval are told apart by it."""
    token: str = ""
    proof: str = ""
    """Made once by the program, shown nowhere: an approval is handed only to whoever says the same as at asking."""


class Request(Asked, tag="request"):
    """Ask for a command. The same id always gets the same reply; with another body it is REQUEST_REUSED."""

    id: Id
    command: Command


class Withdraw(Asked, tag="withdraw"):
    """The program has given this request up: if it was not done yet, it shall not be (answered by its `Reply`)."""

    id: Id


class Subscribe(Asked, tag="subscribe"):
    """Follow a stream from a snapshot on; asking again is the whole recovery from a gap."""

    stream: Id


ClientMessage = Hello | Request | Withdraw | Subscribe

# --- from the server to a program ---


class SiteInfo(msgspec.Struct, frozen=True):
    id: str
    name: Words
    time_zone: str
    """IANA name; only screens convert."""
    languages: tuple[Language, ...]
    most_stops: int = 1
    """How many services one number may have."""
    ticket_text: Words | None = None
    """The last line of every slip; a kiosk takes another one with its next connection."""
    book_at: str = ""
    """Where everybody can book a time, `http(s)://host/book`; empty where no public address is set."""


class Welcome(Message, tag="welcome"):
    """The device is known. `now` is the server's clock: programs show that one, not their own."""

    protocol: int
    release: str
    device: str
    name: str
    zone: str | None
    site: SiteInfo
    now: datetime


class Pairing(Message, tag="pairing"):
    """The device is not known yet: show this code until an administrator approves it."""

    code: str
    expires_in: float
    """Seconds; then the server sends a new code."""


class Introduced(Message, tag="introduced"):
    """Keep the token (file mode 0600). After a `Pairing`: the device was approved, `Welcome` follows. To a device that
    showed a token: its next one; once it is on the disk, say `Hello` again with it. Until then the old one is good."""

    token: str


class Refused(Message, tag="refused"):
    """The connection ends here, and why."""

    code: ErrorCode
    facts: dict[str, Fact] = {}


class Snapshot(Message, tag="snapshot"):
    stream: str
    rev: int
    table: dict[str, Item]


class Delta(Message, tag="delta"):
    """Follows `rev - 1`; anything else is a gap: subscribe again."""

    stream: str
    rev: int
    put: dict[str, Item] = {}
    drop: tuple[str, ...] = ()


class Announcement(Message, tag="announcement"):
    """Speak and flash one call, or say one bulletin. Not state: never repeated by a reconnect; worthless after
    `lifetime` seconds."""

    id: str
    zone: str
    leg: str
    ticket: str
    counter: str
    languages: tuple[Language, ...]
    """In the order in which they are spoken."""
    again: bool
    """A recall."""
    lifetime: float
    text: Words | None = None
    """Of a bulletin: say and show this; ticket and counter are empty, and `leg` is the bulletin's id."""


class Reply(Message, tag="reply"):
    """Exactly one of `result` and `refusal` is there."""

    id: str
    result: Result | None = None
    refusal: Refusal | None = None
    replayed: bool = False


ServerMessage = Welcome | Pairing | Introduced | Refused | Snapshot | Delta | Announcement | Reply
