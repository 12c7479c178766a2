"""Replaying: the verbs of a recorded day done again, each call decided anew by the rule.

Facts of one request belong to one verb. What the rule decides is not taken from the facts: where the lobby would call
somebody else than was called then, that is a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from server.domain.calling import CallingRule
from server.domain.errors import RefusedError
from server.domain.facts import MISSING, Fact, FactKind
from server.domain.issuing import Choice
from server.domain.leases import IslandTicket
from server.domain.lobby import Lobby
from server.domain.visit import Visit
from server.simulation.recording import Recording
from server.simulation.resteering import announced, is_steered, steer_again
from shared.vocabulary import (
    CallReason,
    CancelReason,
    CounterId,
    LegId,
    LegState,
    OfficerId,
    Outcome,
    PauseReason,
    Priority,
    RequestId,
    ServiceId,
    VisitId,
)

FREE_KINDS = frozenset({FactKind.PRINT_REPORTED, FactKind.LEASED, FactKind.LEASE_ENDED, FactKind.MERGE_REFUSED})
"""What moves nobody in a line."""


@dataclass(slots=True)
class Replayed:
    lobby: Lobby
    verbs: int = 0
    differences: list[str] = field(default_factory=list)
    """One sentence each, in the order in which they were met; empty when the day came out as it was."""


def replay(recording: Recording, rule: CallingRule | None = None) -> Replayed:
    """Do the day again: under the rules that the site had, unless another one is given."""
    return _Replay(recording, rule).run()


class _Replay:
    def __init__(self, recording: Recording, rule: CallingRule | None) -> None:
        self.recording = recording
        self.visits: Mapping[VisitId, Visit] = {visit.id: visit for visit in recording.stored.visits}
        self.done = Replayed(
            Lobby.restore(
                recording.catalogue,
                recording.date,
                (),
                (),
                {},
                rule,
                leases=recording.stored.leases,
                lessons=recording.lessons,
            )
        )

    def run(self) -> Replayed:
        for facts in _by_verb(self.recording.facts):
            verb = self._verb_of(facts)
            if verb is None:
                continue
            self.done.verbs += 1
            try:
                verb()
            except RefusedError as refused:
                self._differs(facts[0], f"is refused now: {refused.code.value}")
            self.done.lobby.take_changes()
        self._compare()
        return self.done

    def _verb_of(self, facts: Sequence[Fact]) -> Callable[[], object] | None:
        lobby = self.done.lobby
        by_kind = {fact.kind: fact for fact in facts}
        last = facts[-1]
        now, actor = last.at, last.actor
        counter = CounterId(last.counter or "")
        leg = LegId(last.leg or "")
        if is_steered(facts[0]):
            return steer_again(facts, lobby)
        if last.kind is FactKind.CATALOGUE_PUBLISHED:
            catalogue = self.recording.catalogues[int(last.why["version"] or 0)]
            return lambda: lobby.publish(catalogue, now, actor)
        if FactKind.SIGNED_IN in by_kind:
            signed = by_kind[FactKind.SIGNED_IN]
            officer = OfficerId(str(signed.why["officer"]))
            return lambda: lobby.sit(counter, officer, take_over=True, now=now, actor=signed.actor)
        if FactKind.SIGNED_OUT in by_kind:
            return lambda: lobby.leave(counter, now, actor)
        if FactKind.EXPIRED in by_kind or last.why.get("reason") == "day_over":
            return lambda: lobby.expire_open_legs(now, actor)
        if last.kind is FactKind.CALLED:
            return lambda: self._call(last)
        if FactKind.ISSUED in by_kind:
            return lambda: self._issue(by_kind[FactKind.ISSUED], facts)
        if FactKind.FINISHED in by_kind:  # what it made due came of itself
            last = by_kind[FactKind.FINISHED]
            leg, counter = LegId(last.leg or ""), CounterId(last.counter or "")
        match last.kind:
            case FactKind.STOP_ADDED:
                return lambda: self._add_stop(last)
            case FactKind.MERGED:
                return lambda: self._merge(last)
            case FactKind.RECALLED:
                return lambda: lobby.recall(counter, leg, now, actor)
            case FactKind.SERVING:
                return lambda: lobby.serve(counter, leg, now, actor)
            case FactKind.FINISHED:
                outcome, missing = Outcome(str(last.why["outcome"])), str(last.why.get(MISSING) or "").splitlines()
                return lambda: lobby.finish(counter, leg, outcome, now, actor, missing)
            case FactKind.PARKED:
                return lambda: lobby.park(counter, leg, "", now, actor)
            case FactKind.RESUMED:
                return lambda: lobby.resume(counter, leg, now, actor)
            case FactKind.MISSED:
                return lambda: lobby.mark_missed(counter, leg, now, actor)
            case FactKind.RETURNED if last.why.get("by") == "visitor":
                return lambda: lobby.come_back(lobby.leg(leg).visit, now, actor)
            case FactKind.RETURNED:
                return lambda: lobby.return_(counter, leg, now, actor)
            case FactKind.GAVE_WAY:
                return lambda: lobby.give_way(lobby.leg(leg).visit, now, actor)
            case FactKind.TRANSFERRED:
                return lambda: self._transfer(last)
            case FactKind.CANCELLED:
                reason = CancelReason(str(last.why["reason"]))
                return lambda: lobby.cancel(lobby.leg(leg).visit, reason, now, actor)
            case FactKind.COUNTER_OPENED:
                return lambda: lobby.open(counter, now, actor)
            case FactKind.COUNTER_PAUSED:
                return lambda: lobby.pause(counter, PauseReason(str(last.why["reason"])), now, actor)
            case FactKind.PAUSE_ANNOUNCED:
                reason_ahead, starts_in, lasts = announced(last)
                return lambda: lobby.announce_pause(counter, reason_ahead, starts_in, lasts, now, actor)
            case FactKind.PAUSE_CALLED_OFF:
                return lambda: lobby.call_off_pause(counter, now, actor)
            case FactKind.COUNTER_CLOSED:
                return lambda: lobby.close(counter, now, actor)
            case kind if kind in FREE_KINDS:
                return None
        raise AssertionError(f"no verb is known that leaves {[fact.kind.value for fact in facts]}")

    def _issue(self, fact: Fact, facts: Sequence[Fact]) -> None:
        visit = self.visits[VisitId(fact.visit or "")]
        legs = {ServiceId(one.service or ""): LegId(one.leg or "") for one in facts}
        chosen = ServiceId(str(fact.why.get("series_of") or fact.service))
        self.done.lobby.issue(
            chosen,
            visit=visit.id,
            leg=legs[chosen],
            further=[Choice(service, leg) for service, leg in legs.items() if service != chosen],
            key=visit.key,
            language=visit.language,
            priority=Priority(str(fact.why["priority"])),
            needs=visit.needs,
            now=fact.at,
            actor=fact.actor,
            booked_for=visit.booked_for,
        )

    def _add_stop(self, fact: Fact) -> None:
        counter = CounterId(fact.counter or "")
        hand = self.done.lobby.in_hand(counter)
        leg = LegId("") if hand is None else hand.id
        service, new_leg = ServiceId(fact.service or ""), LegId(fact.leg or "")
        self.done.lobby.add_stop(counter, leg, service, new_leg=new_leg, now=fact.at, actor=fact.actor)

    def _merge(self, fact: Fact) -> None:
        visit = self.visits[VisitId(fact.visit or "")]
        ticket = IslandTicket(
            request=fact.actor.request or RequestId(""),
            series=visit.series,
            number=visit.number,
            key=visit.key,
            service=ServiceId(fact.service or ""),
            language=visit.language,
            priority=Priority(str(fact.why["priority"])),
            needs=visit.needs,
            arrived_at=visit.arrived_at,
            print_state=visit.print_state,
        )
        self.done.lobby.merge(ticket, LegId(fact.leg or ""), fact.at, fact.actor)

    def _call(self, fact: Fact) -> None:
        lobby, counter = self.done.lobby, CounterId(fact.counter or "")
        hand = lobby.in_hand(counter)
        in_hand = None if hand is None else hand.id
        if fact.why["rule"] == "by_ticket":
            reason = CallReason(str(fact.why["reason"]))
            called = lobby.call_ticket(
                counter, LegId(fact.leg or ""), reason, in_hand=in_hand, now=fact.at, actor=fact.actor
            )
        else:
            called = lobby.call_next(counter, in_hand=in_hand, now=fact.at, actor=fact.actor)
        if called.id != fact.leg:
            was = self.visits[VisitId(fact.visit or "")].ticket
            self._differs(fact, f"calls {lobby.visit_of(called.id).ticket} now, then {was}")

    def _transfer(self, fact: Fact) -> None:
        to = fact.why["to_counter"]
        self.done.lobby.transfer(
            CounterId(fact.counter or ""),
            LegId(fact.leg or ""),
            ServiceId(str(fact.why["to_service"])),
            new_leg=LegId(str(fact.why["new_leg"])),
            only_counter=None if to is None else CounterId(str(to)),
            now=fact.at,
            actor=fact.actor,
        )

    def _compare(self) -> None:
        """Leg for leg, in everything that a line, a call or a figure reads."""
        now = {leg.id: leg for visit in self.done.lobby.visits.values() for leg in visit.legs}
        for leg_id, was in self.recording.legs.items():
            found = now.get(leg_id)
            ticket = self.visits[was.visit].ticket
            if found is None:
                self.done.differences.append(f"{ticket}: a leg for {was.service} is missing now")
                continue
            for name in ("service", "order", "state", "since", "arrival", "effective_at", "counter", "first_called_at"):
                if getattr(found, name) != getattr(was, name):
                    said = f"{name} is {_said(getattr(found, name))} now, then {_said(getattr(was, name))}"
                    self.done.differences.append(f"{ticket}: {said}")

    def _differs(self, fact: Fact, what: str) -> None:
        self.done.differences.append(f"{fact.at:%H:%M:%S} UTC, counter {fact.counter}: {what}")


def _by_verb(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Facts of one request stand together; those of the server itself by their moment."""

    def verb(fact: Fact) -> tuple[RequestId | None, datetime | None]:
        return fact.actor.request, fact.at if fact.actor.request is None else None

    for (request, _), together in groupby(facts, key=verb):
        found = list(together)
        if request is None and not any(fact.kind in (FactKind.CATALOGUE_PUBLISHED, FactKind.EXPIRED) for fact in found):
            over = [fact for fact in found if fact.why.get("reason") == "day_over"]
            yield from ([fact] for fact in found if fact not in over)
            if over:
                yield over
        else:
            yield found


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value.value if isinstance(value, LegState) else value
