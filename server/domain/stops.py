"""Stops: the path of a visit that was given several services. Which stop comes before which, and which is due.

A stop is one of the services that were chosen. Its legs are the one made when it was chosen, and those that a transfer
made of it; the last of them says how it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.domain.catalogue import Catalogue
from server.domain.visit import Leg, Visit
from shared.vocabulary import LegId, LegState, ServiceId


def in_path_order(chosen: Iterable[ServiceId], catalogue: Catalogue) -> list[ServiceId]:
    """As chosen, but whatever the catalogue puts before another stands before it."""
    left = list(chosen)
    path = []
    while left:
        first = next(one for one in left if not catalogue.before(one).intersection(left))
        left.remove(first)
        path.append(first)
    return path


def path_of(visit: Visit) -> list[Leg]:
    """How each stop stands, in the order of the path."""
    if len(visit.legs) == 1:
        return [visit.legs[0]]
    return list({leg.stop: leg for leg in visit.legs}.values())


def is_due(visit: Visit, stop: Leg, catalogue: Catalogue, finishing: Leg | None = None) -> bool:
    """Whether nothing that the catalogue puts before the stop is still to be done, or was missed. `finishing` counts
    as done."""
    before = catalogue.before(stop.service)
    if not before:
        return True
    earlier = {leg.stop for leg in visit.legs if leg.service in before and leg.stop != stop.stop}
    return not any(
        leg.stop in earlier and (leg.state.is_open or leg.state is LegState.MISSED)
        for leg in visit.legs
        if finishing is None or leg.id != finishing.id
    )


@dataclass(frozen=True, slots=True)
class AloneWait:
    """When a stop would be called if it were the visitor's only one. Minutes."""

    wait: float
    takes: float
    """From the call until the visitor is free for another counter."""
    between: float
    """Until the next of its counters is free, for who kept the first place of the line."""


def one_at_a_time(alone: Mapping[LegId, AloneWait], busy: float = 0.0) -> dict[LegId, float]:
    """Minutes until each stop is called, for a visitor who can only be at one counter and is at one for `busy` more.

    Whichever would come first is called first; the others keep their places meanwhile.
    """
    told: dict[LegId, float] = {}
    left, free_from = dict(alone), busy
    while left:
        stop = min(left, key=lambda one: max(left[one].wait, free_from))
        own = left.pop(stop)
        told[stop] = max(own.wait, free_from + own.between) if busy or told else own.wait
        free_from = told[stop] + own.takes
    return told
