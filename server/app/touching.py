"""Touching: which views a batch of changes concerns, from what changed alone (law 14)."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.domain.changes import Changes
from server.domain.facts import FactKind
from server.domain.lobby import Lobby
from server.domain.visit import Leg
from shared.vocabulary import CounterId, LegState, ServiceId, VisitId, ZoneId


@dataclass(slots=True)
class Touched:
    services: set[ServiceId] = field(default_factory=set)
    """Whose line is another now."""
    desks: set[CounterId] = field(default_factory=set)
    zones: set[ZoneId] = field(default_factory=set)
    visits: set[VisitId] = field(default_factory=set)
    counters: set[CounterId] = field(default_factory=set)
    """That opened, closed, or have another officer."""
    places: set[CounterId] = field(default_factory=set)
    """Where somebody came, went or was called."""
    orders: bool = False
    """A supervisor closed something for today, or said something to the hall."""
    everything: bool = False
    """A new catalogue."""


def touched(changes: Changes, lobby: Lobby) -> Touched:
    found = Touched(everything=any(fact.kind is FactKind.CATALOGUE_PUBLISHED for fact in changes.facts))
    found.visits |= changes.visits.keys()
    found.counters |= changes.counters.keys()
    found.desks |= changes.counters.keys()
    for counter in changes.counters:
        if counter in lobby.catalogue.counters:
            found.services |= set(lobby.catalogue.counters[counter].profile)
    places = {leg.counter for leg in changes.legs.values()} | {fact.counter for fact in changes.facts}
    found.services |= changes.closures.keys()
    for bulletin in changes.bulletins.values():
        found.orders = True
        found.zones.update(bulletin.zones or lobby.catalogue.zones)
    for leg in changes.legs.values():
        found.visits.add(leg.visit)
        found.services.add(leg.service)
        found.desks |= set(lobby.catalogue.counters_of.get(leg.service, ()))
        found.desks.update(lobby.profiles.helpers(leg.service))
        _find_other_stops(found, leg, lobby)
    for place in places:
        if place is not None and place in lobby.catalogue.counters:
            found.places.add(place)
            found.desks.add(place)
            found.zones.add(lobby.catalogue.counters[place].zone)
    return found


def _find_other_stops(found: Touched, leg: Leg, lobby: Lobby) -> None:
    """Whoever one counter has is greyed in the other lines where they wait, and shown with their path."""
    visit = lobby.visits[leg.visit]
    if not visit.has_several_stops:
        return
    for other in visit.legs:
        if other.id != leg.id and other.state.is_open:
            found.services.add(other.service)
            found.desks.update(lobby.profiles.counters(other.service))
            found.desks.update(lobby.profiles.helpers(other.service))
            if other.counter is not None and other.state is not LegState.WAITING:
                found.desks.add(other.counter)
