"""Calls: a waiting visitor is asked to a counter, once, by one counter (law 4)."""

from __future__ import annotations

from datetime import datetime

from server.domain.daybook import DayBook, Why
from server.domain.errors import RefusedError
from server.domain.facts import Actor, FactKind
from server.domain.line import calling_key
from server.domain.visit import Leg
from shared.vocabulary import CallReason, CounterId, ErrorCode, LegId, LegState, Outcome


class Calls(DayBook):
    def call_next(self, counter: CounterId, *, in_hand: LegId | None, now: datetime, actor: Actor) -> Leg:
        """Call whom the calling rule picks. A leg being served is finished as solved, but only if somebody follows.

        `in_hand` is what the officer believes to have in hand. Refuses with UNKNOWN_COUNTER, COUNTER_NOT_OPEN,
        HAND_MISMATCH, WRONG_STATE (the one in hand was called and has not come yet) and NOBODY_WAITING.
        """
        done = self._hand_to_finish(counter, in_hand)
        following = self._next_for(counter)
        if following is None:
            raise RefusedError(ErrorCode.NOBODY_WAITING)
        return self._call(counter, following, done, self._why_next(counter, following), now, actor)

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
        (it does not wait) and NOT_IN_PROFILE (another counter's)."""
        done = self._hand_to_finish(counter, in_hand)
        wanted = self.leg(leg)
        if wanted.state is not LegState.WAITING:
            raise RefusedError(ErrorCode.WRONG_STATE, state=wanted.state.value)
        if not self.may_call(counter, wanted):
            raise RefusedError(ErrorCode.NOT_IN_PROFILE, service=wanted.service, counter=wanted.only_counter)
        return self._call(counter, wanted, done, self._why_ticket(counter, wanted, reason), now, actor)

    def recall(self, counter: CounterId, leg: LegId, now: datetime, actor: Actor) -> Leg:
        """Announce a called leg once more. Refuses with HAND_MISMATCH and WRONG_STATE."""
        called = self._hand_in(counter, leg, LegState.CALLED)
        again = called.recalled()
        return self._step(called, again, FactKind.RECALLED, self._steady(now), actor, {"calls": again.calls})

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
        return self._step(leg, leg.called(counter, self._officer_at(counter), now), FactKind.CALLED, now, actor, why)

    def _finish(self, leg: Leg, outcome: Outcome, now: datetime, actor: Actor) -> Leg:
        why = {"outcome": outcome.value}
        return self._step(leg, leg.served(outcome, now), FactKind.FINISHED, now, actor, why)

    def _next_for(self, counter: CounterId) -> Leg | None:
        heads = (line.first for line in self._places.callable_by(counter))
        return min((leg for leg in heads if leg is not None), key=calling_key, default=None)

    def _why_next(self, counter: CounterId, chosen: Leg) -> Why:
        """Who was passed over: kept for another counter though ahead, or come earlier but overtaken by a head start."""
        profile, callable_ = self._places.waiting_for(counter), self._places.callable_by(counter)
        kept = [line for line in profile if line.rank(chosen)]
        overtaken = [line for line in callable_ if line.arrived_before(chosen)]
        first, reason = None, None
        if kept:
            first, reason = min((line.first for line in kept if line.first), key=calling_key), "other_counter"
        elif overtaken:
            longest = (line.longest_waiting for line in overtaken)
            first, reason = min((leg for leg in longest if leg), key=lambda leg: (leg.arrival, leg.order)), "head_start"
        passed = sum(line.rank(chosen) for line in kept) + sum(line.arrived_before(chosen) for line in overtaken)
        return self._why(chosen, self.rule.name, passed, first, reason)

    def _why_ticket(self, counter: CounterId, chosen: Leg, reason: CallReason) -> Why:
        passed = [line for line in self._places.waiting_for(counter) if line.rank(chosen)]
        first = min((line.first for line in passed if line.first), key=calling_key, default=None)
        ahead = sum(line.rank(chosen) for line in passed)
        return {**self._why(chosen, "by_ticket", ahead, first, first and "by_ticket"), "reason": reason.value}

    def _why(self, chosen: Leg, rule: str, passed: int, first: Leg | None, reason: object) -> Why:
        return {
            "rule": rule,
            "effective_at": chosen.effective_at.isoformat(),
            "order": chosen.order,
            "passed_over": passed,
            "first_passed": None if first is None else self.visits[first.visit].ticket,
            "first_passed_reason": None if first is None else str(reason),
        }
