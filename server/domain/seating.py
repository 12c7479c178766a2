"""Seating: officers take their counters, open them, pause and close them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from server.domain.calls import Calls
from server.domain.changes import CounterStatus
from server.domain.errors import RefusedError
from server.domain.facts import NO_REASON, Actor, FactKind, Why
from server.domain.pauses import FURTHEST_AHEAD, LONGEST, MINUTE, PlannedPause, ends
from shared.vocabulary import CounterId, CounterState, ErrorCode, OfficerId, PauseReason


class Seating(Calls):
    """All refuse with UNKNOWN_COUNTER. Nobody leaves, pauses or closes with a leg in hand (COUNTER_BUSY)."""

    def sit(self, counter: CounterId, officer: OfficerId, *, take_over: bool, now: datetime, actor: Actor) -> None:
        """Sit an officer down. The counter stays as it is, and what it has in hand stays with it.

        An officer who sat elsewhere leaves that counter; who is in hand there is parked and can be resumed here.
        Refuses with FORBIDDEN (unknown officer, or of another agency) and COUNTER_TAKEN (fact `officer`: who is there).
        """
        agency = self._known_counter(counter).agency
        known = self.catalogue.officers.get(officer)
        if known is None or known.agency not in (None, agency):
            raise RefusedError(ErrorCode.FORBIDDEN, officer=officer, counter=counter)
        status = self.counters[counter]
        if status.officer not in (None, officer) and not take_over:
            raise RefusedError(ErrorCode.COUNTER_TAKEN, counter=counter, officer=status.officer)
        now = self._steady(now)
        for elsewhere in [other for other in self.counters.values() if other.officer == officer]:
            if elsewhere.counter != counter:
                self._move_away(elsewhere, counter, now, actor)
        if status.officer != officer:
            self._put_counter(replace(status, officer=officer, planned=None))
        self._record(
            FactKind.SIGNED_IN, now, actor, counter=counter, why={"officer": officer, "instead_of": status.officer}
        )

    def leave(self, counter: CounterId, now: datetime, actor: Actor) -> None:
        """The officer goes; the counter closes. Refuses with WRONG_STATE when nobody sits there."""
        status = self._seated(counter)
        self._refuse_busy(counter)
        self._vacate(status, self._steady(now), actor)

    def open(self, counter: CounterId, now: datetime, actor: Actor) -> None:
        """Open the counter, or end its pause. Refuses with WRONG_STATE when it is open or nobody sits there."""
        self._stand(counter, CounterState.OPEN, FactKind.COUNTER_OPENED, now, actor)

    def pause(self, counter: CounterId, reason: PauseReason, now: datetime, actor: Actor) -> None:
        """Refuses with COUNTER_NOT_OPEN."""
        self._open_counter(counter)
        self._stand(counter, CounterState.PAUSED, FactKind.COUNTER_PAUSED, now, actor, reason)

    def announce_pause(
        self,
        counter: CounterId,
        reason: PauseReason,
        starts_in: timedelta,
        lasts: timedelta,
        now: datetime,
        actor: Actor,
        why: Why = NO_REASON,
    ) -> None:
        """Say ahead that the officer will be away, in place of what was announced before. The pause begins only when it
        is taken. Refuses with WRONG_STATE when nobody sits there, or when the times are none that a day knows."""
        status = self._seated(counter)
        if not (timedelta(0) <= starts_in <= FURTHEST_AHEAD and timedelta(0) < lasts <= LONGEST):
            raise RefusedError(ErrorCode.WRONG_STATE, state=status.state.value)
        now = self._steady(now)
        planned = PlannedPause(reason, now + starts_in, lasts)
        self._put_counter(replace(status, planned=planned))
        details = {"reason": reason.value, "starts_at": planned.starts_at.isoformat(), "minutes": lasts // MINUTE}
        self._record(FactKind.PAUSE_ANNOUNCED, now, actor, counter=counter, why={**why, **details})

    def call_off_pause(self, counter: CounterId, now: datetime, actor: Actor, why: Why = NO_REASON) -> None:
        """The officer stays after all. Refuses with WRONG_STATE when nothing is announced."""
        self._known_counter(counter)
        status = self.counters[counter]
        if status.planned is None:
            raise RefusedError(ErrorCode.WRONG_STATE, state=status.state.value)
        now = self._steady(now)
        self._put_counter(replace(status, planned=None))
        self._record(FactKind.PAUSE_CALLED_OFF, now, actor, counter=counter, why=why)

    def close(self, counter: CounterId, now: datetime, actor: Actor) -> None:
        """The officer stays seated. Refuses with WRONG_STATE when it is closed."""
        self._stand(counter, CounterState.CLOSED, FactKind.COUNTER_CLOSED, now, actor)

    def _stand(
        self,
        counter: CounterId,
        state: CounterState,
        kind: FactKind,
        now: datetime,
        actor: Actor,
        reason: PauseReason | None = None,
        why: Why = NO_REASON,
    ) -> None:
        status = self._seated(counter)
        if status.state is state:
            raise RefusedError(ErrorCode.WRONG_STATE, state=state.value)
        self._refuse_busy(counter)
        now = self._steady(now)
        planned = status.planned if state is not CounterState.CLOSED else None
        until = None
        if reason is not None:
            until = ends(reason, planned, now)
            why = {**why, "reason": reason.value, "until": until.isoformat()}
        if planned is not None and (planned.ends_at <= now or (reason is not None and planned.is_meant(now))):
            planned = None
        self._put_counter(CounterStatus(counter, state, now, status.officer, reason, until, planned))
        self._record(kind, now, actor, counter=counter, why=why)

    def _seated(self, counter: CounterId) -> CounterStatus:
        self._known_counter(counter)
        status = self.counters[counter]
        if status.officer is None:
            raise RefusedError(ErrorCode.WRONG_STATE, state=status.state.value, officer=None)
        return status

    def _move_away(self, left: CounterStatus, to: CounterId, now: datetime, actor: Actor) -> None:
        hand = self.in_hand(left.counter)
        if hand is not None:
            self._step(hand, hand.parked(left.officer, hand.note, now), FactKind.PARKED, now, actor, {"moved_to": to})
        self._vacate(left, now, actor)

    def _vacate(self, left: CounterStatus, now: datetime, actor: Actor) -> None:
        if left.state is CounterState.CLOSED:
            self._put_counter(replace(left, officer=None, planned=None))
        else:
            self._put_counter(CounterStatus(left.counter, CounterState.CLOSED, now))
            self._record(FactKind.COUNTER_CLOSED, now, actor, counter=left.counter)
        self._record(FactKind.SIGNED_OUT, now, actor, counter=left.counter, why={"officer": left.officer})
