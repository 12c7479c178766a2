"""Steering: a supervisor's commands as verbs of the lobby, each within the scope of who asks."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from server.app.identities import Ids
from server.app.norm_watch import NormWatch
from server.app.scope import Scope, scope_of
from server.app.sessions import Session
from server.app.turn import Turn
from server.domain.errors import RefusedError
from server.domain.facts import Actor
from server.domain.lobby import Lobby
from server.domain.orders import Bulletin, BulletinId
from shared.protocol import steering as s
from shared.protocol.steering import Steered
from shared.vocabulary import AgencyId, CounterId, ErrorCode, LegId, OfficerId, ServiceId, VisitId, Words, ZoneId

MINUTE = timedelta(minutes=1)


def steer(
    session: Session, command: Steered, lobby: Lobby, turn: Turn, actor: Actor, ids: Ids, norms: NormWatch
) -> None:
    """Raises RefusedError; then nothing has changed."""
    scope, now, because = scope_of(session, lobby), turn.now, command.because
    match command:
        case s.MoveVisit(leg=leg, service=service, counter=only):
            scope.services(lobby.leg(LegId(leg)).service, ServiceId(service))
            if only is not None:
                scope.counter(CounterId(only))
            lobby.move(
                LegId(leg),
                ServiceId(service),
                new_leg=ids.leg(),
                only_counter=None if only is None else CounterId(only),
                because=because,
                now=now,
                actor=actor,
            )
        case s.CallOff(visit=visit):
            lobby.call_off(VisitId(visit), scope.agency, because, now, actor)
        case s.Reprioritise(visit=visit, priority=priority):
            if (known := lobby.visits.get(VisitId(visit))) is not None:
                scope.services(*(leg.service for leg in known.legs))
            lobby.reprioritise(VisitId(visit), priority, because, now, actor)
        case s.Reopen(leg=leg):
            scope.services(lobby.leg(LegId(leg)).service)
            lobby.reopen(LegId(leg), because, now, actor)
        case s.CloseService(service=service):
            scope.services(ServiceId(service))
            lobby.close_service(ServiceId(service), because, now, actor)
        case s.OpenService(service=service):
            scope.services(ServiceId(service))
            lobby.open_service(ServiceId(service), because, now, actor)
        case s.StandCounter(counter=counter, state=state, reason=reason):
            scope.counter(CounterId(counter))
            lobby.stand(CounterId(counter), state, reason, because, now, actor)
        case s.AnnounceCounterPause(counter=counter, reason=reason_ahead, in_minutes=ahead, minutes=lasts):
            scope.counter(CounterId(counter))
            lobby.announce_pause_from_afar(
                CounterId(counter), reason_ahead, ahead * MINUTE, lasts * MINUTE, because, now, actor
            )
        case s.CallOffCounterPause(counter=counter):
            scope.counter(CounterId(counter))
            lobby.call_off_pause_from_afar(CounterId(counter), because, now, actor)
        case s.GiveBulletin():
            lobby.give_bulletin(_bulletin(command, scope, turn, actor, ids), command.spoken, because, actor)
        case s.EndBulletin(bulletin=bulletin):
            if (given := lobby.bulletins.get(BulletinId(bulletin))) is not None:
                scope.of(given.agency)
            lobby.end_bulletin(BulletinId(bulletin), because, now, actor)
        case s.CloseDay(agency=agency):
            _close_day(None if agency is None else AgencyId(agency), scope, command, lobby, turn, actor)
        case s.AcknowledgeAlert():
            _acknowledge(session, scope, command, lobby, turn, actor, norms)
        case _:
            assert_never(command)


def _bulletin(command: s.GiveBulletin, scope: Scope, turn: Turn, actor: Actor, ids: Ids) -> Bulletin:
    return Bulletin(
        id=BulletinId(ids.announcement()),
        text=Words(id=command.text_id.strip(), en=command.text_en.strip()),
        zones=scope.zones(ZoneId(zone) for zone in command.zones),
        given_at=turn.now,
        until=turn.now + timedelta(minutes=command.minutes),
        officer=actor.officer,
        agency=scope.agency,
    )


def _close_day(
    agency: AgencyId | None, scope: Scope, command: s.CloseDay, lobby: Lobby, turn: Turn, actor: Actor
) -> None:
    scope.of(agency)
    if agency is not None and agency not in lobby.catalogue.agencies:
        raise RefusedError(ErrorCode.WRONG_STATE, agency=agency)
    lobby.close_day(agency, command.because, turn.now, actor)


def _acknowledge(
    session: Session,
    scope: Scope,
    command: s.AcknowledgeAlert,
    lobby: Lobby,
    turn: Turn,
    actor: Actor,
    norms: NormWatch,
) -> None:
    """Refuses with WRONG_STATE when it stands no more. Known again as unseen if the commit fails."""
    alert = command.alert
    scope.of(norms.agency_of(alert))
    lobby.write_down_seen(alert, command.because, turn.now, actor)
    officer = lobby.catalogue.officers.get(actor.officer or OfficerId(""))
    name = officer.name if officer else session.name  # what another system is called
    turn.undo.append(norms.see(alert, actor.officer, name, command.because, turn.now))
    turn.alerts_changed = True
