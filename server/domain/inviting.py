"""Inviting: every how-many-th finished visit of an agency is asked what it was like. Decided when it finishes."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.domain.daybook import DayBook
from server.domain.facts import Why
from server.domain.survey_plan import FINISHED, is_invited
from server.domain.visit import Leg


@dataclass(frozen=True, slots=True)
class FinishedTurn:
    """Which of its agency's finished visits of the day it is, as the fact says; nothing where nobody is asked."""

    invited: bool = False
    why: Why = field(default_factory=dict)


NOT_COUNTED = FinishedTurn()


class Inviting(DayBook):
    def _count_finished(self, leg: Leg) -> FinishedTurn:
        """Count the visit that ends when this leg is served. One with further stops open is not finished; one that came
        back after it was invited is not asked twice."""
        visit = self.visits[leg.visit]
        if visit.invited is not None or any(other.state.is_open for other in visit.legs if other.id != leg.id):
            return NOT_COUNTED
        agency = self.catalogue.service(leg.service).agency
        if (plan := self.catalogue.survey_of(agency)) is None:
            return NOT_COUNTED
        series = f"{FINISHED}{agency}"
        nth = self.sequences.get(series, 0) + 1
        self.sequences[series] = self._changes.sequences[series] = nth
        invited = is_invited(nth, self.service_date, agency, plan.every)
        return FinishedTurn(invited, {"finished": nth, "every": plan.every, "invited": int(invited)})
