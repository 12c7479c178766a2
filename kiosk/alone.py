"""Alone: the kiosk goes on without the server, and comes back to what an earlier life was about. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.answers import READ_REFUSAL, show_ticket
from kiosk.effects import GiveHere, Print
from kiosk.events import Remembered
from kiosk.pages import Step, is_gone, show
from kiosk.states import Disconnected, Idle, Issuing, Kiosk, NoAnswer, Starting, Ticket
from shared.protocol.commands import IssueTicket
from shared.protocol.replies import Issued
from shared.protocol.views import ServiceItem
from shared.vocabulary import RequestId


def looked_up(kiosk: Kiosk, now: float) -> Kiosk:
    """Whether the kiosk is alone now."""
    alone = kiosk.can_go_on and is_gone(kiosk, now)
    return kiosk if alone is kiosk.alone else replace(kiosk, alone=alone)


def overdue(kiosk: Kiosk, now: float) -> Step:
    """A visitor whose request the server took with it gets a number from here."""
    if kiosk.alone and isinstance(kiosk.page, Issuing) and not kiosk.page.here:
        return _give(kiosk, kiosk.page, now, instead_of=kiosk.page.request)
    return kiosk, ()


def unanswered(kiosk: Kiosk, request: RequestId, now: float) -> Step:
    """The request was given up: no number exists, unless the kiosk has its own."""
    page = kiosk.page
    if not isinstance(page, Issuing) or page.request != request or page.here:
        return kiosk, ()
    if kiosk.can_go_on:
        return _give(kiosk, page, now)
    return show(kiosk, NoAnswer(now + READ_REFUSAL), now), ()


def given_here(kiosk: Kiosk, issued: Issued | None, now: float) -> Step:
    page = kiosk.page
    if not isinstance(page, Issuing) or not page.here:
        return kiosk, ()
    service = kiosk.catalogue.service(page.service)
    agency = kiosk.catalogue.agency(service.agency) if service else None
    if issued is None or service is None or agency is None:
        return show(kiosk, NoAnswer(now + READ_REFUSAL), now), ()
    left_out = _named(kiosk, page.further)
    ticket = Ticket(issued, service, agency, kiosk.language, page.priority, alone=True, left_out=left_out)
    return show_ticket(kiosk, ticket, now)


def remembered(kiosk: Kiosk, late: Remembered, now: float) -> Step:
    """Printed in any case; shown unless somebody else uses the screen already."""
    service = kiosk.catalogue.service(late.command.service)
    agency = kiosk.catalogue.agency(service.agency) if service else None
    if service is None or agency is None:
        return kiosk, ()
    command = late.command
    left_out = _named(kiosk, command.further) if late.alone else ()
    ticket = Ticket(
        late.issued, service, agency, command.language, command.priority, alone=late.alone, left_out=left_out
    )
    others = tuple(other for other in kiosk.tickets if other.issued.visit != late.issued.visit)
    kiosk = replace(kiosk, tickets=others)
    if isinstance(kiosk.page, Starting | Idle | Disconnected):
        return show_ticket(replace(kiosk, language=command.language), ticket, now)
    return replace(kiosk, tickets=(ticket, *others)), (Print(ticket, 0),)


def _give(kiosk: Kiosk, page: Issuing, now: float, instead_of: RequestId | None = None) -> Step:
    command = IssueTicket(service=page.service, language=kiosk.language, priority=page.priority, needs=page.needs)
    return show(kiosk, replace(page, here=True), now), (GiveHere(command, instead_of),)


def _named(kiosk: Kiosk, services: tuple[str, ...]) -> tuple[ServiceItem, ...]:
    return tuple(item for one in services if (item := kiosk.catalogue.service(one)))
