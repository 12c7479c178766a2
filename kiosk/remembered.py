"""The last numbers of this kiosk after its program started again: read from the papers that were printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import assert_never

from msgspec.structs import replace

from kiosk.answers import KEEP_TICKETS
from kiosk.printing.jobs import Outcome
from kiosk.printing.printer import Failed, Printed, PrintResult, Unknown
from kiosk.printing.slip import Slip, SlipStop
from kiosk.states import Ticket
from shared.protocol.replies import Issued
from shared.protocol.values import Stop
from shared.protocol.views import AgencyItem, ServiceItem
from shared.vocabulary import LegState, PrintState, Priority, Words

A_DAY = timedelta(hours=16)  # a number of yesterday calls nobody: it is not offered to be printed again


def tickets_of(papers: Iterable[Outcome], now: datetime) -> tuple[Ticket, ...]:
    """The numbers of today, newest first; each once, with the copies that were made of it."""
    tickets: dict[str, Ticket] = {}
    for paper in papers:
        slip = paper.job.slip
        if now - slip.issued_at > A_DAY:
            continue
        known = tickets.get(paper.job.visit) or _ticket(paper.job.visit, slip)
        copies = max(known.copies, slip.copy)
        tickets[paper.job.visit] = replace(known, copies=copies, paper=_state(paper.result))
    return tuple(reversed(tickets.values()))[:KEEP_TICKETS]


def _ticket(visit: str, slip: Slip) -> Ticket:
    """All that a slip says of its ticket. Names are in the language that its visitor chose."""
    issued = Issued(
        visit=visit,
        leg="",
        ticket=slip.ticket,
        ahead=slip.ahead,
        minutes=slip.minutes,
        key=slip.url.rpartition("/")[2],
        url=slip.url,
        issued_at=slip.issued_at,
        stops=tuple(_stop(stop) for stop in slip.stops),
    )
    agency = AgencyItem(id="", name=Words(slip.agency, slip.agency), short_name="", order=0)
    service = ServiceItem(
        id="",
        agency="",
        name=Words(slip.service, slip.service),
        prefix="",
        requirements=(),
        fee=Words("", ""),
        standard_minutes=0,
        order=0,
    )
    priority = Priority.PRIORITY if slip.priority else Priority.REGULAR
    return Ticket(issued, service, agency, slip.language, priority, alone=slip.alone)


def _stop(stop: SlipStop) -> Stop:
    return Stop(
        service="",
        name=Words(stop.service, stop.service),
        agency=Words("", ""),
        zones=(Words(stop.place, stop.place),),
        state=LegState.BOOKED if stop.later else LegState.WAITING,
        ahead=stop.ahead,
        minutes=stop.minutes,
    )


def _state(result: PrintResult) -> PrintState:
    match result:
        case Printed():
            return PrintState.PRINTED
        case Unknown():
            return PrintState.UNKNOWN
        case Failed():
            return PrintState.FAILED
        case _ as unknown:
            assert_never(unknown)
