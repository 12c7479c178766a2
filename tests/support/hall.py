"""The hall of the stories: verbs by name, tickets as people say them, over any store.

After every verb the changes are kept and the lobby is read back, so that each story also tries the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from server.app.days import restored
from server.app.ports import LobbyStore
from server.domain.catalogue import Catalogue
from server.domain.early_calls import CalledBefore
from server.domain.errors import RefusedError
from server.domain.estimating import Forecast
from server.domain.facts import Actor, Why
from server.domain.head_starts import Overtaking
from server.domain.issuing import Choice
from server.domain.lobby import Lobby
from server.domain.orders import Bulletin, BulletinId
from server.domain.pauses import PlannedPause
from server.domain.service_day import service_date
from server.domain.steering import DayEnd
from server.domain.stops import path_of
from server.domain.visit import Leg, Visit
from shared.vocabulary import (
    AgencyId,
    CallReason,
    CancelReason,
    CounterId,
    CounterState,
    DeviceId,
    ErrorCode,
    FollowKey,
    Language,
    LegId,
    LegState,
    Need,
    OfficerId,
    Outcome,
    PauseReason,
    PrinterFault,
    PrintState,
    Priority,
    ServiceId,
    VisitId,
)
from tests.support.builders import KIOSK, NINE, SEATS, SUPERVISOR, a_catalogue, both

Ticket = str
WHY = "a reason"
FLOOR = Actor(officer=SUPERVISOR)


class Hall:
    """Opens at nine on a Monday, with every counter of the sample catalogue open and its officer seated."""

    def __init__(self, store: LobbyStore, catalogue: Catalogue | None = None, now: datetime = NINE) -> None:
        self.store = store
        self.catalogue = catalogue or a_catalogue()
        self.now = now
        self._made = 0
        self._lobby = self._read(self.catalogue, self._today())
        for counter, officer in SEATS.items():
            if counter in self.catalogue.counters:
                self.sits(officer, counter)
                self.opens(counter)

    # --- time ---

    def passes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    def clock_reads(self, now: datetime) -> None:
        self.now = now

    def restarts(self) -> None:
        """The server comes up again: with the date that it is now, and what the store gives back."""
        self._lobby = self._read(self.catalogue, self._today())

    # --- visitors ---

    def takes_number(
        self,
        service: ServiceId,
        *,
        priority: Priority = Priority.REGULAR,
        language: Language = Language.INDONESIAN,
        needs: tuple[Need, ...] = (),
        further: Sequence[ServiceId] = (),
        booked_for: datetime | None = None,
    ) -> Ticket:
        """`booked_for`: somebody who had booked checks in."""
        visit, leg, key = VisitId(self._id("v")), LegId(self._id("l")), FollowKey(self._id("k"))
        issued: list[Visit] = []
        self._do(
            lambda: issued.append(
                self._lobby.issue(
                    service,
                    visit=visit,
                    leg=leg,
                    key=key,
                    language=language,
                    priority=priority,
                    needs=needs,
                    now=self.now,
                    actor=KIOSK,
                    further=[Choice(one, LegId(self._id("l"))) for one in further],
                    booked_for=booked_for,
                )
            )
        )
        return issued[0].ticket

    def cancels(self, ticket: Ticket, reason: CancelReason = CancelReason.BY_VISITOR) -> None:
        self._do(lambda: self._lobby.cancel(self.visit(ticket).id, reason, self.now, KIOSK))

    def printer_reports(
        self, ticket: Ticket, state: PrintState, fault: PrinterFault | None = None, copy: int = 0
    ) -> None:
        self._do(lambda: self._lobby.report_print(self.visit(ticket).id, state, fault, copy, self.now, KIOSK))

    def comes_back(self, ticket: Ticket) -> None:
        self._do(lambda: self._lobby.come_back(self.visit(ticket).id, self.now, KIOSK))

    def gives_way(self, ticket: Ticket) -> None:
        self._do(lambda: self._lobby.give_way(self.visit(ticket).id, self.now, Actor()))

    # --- officers ---

    def sits(self, officer: OfficerId, counter: CounterId, *, take_over: bool = False) -> None:
        actor = self._desk(counter, officer)
        self._do(lambda: self._lobby.sit(counter, officer, take_over=take_over, now=self.now, actor=actor))

    def leaves(self, counter: CounterId) -> None:
        self._do(lambda: self._lobby.leave(counter, self.now, self._desk(counter)))

    def opens(self, counter: CounterId) -> None:
        self._do(lambda: self._lobby.open(counter, self.now, self._desk(counter)))

    def pauses(self, counter: CounterId, reason: PauseReason = PauseReason.PRAYER) -> None:
        self._do(lambda: self._lobby.pause(counter, reason, self.now, self._desk(counter)))

    def announces_pause(
        self, counter: CounterId, ahead: float, lasts: float, reason: PauseReason = PauseReason.MEAL
    ) -> None:
        starts_in, length = timedelta(minutes=ahead), timedelta(minutes=lasts)
        self._do(lambda: self._lobby.announce_pause(counter, reason, starts_in, length, self.now, self._desk(counter)))

    def calls_off_pause(self, counter: CounterId) -> None:
        self._do(lambda: self._lobby.call_off_pause(counter, self.now, self._desk(counter)))

    def closes(self, counter: CounterId) -> None:
        self._do(lambda: self._lobby.close(counter, self.now, self._desk(counter)))

    def calls_next(self, counter: CounterId) -> Ticket:
        """As an officer does who sees what is in hand."""
        return self.presses_next(counter, self.in_hand(counter))

    def presses_next(self, counter: CounterId, believed: Ticket | None) -> Ticket:
        hand = None if believed is None else self.leg(believed).id
        self._do(lambda: self._lobby.call_next(counter, in_hand=hand, now=self.now, actor=self._desk(counter)))
        return self._ticket_in_hand(counter)

    def calls_ticket(
        self,
        counter: CounterId,
        ticket: Ticket,
        reason: CallReason = CallReason.URGENT_NEED,
        service: ServiceId | None = None,
    ) -> Ticket:
        """`service`: which stop, of a ticket that has several."""
        hand, wanted = self._lobby.in_hand(counter), (self.stop(ticket, service) if service else self.leg(ticket)).id
        self._do(
            lambda: self._lobby.call_ticket(
                counter,
                wanted,
                reason,
                in_hand=None if hand is None else hand.id,
                now=self.now,
                actor=self._desk(counter),
            )
        )
        return self._ticket_in_hand(counter)

    def recalls(self, counter: CounterId, ticket: Ticket) -> None:
        self._do(lambda: self._lobby.recall(counter, self.leg(ticket).id, self.now, self._desk(counter)))

    def serves(self, counter: CounterId, ticket: Ticket) -> None:
        self._do(lambda: self._lobby.serve(counter, self.leg(ticket).id, self.now, self._desk(counter)))

    def finishes(self, counter: CounterId, ticket: Ticket, outcome: Outcome = Outcome.SOLVED) -> None:
        self._do(lambda: self._lobby.finish(counter, self.leg(ticket).id, outcome, self.now, self._desk(counter)))

    def parks(self, counter: CounterId, ticket: Ticket, note: str = "") -> None:
        self._do(lambda: self._lobby.park(counter, self.leg(ticket).id, note, self.now, self._desk(counter)))

    def resumes(self, counter: CounterId, ticket: Ticket) -> None:
        self._do(lambda: self._lobby.resume(counter, self.leg(ticket).id, self.now, self._desk(counter)))

    def marks_missed(self, counter: CounterId, ticket: Ticket) -> None:
        self._do(lambda: self._lobby.mark_missed(counter, self.leg(ticket).id, self.now, self._desk(counter)))

    def returns(self, counter: CounterId, ticket: Ticket) -> None:
        self._do(lambda: self._lobby.return_(counter, self.leg(ticket).id, self.now, self._desk(counter)))

    def transfers(
        self, counter: CounterId, ticket: Ticket, service: ServiceId, *, only_counter: CounterId | None = None
    ) -> None:
        leg, new_leg = self.leg(ticket).id, LegId(self._id("l"))
        self._do(
            lambda: self._lobby.transfer(
                counter,
                leg,
                service,
                new_leg=new_leg,
                only_counter=only_counter,
                now=self.now,
                actor=self._desk(counter),
            )
        )

    def adds_stop(self, counter: CounterId, service: ServiceId) -> None:
        hand, new_leg = self._lobby.in_hand(counter), LegId(self._id("l"))
        leg, actor = LegId("none") if hand is None else hand.id, self._desk(counter)
        self._do(lambda: self._lobby.add_stop(counter, leg, service, new_leg=new_leg, now=self.now, actor=actor))

    # --- the supervisor ---

    def moves(self, ticket: Ticket, service: ServiceId, only_counter: CounterId | None = None) -> None:
        leg, new_leg = self.leg(ticket).id, LegId(self._id("l"))
        self._do(
            lambda: self._lobby.move(
                leg, service, new_leg=new_leg, only_counter=only_counter, because=WHY, now=self.now, actor=FLOOR
            )
        )

    def calls_off(self, ticket: Ticket, agency: AgencyId | None = None) -> None:
        self._do(lambda: self._lobby.call_off(self.visit(ticket).id, agency, WHY, self.now, FLOOR))

    def corrects_priority(self, ticket: Ticket, priority: Priority = Priority.PRIORITY) -> None:
        self._do(lambda: self._lobby.reprioritise(self.visit(ticket).id, priority, WHY, self.now, FLOOR))

    def reopens(self, ticket: Ticket) -> None:
        self._do(lambda: self._lobby.reopen(self.leg(ticket).id, WHY, self.now, FLOOR))

    def closes_service(self, service: ServiceId) -> None:
        self._do(lambda: self._lobby.close_service(service, WHY, self.now, FLOOR))

    def opens_service(self, service: ServiceId) -> None:
        self._do(lambda: self._lobby.open_service(service, WHY, self.now, FLOOR))

    def stands(self, counter: CounterId, state: CounterState, reason: PauseReason | None = None) -> None:
        self._do(lambda: self._lobby.stand(counter, state, reason, WHY, self.now, FLOOR))

    def says(self, text: str, minutes: float) -> BulletinId:
        said = Bulletin(
            BulletinId(self._id("b")), both(text), (), self.now, self.now + timedelta(minutes=minutes), SUPERVISOR
        )
        self._do(lambda: self._lobby.give_bulletin(said, spoken=True, because=WHY, actor=FLOOR))
        return said.id

    def takes_back(self, bulletin: BulletinId) -> None:
        self._do(lambda: self._lobby.end_bulletin(bulletin, WHY, self.now, FLOOR))

    def bulletins(self) -> list[str]:
        """What stands in the running text now."""
        return [one.text.id for one in self._lobby.bulletins.values() if one.stands(self.now)]

    def closes_the_day(self, agency: AgencyId | None = None) -> DayEnd:
        ends: list[DayEnd] = []
        self._do(lambda: ends.append(self._lobby.close_day(agency, WHY, self.now, FLOOR)))
        return ends[0]

    # --- the site ---

    def publishes(self, catalogue: Catalogue) -> None:
        self._do(lambda: self._lobby.publish(catalogue, self.now, Actor()))
        self.catalogue = catalogue

    def ends_the_day(self) -> None:
        self._do(lambda: self._lobby.expire_open_legs(self.now, Actor()))

    # --- readings ---

    @property
    def lobby(self) -> Lobby:
        """To be read only: what screens are drawn from."""
        return self._lobby

    def visit(self, ticket: Ticket) -> Visit:
        return next(visit for visit in self._lobby.visits.values() if visit.ticket == ticket)

    def count(self) -> int:
        """Visits of the day, whatever became of them."""
        return len(self._lobby.visits)

    def leg(self, ticket: Ticket) -> Leg:
        """The present leg of the visit, or the last one."""
        return self._lobby.foremost(self.visit(ticket))

    def path(self, ticket: Ticket) -> dict[ServiceId, LegState]:
        """How each stop of the visit stands, in the order of the path."""
        return {leg.service: leg.state for leg in path_of(self.visit(ticket))}

    def stop(self, ticket: Ticket, service: ServiceId) -> Leg:
        return next(leg for leg in path_of(self.visit(ticket)) if leg.service == service)

    def ahead_at(self, ticket: Ticket, service: ServiceId) -> int:
        return self._lobby.ahead(self.stop(ticket, service).id)

    def state(self, ticket: Ticket) -> LegState:
        return self.leg(ticket).state

    def in_hand(self, counter: CounterId) -> Ticket | None:
        hand = self._lobby.in_hand(counter)
        return None if hand is None else self._lobby.visit_of(hand.id).ticket

    def waiting(self, counter: CounterId) -> list[Ticket]:
        """The work profile's line as the officer sees it."""
        return [self._lobby.visit_of(leg.id).ticket for leg in self._lobby.waiting_for(counter, self.count())]

    def aside(self, counter: CounterId) -> list[Ticket]:
        legs = (*self._lobby.parked_at(counter), *self._lobby.missed_at(counter))
        return [self._lobby.visit_of(leg.id).ticket for leg in legs]

    def ahead(self, ticket: Ticket) -> int:
        return self._lobby.ahead(self.leg(ticket).id)

    def why_called(self, ticket: Ticket) -> Why:
        """As the officer's screen has it."""
        return self._lobby.reasons[self.leg(ticket).id]

    def put_before(self, ticket: Ticket) -> Overtaking | None:
        """As the phone has it."""
        return self._lobby.overtaken_by(self.leg(ticket).id)

    def called_before(self, ticket: Ticket) -> CalledBefore | None:
        return self._lobby.called_before(self.leg(ticket).id)

    def estimate(self, service: ServiceId) -> Forecast | None:
        return self._lobby.estimate(service, self.now)

    def counter_state(self, counter: CounterId) -> CounterState:
        return self._lobby.counters[counter].state

    def next_pause(self, counter: CounterId) -> PlannedPause | None:
        return self._lobby.counters[counter].planned

    def paused_until(self, counter: CounterId) -> datetime | None:
        return self._lobby.counters[counter].pause_until

    def seated(self, counter: CounterId) -> OfficerId | None:
        return self._lobby.counters[counter].officer

    def served_today(self, counter: CounterId) -> int:
        return self._lobby.served_today(counter)

    def refusal(self, verb: Callable[[], object]) -> ErrorCode | None:
        """The code with which a verb is refused; None when it is done. A refused verb must have changed nothing."""
        try:
            verb()
        except RefusedError as refused:
            assert not self._lobby.take_changes(), "refused, but changed"
            return refused.code
        return None

    # --- keeping ---

    def _do(self, verb: Callable[[], object]) -> None:
        verb()
        self.store.commit(self._lobby.service_date, self._lobby.take_changes(), ())
        kept = self._read(self._lobby.catalogue, self._lobby.service_date)
        assert kept == self._lobby, "law 8: reload(lobby) == lobby"
        self._lobby = kept

    def _read(self, catalogue: Catalogue, day: date) -> Lobby:
        return restored(self.store.read_lobby(day), catalogue, newest=self.store.newest_instant())

    def _today(self) -> date:
        return service_date(self.now, self.catalogue.site.time_zone)

    def _ticket_in_hand(self, counter: CounterId) -> Ticket:
        ticket = self.in_hand(counter)
        assert ticket is not None
        return ticket

    def _desk(self, counter: CounterId, officer: OfficerId | None = None) -> Actor:
        status = self._lobby.counters.get(counter)
        return Actor(device=DeviceId(f"desk-{counter}"), officer=officer or (status.officer if status else None))

    def _id(self, kind: str) -> str:
        self._made += 1
        return f"{kind}{self.now:%m%d}-{self._made}"
