"""Why somebody in hand was called, as the officer reads it."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.domain.lobby import Lobby
from server.domain.visit import Leg
from shared.protocol.views import WhyCalled
from shared.vocabulary import CallReason, PassedReason


def why_called(lobby: Lobby, leg: Leg) -> WhyCalled | None:
    """None for one taken up from aside."""
    why = lobby.reasons.get(leg.id)
    if why is None:
        return None
    reasons = PassedReason if why["passed_over"] else ()
    passed = {reason: int(count) for reason in reasons if (count := why.get(f"passed_{reason}"))}
    booked_for = why.get("booked_for")
    return WhyCalled(
        rule=str(why["rule"]),
        head_start=max(0, round((leg.arrival - leg.effective_at) / timedelta(minutes=1))),
        helping=int(why.get("helping_minutes") or 0),
        passed_over=int(why["passed_over"] or 0),
        passed=passed,
        booked_for=None if booked_for is None else datetime.fromisoformat(str(booked_for)),
        reason=CallReason(str(why["reason"])) if "reason" in why else None,
        first=tuple(named.partition(":")[0] for named in str(why.get("passed", "")).split()),
    )
