"""A whole server without threads, sockets and disks: jobs in, frames out. The clock is turned by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from server.app.allowance import Rate
from server.app.bookings.ports import BookingStore
from server.app.bookings.verbs import BookingVerbs
from server.app.days import open_day, restored
from server.app.dispatcher import Dispatcher
from server.app.engine import Catalogues, Engine
from server.app.figures import Figures
from server.app.hall import Hall
from server.app.hub import Hub
from server.app.islands import Islands
from server.app.jobs import Asked, Followed, Job, Joined, Left, Withdrew
from server.app.norm_watch import NormWatch
from server.app.projecting import project
from server.app.publisher import Publisher
from server.app.recent_calls import RecentCalls
from server.app.seats import Seats
from server.app.sessions import Session
from server.app.shifts import FOR_THE_DAY, Shifts
from server.app.verbs import Verbs
from server.domain.catalogue import Catalogue
from server.domain.errors import RefusedError
from server.domain.lobby import Lobby
from shared.protocol.codec import decode_server
from shared.protocol.commands import Command, IssueTicket, OpenCounter, SignIn
from shared.protocol.messages import Announcement, Delta, Refused, Reply, Request, ServerMessage, Snapshot, Withdraw
from shared.protocol.replies import Issued, Refusal, Result
from shared.protocol.views import LineItem, Table, VisitItem
from shared.sync import apply, opened
from shared.vocabulary import (
    AgencyId,
    AnnouncementId,
    BookingId,
    CounterId,
    DeviceId,
    FollowKey,
    Language,
    LegId,
    OfficerId,
    Role,
    ServiceId,
    VisitId,
    ZoneId,
)
from tests.support.builders import AYU, HALL, KTP, NINE, ONE, SUPERVISOR, a_catalogue
from tests.support.memory_store import MemoryStore

A_NUMBER = IssueTicket(service=KTP, language=Language.INDONESIAN)


@dataclass
class CountedIds:
    made: int = 0

    def _next(self, kind: str) -> str:
        self.made += 1
        return f"{kind}{self.made}"

    def visit(self) -> VisitId:
        return VisitId(self._next("v"))

    def leg(self) -> LegId:
        return LegId(self._next("l"))

    def follow_key(self) -> FollowKey:
        return FollowKey(self._next("k"))

    def announcement(self) -> AnnouncementId:
        return AnnouncementId(self._next("a"))

    def booking(self) -> BookingId:
        return BookingId(self._next("b"))

    def booking_code(self) -> str:
        self.made += 1
        return f"CODE{self.made:02d}"


@dataclass
class Ear:
    """An outbox that remembers, and follows its streams as a program does."""

    heard: list[ServerMessage] = field(default_factory=list)
    closed: int | None = None
    revs: dict[str, int] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)

    def put(self, frame: bytes) -> None:
        message = decode_server(frame)
        self.heard.append(message)
        match message:
            case Snapshot(stream=stream):
                self.revs[stream], self.tables[stream] = opened(message)
            case Delta(stream=stream):
                # GapError here: law 7 is broken
                self.revs[stream], self.tables[stream] = apply(self.revs[stream], self.tables[stream], message)

    def finish(self, frame: bytes, code: int) -> None:
        self.put(frame)
        self.closed = code

    @property
    def announcements(self) -> list[Announcement]:
        return [message for message in self.heard if isinstance(message, Announcement)]

    @property
    def refused(self) -> Refused | None:
        return next((message for message in self.heard if isinstance(message, Refused)), None)


class ServerInMemory:
    def __init__(
        self,
        catalogue: Catalogue | None = None,
        store: MemoryStore | None = None,
        now: datetime = NINE,
        block: int = 30,
        shifts: Shifts = FOR_THE_DAY,
        bookings: BookingStore | None = None,
    ) -> None:
        self.now = now
        self.block = block
        self.shifts = shifts
        self.store = store or MemoryStore()
        self.bookings: BookingStore = self.store.bookings if bookings is None else bookings
        self.catalogue = catalogue or a_catalogue()
        self.ids = CountedIds()
        self.figures = Figures()
        self._asked = 0
        self.restarts()

    def restarts(self) -> None:
        """A new process over the same store: whoever was connected is not any more."""
        catalogues = Catalogues(lambda: self.catalogue.version, lambda _: self.catalogue)
        lobby = open_day(self.store, self.catalogue, self.now)
        self.hall, self.hub, seats = Hall(watching_since=self.now), Hub(), Seats()
        self.norms = NormWatch(self.hall)
        verbs = Verbs(
            self.hall,
            seats,
            self.ids,
            lambda key: f"http://hall/v/{key}",
            Rate(6, 0.5),
            {},
            Islands(self.ids, "http://hall/v/", self.block),
            self.norms,
            self.shifts,
            bookings=BookingVerbs(
                self.bookings, self.ids, lambda key: f"http://hall/b/{key}", lambda key: f"http://hall/v/{key}"
            ),
        )
        self.engine = Engine(
            self.store,
            catalogues,
            Dispatcher(self.store, verbs),
            Publisher(self.hub, self.hall, self.ids, lobby),
            self.hall,
            seats,
            self.norms,
            self.figures,
            lobby,
            self.now,
            also_tidied=[self.bookings.tidy],
        )

    @property
    def lobby(self) -> Lobby:
        assert self.engine.lobby is not None
        return self.engine.lobby

    # --- who is there ---

    def kiosk(self, device: str = "kiosk-1") -> Session:
        return self._joins(Role.KIOSK, device)

    def counter(self, device: str = "desk-1") -> Session:
        return self._joins(Role.COUNTER, device)

    def display(self, device: str = "tv-1", zone: str = HALL) -> Session:
        return self._joins(Role.DISPLAY, device, ZoneId(zone))

    def phone(self, key: str) -> Session:
        session = Session(Ear(), Role.VISITOR, key=FollowKey(key))
        self.run(Joined(session))
        return session

    def officer(self, counter: CounterId = ONE, officer: OfficerId = AYU, device: str = "") -> Session:
        """Signed in, with the counter open."""
        session = self.counter(device or f"desk-{counter}")
        self.does(session, SignIn(officer=officer, pin="1234", counter=counter))
        self.does(session, OpenCounter())
        return session

    def person(self, role: Role = Role.SUPERVISOR, officer: str = SUPERVISOR, agency: str | None = None) -> Session:
        """Somebody who signed in to the pages."""
        of = None if agency is None else AgencyId(agency)
        session = Session(Ear(), role, person=OfficerId(officer), agency=of)
        self.run(Joined(session))
        return session

    def leaves(self, session: Session) -> None:
        self.run(Left(session))

    def follows(self, session: Session, stream: str) -> Table:
        self.run(Followed(session, stream))
        return ear(session).tables.get(stream, {})

    # --- what they do ---

    def asks(self, session: Session, command: Command, id_: str = "", pin: RefusedError | None = None) -> Reply:
        request = self.request(command, id_)
        self.run(Asked(session, request, pin))
        return replies_to(session, request.id)[-1]

    def does(self, session: Session, command: Command) -> Result:
        reply = self.asks(session, command)
        assert reply.result is not None, reply.refusal
        return reply.result

    def refusal(self, session: Session, command: Command) -> Refusal:
        reply = self.asks(session, command)
        assert reply.refusal is not None, reply.result
        return reply.refusal

    def issues(self, kiosk: Session, service: ServiceId = KTP, language: Language = Language.INDONESIAN) -> Issued:
        self.passes(seconds=2)
        result = self.does(kiosk, IssueTicket(service=service, language=language))
        assert isinstance(result, Issued)
        return result

    def withdraws(self, session: Session, id_: str) -> Reply:
        self.run(Withdrew(session, Withdraw(id=id_)))
        return replies_to(session, id_)[-1]

    def request(self, command: Command, id_: str = "") -> Request:
        self._asked += 1
        return Request(id=id_ or f"r{self._asked}", command=command)

    def run(self, *jobs: Job) -> None:
        """One batch."""
        for post in self.engine.run(jobs, self.now):
            post()

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.run()

    def truth(self, stream: str) -> Table:
        """What the stream would be if it were made anew from what the store gives back."""
        stored = self.store.read_lobby(self.lobby.service_date)
        lobby = restored(stored, self.catalogue, newest=self.store.newest_instant())
        return project(stream, lobby, RecentCalls.of(lobby), self.hall, self.now)

    def _joins(self, role: Role, device: str, zone: ZoneId | None = None) -> Session:
        session = Session(Ear(), role, device=DeviceId(device), name=device, zone=zone)
        self.run(Joined(session))
        return session


def line_of(table: Table, service: str = KTP) -> LineItem:
    item = table[f"line:{service}"]
    assert isinstance(item, LineItem)
    return item


def visit_of(phone: Session, key: str) -> VisitItem:
    """What that phone shows of its visit."""
    item = ear(phone).tables[f"visit:{key}"]["visit"]
    assert isinstance(item, VisitItem)
    return item


def ear(session: Session) -> Ear:
    assert isinstance(session.outbox, Ear)
    return session.outbox


def replies_to(session: Session, request: str) -> list[Reply]:
    return [message for message in ear(session).heard if isinstance(message, Reply) and message.id == request]
