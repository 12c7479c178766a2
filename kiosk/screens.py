"""What each page shows: a pure function of the kiosk's state, the site's clock and the shape of the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import TypeVar
from zoneinfo import ZoneInfo

from kiosk import wording
from kiosk.catalogue_view import gives_numbers
from kiosk.patience import asks_again, seconds_left
from kiosk.search import search
from kiosk.states import (
    AskingPriority,
    Choosing,
    ChoosingAgency,
    ChoosingService,
    Cooldown,
    Disconnected,
    Idle,
    Issuing,
    Kiosk,
    NoAnswer,
    Page,
    Pairing,
    Printing,
    ReadingService,
    Refused,
    Searching,
    ShowNumber,
    StaffMenu,
    StaffPin,
    Starting,
    TakeTicket,
    Ticket,
    TurnedAway,
)
from kiosk.words import NEEDS, PRINTER, refusal, say
from shared.protocol.views import LineItem, ServiceItem
from shared.vocabulary import Language, PrintState

T = TypeVar("T")


class Shape(StrEnum):
    """A standing 1080 x 1920 screen, or a lying 1280 x 800 one."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


# How many fit without scrolling: a visitor who does not know screens does not know that lists can be pushed.
AGENCIES = {Shape.PORTRAIT: 14, Shape.LANDSCAPE: 12}
SERVICES = {Shape.PORTRAIT: 7, Shape.LANDSCAPE: 8}
FOUND = {Shape.PORTRAIT: 6, Shape.LANDSCAPE: 6}
REQUIREMENTS = {Shape.PORTRAIT: 7, Shape.LANDSCAPE: 6}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is not the kiosk's state: the wall clock (UTC), the site's zone, the shape of the window."""

    now: datetime
    zone: ZoneInfo
    shape: Shape


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page."""

    page: str
    site: str
    clock: str
    day: str
    language: str
    large: bool
    can_go_back: bool
    can_start_over: bool
    can_switch: bool
    paper_notice: str
    """What to expect of a printer that cannot print; in both languages while none is chosen."""
    asks_again: bool
    """The visitor may have left: "Masih di sana?" with the seconds."""
    seconds: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the idle page says, in one language."""

    language: str
    name: str
    welcome: str
    headline: str
    begin: str
    hours: str


@dataclass(frozen=True, slots=True)
class IdleScreen:
    """Both languages at once: none is chosen yet."""

    open: bool = True
    indonesian: Invitation = Invitation("id", "", "", "", "", "")
    english: Invitation = Invitation("en", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Tile:
    id: str
    name: str
    short: str
    detail: str
    open: bool


@dataclass(frozen=True, slots=True)
class Turns:
    """Where in a list of several screenfuls."""

    text: str = ""
    previous: bool = False
    next: bool = False


@dataclass(frozen=True, slots=True)
class AgenciesScreen:
    tiles: tuple[Tile, ...] = ()
    turns: Turns = Turns()


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    name: str
    under: str
    detail: str
    open: bool


@dataclass(frozen=True, slots=True)
class ServicesScreen:
    agency: str = ""
    rows: tuple[Row, ...] = ()
    turns: Turns = Turns()


@dataclass(frozen=True, slots=True)
class SearchScreen:
    query: str = ""
    rows: tuple[Row, ...] = ()
    nothing: bool = False
    """Something was typed and no service matches."""


@dataclass(frozen=True, slots=True)
class ServiceScreen:
    name: str = ""
    agency: str = ""
    requirements: tuple[str, ...] = ()
    more: str = ""
    fee: str = ""
    standard: str = ""
    ahead: str = ""
    estimate: str = ""
    open: bool = False
    closed: str = ""


@dataclass(frozen=True, slots=True)
class NeedRow:
    id: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class PriorityScreen:
    service: str = ""
    needs: tuple[NeedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberScreen:
    """The number; `paper` says where to find it, `qr` is the text of the code when the screen shows it."""

    ticket: str = ""
    service: str = ""
    agency: str = ""
    ahead: str = ""
    estimate: str = ""
    paper: bool = True
    headline: str = ""
    note: str = ""
    qr: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class MessageScreen:
    """One thing to know: a wait, a refusal, a fault."""

    title: str = ""
    text: str = ""
    tone: str = "calm"
    """`calm`, `busy` (something moves), `sorry`."""
    seconds: int = -1
    """Counted down in large figures; -1: nothing to count."""
    button: bool = False


@dataclass(frozen=True, slots=True)
class PairingScreen:
    code: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PinScreen:
    dots: int = 0
    note: str = ""
    ready: bool = True


@dataclass(frozen=True, slots=True)
class Slip:
    visit: str
    ticket: str
    detail: str


@dataclass(frozen=True, slots=True)
class StaffScreen:
    printer: str = ""
    printer_well: bool = True
    slips: tuple[Slip, ...] = ()


Screen = (
    IdleScreen
    | AgenciesScreen
    | ServicesScreen
    | SearchScreen
    | ServiceScreen
    | PriorityScreen
    | NumberScreen
    | MessageScreen
    | PairingScreen
    | PinScreen
    | StaffScreen
)

EMPTY: dict[str, Screen] = {
    "idle": IdleScreen(),
    "agencies": AgenciesScreen(),
    "services": ServicesScreen(),
    "search": SearchScreen(),
    "service": ServiceScreen(),
    "priority": PriorityScreen(),
    "number": NumberScreen(),
    "message": MessageScreen(),
    "pairing": PairingScreen(),
    "pin": PinScreen(),
    "staff": StaffScreen(),
}
"""Every page by its name, before it was ever shown: QML binds to its fields from the start."""


def page_name(page: Page) -> str:
    match page:
        case Idle():
            return "idle"
        case ChoosingAgency():
            return "agencies"
        case Searching():
            return "search"
        case ChoosingService():
            return "services"
        case ReadingService():
            return "service"
        case AskingPriority():
            return "priority"
        case TakeTicket() | ShowNumber():
            return "number"
        case Pairing():
            return "pairing"
        case StaffPin():
            return "pin"
        case StaffMenu():
            return "staff"
        case Starting() | TurnedAway() | Issuing() | Printing() | Refused() | NoAnswer() | Cooldown() | Disconnected():
            return "message"


def frame(kiosk: Kiosk, around: Surroundings, now: float) -> Frame:
    page = kiosk.page
    left = seconds_left(kiosk, now)
    choosing = isinstance(page, Choosing)
    asking = asks_again(kiosk, now)
    return Frame(
        page=page_name(page),
        site=kiosk.site.name.in_(kiosk.language) if kiosk.site else "",
        clock=wording.clock(around.now, around.zone, kiosk.language) if kiosk.site else "",
        day=wording.day(around.now, around.zone, kiosk.language) if kiosk.site else "",
        language=kiosk.language.value,
        large=kiosk.large,
        can_go_back=choosing or isinstance(page, Cooldown | StaffPin | StaffMenu),
        can_start_over=choosing or isinstance(page, Cooldown),
        can_switch=choosing or isinstance(page, Cooldown | Refused | NoAnswer | ShowNumber),
        paper_notice=_paper_notice(kiosk),
        asks_again=asking,
        seconds=ceil(left) if asking and left is not None else 0,
    )


def _paper_notice(kiosk: Kiosk) -> str:
    if kiosk.printer is None:
        return ""
    match kiosk.page:
        case Idle():
            return "\n".join(say("paperNotice", language) for language in Language)
        case ChoosingAgency() | Searching() | ChoosingService() | ReadingService() | AskingPriority():
            return say("paperNotice", kiosk.language)
        case _:
            return ""


def screen(kiosk: Kiosk, around: Surroundings, now: float) -> Screen:
    match kiosk.page:
        case Idle():
            return _idle(kiosk, around)
        case ChoosingAgency(turn=turn):
            return _agencies(kiosk, around, turn)
        case ChoosingService(agency=agency, turn=turn):
            return _services(kiosk, around, agency, turn)
        case Searching(query=query):
            return _search(kiosk, around, query)
        case ReadingService(service=service):
            return _service(kiosk, around, service)
        case AskingPriority(came_from=reading):
            return _priority(kiosk, reading.service)
        case TakeTicket(ticket=ticket, sure=sure):
            return _paper(kiosk, ticket, sure, now)
        case ShowNumber(ticket=ticket, fault=fault):
            return _number(kiosk, ticket, PRINTER[fault].in_(kiosk.language), now)
        case Pairing(code=code):
            return PairingScreen(code, say("pairingHint", kiosk.language, code=code))
        case StaffPin() as page:
            return _pin(kiosk, page, now)
        case StaffMenu():
            return _staff(kiosk)
        case (
            Starting() | TurnedAway() | Issuing() | Printing() | Refused() | NoAnswer() | Cooldown() | Disconnected()
        ) as page:
            return _message(kiosk, page, around, now)


# --- choosing ---


def _idle(kiosk: Kiosk, around: Surroundings) -> IdleScreen:
    is_open = kiosk.catalogue.is_open

    def invitation(language: Language) -> Invitation:
        return Invitation(
            language=language.value,
            name=say("languageName", language),
            welcome=say("welcome", language),
            headline=say("touchToBegin" if is_open else "closedHint", language),
            begin=say("begin" if is_open else "look", language),
            hours=_hours(kiosk, around, language),
        )

    return IdleScreen(is_open, invitation(Language.INDONESIAN), invitation(Language.ENGLISH))


def _hours(kiosk: Kiosk, around: Surroundings, language: Language) -> str:
    if not kiosk.catalogue.is_open:
        return wording.opens(kiosk.catalogue.opens_at, around.now, around.zone, language)
    closes = kiosk.catalogue.closes_at
    if closes is None:
        return say("openNow", language)
    return say("openUntil", language, time=wording.clock(closes, around.zone, language))


def _agencies(kiosk: Kiosk, around: Surroundings, turn: int) -> AgenciesScreen:
    catalogue, language = kiosk.catalogue, kiosk.language
    shown, turns = _screenful(catalogue.agencies, turn, AGENCIES[around.shape], language)

    def detail(agency: str) -> str:
        if catalogue.is_agency_open(agency):
            return wording.waiting(catalogue.waiting_at(agency), language)
        return wording.opens(catalogue.agency_opens_at(agency), around.now, around.zone, language)

    return AgenciesScreen(
        tiles=tuple(
            Tile(a.id, a.name.in_(language), a.short_name, detail(a.id), catalogue.is_agency_open(a.id)) for a in shown
        ),
        turns=turns,
    )


def _services(kiosk: Kiosk, around: Surroundings, agency: str, turn: int) -> ServicesScreen:
    shown, turns = _screenful(kiosk.catalogue.services_of(agency), turn, SERVICES[around.shape], kiosk.language)
    item = kiosk.catalogue.agency(agency)
    return ServicesScreen(
        agency=item.name.in_(kiosk.language) if item else "",
        rows=tuple(_row(kiosk, around, service, "") for service in shown),
        turns=turns,
    )


def _search(kiosk: Kiosk, around: Surroundings, query: str) -> SearchScreen:
    catalogue = kiosk.catalogue
    if query.strip():
        ids = search(catalogue.index, query, FOUND[around.shape])
        found = [service for service in map(catalogue.service, ids) if service]
    else:
        found = list(catalogue.most_wanted()[: FOUND[around.shape]])
    rows = []
    for service in found:
        agency = catalogue.agency(service.agency)
        rows.append(_row(kiosk, around, service, agency.short_name if agency else ""))
    return SearchScreen(query=query, rows=tuple(rows), nothing=bool(query.strip()) and not rows)


def _row(kiosk: Kiosk, around: Surroundings, service: ServiceItem, under: str) -> Row:
    line = kiosk.catalogue.line(service.id)
    news = wording.line(line, around.now, around.zone, kiosk.language)
    return Row(service.id, service.name.in_(kiosk.language), under, news, gives_numbers(line))


def _screenful(items: Sequence[T], turn: int, size: int, language: Language) -> tuple[Sequence[T], Turns]:
    turns = max(1, ceil(len(items) / size))
    turn = min(turn, turns - 1)
    if turns == 1:
        return items, Turns()
    text = say("turnOf", language, turn=turn + 1, turns=turns)
    return items[turn * size : (turn + 1) * size], Turns(text, previous=turn > 0, next=turn < turns - 1)


def _service(kiosk: Kiosk, around: Surroundings, service: str) -> ServiceScreen:
    language, item = kiosk.language, kiosk.catalogue.service(service)
    if item is None:
        return ServiceScreen()
    line = kiosk.catalogue.line(service)
    agency = kiosk.catalogue.agency(item.agency)
    required = tuple(requirement.in_(language) for requirement in item.requirements)
    fits = REQUIREMENTS[around.shape]
    shown = required if len(required) <= fits else required[: fits - 1]
    return ServiceScreen(
        name=item.name.in_(language),
        agency=agency.name.in_(language) if agency else "",
        requirements=shown,
        more=say("moreRequirements", language, count=len(required) - len(shown)) if len(shown) < len(required) else "",
        fee=item.fee.in_(language),
        standard=say("aboutMinutes", language, count=item.standard_minutes),
        ahead=wording.people(line.waiting, language),
        estimate=_estimate(line, language) if line.open else say("closed", language),
        open=gives_numbers(line),
        closed="" if gives_numbers(line) else wording.line(line, around.now, around.zone, language),
    )


def _estimate(line: LineItem, language: Language) -> str:
    return say("noCounterYet", language) if line.minutes is None else wording.minutes(line.minutes, language)


def _priority(kiosk: Kiosk, service: str) -> PriorityScreen:
    item = kiosk.catalogue.service(service)
    return PriorityScreen(
        service=item.name.in_(kiosk.language) if item else "",
        needs=tuple(
            NeedRow(need.value, name.in_(kiosk.language), detail.in_(kiosk.language))
            for need, (name, detail) in NEEDS.items()
        ),
    )


# --- the number ---


def _paper(kiosk: Kiosk, ticket: Ticket, sure: bool, now: float) -> NumberScreen:
    headline = say("takePaper" if sure else "takePaperUnsure", kiosk.language)
    return _of_ticket(
        kiosk, ticket, paper=True, headline=headline, note="", qr="" if sure else ticket.issued.url, now=now
    )


def _number(kiosk: Kiosk, ticket: Ticket, fault: str, now: float) -> NumberScreen:
    note = f"{fault}. {say('numberIsValid', kiosk.language)}"
    headline = say("photograph", kiosk.language)
    return _of_ticket(kiosk, ticket, paper=False, headline=headline, note=note, qr=ticket.issued.url, now=now)


def _of_ticket(
    kiosk: Kiosk, ticket: Ticket, *, paper: bool, headline: str, note: str, qr: str, now: float
) -> NumberScreen:
    language = kiosk.language
    return NumberScreen(
        ticket=ticket.issued.ticket,
        service=ticket.service.name.in_(language),
        agency=ticket.agency.name.in_(language),
        ahead=wording.people(ticket.issued.ahead, language),
        estimate=wording.minutes(ticket.issued.minutes, language),
        paper=paper,
        headline=headline,
        note=note,
        qr=qr,
        seconds=ceil(seconds_left(kiosk, now) or 0),
    )


# --- one thing to know ---


def _message(
    kiosk: Kiosk,
    page: Starting | TurnedAway | Issuing | Printing | Refused | NoAnswer | Cooldown | Disconnected,
    around: Surroundings,
    now: float,
) -> MessageScreen:
    language = kiosk.language
    match page:
        case Starting():
            return MessageScreen(say("startingTitle", language), say("startingHint", language), "busy")
        case Issuing():
            return MessageScreen(say("issuing", language), say("issuingHint", language), "busy")
        case Printing(ticket=ticket):
            title = f"{say('printing', language)}: {ticket.issued.ticket}"
            return MessageScreen(title, say("printingHint", language), "busy")
        case Disconnected():
            return MessageScreen(say("offlineTitle", language), say("offlineHint", language), "sorry")
        case TurnedAway(code=code):
            return MessageScreen(say("turnedAwayTitle", language), refusal(code, language), "sorry")
        case NoAnswer():
            return MessageScreen(say("noAnswerTitle", language), say("noAnswerHint", language), "sorry", button=True)
        case Refused(code=code, service=service):
            text = refusal(code, language)
            line = kiosk.catalogue.line(service)
            if not line.open and line.opens_at:
                text = f"{text} {wording.opens(line.opens_at, around.now, around.zone, language)}."
            return MessageScreen(say("refusedTitle", language), text, "sorry", button=True)
        case Cooldown():
            seconds = ceil(seconds_left(kiosk, now) or 0)
            return MessageScreen(say("cooldownTitle", language), say("cooldownHint", language), "calm", seconds)


# --- staff ---


def _pin(kiosk: Kiosk, page: StaffPin, now: float) -> PinScreen:
    wait = ceil(max(0.0, kiosk.pin_from - now))
    if wait:
        return PinScreen(len(page.digits), say("staffPinWait", kiosk.language, count=wait), ready=False)
    return PinScreen(len(page.digits), say("staffPinWrong", kiosk.language) if page.wrong else "")


_PAPER = {
    PrintState.PRINTED: "printed",
    PrintState.FAILED: "printFailed",
    PrintState.UNKNOWN: "printUnknown",
    PrintState.PENDING: "printPending",
}


def _staff(kiosk: Kiosk) -> StaffScreen:
    language = kiosk.language
    slips = []
    for ticket in kiosk.tickets:
        detail = f"{ticket.service.name.in_(language)} · {say(_PAPER[ticket.paper], language)}"
        if ticket.copies:
            detail += f" · {say('copies', language, count=ticket.copies)}"
        slips.append(Slip(ticket.issued.visit, ticket.issued.ticket, detail))
    fault = kiosk.printer
    return StaffScreen(
        printer=PRINTER[fault].in_(language) if fault else say("printerGood", language),
        printer_well=fault is None,
        slips=tuple(slips),
    )
