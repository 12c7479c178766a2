"""Explaining: why somebody was called, and who was passed over for it. Bounded: counts, and the first few by name.

What the fact of a call keeps: `rule`, the key (`effective_at`, `order`) beside `arrival`; `passed_over`, and by reason
`passed_REASON` where it is not 0; in `passed` the first few as "A-001:head_start A-003:needs".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice

from server.domain.daybook import DayBook
from server.domain.early_calls import BY_TICKET
from server.domain.facts import Why
from server.domain.line import Line, calling_key
from server.domain.visit import Leg
from shared.vocabulary import CallReason, CounterId, PassedReason

NAMED = 3


def why_next(day: DayBook, counter: CounterId, chosen: Leg) -> Why:
    """Why the calling rule picked `chosen`. To be asked while it still waits."""
    reachable, helped = day.places.callable_by(counter), day.may_help(counter)
    kept = [line for line in day.places.waiting_for(counter) if line.rank(chosen)]
    is_helped = not day.profiles.serves(counter, chosen.service)
    overtaken = [line for line in (*reachable, *(helped if is_helped else ())) if line.arrived_before(chosen)]
    booked_before = [line.came_before_check_in(chosen) for line in (*reachable, *(helped if is_helped else ()))]
    left = [] if is_helped else [line for line in helped if line.rank(chosen)]

    lacking = _lacking(day, counter, chosen) if kept and day.places.asking else 0
    elsewhere = _elsewhere(day, counter, chosen) if kept and day.places.held else 0
    counts = {
        PassedReason.OTHER_COUNTER: sum(line.rank(chosen) for line in kept) - lacking - elsewhere,
        PassedReason.ELSEWHERE: elsewhere,
        PassedReason.NEEDS: lacking,
        PassedReason.HEAD_START: sum(line.arrived_before(chosen) for line in overtaken),
        PassedReason.BOOKED: sum(len(found) for found in booked_before),
        PassedReason.OWN_FIRST: sum(line.rank(chosen) for line in left),
    }
    named = [
        *((leg, _kept_reason(day, counter, leg)) for leg in _first(kept, chosen)),
        *((leg, PassedReason.HEAD_START) for leg in _longest(overtaken, chosen)),
        *((leg, PassedReason.BOOKED) for _, _, leg in islice(merge(*booked_before), NAMED)),
        *((leg, PassedReason.OWN_FIRST) for leg in _first(left, chosen)),
    ]
    why = _why(day, chosen, day.rule_of(chosen.service).name, counts, named)
    if is_helped and chosen.only_counter is None:
        why["helping_minutes"] = day.catalogue.counters[counter].helping_minutes
    return why


def why_ticket(day: DayBook, counter: CounterId, chosen: Leg, reason: CallReason) -> Why:
    """Why an officer called `chosen`: the reason given, and before whom."""
    ahead = [line for line in day.places.waiting_for(counter) if line.rank(chosen)]
    counts = {PassedReason.BY_TICKET: sum(line.rank(chosen) for line in ahead)}
    named = ((leg, PassedReason.BY_TICKET) for leg in _first(ahead, chosen))
    return {**_why(day, chosen, BY_TICKET, counts, named), "reason": reason.value}


def _why(
    day: DayBook,
    chosen: Leg,
    rule: str,
    counts: dict[PassedReason, int],
    named: Iterable[tuple[Leg, PassedReason]],
) -> dict[str, str | int | float | None]:
    why: dict[str, str | int | float | None] = {
        "rule": rule,
        "arrival": chosen.arrival.isoformat(),
        "effective_at": chosen.effective_at.isoformat(),
        "order": chosen.order,
        "passed_over": sum(counts.values()),
    }
    booked_for = day.visits[chosen.visit].booked_for
    if booked_for is not None and chosen.checked_in_at is not None:
        why["booked_for"] = booked_for.isoformat()
    if why["passed_over"]:
        why |= {f"passed_{reason.value}": count for reason, count in counts.items() if count}
        first = (f"{day.visits[leg.visit].ticket}:{reason.value}" for leg, reason in islice(named, NAMED))
        why["passed"] = " ".join(first)
    return why


def _lacking(day: DayBook, counter: CounterId, chosen: Leg) -> int:
    """How many stand before `chosen` that the counter cannot serve for what they ask."""
    return sum(
        line.rank(chosen)
        for service in day.profiles.services(counter)
        for asked, line in day.places.asking.get(service, {}).items()
        if not day.profiles.meets(counter, asked)
    )


def _elsewhere(day: DayBook, counter: CounterId, chosen: Leg) -> int:
    """How many stand before `chosen` whose visitor is at a counter for another stop."""
    held = (day.places.held.get(service, {}).values() for service in day.profiles.services(counter))
    return sum(calling_key(leg) < calling_key(chosen) for legs in held for leg in legs)


def _kept_reason(day: DayBook, counter: CounterId, leg: Leg) -> PassedReason:
    if day.is_held(leg):
        return PassedReason.ELSEWHERE
    lacks = leg.only_counter is None and not day.meets(counter, leg)
    return PassedReason.NEEDS if lacks else PassedReason.OTHER_COUNTER


def _first(lines: list[Line], chosen: Leg) -> Iterator[Leg]:
    """Who would be called before `chosen`, in that order."""
    return islice(merge(*(line.before(chosen) for line in lines), key=calling_key), NAMED)


def _longest(lines: list[Line], chosen: Leg) -> Iterator[Leg]:
    """Who came before `chosen`, in that order."""
    came = (line.came_before(chosen) for line in lines)
    return islice(merge(*came, key=lambda leg: (leg.arrival, leg.order)), NAMED)
