"""The engine: runs a batch of jobs against the lobby, commits once, and says what goes out to whom (laws 1, 2, 6).

One thread calls it, one batch at a time; the lobby, the hub and the hall belong to that thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from time import perf_counter, thread_time
from typing import assert_never

import structlog

from server.app import permissions
from server.app.alarms import SERVER, SERVER_NAME, Alarm
from server.app.closing import close_code
from server.app.days import NOBODY, close_day, is_over, open_day, tidy_up
from server.app.dispatcher import Dispatcher, id_of, refused
from server.app.figures import Figures
from server.app.hall import Hall
from server.app.jobs import Alarmed, Asked, Expected, Followed, Job, Joined, Left, Looked, Revoked, Withdrew
from server.app.norm_watch import NormWatch
from server.app.ports import LobbyStore, StorageError
from server.app.projecting import UnknownStreamError
from server.app.publisher import Post, Publisher
from server.app.seats import Seats
from server.app.sessions import Session
from server.app.turn import Dismissal, Turn
from server.domain.catalogue import Catalogue
from server.domain.facts import Fact as Happened
from server.domain.facts import FactKind
from server.domain.issuing import CLOCK_TOLERANCE
from server.domain.lobby import Lobby
from server.domain.norms import NormKind
from server.domain.service_day import service_date
from shared.program import RELEASE
from shared.protocol.codec import encode
from shared.protocol.messages import Refused, Reply, SiteInfo, Welcome
from shared.protocol.values import PROTOCOL, Fact
from shared.vocabulary import ErrorCode, ReceiptStep, Role, ServiceId

log = structlog.get_logger()

TICK = timedelta(seconds=1)
TIDY_UP = timedelta(minutes=10)  # between two times at which old replies are forgotten, and old days looked for
LATELY = 8  # commits
RETRY = timedelta(seconds=1)  # between two tries to read the lobby again when the database is gone


@dataclass(frozen=True, slots=True)
class Catalogues:
    """Where the engine gets catalogues from. Both raise StorageError."""

    newest_version: Callable[[], int]
    read: Callable[[datetime], Catalogue]
    """The newest one, with what `datetime` says about holidays."""


class Engine:
    def __init__(
        self,
        store: LobbyStore,
        catalogues: Catalogues,
        dispatcher: Dispatcher,
        publisher: Publisher,
        hall: Hall,
        seats: Seats,
        norms: NormWatch,
        figures: Figures,
        lobby: Lobby,
        now: datetime,
        *,
        also_tidied: Sequence[Callable[[date, datetime], object]] = (),
    ) -> None:
        """`also_tidied`: what else ends with its day; told the service date and the moment."""
        self._store = store
        self._also_tidied = also_tidied
        self._catalogues = catalogues
        self._dispatcher = dispatcher
        self._publisher = publisher
        self._hall = hall
        self._seats = seats
        self._norms = norms
        self._figures = figures
        self._lobby: Lobby | None = lobby
        self._catalogue = lobby.catalogue
        self._ticked_at = self._retried_at = self._forgot_at = now
        self._waiting: list[Followed] = []
        """Subscriptions that came while the lobby was not there."""
        self.waited_for_disk = 0.0
        """Seconds that a commit kept this thread without working, lately."""

    @property
    def lobby(self) -> Lobby | None:
        """None while the database is gone."""
        return self._lobby

    def is_closed_by_hand(self, service: ServiceId) -> bool:
        """Whether a supervisor has closed it for today. One look into a dictionary: any thread may take it."""
        lobby = self._lobby
        return lobby is not None and lobby.is_closed_by_hand(service)

    @property
    def catalogue(self) -> Catalogue:
        """The one that holds now. A value: any thread may read it."""
        return self._catalogue

    def site(self) -> SiteInfo:
        site = self._catalogue.site
        return SiteInfo(site.id, site.name, site.time_zone, site.languages, site.most_stops, site.ticket_text)

    def run(self, jobs: Sequence[Job], now: datetime) -> list[Post]:
        """Everything that is to be done at this moment. What comes back is carried out in that order."""
        posts = self._back_to_work(now) + self._tick(now)
        turn = Turn(now)
        asked = [job for job in jobs if isinstance(job, Asked | Withdrew)]
        others = [job for job in jobs if not isinstance(job, Asked | Withdrew)]
        # Who comes is welcomed before anything else reaches them; who leaves is let go after their last request.
        for job in others:
            if isinstance(job, Joined):
                posts += self._welcome(job.session, turn)
        posts += self._commit(asked, turn)
        for job in others:
            posts += self._other(job, turn)
        if self._lobby is not None:
            if turn.alerts_changed:
                posts += self._publisher.alerts(self._lobby, now)
            posts += self._publisher.flush(self._lobby, now, busy=bool(asked))
        self._count(len(asked), turn)
        return posts

    def next_wake(self) -> timedelta:
        """How long the writer may sleep when nothing comes."""
        behind = self._publisher.wake if self._lobby is not None else None
        return TICK if behind is None else behind

    def distrust(self, jobs: Sequence[Job]) -> list[Post]:
        """A fault in our own code: nobody knows what memory holds, nor what was committed. The lobby is read again
        before the next batch; whoever said anything in this one is disconnected, comes back and asks again with the
        same id (law 5). Who has left is let go, or their streams would go on for ever."""
        self._lobby = None
        left = {job.session for job in jobs if isinstance(job, Left)}
        for session in left:
            self._let_go(session, self._ticked_at)
        heard = {job.session: None for job in jobs if isinstance(job, Joined | Asked | Withdrew | Followed)}
        return [_refuse(session, ErrorCode.OVERLOADED, {}) for session in heard if session not in left]

    def _let_go(self, session: Session, now: datetime) -> None:
        self._waiting = [waiting for waiting in self._waiting if waiting.session is not session]
        self._publisher.hub.leave(session)
        self._seats.stand_up(session)
        self._hall.left(session, now)

    def _commit(self, asked: Sequence[Asked | Withdrew], turn: Turn) -> list[Post]:
        """Run the requests, commit them together, publish; then the replies (law 6)."""
        if not asked:
            return []
        lobby = self._lobby
        if lobby is None:
            return [_reply(job.session, refused(id_of(job), ErrorCode.STORAGE_UNAVAILABLE)) for job in asked]
        try:
            self._dispatcher.look_up(asked, turn)
            for job in asked:
                match job:
                    case Asked(session=session, request=request, pin=pin):
                        self._dispatcher.ask(session, request, pin, lobby, turn)
                    case Withdrew(session=session, withdraw=withdraw):
                        self._dispatcher.withdraw(session, withdraw, lobby, turn)
            changes = lobby.take_changes()
            changes.bookings = turn.bookings
            if changes or turn.stored:
                began, worked = perf_counter(), thread_time()
                self._store.commit(lobby.service_date, changes, list(turn.stored.values()))
                waited = perf_counter() - began - (thread_time() - worked)
                self.waited_for_disk += (waited - self.waited_for_disk) / LATELY
        except StorageError as error:
            return self._nothing_was_promised(asked, turn, error)
        if Alarm.STORAGE in self._figures.alarms and turn.stored:
            turn.alerts_changed |= self._alarm(Alarm.STORAGE, False, turn.now)
        if changes.facts:
            log.info("done", each=[_line(fact) for fact in changes.facts])
            calls = [fact for fact in changes.facts if fact.kind is FactKind.CALLED]
            self._figures.calls += len(calls)
            self._figures.calls_out_of_order += sum("reason" in fact.why for fact in calls)
        posts = self._publisher.after(changes, turn.desks, lobby, turn.now, crowded=len(asked) > 1)
        posts += [partial(session.outbox.put, reply) for session, reply in turn.replies]
        for dismissal in turn.dismissals:
            posts.append(self._dismiss(dismissal))
        for session in {session: None for session, _ in turn.replies}:
            posts += self._seat_changed(session, turn)
        return posts

    def _nothing_was_promised(self, asked: Sequence[Asked | Withdrew], turn: Turn, error: StorageError) -> list[Post]:
        log.error("storage_failed", error=str(error), requests=len(asked))
        self._figures.storage_failures += 1
        for undo in reversed(turn.undo):
            undo()
        self._lobby = None
        self._alarm(Alarm.STORAGE, True, turn.now)  # published with the lobby that is read again
        self._retried_at = turn.now - RETRY
        turn.desks.clear()
        return [_reply(job.session, refused(id_of(job), ErrorCode.STORAGE_UNAVAILABLE)) for job in asked]

    def _back_to_work(self, now: datetime) -> list[Post]:
        """Read the lobby again after the database was gone."""
        if self._lobby is not None or now - self._retried_at < RETRY:
            return []
        self._retried_at = now
        try:
            self._lobby = open_day(self._store, self._catalogue, now)
        except StorageError as error:
            log.warning("storage_still_gone", error=str(error))
            return []
        self._norms.forget()
        log.info("lobby_read_again", service_date=self._lobby.service_date.isoformat())
        posts = self._publisher.everything(self._lobby, now)
        waiting, self._waiting = self._waiting, []
        return posts + [post for job in waiting for post in self._follow(job, Turn(now))]

    def _tick(self, now: datetime) -> list[Post]:
        if self._lobby is None or timedelta(0) <= now - self._ticked_at < TICK:
            return []
        before, self._ticked_at = self._ticked_at, now
        try:
            posts = self._new_day(now) + self._new_catalogue(now)
            if now - self._forgot_at >= TIDY_UP:
                self._forgot_at = now
                self._tidy_up(now)
        except StorageError as error:
            log.error("storage_failed", error=str(error))
            self._lobby = None
            return []
        behind = self._lobby.newest - now > CLOCK_TOLERANCE
        if self._alarm(Alarm.CLOCK_BEHIND, behind, now) | self._hall.look_for_lost(now):
            posts += self._publisher.alerts(self._lobby, now)
        if self._norms.look(self._lobby, now):
            posts += self._publisher.norms(self._lobby)
            self._figures.breaches = {kind.value: self._norms.count(kind) for kind in NormKind}
        posts += self._publisher.look_for_ended(self._lobby, now)
        if before.minute != now.minute or before.hour != now.hour:
            self._publisher.time_passed()
        return posts

    def _tidy_up(self, now: datetime) -> None:
        tidy_up(self._store, self._catalogue, now)
        for tidy in self._also_tidied:
            tidy(service_date(now, self._catalogue.site.time_zone), now)

    def _new_day(self, now: datetime) -> list[Post]:
        if self._lobby is None or not is_over(self._lobby, now):
            return []
        close_day(self._store, self._lobby, now)
        self._forgot_at = now - TIDY_UP
        self._catalogue = self._catalogues.read(now)
        self._lobby = open_day(self._store, self._catalogue, now)
        self._norms.forget()
        log.info("day_opened", service_date=self._lobby.service_date.isoformat())
        return self._publisher.everything(self._lobby, now)

    def _new_catalogue(self, now: datetime) -> list[Post]:
        version = self._catalogues.newest_version()
        if self._lobby is None or version == self._catalogue.version:
            return []
        self._catalogue = self._catalogues.read(now)
        self._lobby.publish(self._catalogue, now, NOBODY)
        changes = self._lobby.take_changes()
        self._store.commit(self._lobby.service_date, changes, ())
        log.info("catalogue_published", version=version)
        return self._publisher.after(changes, (), self._lobby, now)

    def _other(self, job: Job, turn: Turn) -> list[Post]:
        match job:
            case Followed():
                return self._follow(job, turn)
            case Looked(stream=stream, answer=answer):
                return [partial(answer, self._publisher.look(stream, self._lobby, turn.now))]
            case Left(session=session):
                self._let_go(session, turn.now)
            case Revoked(device=device):
                turn.alerts_changed |= self._hall.forget(device)
            case Expected(devices=devices):
                self._hall.expect(devices)
            case Alarmed(alarm=alarm, standing=standing):
                turn.alerts_changed |= self._alarm(alarm, standing, turn.now)
            case Joined() | Asked() | Withdrew():
                pass
            case _:
                assert_never(job)
        return []

    def _welcome(self, session: Session, turn: Turn) -> list[Post]:
        turn.alerts_changed |= self._hall.joined(session)
        if session.device is None:
            return []
        welcome = Welcome(
            protocol=PROTOCOL,
            release=RELEASE,
            device=session.device,
            name=session.name,
            zone=session.zone,
            site=self.site(),
            now=turn.now,
        )
        return [partial(session.outbox.put, encode(welcome))]

    def _follow(self, job: Followed, turn: Turn) -> list[Post]:
        session, stream = job.session, job.stream
        if not permissions.may_follow(session, stream):
            if session.role is Role.COUNTER and permissions.split(stream)[0] is permissions.Family.DESK:
                session.wanted.add(stream)  # the officer has not signed in again yet
                return []
            return [_refuse(session, ErrorCode.FORBIDDEN, {"stream": stream})]
        try:
            post = self._publisher.follow(session, stream, self._lobby, turn.now)
        except UnknownStreamError:
            return [_refuse(session, ErrorCode.UNKNOWN_STREAM, {"stream": stream})]
        if post is None:
            self._waiting.append(job)
            return []
        return [post]

    def _seat_changed(self, session: Session, turn: Turn) -> list[Post]:
        """The desk that was asked for early is shown now; one that was left is shown no more."""
        if session.base is Role.KIOSK:
            return []  # what it may follow never changes
        for stream in [stream for stream in session.follows if not permissions.may_follow(session, stream)]:
            self._publisher.hub.unfollow(session, stream)
        if session.seat is None or not session.wanted:
            return []
        wanted, session.wanted = session.wanted, set()
        mine = sorted(stream for stream in wanted if permissions.may_follow(session, stream))
        return [post for stream in mine for post in self._follow(Followed(session, stream), turn)]

    def _alarm(self, alarm: Alarm, standing: bool, now: datetime) -> bool:
        """Whether the alerts changed."""
        if standing == (alarm in self._figures.alarms):
            return False
        log.log(logging.ERROR if standing else logging.INFO, "alarm", kind=alarm.value, standing=standing)
        if standing:
            self._figures.alarms |= {alarm}
            return self._hall.alert(SERVER, SERVER_NAME, alarm.value, now)
        self._figures.alarms -= {alarm}
        return self._hall.clear(SERVER, alarm.value)

    def _dismiss(self, dismissal: Dismissal) -> Post:
        self._publisher.hub.leave(dismissal.session)
        return _refuse(dismissal.session, dismissal.code, dismissal.facts)

    def _count(self, requests: int, turn: Turn) -> None:
        self._figures.receipts_shown += turn.receipts.count(ReceiptStep.SHOWN)
        self._figures.receipts_spoken += turn.receipts.count(ReceiptStep.SPOKEN)
        self._figures.requests += requests
        self._figures.batches += 1 if requests else 0
        self._figures.followers = self._publisher.hub.follower_count
        self._figures.database = self._lobby is not None
        if self._lobby is not None:
            self._figures.service_date = self._lobby.service_date.isoformat()


def _line(fact: Happened) -> dict[str, str | None]:
    """As it stands in the log."""
    return {
        "event": fact.kind.value,
        "visit": fact.visit,
        "leg": fact.leg,
        "counter": fact.counter,
        "device": fact.actor.device,
    }


def _reply(session: Session, reply: Reply) -> Post:
    return partial(session.outbox.put, encode(reply))


def _refuse(session: Session, code: ErrorCode, facts: dict[str, Fact]) -> Post:
    return partial(session.outbox.finish, encode(Refused(code=code, facts=facts)), close_code(code))
