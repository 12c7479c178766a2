"""Going on: every command is in the journal before it is sent, and without the server the kiosk gives its own numbers.

Nothing here waits: what must be durable first is handed to `keep`, and the rest happens when it says so. Of the link it
needs that requests are asked again until they are answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from kiosk import island
from kiosk.memory import Asked, Clock, Closed, Entry, Given, GivenUp, HandedIn, Held, Memory, Number, Paper
from shared.log import get_log
from shared.protocol.commands import (
    Command,
    IslandTicket,
    IssueTicket,
    LeaseNumbers,
    MergeTickets,
    ReportPrint,
    ReportPrinter,
)
from shared.protocol.replies import Issued, Leased, Merged, Refusal, Result
from shared.protocol.views import ServiceItem
from shared.vocabulary import ErrorCode, PrintState, RequestId

LEASE_AGAIN = timedelta(minutes=10)  # today's hours or services may have changed
TRY_AGAIN = timedelta(seconds=5)
STILL_THERE = timedelta(seconds=30)  # a visitor waits that long before a kiosk that starts again
_NOT_NOW = frozenset({ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.OVERLOADED})

Then = Callable[[bool], None]
"""Called when the entries are on the disk, or (False) cannot be."""
Keep = Callable[[Sequence[Entry], Then], None]

log = get_log("kiosk")


@dataclass(frozen=True, slots=True)
class LateNumber:
    """A number that the program's earlier life was about to show."""

    command: IssueTicket
    issued: Issued
    alone: bool


class Asking(Protocol):
    """What is needed of `shared.qt.link.Link`."""

    def request(
        self, command: Command, give_up_after: float | None = None, request: RequestId | None = None
    ) -> RequestId: ...
    def withdraw(self, request: RequestId) -> None: ...
    def server_now(self) -> datetime: ...


class GoingOn:
    def __init__(
        self,
        memory: Memory,
        keep: Keep,
        link: Asking,
        *,
        new_id: Callable[[], str],
        new_key: Callable[[], str],
    ) -> None:
        """`memory` without a journal's name: nothing is leased, and without the server there are no numbers."""
        self.memory = memory
        self._write = keep
        self._link = link
        self._new_id = new_id
        self._new_key = new_key
        self._connected = False
        self._busy: RequestId | None = None
        """The one lease or hand-in under way."""
        self._sent: dict[Number, PrintState] = {}
        """What the hand-in under way said of each paper."""
        self._next_at: datetime | None = None
        self._late: dict[RequestId, IssueTicket] = {}

    # --- asking ---

    def start(self, papers: Mapping[str, PrintState]) -> list[LateNumber]:
        """Ask again what an earlier life of this program asked; a number whose visitor has left is withdrawn. Gives the
        numbers that were to be shown and printed when it ended. `papers` is what became of slips, by visit."""
        now = self._link.server_now()
        for request, asked in list(self.memory.asked.items()):
            left = (STILL_THERE - (now - asked.at)) / timedelta(seconds=1)
            if isinstance(asked.command, ReportPrint):
                self._link.request(asked.command, None, request)
            elif is_recent(asked.at, now):
                self._late[request] = asked.command
                self._link.request(asked.command, left, request)
            else:
                self._keep(GivenUp(request))
        for request in self.memory.given_up:
            self._link.withdraw(request)
        for given in list(self.memory.given.values()):
            if (state := papers.get(given.visit)) is not None:
                self.report(ReportPrint(visit=given.visit, state=state))
        return [
            late
            for late in self._unfinished()
            if is_recent(late.issued.issued_at, now) and papers.get(late.issued.visit) is not PrintState.PRINTED
        ]

    def _unfinished(self) -> Iterator[LateNumber]:
        """Begun papers are not begun again: the worker that prints has a journal of its own."""
        if (last := self.memory.last) is not None:
            yield LateNumber(last.command, last.issued, alone=False)
        for given in self.memory.given.values():
            if given.ticket.print_state is PrintState.PENDING and self.memory.leased is not None:
                ticket = given.ticket
                command = IssueTicket(
                    service=ticket.service, language=ticket.language, priority=ticket.priority, needs=ticket.needs
                )
                yield LateNumber(command, _issued(given, self.memory.leased.follow), alone=True)

    def ask(self, command: IssueTicket, give_up_after: float) -> RequestId:
        return self._ask(command, give_up_after)

    def report(self, command: ReportPrint | ReportPrinter) -> None:
        """Of a number that was not handed in yet, the paper is reported with it. How the printer is, is said again on
        every connection: it needs no journal."""
        if isinstance(command, ReportPrinter):
            self._link.request(command)
            return
        given = self.memory.given_by(command.visit)
        if given is None or given.number in self.memory.handed_in:
            self._ask(command)
        elif given.ticket.print_state is not PrintState.PRINTED:
            self._keep(Paper(*given.number, command.state))

    def withdraw(self, request: RequestId) -> None:
        """Nobody waits for it any more."""
        self._keep(GivenUp(request))
        self._link.withdraw(request)

    # --- what the link hears ---

    def connected(self, machine: datetime) -> None:
        self._connected = True
        self._keep(Clock(self._link.server_now(), machine))
        self._go()

    def lost(self) -> None:
        self._connected = False

    def answered(
        self, request: RequestId, result: Result | None, refusal: Refusal | None, then: Callable[[], None]
    ) -> LateNumber | None:
        """`then` acts on the answer, once it is on the disk. Gives the number that an earlier life asked for."""
        command = self._late.pop(request, None)
        if request == self._busy:
            self._busy = None
            self._done(result, refusal)
        elif request not in self.memory.asked:
            then()
        elif refusal is not None and refusal.code in _NOT_NOW:
            self._keep(GivenUp(request), then=lambda _: then())  # it may have been done before: it is withdrawn
        else:
            issued = result if isinstance(result, Issued) else None
            self._keep(Closed(request, issued), then=lambda _: then())
        return LateNumber(command, result, alone=False) if command and isinstance(result, Issued) else None

    def given_up(self, request: RequestId) -> None:
        """The link has withdrawn it, or will."""
        self._late.pop(request, None)
        if request in self.memory.asked:
            self._keep(GivenUp(request))

    def withdrawn(self, request: RequestId) -> None:
        if request in self.memory.given_up:
            self._keep(Closed(request))

    def turned_away(self, code: ErrorCode) -> None:
        """A kiosk that may not come in any more gives no numbers either."""
        if code in (ErrorCode.REVOKED, ErrorCode.NOT_INTRODUCED) and self.memory.leased is not None:
            none = self.memory.leased
            self._keep(Held(Leased(
                service_date=none.service_date, until=none.until, blocks=(), hours=(), follow=none.follow
            )))  # fmt: skip

    def tick(self) -> None:
        is_due = self._next_at is None or self._link.server_now() >= self._next_at
        if self._connected and self._busy is None and is_due:
            self._go()

    # --- giving ---

    @property
    def can_go_on(self) -> bool:
        return island.can_go_on(self.memory, self._link.server_now())

    def give(self, command: IssueTicket, service: ServiceItem, done: Callable[[Issued | None], None]) -> None:
        """A number from the own block: on the disk before anybody sees it. None: there is none, or no disk."""
        number, leased = self.memory.next_number(service.prefix), self.memory.leased
        if number is None or leased is None or not self.can_go_on:
            done(None)
            return
        ticket = IslandTicket(
            request=self._new_id(),
            series=service.prefix,
            number=number,
            key=self._new_key(),
            service=command.service,
            language=command.language,
            arrived_at=self._link.server_now(),
            priority=command.priority,
            needs=command.needs,
        )
        given = Given(leased.service_date, ticket)
        issued = _issued(given, leased.follow)

        def written(kept: bool) -> None:
            if not kept:  # after a restart nobody would know of it: so nobody gets it, and it is never used
                self.memory.note(HandedIn(*given.number))
                log.error("the journal cannot be written", ticket=issued.ticket)
            else:
                log.info("given without the server", ticket=issued.ticket, service=command.service)
            self._next_at = None
            done(issued if kept else None)

        self._keep(given, then=written)

    # --- how ---

    def _ask(self, command: IssueTicket | ReportPrint, give_up_after: float | None = None) -> RequestId:
        request = RequestId(self._new_id())
        # A journal that cannot be written must not keep numbers from visitors: the server remembers, too.
        self._keep(
            Asked(request, command, self._link.server_now()),
            then=lambda _: self._send(request, command, give_up_after),
        )
        return request

    def _send(self, request: RequestId, command: Command, give_up_after: float | None) -> None:
        if request in self.memory.asked:  # not given up while it was being written
            self._link.request(command, give_up_after, request)

    def _keep(self, *entries: Entry, then: Then = lambda _: None) -> None:
        for entry in entries:
            self.memory.note(entry)
        self._write(entries, then)

    def _go(self) -> None:
        """Hand in what is left; then lease: the order keeps numbers that are on paper out of the lease."""
        if self._busy is not None or not self.memory.journal:
            return
        batch = self.memory.to_hand_in()
        if not batch:
            self._busy = self._link.request(LeaseNumbers(journal=self.memory.journal))
            return
        self._sent = {given.number: given.ticket.print_state for given in batch}
        tickets = tuple(given.ticket for given in batch)
        self._busy = self._link.request(MergeTickets(service_date=batch[0].service_date, tickets=tickets))

    def _done(self, result: Result | None, refusal: Refusal | None) -> None:
        now = self._link.server_now()
        match result:
            case Leased():
                self._next_at = min(now + LEASE_AGAIN, max(result.until, now + TRY_AGAIN))
                if self.memory.leased != result:
                    self._keep(Held(result))
                if self.memory.to_hand_in():  # given while the lease was under way
                    self._go()
            case Merged():
                self._merged(result)
                self._next_at = None
                self._go()
            case _:
                log.warning("not handed in", code=None if refusal is None else refusal.code.value)
                self._next_at = now + TRY_AGAIN

    def _merged(self, merged: Merged) -> None:
        (day,) = {number[0] for number in self._sent}
        self._keep(*(HandedIn(day, one.series, one.number, one.refusal) for one in merged.tickets))
        for one in merged.tickets:
            number = (day, one.series, one.number)
            given = self.memory.given.get(number)
            if one.refusal is not None:
                log.warning("not merged", ticket=f"{one.series}-{one.number}", code=one.refusal.value)
            elif given is not None and given.ticket.print_state is not self._sent[number]:
                self._ask(ReportPrint(visit=given.visit, state=given.ticket.print_state))


def is_recent(at: datetime, now: datetime) -> bool:
    return timedelta(0) <= now - at < STILL_THERE


def _issued(given: Given, follow: str) -> Issued:
    """As the server would have answered; how many wait, nobody knows."""
    ticket = given.ticket
    return Issued(
        visit=given.visit,
        leg="",
        ticket=f"{ticket.series}-{ticket.number:03d}",
        ahead=0,
        minutes=None,
        key=ticket.key,
        url=follow + ticket.key,
        issued_at=ticket.arrived_at,
    )
