"""What the server and the reporting process say to each other: msgpack behind four bytes of length, over pipes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from server.app.reports.packing import PackedSpan
from shared.vocabulary import Language

LENGTH = 4  # bytes


class Form(StrEnum):
    PAGE = "page"
    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    JSON = "json"


class Start(msgspec.Struct, frozen=True, tag=True):
    """The first message: it is not on a command line, because the address may hold a password."""

    database: str
    shortest_service: int
    longest: int
    """Both in microseconds."""
    separator: str
    stays: bool = False
    """It does not end when nobody asks for a while."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """Load what pages are drawn with: the next question will be one."""


class Wanted(msgspec.Struct, frozen=True, tag=True):
    form: Form
    subject: str
    """`agency:registry`; empty: everything that `agency` lets them see."""
    agency: str | None
    """Of an agency's head: nothing else is theirs."""
    preset: str
    first: str
    last: str
    language: Language
    now: datetime
    section: str = ""
    """Of a CSV file."""
    query: str = ""
    """Of the page's address, for its links."""


class Due(msgspec.Struct, frozen=True, tag=True):
    """Add up the next spans that are due."""

    today: date
    limit: int


class Drawn(msgspec.Struct, frozen=True, tag=True):
    body: bytes
    """UTF-8 where it is text."""
    name: str = ""
    """Of the file, without its ending."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    why: str
    """Of a WrongQuestionError; `section`: there is none of that name."""


class Failed(msgspec.Struct, frozen=True, tag=True):
    error: str


class AddedUp(msgspec.Struct, frozen=True, tag=True):
    spans: list[PackedSpan]


ToWorker = Start | Ready | Wanted | Due
FromWorker = Drawn | Refused | Failed | AddedUp

_encode = msgspec.msgpack.Encoder().encode
_to_worker: msgspec.msgpack.Decoder[ToWorker] = msgspec.msgpack.Decoder(ToWorker)
_from_worker: msgspec.msgpack.Decoder[FromWorker] = msgspec.msgpack.Decoder(FromWorker)


def framed(message: ToWorker | FromWorker) -> bytes:
    body = _encode(message)
    return len(body).to_bytes(LENGTH, "big") + body


def read_to_worker(body: bytes) -> ToWorker:
    return _to_worker.decode(body)


def read_from_worker(body: bytes) -> FromWorker:
    return _from_worker.decode(body)
