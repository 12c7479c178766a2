"""The last numbers of a kiosk whose program started again."""

from __future__ import annotations

from datetime import timedelta

from kiosk.printing.jobs import Job, Outcome
from kiosk.printing.printer import Failed, Printed, Unknown
from kiosk.remembered import A_DAY, tickets_of
from shared.vocabulary import PrinterFault, PrintState, Priority
from tests.support.paper import A_SLIP, a_slip

NOW = A_SLIP.issued_at + timedelta(minutes=5)


def test_the_newest_stand_first_and_only_ten() -> None:
    papers = [Outcome(Job(f"v{n}", a_slip(ticket=f"A-{n:03}")), Printed()) for n in range(1, 13)]
    assert [ticket.issued.ticket for ticket in tickets_of(papers, NOW)] == [f"A-{n:03}" for n in range(12, 2, -1)]


def test_a_number_stands_once_with_its_copies_and_its_last_paper() -> None:
    papers = [
        Outcome(Job("v1", a_slip(priority=True)), Failed(PrinterFault.CUTTER)),
        Outcome(Job("v1", a_slip(copy=1)), Unknown()),
    ]
    (ticket,) = tickets_of(papers, NOW)
    assert (ticket.copies, ticket.paper, ticket.priority) == (1, PrintState.UNKNOWN, Priority.PRIORITY)
    assert (ticket.issued.url, ticket.issued.minutes) == (A_SLIP.url, A_SLIP.minutes)
    assert ticket.service.name.id == A_SLIP.service


def test_a_number_of_yesterday_is_not_offered() -> None:
    assert tickets_of([Outcome(Job("v1", a_slip()), Printed())], A_SLIP.issued_at + A_DAY + timedelta(minutes=1)) == ()
