"""Resteering: what a supervisor did on a recorded day, done again from the facts that it left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from server.domain.facts import Fact, FactKind
from server.domain.lobby import Lobby
from server.domain.orders import Bulletin, BulletinId
from server.domain.steering import FLOOR
from shared.vocabulary import (
    AgencyId,
    CounterId,
    CounterState,
    LegId,
    PauseReason,
    Priority,
    ServiceId,
    VisitId,
    Words,
    ZoneId,
)

STOOD: Mapping[FactKind, CounterState] = {
    FactKind.COUNTER_OPENED: CounterState.OPEN,
    FactKind.COUNTER_PAUSED: CounterState.PAUSED,
    FactKind.COUNTER_CLOSED: CounterState.CLOSED,
}


def is_steered(fact: Fact) -> bool:
    return fact.why.get("by") == FLOOR


def announced(fact: Fact) -> tuple[PauseReason, timedelta, timedelta]:
    """What a pause was announced with: why, in how long, for how long."""
    starts_in = datetime.fromisoformat(str(fact.why["starts_at"])) - fact.at
    return PauseReason(str(fact.why["reason"])), starts_in, timedelta(minutes=int(fact.why["minutes"] or 0))


def steer_again(facts: Sequence[Fact], lobby: Lobby) -> Callable[[], object] | None:
    """The verb that left these facts; None for one that moves nobody. The first fact says which it was."""
    fact = facts[0]
    why, now, actor = fact.why, fact.at, fact.actor
    because = str(why["because"])
    leg, visit = LegId(fact.leg or ""), VisitId(fact.visit or "")
    service, counter = ServiceId(fact.service or ""), CounterId(fact.counter or "")
    match fact.kind:
        case FactKind.TRANSFERRED:
            to = why["to_counter"]
            return lambda: lobby.move(
                leg,
                ServiceId(str(why["to_service"])),
                new_leg=LegId(str(why["new_leg"])),
                only_counter=None if to is None else CounterId(str(to)),
                because=because,
                now=now,
                actor=actor,
            )
        case FactKind.CANCELLED:
            agency = None if why.get("agency") is None else AgencyId(str(why["agency"]))
            return lambda: lobby.call_off(visit, agency, because, now, actor)
        case FactKind.REPRIORITISED:
            return lambda: lobby.reprioritise(visit, Priority(str(why["priority"])), because, now, actor)
        case FactKind.RETURNED:
            return lambda: lobby.reopen(leg, because, now, actor)
        case FactKind.SERVICE_CLOSED:
            return lambda: lobby.close_service(service, because, now, actor)
        case FactKind.SERVICE_OPENED:
            return lambda: lobby.open_service(service, because, now, actor)
        case FactKind.DAY_CLOSED:
            agency = None if why.get("agency") is None else AgencyId(str(why["agency"]))
            return lambda: lobby.close_day(agency, because, now, actor)
        case FactKind.BULLETIN_GIVEN:
            bulletin = Bulletin(
                id=BulletinId(str(why["bulletin"])),
                text=Words(id=str(why["id"]), en=str(why["en"])),
                zones=tuple(ZoneId(zone) for zone in str(why["zones"]).split()),
                given_at=now,
                until=datetime.fromisoformat(str(why["until"])),
                officer=actor.officer,
            )
            return lambda: lobby.give_bulletin(bulletin, bool(why["spoken"]), because, actor)
        case FactKind.BULLETIN_ENDED:
            return lambda: lobby.end_bulletin(BulletinId(str(why["bulletin"])), because, now, actor)
        case FactKind.ALERT_ACKNOWLEDGED:
            return None
        case FactKind.PAUSE_ANNOUNCED:
            reason, starts_in, lasts = announced(fact)
            return lambda: lobby.announce_pause_from_afar(counter, reason, starts_in, lasts, because, now, actor)
        case FactKind.PAUSE_CALLED_OFF:
            return lambda: lobby.call_off_pause_from_afar(counter, because, now, actor)
        case kind if kind in STOOD:
            pause = PauseReason(str(why["reason"])) if "reason" in why else None
            return lambda: lobby.stand(counter, STOOD[kind], pause, because, now, actor)
    raise AssertionError(f"no act of a supervisor is known that leaves {fact.kind.value}")
