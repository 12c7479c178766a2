"""A kiosk without a screen: its journal on a disk, its session, its reserve; a wire to the server that can be cut.

What it shows a visitor is a paper; a paper counts from the moment at which the journal has it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from kiosk import island
from kiosk.going_on import GoingOn, Then
from kiosk.journal import Journal
from kiosk.memory import Entry
from server.app.jobs import Asked, Joined, Left, Withdrew
from server.app.sessions import Session as ServerSession
from shared.notices import Answered, GivenUp, Live, Lost, Withdrawn
from shared.protocol.codec import decode_client
from shared.protocol.commands import Command, IssueTicket, ReportPrint
from shared.protocol.messages import Request, Withdraw
from shared.protocol.replies import Issued
from shared.protocol.views import ServiceItem
from shared.session import Session
from shared.vocabulary import DeviceId, Language, PrintState, Priority, Program, RequestId, Role, ServiceId, Words
from tests.support.server_in_memory import ServerInMemory

ANSWER_WITHIN = 10.0
_EPOCH = datetime(2026, 1, 1).astimezone()


@dataclass(frozen=True)
class PaperSlip:
    """A number in a visitor's hand."""

    ticket: str
    visit: str
    key: str
    service: str
    pressed_at: datetime
    alone: bool


@dataclass
class Wire:
    """An outbox of the server that ends in a kiosk's session, unless it was cut."""

    session: Session
    is_cut: bool = False

    def put(self, frame: bytes) -> None:
        if not self.is_cut:
            assert self.session.received(frame)

    def finish(self, frame: bytes, code: int) -> None:
        self.put(frame)


@dataclass
class LoneKiosk:
    server: ServerInMemory
    folder: Path
    name: str = "kiosk-1"
    machine_is_off_by: timedelta = timedelta()
    """What this machine's own clock is wrong by."""
    papers: list[PaperSlip] = field(default_factory=list)
    _wire: Wire | None = None
    _at_server: ServerSession | None = None
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.starts()

    # --- its life ---

    def starts(self) -> None:
        """Also after a kill: all that is left is the file."""
        self._pressed: dict[RequestId, tuple[IssueTicket, datetime]] = {}
        self._told: tuple[datetime, datetime] | None = None
        self._journal = Journal(self.folder / self.name, f"j{next(self._numbers)}")
        memory = self._journal.remembered()
        self._session = Session(
            Program.KIOSK,
            release="t",
            installation=self.name,
            token="t",
            new_id=self._id,
            random=lambda: 0.5,
        )
        if (now := island.clock_of(memory.clock, self._machine())) is not None:
            self._told = (now, self.server.now)
        else:
            memory.leased = None
        self.going_on = GoingOn(memory, self._keep, self, new_id=self._id, new_key=self._key)
        for late in self.going_on.start({paper.visit: PrintState.PRINTED for paper in self.papers}):
            self._paper(late.issued, late.command.service, late.issued.issued_at, late.alone)

    def is_killed(self) -> None:
        self.loses_the_server()

    def connects(self, *, replies_are_lost: bool = False) -> None:
        if self._wire is not None:
            return
        self._session.opened()
        self._session.take_outgoing()  # the hello: the server's door is not part of this
        self._wire = Wire(self._session)
        self._at_server = ServerSession(self._wire, Role.KIOSK, device=DeviceId(self.name), name=self.name)
        self.server.run(Joined(self._at_server))
        self._hear()
        self.settles(replies_are_lost=replies_are_lost)

    def loses_the_server(self) -> None:
        if self._wire is None or self._at_server is None:
            return
        self._wire.is_cut = True
        self._session.closed(self._seconds())
        self.server.run(Left(self._at_server))
        self._wire = self._at_server = None
        self._hear()

    def settles(self, *, replies_are_lost: bool = False) -> None:
        """Send and hear until nobody has anything to say; or send once more into a wire that is being cut."""
        self.going_on.tick()
        while self._wire is not None and self._at_server is not None:
            outgoing = self._session.take_outgoing()
            if not outgoing:
                return
            self._wire.is_cut = replies_are_lost
            for frame in outgoing:
                match decode_client(frame):
                    case Request() as request:
                        self.server.run(Asked(self._at_server, request))
                    case Withdraw() as withdraw:
                        self.server.run(Withdrew(self._at_server, withdraw))
            self._hear()
            if replies_are_lost:
                self.loses_the_server()

    # --- visitors ---

    def press(self, service: ServiceId, priority: Priority = Priority.REGULAR) -> None:
        """A visitor takes a number; from the server, or from the block where there is none."""
        command = IssueTicket(service=service, language=Language.INDONESIAN, priority=priority)
        if self._wire is not None:
            self._pressed[self.going_on.ask(command, ANSWER_WITHIN)] = (command, self.server.now)
        elif self.going_on.can_go_on:
            self._give(command)

    def waits(self, seconds: float) -> None:
        self.server.now += timedelta(seconds=seconds)
        self._session.tick(self._seconds())
        self._hear()

    # --- what `GoingOn` needs of a link ---

    def request(
        self, command: Command, give_up_after: float | None = None, request: RequestId | None = None
    ) -> RequestId:
        return self._session.request(command, self._seconds(), give_up_after, request)

    def withdraw(self, request: RequestId) -> None:
        self._session.withdraw(request)

    def server_now(self) -> datetime:
        if self._told is None:
            return self._machine()
        told, at = self._told
        return told + (self.server.now - at)

    # --- how ---

    def _hear(self) -> None:
        for notice in self._session.take_notices():
            match notice:
                case Live(welcome=welcome):
                    self._told = (welcome.now, self.server.now)
                    self.going_on.connected(self._machine())
                case Lost():
                    self.going_on.lost()
                case Answered(request=request, result=result, refusal=refusal):
                    answer = result if isinstance(result, Issued) else None
                    late = self.going_on.answered(request, result, refusal, partial(self._shown, request, answer))
                    if late is not None:
                        self._paper(late.issued, late.command.service, late.issued.issued_at, late.alone)
                case GivenUp(request=request):
                    self.going_on.given_up(request)
                    if request in self._pressed and self.going_on.can_go_on:
                        self._give(self._pressed.pop(request)[0])
                case Withdrawn(request=request):
                    self.going_on.withdrawn(request)

    def _shown(self, request: RequestId, issued: Issued | None) -> None:
        pressed = self._pressed.pop(request, None)
        if issued is not None and pressed is not None:
            self._paper(issued, pressed[0].service, pressed[1], alone=False)

    def _give(self, command: IssueTicket) -> None:
        pressed_at = self.server.now
        service = self.server.catalogue.services[ServiceId(command.service)]
        words = Words("", "")
        item = ServiceItem(
            id=service.id, agency="", name=words, prefix=service.prefix, requirements=(), fee=words,
            standard_minutes=1, order=1,
        )  # fmt: skip

        def show(issued: Issued | None) -> None:
            if issued is not None:
                self._paper(issued, command.service, pressed_at, alone=True)

        self.going_on.give(command, item, show)

    def _paper(self, issued: Issued, service: str, pressed_at: datetime, alone: bool) -> None:
        if all(paper.visit != issued.visit for paper in self.papers):  # the worker that prints remembers
            self.papers.append(PaperSlip(issued.ticket, issued.visit, issued.key, service, pressed_at, alone))
            self.going_on.report(ReportPrint(visit=issued.visit, state=PrintState.PRINTED))

    def _keep(self, entries: object, then: Then) -> None:
        assert isinstance(entries, tuple)
        written: tuple[Entry, ...] = entries
        self._journal.write(written)
        then(True)

    def _machine(self) -> datetime:
        return self.server.now + self.machine_is_off_by

    def _seconds(self) -> float:
        return (self.server.now - _EPOCH) / timedelta(seconds=1)

    def _id(self) -> str:
        return f"{self.name}-{next(self._numbers):04d}"

    def _key(self) -> str:
        return f"{self.name}-{next(self._numbers):04d}".ljust(22, "_")
