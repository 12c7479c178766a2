"""Who may do what, follow what, and use which address: three tables, asked on every path. No row: refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from server.app.sessions import Session
from shared.protocol import commands as c
from shared.protocol import opinions as o
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
    o.FindVisit: _KIOSK,
    o.AnswerSurvey: _KIOSK,
    o.RateService: _KIOSK,
    c.ReportPrint: _KIOSK,
    c.ReportPrinter: _KIOSK,
    c.LeaseNumbers: _KIOSK,
    c.MergeTickets: _KIOSK,
    c.SignIn: _SEATED | {Role.COUNTER},
    c.SignOut: _SEATED,
    c.OpenCounter: _SEATED,
    c.PauseCounter: _SEATED,
    c.AnnouncePause: _SEATED,
    c.CallOffPause: _SEATED,
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
    s.AnnounceCounterPause: _FLOOR,
    s.CallOffCounterPause: _FLOOR,
    s.GiveBulletin: _FLOOR,
    s.EndBulletin: _FLOOR,
    s.CloseDay: _FLOOR,
    s.AcknowledgeAlert: _FLOOR,
    # A kiosk's role, for another system with a key: the program at the wall is refused by the verbs.
    c.Book: _KIOSK | {Role.VISITOR},
    c.ChangeBooking: _KIOSK | {Role.VISITOR},
    c.CancelBooking: _KIOSK | {Role.VISITOR},
}


class Family(StrEnum):
    """The kinds of streams; what follows the colon names one of them."""

    KIOSK = "kiosk"
    BOARD = "board"
    COUNTERS = "counters"
    DESK = "desk"
    VISIT = "visit"
    FLOOR = "floor"
    """`floor` is the whole hall's, `floor:<agency>` an agency's."""
    CASE = "case"
    """What the pages look at once; nobody follows it."""


MAY_FOLLOW: Mapping[Family, frozenset[Role]] = {
    Family.KIOSK: _KIOSK,
    Family.BOARD: _DISPLAY,
    Family.COUNTERS: _SEATED | {Role.COUNTER},
    Family.DESK: _SEATED,
    Family.VISIT: frozenset({Role.VISITOR}),
    Family.FLOOR: _FLOOR,
    Family.CASE: frozenset(),
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
    SETUP_CODE = "setup_code"
    """The code from the console of a server that has no hall yet; once there is one, these addresses are gone."""
    TOKEN = "token"  # noqa: S105 - the name of one
    """A device's token, in the first frame: what it may do then is in the two tables above."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """An API key with one of these roles, in the header `Authorization`: never in an address, never in a cookie."""

    roles: frozenset[Role]


_OVERSEERS = frozenset({Role.SUPERVISOR, Role.AGENCY_HEAD, Role.ADMINISTRATOR})
_READERS = Bearer(_OVERSEERS | {Role.OFFICER, Role.AUDITOR})
_OF_RESULTS = Bearer(_OVERSEERS | {Role.AUDITOR})
_OF_RECORD = Bearer(frozenset({Role.AUDITOR, Role.ADMINISTRATOR}))
_DESKS = Bearer(_OVERSEERS | {Role.OFFICER})
_AT_COUNTER = "/api/v1/counters/{counter}"


def _who_may(command: type[Command]) -> Bearer:
    """A command by key is for whom it is for in any case."""
    return Bearer(MAY_ASK[command])


_API: Mapping[tuple[str, str], Proof | Bearer] = {
    ("GET", "/api/v1/openapi.json"): Proof.NOTHING,
    ("GET", "/api/v1/site"): Proof.NOTHING,
    ("GET", "/api/v1/agencies"): Proof.NOTHING,
    ("GET", "/api/v1/services"): Proof.NOTHING,
    ("GET", "/api/v1/services/{service}"): Proof.NOTHING,
    ("GET", "/api/v1/services/{service}/slots"): Proof.NOTHING,
    ("GET", "/api/v1/lines"): Proof.NOTHING,
    ("GET", "/api/v1/counters"): Proof.NOTHING,
    ("GET", "/api/v1/boards/{zone}"): Proof.NOTHING,
    ("GET", f"{_AT_COUNTER}/desk"): _DESKS,
    ("GET", "/api/v1/visits"): _READERS,
    ("GET", "/api/v1/visits/{visit}"): _READERS,
    ("GET", "/api/v1/visits/{visit}/history"): _READERS,
    ("GET", "/api/v1/history"): _READERS,
    ("GET", "/api/v1/events"): _READERS,
    ("GET", "/api/v1/public/waiting"): Proof.NOTHING,
    ("GET", "/api/v1/audit"): _OF_RECORD,
    ("POST", "/api/v1/visits"): _who_may(c.IssueTicket),
    ("GET", "/api/v1/bookings/{booking}"): _who_may(c.Book),
    ("POST", "/api/v1/bookings"): _who_may(c.Book),
    ("POST", "/api/v1/bookings/change"): _who_may(c.ChangeBooking),
    ("POST", "/api/v1/bookings/cancel"): _who_may(c.CancelBooking),
    ("POST", "/api/v1/check-ins"): _who_may(c.CheckIn),
    ("POST", "/api/v1/visits/{visit}/print-reports"): _who_may(c.ReportPrint),
    ("POST", f"{_AT_COUNTER}/sign-in"): _who_may(c.SignIn),
    ("POST", f"{_AT_COUNTER}/sign-out"): _who_may(c.SignOut),
    ("POST", f"{_AT_COUNTER}/open"): _who_may(c.OpenCounter),
    ("POST", f"{_AT_COUNTER}/pause"): _who_may(c.PauseCounter),
    ("POST", f"{_AT_COUNTER}/announce-pause"): _who_may(c.AnnouncePause),
    ("POST", f"{_AT_COUNTER}/call-off-pause"): _who_may(c.CallOffPause),
    ("POST", f"{_AT_COUNTER}/close"): _who_may(c.CloseCounter),
    ("POST", f"{_AT_COUNTER}/call-next"): _who_may(c.CallNext),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/call"): _who_may(c.CallTicket),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/recall"): _who_may(c.Recall),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/serve"): _who_may(c.Serve),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/finish"): _who_may(c.Finish),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/park"): _who_may(c.Park),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/resume"): _who_may(c.Resume),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/transfer"): _who_may(c.Transfer),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/add-stop"): _who_may(c.AddStop),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/mark-missed"): _who_may(c.MarkMissed),
    ("POST", f"{_AT_COUNTER}/legs/{{leg}}/return"): _who_may(c.Return),
    ("POST", f"{_AT_COUNTER}/visits/{{visit}}/cancel"): _who_may(c.Cancel),
    ("GET", "/api/v1/report"): _OF_RESULTS,
    ("GET", "/api/v1/index"): _OF_RESULTS,
    ("GET", "/api/v1/forecasts"): _OF_RESULTS,
    ("GET", "/api/v1/public/index"): Proof.NOTHING,
    ("GET", "/api/v1/catalogue"): Bearer(frozenset({Role.ADMINISTRATOR})),
    ("GET", "/api/v1/catalogue/versions"): _OF_RECORD,
    ("GET", "/api/v1/floor"): Bearer(_FLOOR),
    ("GET", "/api/v1/floor/lines/{service}"): Bearer(_FLOOR),
    ("POST", "/api/v1/floor/legs/{leg}/move"): _who_may(s.MoveVisit),
    ("POST", "/api/v1/floor/legs/{leg}/reopen"): _who_may(s.Reopen),
    ("POST", "/api/v1/floor/visits/{visit}/call-off"): _who_may(s.CallOff),
    ("POST", "/api/v1/floor/visits/{visit}/reprioritise"): _who_may(s.Reprioritise),
    ("POST", "/api/v1/floor/services/{service}/close"): _who_may(s.CloseService),
    ("POST", "/api/v1/floor/services/{service}/open"): _who_may(s.OpenService),
    ("POST", "/api/v1/floor/counters/{counter}/stand"): _who_may(s.StandCounter),
    ("POST", "/api/v1/floor/counters/{counter}/announce-pause"): _who_may(s.AnnounceCounterPause),
    ("POST", "/api/v1/floor/counters/{counter}/call-off-pause"): _who_may(s.CallOffCounterPause),
    ("POST", "/api/v1/floor/bulletins"): _who_may(s.GiveBulletin),
    ("POST", "/api/v1/floor/bulletins/{bulletin}/end"): _who_may(s.EndBulletin),
    ("POST", "/api/v1/floor/alerts/{alert}/acknowledge"): _who_may(s.AcknowledgeAlert),
    ("POST", "/api/v1/floor/close-day"): _who_may(s.CloseDay),
}

SOCKET = "SOCKET"  # stands where another address has its method

_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_SETTING_UP = _ADMINISTRATOR | {Role.AGENCY_HEAD}
_LOOKING_BACK = _ADMINISTRATOR | {Role.AUDITOR}
_SEEING_SETUP = _SETTING_UP | {Role.AUDITOR}

SIGNED_IN = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.AGENCY_HEAD, Role.ADMINISTRATOR, Role.AUDITOR})
"""Everybody who may sign in to the pages."""

_READS_RESULTS = frozenset({Role.SUPERVISOR, Role.AGENCY_HEAD, Role.ADMINISTRATOR, Role.AUDITOR})
"""Who reads what visitors said; an agency's head only of the own agency."""

MAY_USE: Mapping[tuple[str, str], Proof | frozenset[Role] | Bearer] = {
    **_API,
    ("GET", "/health"): Proof.NOTHING,
    ("GET", "/metrics"): Proof.NOTHING,
    ("GET", "/authority.pem"): Proof.NOTHING,
    ("GET", "/api"): Proof.NOTHING,
    ("GET", "/static/api"): Proof.NOTHING,
    ("GET", "/api/site"): Proof.NOTHING,
    ("GET", "/api/services"): Proof.NOTHING,
    ("GET", "/api/lines"): Proof.NOTHING,
    ("GET", "/api/boards/{zone}"): Proof.NOTHING,
    ("GET", "/static/phone"): Proof.NOTHING,
    ("GET", "/"): Proof.NOTHING,
    ("GET", "/static/house"): Proof.NOTHING,
    ("GET", "/sign-in"): Proof.NOTHING,
    ("POST", "/sign-in"): Proof.NOTHING,
    ("GET", "/audit"): frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    ("GET", "/audit/ticket"): SIGNED_IN - {Role.OFFICER},
    ("POST", "/sign-out"): SIGNED_IN,
    ("GET", "/account"): SIGNED_IN,
    ("POST", "/account/password"): SIGNED_IN,
    ("POST", "/account/end-others"): SIGNED_IN,
    ("GET", "/setup"): Proof.NOTHING,
    ("POST", "/setup"): Proof.NOTHING,
    ("GET", "/setup/hall"): Proof.SETUP_CODE,
    ("POST", "/setup/hall"): Proof.SETUP_CODE,
    ("GET", "/setup/offer"): Proof.SETUP_CODE,
    ("POST", "/setup/offer"): Proof.SETUP_CODE,
    ("GET", "/setup/hours"): Proof.SETUP_CODE,
    ("POST", "/setup/hours"): Proof.SETUP_CODE,
    ("GET", "/setup/person"): Proof.SETUP_CODE,
    ("POST", "/setup/person"): Proof.SETUP_CODE,
    ("GET", "/setup/check"): Proof.SETUP_CODE,
    ("POST", "/setup/check"): Proof.SETUP_CODE,
    ("GET", "/static/setup"): Proof.NOTHING,
    ("GET", "/static/admin"): Proof.NOTHING,
    ("GET", "/admin"): _SEEING_SETUP,
    ("GET", "/admin/start"): _ADMINISTRATOR,
    ("GET", "/admin/changes"): _SETTING_UP,
    ("POST", "/admin/changes/publish"): _ADMINISTRATOR,
    ("POST", "/admin/changes/discard"): _ADMINISTRATOR,
    ("GET", "/admin/history"): _LOOKING_BACK,
    ("GET", "/admin/history/{version}"): _LOOKING_BACK,
    ("POST", "/admin/history/{version}/revert"): _ADMINISTRATOR,
    ("GET", "/admin/exchange"): _ADMINISTRATOR,
    ("POST", "/admin/exchange"): _ADMINISTRATOR,
    ("GET", "/admin/exchange/catalogue.toml"): _ADMINISTRATOR,
    ("GET", "/admin/exchange/catalogue.xlsx"): _ADMINISTRATOR,
    ("GET", "/admin/devices"): _ADMINISTRATOR,
    ("POST", "/admin/devices/approve"): _ADMINISTRATOR,
    ("GET", "/admin/devices/revoke"): _ADMINISTRATOR,
    ("POST", "/admin/devices/revoke"): _ADMINISTRATOR,
    ("GET", "/admin/keys"): _ADMINISTRATOR,
    ("POST", "/admin/keys"): _ADMINISTRATOR,
    ("POST", "/admin/keys/revoke"): _ADMINISTRATOR,
    ("GET", "/admin/data"): _ADMINISTRATOR,
    ("POST", "/admin/data/person"): _ADMINISTRATOR,
    ("POST", "/admin/data/erase"): _ADMINISTRATOR,
    ("POST", "/admin/officer/pin"): _SETTING_UP,
    ("POST", "/admin/officer/password"): _ADMINISTRATOR,
    # what of the catalogue somebody may change is the rule of server/app/catalogue_editing/rights
    ("GET", "/admin/{kind}"): _SETTING_UP,
    ("GET", "/admin/{kind}/new"): _SETTING_UP,
    ("POST", "/admin/{kind}/new"): _SETTING_UP,
    ("GET", "/admin/{kind}/edit"): _SETTING_UP,
    ("POST", "/admin/{kind}/edit"): _SETTING_UP,
    ("GET", "/admin/{kind}/remove"): _SETTING_UP,
    ("POST", "/admin/{kind}/remove"): _SETTING_UP,
    ("POST", "/admin/{kind}/move"): _SETTING_UP,
    ("GET", "/floor"): _FLOOR,
    ("GET", "/floor/live"): _FLOOR,
    ("GET", "/floor/agency/{agency}"): _FLOOR,
    ("GET", "/floor/line/{service}"): _FLOOR,
    ("GET", "/floor/counter/{counter}"): _FLOOR,
    ("GET", "/floor/visit"): _FLOOR,
    ("GET", "/floor/announce"): _FLOOR,
    ("GET", "/floor/day"): _FLOOR,
    ("POST", "/floor/do/{act}"): _FLOOR,
    ("GET", "/static/floor"): Proof.NOTHING,
    ("GET", "/static/reports"): Proof.NOTHING,
    ("GET", "/reports"): _READS_RESULTS,
    ("GET", "/reports/file/{form}"): _READS_RESULTS,
    ("GET", "/book"): Proof.NOTHING,
    ("GET", "/book/{service}"): Proof.NOTHING,
    ("GET", "/book/{service}/{slot}"): Proof.NOTHING,
    ("POST", "/book/{service}/{slot}"): Proof.NOTHING,
    ("GET", "/static/booking"): Proof.NOTHING,
    ("GET", "/b/{key}"): Proof.KEY,
    ("GET", "/b/{key}/change"): Proof.KEY,
    ("POST", "/b/{key}/change"): Proof.KEY,
    ("POST", "/b/{key}/cancel"): Proof.KEY,
    ("GET", "/b/{key}/state"): Proof.KEY,
    ("GET", "/b/{key}/booking.pdf"): Proof.KEY,
    ("GET", "/b/{key}/booking.png"): Proof.KEY,
    ("GET", "/b/{key}/qr.png"): Proof.KEY,
    ("GET", "/b/{key}/booking.ics"): Proof.KEY,
    ("GET", "/v/{key}"): Proof.KEY,
    ("POST", "/v/{key}/cancel"): Proof.KEY,
    ("POST", "/v/{key}/come-back"): Proof.KEY,
    ("POST", "/v/{key}/give-way"): Proof.KEY,
    (SOCKET, "/v/{key}/live"): Proof.KEY,
    ("GET", "/v/{key}/survey"): Proof.KEY,
    ("POST", "/v/{key}/survey"): Proof.KEY,
    ("POST", "/v/{key}/rate"): Proof.KEY,
    ("GET", "/s/{counter}"): Proof.NOTHING,
    ("POST", "/s/{counter}"): Proof.NOTHING,  # what it keeps, it keeps of a ticket that was served there today
    ("GET", "/static/survey"): Proof.NOTHING,
    ("GET", "/ikm"): Proof.NOTHING,
    ("GET", "/ikm/published/{number}"): Proof.NOTHING,
    ("GET", "/ikm/published/{number}/sheet.pdf"): Proof.NOTHING,
    ("GET", "/static/ikm"): Proof.NOTHING,
    ("GET", "/ikm/report"): _READS_RESULTS,
    ("GET", "/ikm/report/sheet.pdf"): _READS_RESULTS,
    ("GET", "/ikm/report/answers.xlsx"): _READS_RESULTS,
    ("GET", "/ikm/report/codes"): _READS_RESULTS,
    ("POST", "/ikm/report/publish"): frozenset({Role.ADMINISTRATOR}),
    ("GET", "/v/{rest:path}"): Proof.KEY,  # never a right one: the answer is that of a wrong key
    (SOCKET, "/socket"): Proof.TOKEN,
}


_FAMILIES = {family.value: family for family in Family}


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
        case Family.CASE:
            return False
        case Family.FLOOR:  # of people on the pages alone: a head, or anybody with an agency, the own one
            return session.person is not None and name == (session.agency or "") and _has_scope(session)


def _has_scope(session: Session) -> bool:
    return session.role is not Role.AGENCY_HEAD or session.agency is not None


def split(stream: str) -> tuple[Family | None, str]:
    """`desk:c3` is (DESK, "c3"); no family for anything that is not a stream."""
    head, colon, name = stream.partition(":")
    family = _FAMILIES.get(head)
    if family is None:
        return None, ""
    if family is Family.FLOOR:
        return (family, name) if bool(colon) is bool(name) else (None, "")
    single = family in (Family.KIOSK, Family.COUNTERS)
    return (family, name) if bool(colon) is not single and bool(name) is not single else (None, "")
