"""Early calls: who was called by the number today, before people whose turn it was; they may read of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from server.domain.facts import Why
from server.domain.line import Key, calling_key
from server.domain.visit import Leg
from shared.vocabulary import CallReason, ServiceId

BY_TICKET = "by_ticket"  # the rule that the fact of such a call names
LOOKED_AT = 20  # of the newest; what a phone is told costs the same in a full hall


@dataclass(frozen=True, slots=True)
class EarlyCall:
    service: ServiceId
    at: datetime
    key: Key
    reason: CallReason


@dataclass(frozen=True, slots=True)
class CalledBefore:
    """How many were called before somebody's turn, when the last of them was, and why."""

    count: int
    last_at: datetime
    reason: CallReason


class EarlyCalls:
    """By service, in the order of the calls. Follows from the facts of the day."""

    def __init__(self, calls: Iterable[EarlyCall] = ()) -> None:
        self._calls: defaultdict[ServiceId, list[EarlyCall]] = defaultdict(list)
        for call in calls:
            self._calls[call.service].append(call)

    def note(self, call: EarlyCall) -> None:
        self._calls[call.service].append(call)

    def before(self, leg: Leg) -> CalledBefore | None:
        """Who stood behind `leg` when they were called."""
        mine = calling_key(leg)
        newest = self._calls.get(leg.service, ())[-LOOKED_AT:]
        found = [call for call in newest if call.at >= leg.since and call.key > mine]
        return CalledBefore(len(found), found[-1].at, found[-1].reason) if found else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EarlyCalls) and self._calls == other._calls

    __hash__ = None  # type: ignore[assignment]  # mutable


def early_call(service: ServiceId, at: datetime, why: Why) -> EarlyCall | None:
    """What the fact of a call says of it; None for one that the calling rule made."""
    if why.get("rule") != BY_TICKET:
        return None
    key = (datetime.fromisoformat(str(why["effective_at"])), int(why["order"] or 0))
    return EarlyCall(service, at, key, CallReason(str(why["reason"])))
