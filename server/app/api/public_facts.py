"""Public facts: the part of a fact that other systems may hear. What is not named here does not leave (law 12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from server.app.api.records import Numbered
from server.app.api.resources import Event
from server.domain.catalogue import Catalogue
from server.domain.facts import Fact, FactKind
from shared.vocabulary import AgencyId

# By kind, the details that say nothing of a person: neither visitor nor officer.
DETAILS: dict[FactKind, tuple[str, ...]] = {
    FactKind.ISSUED: ("ticket", "stops"),
    FactKind.MERGED: ("ticket",),
    FactKind.CALLED: ("rule", "reason", "passed_over"),
    FactKind.RECALLED: ("calls",),
    FactKind.SERVING: (),
    FactKind.FINISHED: ("outcome",),
    FactKind.PARKED: (),
    FactKind.RESUMED: (),
    FactKind.TRANSFERRED: (),
    FactKind.MISSED: (),
    FactKind.RETURNED: (),
    FactKind.GAVE_WAY: (),
    FactKind.STOP_ADDED: ("state",),
    FactKind.STOP_DUE: (),
    FactKind.CANCELLED: ("reason",),
    FactKind.REPRIORITISED: (),
    FactKind.EXPIRED: (),
    FactKind.PRINT_REPORTED: ("state", "fault", "copy"),
    FactKind.COUNTER_OPENED: (),
    FactKind.COUNTER_PAUSED: ("reason", "until"),
    FactKind.PAUSE_ANNOUNCED: ("reason", "starts_at", "minutes"),
    FactKind.PAUSE_CALLED_OFF: (),
    FactKind.COUNTER_CLOSED: (),
    FactKind.SERVICE_CLOSED: (),
    FactKind.SERVICE_OPENED: (),
    FactKind.DAY_CLOSED: (),
    FactKind.CATALOGUE_PUBLISHED: ("version",),
}
"""Kinds without a row (who signed in, which kiosk holds what) are nobody else's business."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which events somebody wants; what they may see was put into it before."""

    kinds: frozenset[FactKind]
    agency: AgencyId | None = None
    """Of its services and counters alone; None: of the whole site."""


def event_of(numbered: Numbered, previous: int, wish: Wish, catalogue: Callable[[], Catalogue]) -> Event | None:
    """None: not wanted, or not for them."""
    fact = numbered.fact
    if fact.kind not in wish.kinds or fact.kind not in DETAILS:
        return None
    agency = agency_of(fact, catalogue())
    if wish.agency is not None and agency != wish.agency:
        return None
    return Event(
        sequence=numbered.sequence,
        previous=previous,
        kind=fact.kind.value,
        at=fact.at,
        service_date=numbered.service_date,
        visit=fact.visit,
        leg=fact.leg,
        service=fact.service,
        agency=agency,
        counter=fact.counter,
        details={name: fact.why[name] for name in DETAILS[fact.kind] if fact.why.get(name) is not None},
    )


def begin_at(asked: int, oldest: int, newest: int) -> tuple[int, bool]:
    """Behind which event somebody goes on who has seen that one, and whether nothing in between is lost to them: it is
    when it was cut off by its clock, or when the database was restored from a backup that is older than what they saw.
    Who has seen nothing begins with the oldest, and misses none."""
    if asked > newest:
        return newest, False
    if not oldest or asked >= oldest - 1:
        return asked, True
    return oldest - 1, asked == 0


def agency_of(fact: Fact, catalogue: Catalogue) -> AgencyId | None:
    """Whose affair it is: the service's, else the counter's; None for the whole site's."""
    if fact.service is not None:
        service = catalogue.services.get(fact.service) or catalogue.removed.get(fact.service)
        return None if service is None else service.agency
    counter = None if fact.counter is None else catalogue.counters.get(fact.counter)
    return None if counter is None else counter.agency
