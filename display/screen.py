"""What the screen shows, as a pure function of what the display knows. QML draws it and decides nothing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from display import calendar
from display.board import NO_WORDS, Board, Row, newest_standing
from display.playlist import Turn
from display.speech import VoiceFault
from display.words import VOICE_FAULTS, WORDS, turned_away
from shared.vocabulary import ErrorCode, Words


class Connecting(Struct, frozen=True):
    """Started, and nothing heard yet."""


class Introducing(Struct, frozen=True):
    """The server does not know this display yet."""

    code: str


class Following(Struct, frozen=True):
    """The board is in step with the server."""


class Cut(Struct, frozen=True):
    """The server is gone; what is on the board may be old."""

    since: datetime


class Barred(Struct, frozen=True):
    """People have to act before this display can work: `code` says why; None: it has no zone."""

    code: ErrorCode | None


Tie = Connecting | Introducing | Following | Cut | Barred


class Head(Struct, frozen=True):
    site: Words = NO_WORDS
    zone: Words = NO_WORDS


class Clock(Struct, frozen=True):
    time: str = ""
    zone: str = ""
    date: Words = NO_WORDS


class Panel(Struct, frozen=True):
    """The big part. `kind`: `call` is being called now, `bulletin` said, `last` was the last one, `idle` greets."""

    kind: str = "idle"
    turn: str = ""
    ticket: str = ""
    counter: str = ""
    agency: Words = NO_WORDS
    flashing: bool = False
    text: Words = NO_WORDS


class Status(Struct, frozen=True):
    """`page`: `board`, `pairing` or `message`. `stale` greys the whole board."""

    page: str = "board"
    code: str = ""
    message: Words = NO_WORDS
    stale: bool = False
    stale_text: Words = NO_WORDS
    connected: bool = False
    connection: Words = NO_WORDS
    sound: Words = NO_WORDS


def status(tie: Tie, zone: ZoneInfo, fault: VoiceFault | None) -> Status:
    sound = VOICE_FAULTS[fault] if fault is not None else NO_WORDS
    match tie:
        case Connecting():
            return Status(connection=WORDS["connecting"], sound=sound)
        case Introducing(code=code):
            return Status(page="pairing", code=code)
        case Following():
            return Status(connected=True, connection=WORDS["connected"], sound=sound)
        case Cut(since=since):
            told = calendar.clock(since, zone)
            lost = WORDS["lostSince"]
            text = Words(lost.id.format(since=told), lost.en.format(since=told))
            return Status(stale=True, stale_text=text, connection=WORDS["connecting"], sound=sound)
        case Barred(code=code):
            return Status(page="message", message=WORDS["noZone"] if code is None else turned_away(code))


def panel(board: Board, turn: Turn | None, agency: Words, now: float) -> Panel:
    """The call whose turn it is; else, calmly, the newest that still stands at a counter; else a greeting."""
    if turn is not None:
        call = turn.announcement
        if call.text is not None:
            return Panel("bulletin", call.id, text=call.text)
        return Panel("call", call.id, call.ticket, call.counter, agency, flashing=now < turn.flash_until)
    row = newest_standing(board)
    if row is None:
        return Panel()
    return Panel("last", "", row.ticket, row.counter, row.agency)


def clock(now: datetime, zone: ZoneInfo) -> Clock:
    return Clock(calendar.clock(now, zone), calendar.zone_name(now, zone), calendar.date(now, zone))


def notices(board: Board, *, english: bool) -> tuple[str, ...]:
    """The running text, each notice in the site's languages; none twice, none empty."""
    said = [text for words in board.ticker for text in ((words.id, words.en) if english else (words.id,))]
    return tuple(text for text in dict.fromkeys(said) if text)


def row_fields(row: Row) -> dict[str, object]:
    return {
        "leg": row.leg,
        "ticket": row.ticket,
        "counter": row.counter,
        "agency": row.agency.id,
        "standing": row.standing,
        "flashing": row.flashing,
    }


ROW_FIELDS = tuple(row_fields(Row("", "", "", NO_WORDS, False, False)))
