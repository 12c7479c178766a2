"""What the kiosk must not forget: what it asked, which numbers it holds, what it gave by itself. Pure; made of entries.

The entries are the lines of its journal; noting them again in their order gives the same memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import msgspec

from shared.protocol.commands import MERGED_AT_ONCE, IslandTicket, IssueTicket, ReportPrint
from shared.protocol.replies import Issued, Leased
from shared.vocabulary import ErrorCode, PrintState, RequestId, VisitId, island_visit

Number = tuple[date, str, int]
"""Service date, series, number."""


class Born(msgspec.Struct, frozen=True, tag="born"):
    """The journal's own name: the server tells by it whether this is still the memory it leased numbers to."""

    journal: str


class Asked(msgspec.Struct, frozen=True, tag="asked"):
    request: str
    command: IssueTicket | ReportPrint
    at: datetime


class GivenUp(msgspec.Struct, frozen=True, tag="given_up"):
    """Nobody waits for the answer any more; the server has not heard so yet."""

    request: str


class Closed(msgspec.Struct, frozen=True, tag="closed"):
    """Answered, or withdrawn for good. `issued` is the number that will be shown and printed now."""

    request: str
    issued: Issued | None = None


class Held(msgspec.Struct, frozen=True, tag="held"):
    leased: Leased


class Given(msgspec.Struct, frozen=True, tag="given"):
    """A number from the own block."""

    service_date: date
    ticket: IslandTicket

    @property
    def number(self) -> Number:
        return self.service_date, self.ticket.series, self.ticket.number

    @property
    def visit(self) -> VisitId:
        return island_visit(self.service_date, self.ticket.series, self.ticket.number)


class Paper(msgspec.Struct, frozen=True, tag="paper"):
    """What became of the slip of a number that was not handed in yet."""

    service_date: date
    series: str
    number: int
    state: PrintState


class HandedIn(msgspec.Struct, frozen=True, tag="handed_in"):
    service_date: date
    series: str
    number: int
    refusal: ErrorCode | None = None


class Clock(msgspec.Struct, frozen=True, tag="clock"):
    """What the server's clock said when this machine's said that."""

    server: datetime
    machine: datetime


class Last(msgspec.Struct, frozen=True, tag="last"):
    command: IssueTicket
    at: datetime
    issued: Issued


Entry = Last | Born | Asked | GivenUp | Closed | Held | Given | Paper | HandedIn | Clock


@dataclass(slots=True)
class Memory:
    journal: str = ""
    asked: dict[RequestId, Asked] = field(default_factory=dict)
    """Sent, or about to be; not answered as far as the kiosk knows."""
    given_up: set[RequestId] = field(default_factory=set)
    leased: Leased | None = None
    given: dict[Number, Given] = field(default_factory=dict)
    handed_in: set[Number] = field(default_factory=set)
    clock: Clock | None = None
    last: Last | None = None
    """The last number that the server gave."""

    def note(self, entry: Entry) -> None:
        match entry:
            case Born(journal=journal):
                self.journal = journal
            case Asked(request=request):
                self.asked[RequestId(request)] = entry
            case GivenUp(request=request):
                self.asked.pop(RequestId(request), None)
                self.given_up.add(RequestId(request))
            case Closed(request=request, issued=issued):
                asked = self.asked.get(RequestId(request))
                if issued is not None and asked is not None and isinstance(asked.command, IssueTicket):
                    self.last = Last(asked.command, asked.at, issued)
                self.asked.pop(RequestId(request), None)
                self.given_up.discard(RequestId(request))
            case Held(leased=leased):
                self.leased = leased
                self._forget_other_days()
            case Given(number=number):
                self.given[number] = entry
            case Paper():
                self._note_paper(entry)
            case HandedIn(service_date=day, series=series, number=number):
                self.handed_in.add((day, series, number))
                self._forget_other_days()
            case Last():
                self.last = entry
            case Clock():
                self.clock = entry

    def to_hand_in(self) -> list[Given]:
        """The next that the server has not heard of: of one service date, as many as go at once, oldest first."""
        waiting = [given for number, given in self.given.items() if number not in self.handed_in]
        return [given for given in waiting if given.service_date == waiting[0].service_date][:MERGED_AT_ONCE]

    def next_number(self, series: str) -> int | None:
        """The lowest number of the own blocks that nobody was given."""
        if self.leased is None:
            return None
        day = self.leased.service_date
        return next(
            (
                number
                for block in self.leased.blocks
                if block.series == series
                for number in range(block.first, block.last + 1)
                if (day, series, number) not in self.given
            ),
            None,
        )

    def given_by(self, visit: str) -> Given | None:
        return next((given for given in self.given.values() if given.visit == visit), None)

    def entries(self) -> Iterator[Entry]:
        """The shortest journal that gives this memory."""
        yield Born(self.journal)
        if self.clock is not None:
            yield self.clock
        if self.last is not None:
            yield self.last
        if self.leased is not None:
            yield Held(self.leased)
        yield from self.given.values()
        yield from (HandedIn(*number) for number in self.given if number in self.handed_in)
        yield from self.asked.values()
        yield from map(GivenUp, self.given_up)

    def _note_paper(self, paper: Paper) -> None:
        number = (paper.service_date, paper.series, paper.number)
        if given := self.given.get(number):
            ticket = msgspec.structs.replace(given.ticket, print_state=paper.state)
            self.given[number] = msgspec.structs.replace(given, ticket=ticket)

    def _forget_other_days(self) -> None:
        """A number of another day that was handed in cannot be given again: its block is gone."""
        today = None if self.leased is None else self.leased.service_date
        for number in [number for number in self.handed_in if number[0] != today]:
            self.handed_in.discard(number)
            self.given.pop(number, None)


def memory_of(entries: Iterable[Entry]) -> Memory:
    memory = Memory()
    for entry in entries:
        memory.note(entry)
    return memory
