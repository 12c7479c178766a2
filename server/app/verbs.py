"""Verbs: each command is one verb of the lobby, or one word to the hall, and the result it is answered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

from server.app.allowance import Allowance, Rate
from server.app.bookings.verbs import BookingCommand, BookingVerbs
from server.app.hall import Hall
from server.app.identities import Ids
from server.app.islands import Islands
from server.app.norm_watch import NormWatch
from server.app.seats import Seats, is_held
from server.app.sessions import Seat, Session
from server.app.shifts import FOR_THE_DAY, Shifts
from server.app.steering import steer
from server.app.turn import Dismissal, Turn
from server.app.views.minutes import minutes_of
from server.app.views.path import stops_of
from server.domain.catalogue import Officer
from server.domain.errors import RefusedError
from server.domain.facts import Actor
from server.domain.issuing import Choice
from server.domain.lobby import Lobby
from server.domain.visit import Leg, Visit
from shared.protocol import commands as c
from shared.protocol.commands import Command
from shared.protocol.opinions import AnswerSurvey, FindVisit, RateService
from shared.protocol.replies import Called, Done, Issued, Placed, Result, SignedIn
from shared.protocol.steering import Steered
from shared.vocabulary import (
    AnnouncementId,
    CancelReason,
    CounterId,
    DeviceId,
    ErrorCode,
    FollowKey,
    LegId,
    OfficerId,
    PrinterFault,
    PrintState,
    RequestId,
    Role,
    ServiceId,
    VisitId,
)

PRINTER_ALERTS = (*(fault.value for fault in PrinterFault), "paper_low")
VOICE_ALERT = "voice"


@dataclass(frozen=True, slots=True)
class Verbs:
    hall: Hall
    seats: Seats
    ids: Ids
    follow_url: Callable[[FollowKey], str]
    kiosk_rate: Rate
    allowances: dict[DeviceId, Allowance]
    islands: Islands
    norms: NormWatch
    shifts: Shifts = FOR_THE_DAY
    bookings: BookingVerbs = field(kw_only=True)

    def perform(self, session: Session, request: RequestId, command: Command, lobby: Lobby, turn: Turn) -> Result:
        """Do it. Raises RefusedError; then nothing has changed."""
        now, actor = turn.now, session.actor(request)
        if isinstance(command, Steered):
            steer(session, command, lobby, turn, actor, self.ids, self.norms)
            return Done()
        match command:
            case c.IssueTicket():
                return self._issue(session, command, lobby, turn, actor)
            case c.CheckIn():
                return self.bookings.check_in(session, command, lobby, turn, actor)
            case c.Book() | c.ChangeBooking() | c.CancelBooking():
                _refuse_booking(session, lobby, command)
                return self.bookings.perform(command, lobby, turn)
            case FindVisit() | AnswerSurvey() | RateService():  # answered before they come here: server.net.opinions
                raise RefusedError(ErrorCode.NOT_ASKED)
            case c.ReportPrint():
                return self._report_print(session, command, lobby, turn, actor)
            case c.ReportPrinter(fault=fault, paper_low=low):
                return self._report_printer(session, fault, low, turn)
            case c.LeaseNumbers(journal=journal):
                return self.islands.lease(session, journal, lobby, now, actor)
            case c.MergeTickets():
                return self.islands.merge(session, command, lobby, turn)
            case c.ReportVoice(fault=words):
                return self._report_voice(session, words, turn)
            case c.Acknowledge(announcement=announcement, step=step):
                counter = self.hall.acknowledged(AnnouncementId(announcement), session, step, now)
                if counter is not None:
                    turn.desks.add(counter)
                turn.receipts.append(step)
            case c.SignIn():
                return self._sign_in(session, command, lobby, turn, actor)
            case c.SignOut():
                lobby.leave(_counter_of(session, lobby), now, actor)
                if not session.by_key:
                    turn.undo.append(self.seats.stand_up(session))
            case c.CancelOwnVisit(key=key):
                visit = _own_visit(session, FollowKey(key), lobby)
                lobby.cancel(visit.id, CancelReason.BY_VISITOR, now, actor)
            case c.GiveWay(key=key):
                return _placed(lobby.give_way(_own_visit(session, FollowKey(key), lobby).id, now, actor), lobby, now)
            case c.ComeBack(key=key):
                visit = _shown_visit(session, FollowKey(key), lobby)
                return _placed(lobby.come_back(visit.id, now, actor), lobby, now)
            case _:
                return self._at_counter(self._attended(session, lobby, now), command, lobby, turn, actor)
        return Done()

    def _at_counter(self, counter: CounterId, command: AtCounter, lobby: Lobby, turn: Turn, actor: Actor) -> Result:
        now = turn.now
        match command:
            case c.CallNext(in_hand=in_hand):
                leg = lobby.call_next(counter, in_hand=_leg(in_hand), now=now, actor=actor)
                return Called(leg=leg.id, ticket=lobby.visit_of(leg.id).ticket)
            case c.CallTicket(leg=wanted, reason=reason, in_hand=in_hand):
                leg = lobby.call_ticket(counter, LegId(wanted), reason, in_hand=_leg(in_hand), now=now, actor=actor)
                return Called(leg=leg.id, ticket=lobby.visit_of(leg.id).ticket)
            case c.OpenCounter():
                lobby.open(counter, now, actor)
            case c.PauseCounter(reason=pause_reason):
                lobby.pause(counter, pause_reason, now, actor)
            case c.AnnouncePause(reason=pause_reason, in_minutes=ahead, minutes=lasts):
                lobby.announce_pause(
                    counter, pause_reason, timedelta(minutes=ahead), timedelta(minutes=lasts), now, actor
                )
            case c.CallOffPause():
                lobby.call_off_pause(counter, now, actor)
            case c.CloseCounter():
                lobby.close(counter, now, actor)
            case c.Recall(leg=called):
                lobby.recall(counter, LegId(called), now, actor)
            case c.Serve(leg=called):
                lobby.serve(counter, LegId(called), now, actor)
            case c.Finish(leg=served, outcome=outcome, missing=missing):
                lobby.finish(counter, LegId(served), outcome, now, actor, missing)
            case c.Park(leg=hand, note=note):
                lobby.park(counter, LegId(hand), note, now, actor)
            case c.Resume(leg=parked):
                lobby.resume(counter, LegId(parked), now, actor)
            case c.Transfer(leg=hand, service=service, counter=only):
                lobby.transfer(
                    counter,
                    LegId(hand),
                    ServiceId(service),
                    new_leg=self.ids.leg(),
                    only_counter=None if only is None else CounterId(only),
                    now=now,
                    actor=actor,
                )
            case c.AddStop(leg=hand, service=service):
                new_leg = self.ids.leg()
                lobby.add_stop(counter, LegId(hand), ServiceId(service), new_leg=new_leg, now=now, actor=actor)
            case c.MarkMissed(leg=called):
                lobby.mark_missed(counter, LegId(called), now, actor)
            case c.Return(leg=missed):
                lobby.return_(counter, LegId(missed), now, actor)
            case c.Cancel(visit=visit, reason=cancel_reason):
                lobby.cancel(VisitId(visit), cancel_reason, now, actor)
            case _:
                assert_never(command)
        return Done()

    def _issue(self, session: Session, command: c.IssueTicket, lobby: Lobby, turn: Turn, actor: Actor) -> Result:
        clock = turn.now.timestamp()
        allowance = None if session.by_key else self._allowance(session, turn, clock)
        _refuse_other_agency(session, lobby, command.service, *command.further)
        visit = lobby.issue(
            ServiceId(command.service),
            visit=self.ids.visit(),
            leg=self.ids.leg(),
            key=self.ids.follow_key(),
            language=command.language,
            priority=command.priority,
            needs=command.needs,
            now=turn.now,
            actor=actor,
            further=[Choice(ServiceId(service), self.ids.leg()) for service in command.further],
        )
        if allowance is not None:
            allowance.take(clock)
        leg = visit.legs[0]
        stops = stops_of(lobby, visit, turn.now)
        return Issued(
            visit=visit.id,
            leg=leg.id,
            ticket=visit.ticket,
            ahead=lobby.ahead(leg.id),
            minutes=stops[0].minutes if stops else minutes_of(leg.forecast),
            key=visit.key,
            url=self.follow_url(visit.key),
            issued_at=visit.arrived_at,
            stops=stops,
        )

    def _allowance(self, session: Session, turn: Turn, clock: float) -> Allowance:
        """What the kiosk has left. Refuses with COOLDOWN."""
        if session.device is not None:
            turn.alerts_changed |= self.hall.asked_for_number(session.device, session.name, turn.now)
        allowance = self.allowances.setdefault(session.device or DeviceId(""), Allowance(self.kiosk_rate, clock))
        if wait := allowance.wait(clock):
            raise RefusedError(ErrorCode.COOLDOWN, seconds=max(1, round(wait)))
        return allowance

    def _report_print(self, session: Session, command: c.ReportPrint, lobby: Lobby, turn: Turn, actor: Actor) -> Result:
        visit = VisitId(command.visit)
        if (known := lobby.visits.get(visit)) is not None:
            _refuse_other_agency(session, lobby, known.legs[0].service)
        lobby.report_print(visit, command.state, command.fault, command.copy, turn.now, actor)
        if command.state is PrintState.FAILED and session.device is not None:
            kind = (command.fault or PrinterFault.ERROR).value
            ticket = lobby.visits[visit].ticket
            turn.alerts_changed |= self.hall.alert(session.device, session.name, kind, turn.now, ticket)
        return Done()

    def _report_printer(self, session: Session, fault: PrinterFault | None, paper_low: bool, turn: Turn) -> Result:
        if session.device is None:
            return Done()
        standing = {fault.value} if fault is not None else set()
        if paper_low:
            standing.add("paper_low")
        for kind in standing:
            turn.alerts_changed |= self.hall.alert(session.device, session.name, kind, turn.now)
        turn.alerts_changed |= self.hall.clear(
            session.device, *(kind for kind in PRINTER_ALERTS if kind not in standing)
        )
        return Done()

    def _report_voice(self, session: Session, fault: str, turn: Turn) -> Result:
        if session.device is not None:
            if fault:
                turn.alerts_changed |= self.hall.alert(session.device, session.name, VOICE_ALERT, turn.now)
            else:
                turn.alerts_changed |= self.hall.clear(session.device, VOICE_ALERT)
        return Done()

    def _attended(self, session: Session, lobby: Lobby, now: datetime) -> CounterId:
        """Where the officer sits who is there. Refuses with PIN_NEEDED when nobody can know that any more."""
        counter = _counter_of(session, lobby)
        if self.shifts.needs_pin(session, now, has_hand=lobby.in_hand(counter) is not None):
            raise RefusedError(ErrorCode.PIN_NEEDED)
        session.acted_at = now
        return counter

    def _sign_in(self, session: Session, command: c.SignIn, lobby: Lobby, turn: Turn, actor: Actor) -> Result:
        """The PIN was found right before this turn began."""
        officer = lobby.catalogue.officers.get(OfficerId(command.officer))
        if officer is None:
            raise RefusedError(ErrorCode.WRONG_PIN)
        if officer.role is Role.AUDITOR:
            raise RefusedError(ErrorCode.FORBIDDEN)
        seat = Seat(officer.id, CounterId(command.counter), officer.role)
        if session.by_key:
            if session.seat is None or (session.seat.officer, session.seat.counter) != (seat.officer, seat.counter):
                raise RefusedError(ErrorCode.FORBIDDEN)
            if is_held(session.seat, lobby):
                return _signed_in(officer, seat)  # there already, by a program or since an earlier request
        lobby.sit(
            seat.counter,
            officer.id,
            take_over=command.take_over,
            now=turn.now,
            actor=Actor(actor.device, officer.id, actor.request),
        )
        for other in self.seats.others(session, seat):
            turn.undo.append(self.seats.stand_up(other))
            facts = {"officer": officer.id, "name": officer.name, "counter": seat.counter}
            turn.dismissals.append(Dismissal(other, ErrorCode.TAKEN_OVER, {**facts}))
            if session.device is not None:
                turn.alerts_changed |= self.hall.taken_over(seat.counter, session.device, session.name, turn.now)
        if not session.by_key:
            turn.undo.append(self.seats.take(session, seat))
            session.signed_in_at = session.acted_at = turn.now
        return _signed_in(officer, seat)


AtCounter = (
    c.OpenCounter
    | c.PauseCounter
    | c.AnnouncePause
    | c.CallOffPause
    | c.CloseCounter
    | c.CallNext
    | c.CallTicket
    | c.Recall
    | c.Serve
    | c.Finish
    | c.Park
    | c.Resume
    | c.Transfer
    | c.AddStop
    | c.MarkMissed
    | c.Return
    | c.Cancel
)
"""Commands of an officer about the counter where they sit."""


def _signed_in(officer: Officer, seat: Seat) -> SignedIn:
    stream = f"desk:{seat.counter}"
    return SignedIn(officer=officer.id, name=officer.name, role=officer.role, counter=seat.counter, stream=stream)


def _refuse_booking(session: Session, lobby: Lobby, command: BookingCommand) -> None:
    """A phone books, and another system with a key; not the kiosk in the hall."""
    if session.base is Role.KIOSK and not session.by_key:
        raise RefusedError(ErrorCode.FORBIDDEN)
    if isinstance(command, c.Book):
        _refuse_other_agency(session, lobby, command.service)


def _refuse_other_agency(session: Session, lobby: Lobby, *named: str) -> None:
    """A key of one agency gives numbers for that agency's services alone, and says what became of their slips."""
    services = [lobby.catalogue.services.get(ServiceId(service)) for service in named]
    if session.agency is not None and any(one is not None and one.agency != session.agency for one in services):
        raise RefusedError(ErrorCode.FORBIDDEN, agency=session.agency)


def _counter_of(session: Session, lobby: Lobby) -> CounterId:
    if session.seat is None or not is_held(session.seat, lobby):
        raise RefusedError(ErrorCode.FORBIDDEN)
    return session.seat.counter


def _shown_visit(session: Session, key: FollowKey, lobby: Lobby) -> Visit:
    """The visitor's own on a phone; at a kiosk, whoever shows the slip has it in the hand."""
    if session.role is Role.KIOSK:
        if (visit := lobby.visit_by_key(key)) is None:
            raise RefusedError(ErrorCode.UNKNOWN_VISIT)
        return visit
    return _own_visit(session, key, lobby)


def _placed(leg: Leg, lobby: Lobby, now: datetime) -> Placed:
    minutes = minutes_of(lobby.estimate_of(leg.id, now))
    return Placed(ticket=lobby.visit_of(leg.id).ticket, ahead=lobby.ahead(leg.id), minutes=minutes)


def _own_visit(session: Session, key: FollowKey, lobby: Lobby) -> Visit:
    if session.key != key:
        raise RefusedError(ErrorCode.FORBIDDEN)
    visit = lobby.visit_by_key(key)
    if visit is None:
        raise RefusedError(ErrorCode.UNKNOWN_VISIT)
    return visit


def _leg(leg: str | None) -> LegId | None:
    return None if leg is None else LegId(leg)
