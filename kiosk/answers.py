"""The server and the printer answer: the number, the paper, or why not. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.catalogue_view import is_late
from kiosk.effects import Effect, Print, Report
from kiosk.events import (
    PaperOut,
    Replied,
)
from kiosk.pages import Step, show
from kiosk.states import (
    ChoosingAgency,
    ChoosingService,
    Cooldown,
    Hold,
    Issuing,
    Kiosk,
    NoAnswer,
    Page,
    Printing,
    ReadingService,
    Refused,
    ShowNumber,
    TakeTicket,
    Ticket,
)
from shared.protocol.commands import ReportPrint, ReportPrinter
from shared.protocol.replies import Issued
from shared.vocabulary import ErrorCode, PrinterFault, PrintState

PAPER_WITHIN = 2.6  # with a tick of the clock under three seconds: then the number stands on the screen, paper or not
TAKE_PAPER = 8.0
READ_SCREEN = 30.0  # number and QR code instead of paper: time to take a photograph
READ_REFUSAL = 20.0
SAME_SERVICE = 30.0  # so soon after a number, the next of its service is asked about
HASTY, HASTE = 2, 40.0  # after so many numbers in so many seconds, the next is asked about, of whatever service
KEEP_TICKETS = 10


def replied(kiosk: Kiosk, reply: Replied, now: float) -> Step:
    page = kiosk.page
    if not isinstance(page, Issuing) or page.request != reply.request:
        return kiosk, ()
    service = kiosk.catalogue.service(page.service)
    agency = kiosk.catalogue.agency(service.agency) if service else None
    if isinstance(reply.result, Issued) and service and agency:
        line = kiosk.catalogue.line(page.service)
        late = line.ends_at if is_late(line, page.priority) else None
        return show_ticket(kiosk, Ticket(reply.result, service, agency, kiosk.language, page.priority, late=late), now)
    if reply.refusal is None:
        return show(kiosk, NoAnswer(now + READ_REFUSAL), now), ()
    code, facts = reply.refusal.code, reply.refusal.facts
    if code is ErrorCode.COOLDOWN:
        until = now + seconds_of(facts.get("seconds"))
        reading = ReadingService(page.service, ChoosingService(service.agency if service else "", ChoosingAgency()))
        return show(replace(kiosk, hold=Hold(page.service, until)), Cooldown(reading, until), now), ()
    return show(kiosk, Refused(code, facts, page.service, now + READ_REFUSAL), now), ()


def show_ticket(kiosk: Kiosk, ticket: Ticket, now: float) -> Step:
    """A new number: on its way to the paper, and on the list of what can be printed again."""
    kiosk = replace(
        kiosk,
        tickets=(ticket, *kiosk.tickets)[:KEEP_TICKETS],
        hold=Hold(ticket.service.id, now + SAME_SERVICE),
        given=(now, *kiosk.given)[:HASTY],
    )
    return show(kiosk, Printing(ticket, now + PAPER_WITHIN), now), (Print(ticket, 0),)


def seconds_of(fact: object) -> float:
    """The seconds in a refusal; our own wait where the server named none."""
    return float(fact) if isinstance(fact, int | float) and 0 < fact <= 600 else SAME_SERVICE


def paper_out(kiosk: Kiosk, paper: PaperOut, now: float) -> Step:
    state = PrintState.PRINTED if paper.sure else PrintState.UNKNOWN
    kiosk = _noted(kiosk, paper.visit, paper.copy, state)
    effects: list[Effect] = [Report(ReportPrint(visit=paper.visit, state=state, copy=paper.copy))]
    if paper.sure and kiosk.printer is not None:
        kiosk = replace(kiosk, printer=None)
        effects.extend(tell_printer(kiosk))
    if (ticket := _waits_for(kiosk.page, paper.visit)) and paper.copy == ticket.copies:
        kiosk = show(kiosk, TakeTicket(ticket, paper.sure, now + TAKE_PAPER), now)
    return kiosk, tuple(effects)


def paper_failed(kiosk: Kiosk, visit: str, copy: int, fault: PrinterFault, now: float) -> Step:
    kiosk = replace(_noted(kiosk, visit, copy, PrintState.FAILED), printer=fault)
    report = Report(ReportPrint(visit=visit, state=PrintState.FAILED, fault=fault, copy=copy))
    if (ticket := _waits_for(kiosk.page, visit)) and copy == ticket.copies:
        kiosk = show(kiosk, ShowNumber(ticket, fault, now + READ_SCREEN), now)
    return kiosk, (report, *tell_printer(kiosk))


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


def tell_printer(kiosk: Kiosk) -> tuple[Effect, ...]:
    """Said on every change, and again on every connection: nothing is lost by not saying it in between."""
    return (Report(ReportPrinter(fault=kiosk.printer, paper_low=kiosk.paper_low)),) if kiosk.connected else ()
