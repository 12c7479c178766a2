"""Breaches: which norms are exceeded now. Reads the heads of the lines and the hands of the counters, never the people
behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.domain.catalogue import Catalogue
from server.domain.line import Line
from server.domain.lobby import Lobby
from server.domain.norms import OFF, NormKind, Norms
from server.domain.visit import Leg
from shared.vocabulary import AgencyId, CounterId, CounterState, LegId, ServiceId

LOOKED_AT = 20  # of those who came first, to find who waits longest: beyond that only who came back lately could be


@dataclass(frozen=True, slots=True)
class Breach:
    """A norm that is exceeded now."""

    kind: NormKind
    subject: str
    """The service, the counter or the device."""
    agency: AgencyId | None
    """None: the hall's own."""
    since: datetime
    """Since when they wait, are served, or the counter is idle."""
    norm: timedelta
    leg: LegId | None = None

    @property
    def key(self) -> str:
        return f"norm:{self.kind}:{self.subject}"


def norms_of(catalogue: Catalogue, agency: AgencyId) -> Norms:
    known = catalogue.agencies.get(agency) or catalogue.removed_agencies.get(agency)
    return (known.norms if known else None) or catalogue.site.norms


def breaches(lobby: Lobby, idle_since: Callable[[CounterId], datetime | None], now: datetime) -> Iterator[Breach]:
    """All of the lobby. `idle_since`: of an open counter with nobody in hand, None for any other."""
    for service, line in lobby.places.everyone.items():
        yield from _waiting(lobby, service, line, now)
    for counter in lobby.catalogue.counters:
        hand = lobby.in_hand(counter)
        if hand is not None:
            yield from _serving(lobby, counter, hand, now)
        elif (since := idle_since(counter)) is not None:
            yield from _idle(lobby, counter, since, now)


def waits_longest(line: Line) -> Leg | None:
    """Who stands in the line for the longest time. Whoever was sent on or came back waits since then."""
    longest: Leg | None = None
    for leg, _ in zip(line.by_arrival(), range(LOOKED_AT), strict=False):
        if longest is not None and leg.arrival >= longest.since:
            break
        if longest is None or leg.since < longest.since:
            longest = leg
    return longest


def _waiting(lobby: Lobby, service: ServiceId, line: Line, now: datetime) -> Iterator[Breach]:
    agency = lobby.catalogue.service(service).agency
    norm, leg = norms_of(lobby.catalogue, agency).wait, waits_longest(line)
    if leg is not None and _is_over(leg.since, norm, now):
        yield Breach(NormKind.WAIT, service, agency, leg.since, norm, leg.id)


def _serving(lobby: Lobby, counter: CounterId, hand: Leg, now: datetime) -> Iterator[Breach]:
    agency = lobby.catalogue.counters[counter].agency
    norm, since = norms_of(lobby.catalogue, agency).service, hand.called_at or hand.since
    if norm:
        norm = max(norm, timedelta(minutes=lobby.catalogue.service(hand.service).standard_minutes))
    if _is_over(since, norm, now):
        yield Breach(NormKind.SERVICE, counter, agency, since, norm, hand.id)


def _idle(lobby: Lobby, counter: CounterId, since: datetime, now: datetime) -> Iterator[Breach]:
    """Counted from when somebody was there to be called."""
    agency = lobby.catalogue.counters[counter].agency
    norm = norms_of(lobby.catalogue, agency).idle
    if lobby.counters[counter].state is not CounterState.OPEN or not _is_over(since, norm, now):
        return
    longest = [leg for line in lobby.places.callable_by(counter) if (leg := waits_longest(line)) is not None]
    if longest:
        since = max(since, min(leg.since for leg in longest))
        if _is_over(since, norm, now):
            yield Breach(NormKind.IDLE, counter, agency, since, norm)


def _is_over(since: datetime, norm: timedelta, now: datetime) -> bool:
    return norm != OFF and now - since > norm
