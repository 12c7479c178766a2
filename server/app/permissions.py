"""Who may do what, follow what, and use which address: three tables, asked on every path. No row: refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from server.app.sessions import Session
from shared.protocol import commands as c
from shared.protocol import steering as s
from shared.protocol.commands import Command
from shared.vocabulary import Program, Role

_SEATED = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.AGENCY_HEAD, Role.ADMINISTRATOR})
_FLOOR = frozenset({Role.SUPERVISOR, Role.AGENCY_HEAD, Role.ADMINISTRATOR})  # a head: `server.app.scope`
_KIOSK = frozenset({Role.KIOSK})
_DISPLAY = frozenset({Role.DISPLAY})

MAY_ASK: Mapping[type[Command], frozenset[Role]] = {
    c.IssueTicket: _KIOSK,
    c.CheckIn: _KIOSK,
    c.ReportPrint: _KIOSK,
    c.ReportPrinter: _KIOSK,
    c.LeaseNumbers: _KIOSK,
    c.MergeTickets: _KIOSK,
    c.SignIn: _SEATED | {Role.COUNTER},
    c.SignOut: _SEATED,
    c.OpenCounter: _SEATED,
    c.PauseCounter: _SEATED,
    c.CloseCounter: _SEATED,
    c.CallNext: _SEATED,
    c.CallTicket: _SEATED,
    c.Recall: _SEATED,
    c.Serve: _SEATED,
    c.Finish: _SEATED,
    c.Park: _SEATED,
    c.Resume: _SEATED,
    c.Transfer: _SEATED,
    c.AddStop: _SEATED,
    c.MarkMissed: _SEATED,
    c.Return: _SEATED,
    c.Cancel: _SEATED,
    c.Acknowledge: _DISPLAY,
    c.ReportVoice: _DISPLAY,
    c.CancelOwnVisit: frozenset({Role.VISITOR}),
    c.GiveWay: frozenset({Role.VISITOR}),
    c.ComeBack: _KIOSK | {Role.VISITOR},
    s.MoveVisit: _FLOOR,
    s.CallOff: _FLOOR,
    s.Reprioritise: _FLOOR,
    s.Reopen: _FLOOR,
    s.CloseService: _FLOOR,
    s.OpenService: _FLOOR,
    s.StandCounter: _FLOOR,
    s.GiveBulletin: _FLOOR,
    s.EndBulletin: _FLOOR,
    s.CloseDay: _FLOOR,
    s.AcknowledgeAlert: _FLOOR,
    c.Book: frozenset({Role.VISITOR}),
    c.ChangeBooking: frozenset({Role.VISITOR}),
    c.CancelBooking: frozenset({Role.VISITOR}),
}


class Family(StrEnum):
    """The kinds of streams; what follows the colon names one of them."""

    KIOSK = "kiosk"
    BOARD = "board"
    COUNTERS = "counters"
    DESK = "desk"
    VISIT = "visit"


MAY_FOLLOW: Mapping[Family, frozenset[Role]] = {
    Family.KIOSK: _KIOSK,
    Family.BOARD: _DISPLAY,
    Family.COUNTERS: _SEATED | {Role.COUNTER},
    Family.DESK: _SEATED,
    Family.VISIT: frozenset({Role.VISITOR}),
}

ROLE_OF: Mapping[Program, Role] = {
    Program.KIOSK: Role.KIOSK,
    Program.COUNTER: Role.COUNTER,
    Program.DISPLAY: Role.DISPLAY,
}


class Proof(StrEnum):
    """What whoever uses an address must show. Instead of one of these, a row may name roles: then it is a page for
    people who signed in with one of them (`server.net.doorkeeper`)."""

    NOTHING = "nothing"
    """Anybody may read it: there is nothing personal in it."""
    KEY = "key"
    """The key of one visit, which stands in the address: a visitor, for that visit alone."""
    TOKEN = "token"  # noqa: S105 - the name of one
    """A device's token, in the first frame: what it may do then is in the two tables above."""


SOCKET = "SOCKET"  # stands where another address has its method

SIGNED_IN = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.AGENCY_HEAD, Role.ADMINISTRATOR, Role.AUDITOR})
"""Everybody who may sign in to the pages."""

MAY_USE: Mapping[tuple[str, str], Proof | frozenset[Role]] = {
    ("GET", "/health"): Proof.NOTHING,
    ("GET", "/metrics"): Proof.NOTHING,
    ("GET", "/authority.pem"): Proof.NOTHING,
    ("GET", "/api/site"): Proof.NOTHING,
    ("GET", "/api/services"): Proof.NOTHING,
    ("GET", "/api/lines"): Proof.NOTHING,
    ("GET", "/api/boards/{zone}"): Proof.NOTHING,
    ("GET", "/static/phone"): Proof.NOTHING,
    ("GET", "/"): Proof.NOTHING,
    ("GET", "/static/house"): Proof.NOTHING,
    ("GET", "/sign-in"): Proof.NOTHING,
    ("POST", "/sign-in"): Proof.NOTHING,
    ("POST", "/sign-out"): SIGNED_IN,
    ("GET", "/account"): SIGNED_IN,
    ("POST", "/account/password"): SIGNED_IN,
    ("POST", "/account/end-others"): SIGNED_IN,
    ("GET", "/v/{key}"): Proof.KEY,
    ("POST", "/v/{key}/cancel"): Proof.KEY,
    ("POST", "/v/{key}/come-back"): Proof.KEY,
    ("POST", "/v/{key}/give-way"): Proof.KEY,
    (SOCKET, "/v/{key}/live"): Proof.KEY,
    ("GET", "/v/{rest:path}"): Proof.KEY,  # never a right one: the answer is that of a wrong key
    (SOCKET, "/socket"): Proof.TOKEN,
}


def may_ask(role: Role, command: Command) -> bool:
    return role in MAY_ASK.get(type(command), frozenset())


def may_follow(session: Session, stream: str) -> bool:
    """Whether the session may see the stream: its role, and of boards, desks and visits only its own."""
    family, name = split(stream)
    if family is None or session.role not in MAY_FOLLOW[family]:
        return False
    match family:
        case Family.KIOSK | Family.COUNTERS:
            return True
        case Family.BOARD:
            return session.zone is not None and name == session.zone
        case Family.DESK:
            return session.seat is not None and name == session.seat.counter
        case Family.VISIT:
            return session.key is not None and name == session.key


def split(stream: str) -> tuple[Family | None, str]:
    """`desk:c3` is (DESK, "c3"); no family for anything that is not a stream."""
    head, colon, name = stream.partition(":")
    try:
        family = Family(head)
    except ValueError:
        return None, ""
    single = family in (Family.KIOSK, Family.COUNTERS)
    return (family, name) if bool(colon) is not single and bool(name) is not single else (None, "")
