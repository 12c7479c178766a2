"""Calls: a waiting visitor is asked to a counter, once, by one counter (law 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from server.domain.early_calls import early_call
from server.domain.errors import RefusedError
from server.domain.explaining import why_next, why_ticket
from server.domain.facts import MISSING, Actor, FactKind, Why
from server.domain.inviting import Inviting
from server.domain.line import Line, calling_key
from server.domain.stops import is_due
from server.domain.visit import Leg
from shared.vocabulary import CallReason, CounterId, ErrorCode, LegId, LegState, Outcome


class Calls(Inviting):
    def call_next(self, counter: CounterId, *, in_hand: LegId | None, now: datetime, actor: Actor) -> Leg:
        """Call whom the calling rule picks. A leg being served is finished as solved, but only if somebody follows.

        `in_hand` is what the officer believes to have in hand. Refuses with UNKNOWN_COUNTER, COUNTER_NOT_OPEN,
        HAND_MISMATCH, WRONG_STATE (the one in hand was called and has not come yet) and NOBODY_WAITING.
        """
        done = self._hand_to_finish(counter, in_hand)
        following = self._next_after(counter, done)
        if following is None:
            raise RefusedError(ErrorCode.NOBODY_WAITING)
        why = why_next(self, counter, following)
        return self._call(counter, following, done, why, now, actor)

    def call_ticket(
        self,
        counter: CounterId,
        leg: LegId,
        reason: CallReason,
        *,
        in_hand: LegId | None,
        now: datetime,
        actor: Actor,
    ) -> Leg:
        """Call a given waiting leg out of its order. Refuses as `call_next` does, and with UNKNOWN_VISIT, WRONG_STATE
        (it does not wait), VISIT_IN_HAND (at a counter for another stop) and NOT_IN_PROFILE (another counter's)."""
        done = self._hand_to_finish(counter, in_hand)
        wanted = self.leg(leg)
        if wanted.state is not LegState.WAITING:
            raise RefusedError(ErrorCode.WRONG_STATE, state=wanted.state.value)
        busy = self.visit_of(leg).busy_leg
        if busy is not None and (done is None or busy.id != done.id):
            raise RefusedError(ErrorCode.VISIT_IN_HAND, counter=busy.counter)
        if not self.may_call(counter, wanted) and not self.could_help(counter, wanted):
            raise RefusedError(ErrorCode.NOT_IN_PROFILE, service=wanted.service, counter=wanted.only_counter)
        return self._call(counter, wanted, done, why_ticket(self, counter, wanted, reason), now, actor)

    def recall(self, counter: CounterId, leg: LegId, now: datetime, actor: Actor) -> Leg:
        """Announce a called leg once more. Refuses with HAND_MISMATCH, WRONG_STATE, RECALL_LIMIT and TOO_SOON."""
        called = self._hand_in(counter, leg, LegState.CALLED)
        now = self._steady(now)
        if called.calls > (allowed := self.calling_of(called.service).recalls):
            raise RefusedError(ErrorCode.RECALL_LIMIT, allowed=allowed)
        refuse_too_soon(self.recall_from(called), now)
        again = called.recalled(now)
        return self._step(called, again, FactKind.RECALLED, now, actor, {"calls": again.calls})

    def recall_from(self, called: Leg) -> datetime:
        """From when a called leg may be announced again."""
        return (called.announced_at or called.since) + self.calling_of(called.service).recall_gap

    def miss_from(self, called: Leg) -> datetime:
        """From when a called leg may be marked missed: the visitor has had the time to walk there."""
        assert called.counter is not None
        zone = self.catalogue.zones[self.catalogue.counters[called.counter].zone]
        needs = self.visits[called.visit].needs
        patience = self.calling_of(called.service).patience(zone.walking_seconds, needs)
        return (called.called_at or called.since) + patience

    def resume(self, counter: CounterId, leg: LegId, now: datetime, actor: Actor) -> Leg:
        """Call a parked leg again, at the counter where it was parked or where its officer sits now.

        Refuses with COUNTER_NOT_OPEN, UNKNOWN_VISIT, WRONG_STATE, NOT_IN_PROFILE (parked elsewhere by another) and
        COUNTER_BUSY.
        """
        status = self._open_counter(counter)
        parked = self.leg(leg)
        if parked.state is not LegState.PARKED:
            raise RefusedError(ErrorCode.WRONG_STATE, state=parked.state.value)
        if parked.counter != counter and parked.officer != status.officer:
            raise RefusedError(ErrorCode.NOT_IN_PROFILE, counter=parked.counter)
        self._refuse_busy(counter)
        now = self._steady(now)
        return self._step(parked, parked.called(counter, status.officer, now), FactKind.RESUMED, now, actor)

    def _hand_in(self, counter: CounterId, leg: LegId, *states: LegState) -> Leg:
        """The leg in hand, which must be the named one and in one of the states."""
        self._known_counter(counter)
        hand = self.in_hand(counter)
        if hand is None or hand.id != leg:
            self.leg(leg)
            raise RefusedError(ErrorCode.HAND_MISMATCH, in_hand=None if hand is None else hand.id)
        if hand.state not in states:
            raise RefusedError(ErrorCode.WRONG_STATE, state=hand.state.value)
        return hand

    def _refuse_busy(self, counter: CounterId) -> None:
        hand = self.in_hand(counter)
        if hand is not None:
            raise RefusedError(ErrorCode.COUNTER_BUSY, counter=counter, in_hand=hand.id)

    def _hand_to_finish(self, counter: CounterId, believed: LegId | None) -> Leg | None:
        """The leg that a further call would finish; refuses unless the counter is free for one."""
        self._open_counter(counter)
        hand = self.in_hand(counter)
        if (None if hand is None else hand.id) != believed:
            raise RefusedError(ErrorCode.HAND_MISMATCH, in_hand=None if hand is None else hand.id)
        if hand is not None and hand.state is not LegState.SERVING:
            raise RefusedError(ErrorCode.WRONG_STATE, state=hand.state.value)
        return hand

    def _call(self, counter: CounterId, leg: Leg, done: Leg | None, why: Why, now: datetime, actor: Actor) -> Leg:
        now = self._steady(now)
        if done is not None:
            self._finish(done, Outcome.SOLVED, now, actor)
            leg = self.leg(leg.id)  # another stop of that visit may be due only since
        self.reasons[leg.id] = why
        called = self._step(leg, leg.called(counter, self._officer_at(counter), now), FactKind.CALLED, now, actor, why)
        if (early := early_call(leg.service, now, why)) is not None:
            self._early_calls.note(early)
        return called

    def _finish(self, leg: Leg, outcome: Outcome, now: datetime, actor: Actor, missing: tuple[str, ...] = ()) -> Leg:
        turn = self._count_finished(leg)
        why = {"outcome": outcome.value, **turn.why}
        if missing:
            why[MISSING] = "\n".join(missing)
        served = self._step(leg, leg.served(outcome, now), FactKind.FINISHED, now, actor, why)
        if turn.invited:
            self._put_visit(replace(self.visits[leg.visit], invited=leg.id))
        self._let_due_stops_wait(leg.visit, now, actor)
        return served

    def _next_after(self, counter: CounterId, done: Leg | None) -> Leg | None:
        """Who is next once `done` is finished: its visitor too, if a further stop of theirs is served here."""
        following = self.next_for(counter)
        if done is None or len((visit := self.visits[done.visit]).legs) == 1:
            return following
        freed = [
            leg
            for leg in visit.legs
            if leg.state is LegState.WAITING
            or (leg.state is LegState.BOOKED and is_due(visit, leg, self.catalogue, done))
        ]
        mine = [leg for leg in freed if self.may_call(counter, leg)]
        return min(mine if following is None else [following, *mine], key=calling_key, default=None)

    def next_for(self, counter: CounterId) -> Leg | None:
        """Whose key is smallest. Somebody helped out counts as `helping_minutes` later than one of its own."""
        own = min(_heads(self.places.callable_by(counter)), key=calling_key, default=None)
        helped = min(_heads(self.may_help(counter)), key=calling_key, default=None)
        if own is None or helped is None:
            return own or helped
        cost = timedelta(minutes=self.catalogue.counters[counter].helping_minutes)
        return helped if (helped.effective_at + cost, helped.order) < calling_key(own) else own


def refuse_too_soon(allowed_from: datetime, now: datetime) -> None:
    if now < allowed_from:
        raise RefusedError(ErrorCode.TOO_SOON, seconds=ceil((allowed_from - now).total_seconds()))


def _heads(lines: Iterable[Line]) -> Iterator[Leg]:
    return (line.first for line in lines if line.first is not None)
