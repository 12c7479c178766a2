"""Yielding: the visitor's own acts that give a place up for a later one. Nobody else is moved backwards (law 11).

A key is fixed at issue; only the visitor whose it is can have it changed, and only to a later one. So whoever they
stand before now, they stood before already, and all others keep their order.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from server.domain.daybook import DayBook
from server.domain.errors import RefusedError
from server.domain.facts import Actor, FactKind, Why
from server.domain.stops import path_of
from server.domain.visit import Leg, Visit
from shared.vocabulary import ErrorCode, LegState, VisitId

JUST_AFTER = timedelta(microseconds=1)  # the smallest step that every database keeps


class Yielding(DayBook):
    """Both refuse with UNKNOWN_VISIT, WRONG_STATE and USED_UP (fact `allowed`)."""

    def come_back(self, visit: VisitId, now: datetime, actor: Actor) -> Leg:
        """A missed visitor is here after all: back in line, to be called after the next few of it. Of several missed
        stops the first that may still."""
        missed = self._missed_leg(self._known_visit(visit))
        order = self.calling_of(missed.service)
        if missed.returned >= order.returns:
            raise RefusedError(ErrorCode.USED_UP, allowed=order.returns)
        now = self._steady(now)
        back = missed.back_at(self._key_after(missed, order.return_after - 1), now)
        why: Why = {"by": "visitor", "effective_at": back.effective_at.isoformat(), "after": order.return_after}
        return self._step(missed, back, FactKind.RETURNED, now, actor, why)

    def give_way(self, visit: VisitId, now: datetime, actor: Actor) -> Leg:
        """Let the next few go first, once; of several stops at the one where the fewest stand before them.

        Refuses further with NOBODY_BEHIND.
        """
        waiting = self._in_state(self.foremost(self._known_visit(visit)), LegState.WAITING)
        places = self.calling_of(waiting.service).give_way
        if waiting.gave_way or not places:
            raise RefusedError(ErrorCode.USED_UP, allowed=min(places, 1))
        line = self.line(waiting.service)
        place = line.rank(waiting)
        if place + 1 >= len(line):
            raise RefusedError(ErrorCode.NOBODY_BEHIND)
        now = self._steady(now)
        gave = waiting.giving_way(self._key_after(waiting, place + places))
        why: Why = {
            "effective_at": gave.effective_at.isoformat(),
            "places": line.rank_of((gave.effective_at, gave.order)) - place - 1,
        }
        return self._step(waiting, gave, FactKind.GAVE_WAY, now, actor, why)

    def _key_after(self, leg: Leg, place: int) -> datetime:
        """The key right behind who stands at that place of the line, or behind the last; never earlier than its own."""
        before = self.line(leg.service).at(place)
        return leg.effective_at if before is None else max(leg.effective_at, before.effective_at + JUST_AFTER)

    def _missed_leg(self, visit: Visit) -> Leg:
        missed = [leg for leg in path_of(visit) if leg.state is LegState.MISSED]
        again = (leg for leg in missed if leg.returned < self.calling_of(leg.service).returns)
        return next(again, None) or self._in_state(missed[0] if missed else self.foremost(visit), LegState.MISSED)

    @staticmethod
    def _in_state(leg: Leg, state: LegState) -> Leg:
        if leg.state is not state:
            raise RefusedError(ErrorCode.WRONG_STATE, state=leg.state.value)
        return leg

    def _known_visit(self, visit: VisitId) -> Visit:
        if visit not in self.visits:
            raise RefusedError(ErrorCode.UNKNOWN_VISIT, visit=visit)
        return self.visits[visit]
