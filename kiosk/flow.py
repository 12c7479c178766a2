"""The kiosk's flow: state + event -> state + effects. Pure: time comes in, wishes go out.

    idle -> agency (or search) -> service -> read it, priority? -> issuing -> printing -> take the paper

`now` is a monotonic clock in seconds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk import staff
from kiosk.catalogue_view import catalogue_of, gives_numbers
from kiosk.corners import Corners
from kiosk.effects import Ask, Effect, Print, Report
from kiosk.events import (
    Asked,
    AskForPriority,
    Back,
    CatalogueChanged,
    Choice,
    ChooseAgency,
    ChooseNeed,
    ChooseService,
    Clear,
    CodeShown,
    Connected,
    ConnectionLost,
    Erase,
    Event,
    Finished,
    OpenSearch,
    PaperFailed,
    PaperOut,
    PinChecked,
    PrinterSeen,
    Replied,
    RequestGivenUp,
    ServerRefused,
    Start,
    StartOver,
    Stay,
    SwitchLanguage,
    SwitchSize,
    TakeNumber,
    Ticked,
    Touched,
    Turn,
    Type,
)
from kiosk.states import (
    AskingPriority,
    Choosing,
    ChoosingAgency,
    ChoosingService,
    Cooldown,
    Disconnected,
    Hold,
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
from shared.protocol.commands import IssueTicket, ReportPrint, ReportPrinter
from shared.protocol.replies import Issued
from shared.vocabulary import ErrorCode, Language, Need, PrinterFault, PrintState, Priority

SETTLE = 0.3  # a finger that is still tapping must not press what has just appeared under it
PATIENCE = 45.0  # without a touch, the visitor is taken to have left
ASK_AGAIN = 15.0  # of it, the last seconds are counted aloud: "still there?"
ANSWER_WITHIN = 10.0  # then the request is given up: nobody waits longer before a still screen
PAPER_WITHIN = 8.0  # the spooler knows of silence after 3 s; this is for a spooler that says nothing at all
TAKE_PAPER = 8.0
READ_SCREEN = 30.0  # number and QR code instead of paper: time to take a photograph
READ_REFUSAL = 20.0
SAME_SERVICE = 30.0  # between two numbers of one service from one kiosk
STILL_TAPPING = 5.0  # a touch during the wait lengthens what is left of it to this
BRIEF_LOSS = 3.0  # a connection that is back by then was never missed
KEEP_TICKETS = 10
LONGEST_QUERY = 40

Step = tuple[Kiosk, tuple[Effect, ...]]


def step(kiosk: Kiosk, event: Event, now: float) -> Step:
    """What becomes of the kiosk. An event that means nothing on the present page changes nothing."""
    match event:
        case Ticked():
            return _ticked(kiosk, now), ()
        case Touched(corner=corner):
            return _touched(replace(kiosk, corners=kiosk.corners.after(corner, now)), now), ()
        case Connected(site=site):
            here = replace(kiosk, site=site, connected=True, lost_at=None)
            return _connected(here, now), _tell_printer(here)
        case ConnectionLost():
            return _lost(kiosk, now), ()
        case CodeShown(code=code):
            return _show(kiosk, Pairing(code), now), ()
        case ServerRefused(code=code, facts=facts):
            return _show(kiosk, TurnedAway(code, facts), now), ()
        case CatalogueChanged(table=table):
            return _checked(replace(kiosk, catalogue=catalogue_of(table, kiosk.catalogue)), now), ()
        case Asked(request=request):
            asking = kiosk.page
            return (replace(kiosk, page=replace(asking, request=request)) if isinstance(asking, Issuing) else kiosk), ()
        case Replied():
            return _replied(kiosk, event, now)
        case RequestGivenUp(request=request):
            waiting = isinstance(kiosk.page, Issuing) and kiosk.page.request == request
            return (_show(kiosk, NoAnswer(now + READ_REFUSAL), now) if waiting else kiosk), ()
        case PaperOut():
            return _paper_out(kiosk, event, now)
        case PaperFailed(visit=visit, copy=copy, fault=fault):
            return _paper_failed(kiosk, visit, copy, fault, now)
        case PrinterSeen(fault=fault, paper_low=low):
            seen = replace(kiosk, printer=fault, paper_low=low)
            return seen, (_tell_printer(seen) if (fault, low) != (kiosk.printer, kiosk.paper_low) else ())
        case PinChecked(right=right) if isinstance(kiosk.page, StaffPin):
            checked = staff.pin_checked(kiosk, right, now)
            return (_show(checked, StaffMenu(), now) if right else checked), ()
        case PinChecked():
            return kiosk, ()
        case Stay():
            return replace(kiosk, touched_at=now, shown_at=now), ()
        case _:
            if now - kiosk.shown_at < SETTLE:
                return kiosk, ()
            return _chosen(replace(kiosk, touched_at=now), event, now)


# --- a visitor chooses ---


def _chosen(kiosk: Kiosk, choice: Choice, now: float) -> Step:
    page = kiosk.page
    match page, choice:
        case Idle(), Start(language=language) if kiosk.catalogue.agencies:
            return _show(replace(kiosk, language=language), ChoosingAgency(), now), ()
        case (Idle(), SwitchSize()) | (
            ChoosingAgency() | Searching() | ChoosingService() | ReadingService() | AskingPriority(),
            SwitchSize(),
        ):
            return replace(kiosk, large=not kiosk.large), ()
        case (
            ChoosingAgency()
            | Searching()
            | ChoosingService()
            | ReadingService()
            | AskingPriority()
            | TakeTicket()
            | ShowNumber()
            | Refused()
            | NoAnswer()
            | Cooldown(),
            SwitchLanguage(),
        ):
            other = Language.ENGLISH if kiosk.language is Language.INDONESIAN else Language.INDONESIAN
            return replace(kiosk, language=other), ()
        case ChoosingAgency(), ChooseAgency(agency=agency) if kiosk.catalogue.agency(agency):
            return _show(kiosk, ChoosingService(agency, page), now), ()
        case ((ChoosingAgency() | ChoosingService()), Turn(by=by)):
            return replace(kiosk, page=replace(page, turn=max(0, page.turn + by))), ()
        case ((ChoosingAgency() | ChoosingService()), OpenSearch()):
            return _show(kiosk, Searching(page), now), ()
        case Searching(query=query), Type(letter=letter) if len(query) < LONGEST_QUERY:
            return replace(kiosk, page=replace(page, query=(query + letter).lstrip())), ()
        case Searching(query=query), Erase():
            return replace(kiosk, page=replace(page, query=query[:-1])), ()
        case Searching(), Clear():
            return replace(kiosk, page=replace(page, query="")), ()
        case ((ChoosingService() | Searching()), ChooseService(service=service)) if kiosk.catalogue.service(service):
            return _show(kiosk, ReadingService(service, page), now), ()
        case ReadingService(), TakeNumber():
            return _ask(kiosk, page, Priority.REGULAR, (), now)
        case ReadingService(service=service), AskForPriority() if gives_numbers(kiosk.catalogue.line(service)):
            return _show(kiosk, AskingPriority(page), now), ()
        case AskingPriority(came_from=reading), ChooseNeed(need=need):
            return _ask(kiosk, reading, Priority.PRIORITY, (need,), now)
        case ((Searching() | ChoosingService() | ReadingService() | AskingPriority() | Cooldown()), Back()):
            return _show(kiosk, page.came_from, now), ()
        case (
            ChoosingAgency() | Searching() | ChoosingService() | ReadingService() | AskingPriority() | Cooldown(),
            StartOver(),
        ) | (ChoosingAgency(), Back()):
            return _go_idle(kiosk, now), ()
        case ((TakeTicket() | ShowNumber() | Refused() | NoAnswer()), (Finished() | StartOver())):
            return _go_idle(kiosk, now), ()
        case ((StaffPin() | StaffMenu()), (Back() | StartOver())):
            return _go_idle(kiosk, now), ()
        case ((StaffPin() | StaffMenu()), _):
            return staff.chosen(kiosk, choice, now)
        case _:
            return kiosk, ()


def _ask(kiosk: Kiosk, page: ReadingService, priority: Priority, needs: tuple[Need, ...], now: float) -> Step:
    if not gives_numbers(kiosk.catalogue.line(page.service)):
        return kiosk, ()
    if kiosk.hold is not None and kiosk.hold.service == page.service and now < kiosk.hold.until:
        return _show(kiosk, Cooldown(page, kiosk.hold.until), now), ()
    command = IssueTicket(service=page.service, language=kiosk.language, priority=priority, needs=needs)
    issuing = Issuing(page.service, priority, needs)
    return _show(kiosk, issuing, now), (Ask(command, ANSWER_WITHIN),)


def _touched(kiosk: Kiosk, now: float) -> Kiosk:
    # The question is answered by its own button: would any touch take it away, it would press what lies beneath.
    if not asks_again(kiosk, now):
        kiosk = replace(kiosk, touched_at=now)
    if kiosk.corners.complete and not isinstance(kiosk.page, Issuing | Printing | StaffMenu):
        return _show(replace(kiosk, corners=Corners()), StaffPin(), now)
    page = kiosk.page
    if isinstance(page, Cooldown) and now - kiosk.shown_at >= SETTLE:
        until = max(page.until, now + STILL_TAPPING)
        return replace(kiosk, page=replace(page, until=until), hold=Hold(page.came_from.service, until))
    return kiosk


# --- the server answers ---


def _replied(kiosk: Kiosk, reply: Replied, now: float) -> Step:
    page = kiosk.page
    if not isinstance(page, Issuing) or page.request != reply.request:
        return kiosk, ()
    service = kiosk.catalogue.service(page.service)
    agency = kiosk.catalogue.agency(service.agency) if service else None
    if isinstance(reply.result, Issued) and service and agency:
        ticket = Ticket(reply.result, service, agency, kiosk.language, page.priority)
        kiosk = replace(
            kiosk,
            tickets=(ticket, *kiosk.tickets)[:KEEP_TICKETS],
            hold=Hold(service.id, now + SAME_SERVICE),
        )
        return _show(kiosk, Printing(ticket, now + PAPER_WITHIN), now), (Print(ticket, 0),)
    if reply.refusal is None:
        return _show(kiosk, NoAnswer(now + READ_REFUSAL), now), ()
    code, facts = reply.refusal.code, reply.refusal.facts
    if code is ErrorCode.COOLDOWN:
        until = now + seconds_of(facts.get("seconds"))
        reading = ReadingService(page.service, ChoosingService(service.agency if service else "", ChoosingAgency()))
        return _show(replace(kiosk, hold=Hold(page.service, until)), Cooldown(reading, until), now), ()
    return _show(kiosk, Refused(code, facts, page.service, now + READ_REFUSAL), now), ()


def seconds_of(fact: object) -> float:
    """The seconds in a refusal; our own wait where the server named none."""
    return float(fact) if isinstance(fact, int | float) and 0 < fact <= 600 else SAME_SERVICE


# --- the printer answers ---


def _paper_out(kiosk: Kiosk, paper: PaperOut, now: float) -> Step:
    state = PrintState.PRINTED if paper.sure else PrintState.UNKNOWN
    kiosk = _noted(kiosk, paper.visit, paper.copy, state)
    effects: list[Effect] = [Report(ReportPrint(visit=paper.visit, state=state, copy=paper.copy))]
    if paper.sure and kiosk.printer is not None:
        kiosk = replace(kiosk, printer=None)
        effects.extend(_tell_printer(kiosk))
    if (ticket := _waits_for(kiosk.page, paper.visit)) and paper.copy == 0:
        kiosk = _show(kiosk, TakeTicket(ticket, paper.sure, now + TAKE_PAPER), now)
    return kiosk, tuple(effects)


def _paper_failed(kiosk: Kiosk, visit: str, copy: int, fault: PrinterFault, now: float) -> Step:
    kiosk = replace(_noted(kiosk, visit, copy, PrintState.FAILED), printer=fault)
    report = Report(ReportPrint(visit=visit, state=PrintState.FAILED, fault=fault, copy=copy))
    if (ticket := _waits_for(kiosk.page, visit)) and copy == 0:
        kiosk = _show(kiosk, ShowNumber(ticket, fault, now + READ_SCREEN), now)
    return kiosk, (report, *_tell_printer(kiosk))


def _waits_for(page: Page, visit: str) -> Ticket | None:
    """The ticket of a page that an outcome of the printer still concerns: late paper is good news, too."""
    if isinstance(page, Printing | ShowNumber) and page.ticket.issued.visit == visit:
        return page.ticket
    return None


def _noted(kiosk: Kiosk, visit: str, copy: int, state: PrintState) -> Kiosk:
    def note(ticket: Ticket) -> Ticket:
        if ticket.issued.visit != visit:
            return ticket
        return replace(ticket, paper=state, copies=max(ticket.copies, copy))

    return replace(kiosk, tickets=tuple(note(ticket) for ticket in kiosk.tickets))


def _tell_printer(kiosk: Kiosk) -> tuple[Effect, ...]:
    """Said on every change, and again on every connection: nothing is lost by not saying it in between."""
    return (Report(ReportPrinter(fault=kiosk.printer, paper_low=kiosk.paper_low)),) if kiosk.connected else ()


# --- the connection ---


def _connected(kiosk: Kiosk, now: float) -> Kiosk:
    match kiosk.page:
        case Disconnected(resume=resume) if resume is not None and now - kiosk.touched_at < PATIENCE:
            return _checked(_show(kiosk, resume, now), now)
        case Starting() | Pairing() | TurnedAway() | Disconnected():
            return _go_idle(kiosk, now)
        case _:
            return kiosk


def _lost(kiosk: Kiosk, now: float) -> Kiosk:
    first = kiosk.lost_at if kiosk.lost_at is not None else now
    lost = replace(kiosk, connected=False, lost_at=first)
    if isinstance(kiosk.page, Starting | Pairing):
        return _show(lost, Disconnected(None), now)
    return lost


# --- time passes ---


def _ticked(kiosk: Kiosk, now: float) -> Kiosk:
    page = kiosk.page
    gone = kiosk.lost_at is not None and now - kiosk.lost_at >= BRIEF_LOSS
    match page:
        case Idle() if gone:
            return _show(kiosk, Disconnected(None), now)
        case ChoosingAgency() | Searching() | ChoosingService() | ReadingService() | AskingPriority():
            if now - kiosk.touched_at >= PATIENCE:
                return _go_idle(kiosk, now)
            return _show(kiosk, Disconnected(page), now) if gone else kiosk
        case StaffPin() | StaffMenu() if now - kiosk.touched_at >= PATIENCE:
            return _go_idle(kiosk, now)
        case Printing(ticket=ticket, deadline=deadline) if now >= deadline:
            return _show(kiosk, ShowNumber(ticket, PrinterFault.SILENT, now + READ_SCREEN), now)
        case TakeTicket(until=until) | ShowNumber(until=until) | Refused(until=until) | NoAnswer(until=until) if (
            now >= until
        ):
            return _go_idle(kiosk, now)
        case Cooldown(came_from=reading, until=until) if now >= until:
            return _show(replace(kiosk, touched_at=now), reading, now)
        case _:
            return kiosk


def seconds_left(kiosk: Kiosk, now: float) -> float | None:
    """Until the page leaves by itself; None for a page that stays."""
    match kiosk.page:
        case (
            ChoosingAgency()
            | Searching()
            | ChoosingService()
            | ReadingService()
            | AskingPriority()
            | StaffPin()
            | StaffMenu()
        ):
            return max(0.0, kiosk.touched_at + PATIENCE - now)
        case (
            TakeTicket(until=until)
            | ShowNumber(until=until)
            | Refused(until=until)
            | NoAnswer(until=until)
            | Cooldown(until=until)
        ):
            return max(0.0, until - now)
        case Starting() | Pairing() | TurnedAway() | Idle() | Issuing() | Printing() | Disconnected():
            return None
        case _ as unknown:
            assert_never(unknown)


def asks_again(kiosk: Kiosk, now: float) -> bool:
    """Whether the visitor may have left: the page asks, and counts down."""
    return isinstance(kiosk.page, Choosing) and now - kiosk.touched_at >= PATIENCE - ASK_AGAIN


# --- pages ---


def _show(kiosk: Kiosk, page: Page, now: float) -> Kiosk:
    return replace(kiosk, page=page, shown_at=now)


def _go_idle(kiosk: Kiosk, now: float) -> Kiosk:
    """The next visitor finds the kiosk as every visitor does."""
    gone = kiosk.lost_at is not None and now - kiosk.lost_at >= BRIEF_LOSS
    page = Disconnected(None) if gone else Idle()
    return _show(replace(kiosk, language=Language.INDONESIAN, large=False), page, now)


def _checked(kiosk: Kiosk, now: float) -> Kiosk:
    """A page whose agency or service left the catalogue goes back to the agencies."""
    if isinstance(kiosk.page, Choosing) and not _stands(kiosk, kiosk.page):
        return _show(kiosk, ChoosingAgency(), now)
    return kiosk


def _stands(kiosk: Kiosk, page: Choosing) -> bool:
    match page:
        case ChoosingAgency():
            return True
        case ChoosingService(agency=agency):
            return bool(kiosk.catalogue.services_of(agency))
        case ReadingService(service=service, came_from=before):
            return kiosk.catalogue.service(service) is not None and _stands(kiosk, before)
        case Searching(came_from=before) | AskingPriority(came_from=before):
            return _stands(kiosk, before)
        case _ as unknown:
            assert_never(unknown)
