"""Public facts: every kind was decided on, and only named details of it leave (law 12)."""

from __future__ import annotations

from datetime import timedelta

from server.app.api.public_facts import DETAILS, Wish, event_of
from server.app.api.records import Numbered
from server.domain.facts import Actor, Fact, FactKind
from shared.vocabulary import AgencyId, CounterId, DeviceId, LegId, OfficerId, RequestId, ServiceId, VisitId
from tests.support.builders import NINE, TODAY
from tests.support.small_catalogue import SMALL, read

CATALOGUE = read(SMALL)
NOBODY_ELSES = {  # who sits where, what a kiosk holds, what supervisors say among each other
    FactKind.SIGNED_IN,
    FactKind.SIGNED_OUT,
    FactKind.LEASED,
    FactKind.LEASE_ENDED,
    FactKind.MERGE_REFUSED,
    FactKind.BULLETIN_GIVEN,
    FactKind.BULLETIN_ENDED,
    FactKind.ALERT_ACKNOWLEDGED,
}
PERSONAL = ("Somebody", "registry-01", "deaf", "secret", "dev-9", "r-9")
EVERYTHING = frozenset(FactKind)


def a_fact(kind: FactKind) -> Numbered:
    """With all that a fact can have, and more than any has."""
    why = {"because": "Somebody's name", "officer": "registry-01", "needs": "deaf", "note": "secret", "ticket": "A-001"}
    fact = Fact(
        kind=kind,
        at=NINE + timedelta(minutes=1),
        actor=Actor(DeviceId("dev-9"), OfficerId("registry-01"), RequestId("r-9")),
        visit=VisitId("v_1"),
        leg=LegId("l_1"),
        service=ServiceId("card"),
        counter=CounterId("counter-1"),
        why={**why, "reason": "rest", "outcome": "solved"},
    )
    return Numbered(7, TODAY, fact)


def test_every_kind_of_fact_was_decided_on() -> None:
    assert set(DETAILS) | NOBODY_ELSES == set(FactKind), "say of a new kind whether other systems may hear of it"
    assert not set(DETAILS) & NOBODY_ELSES


def test_nothing_of_a_person_is_in_any_event() -> None:
    for kind in FactKind:
        event = event_of(a_fact(kind), 0, Wish(EVERYTHING), lambda: CATALOGUE)
        assert (event is None) is (kind in NOBODY_ELSES)
        told = repr(event)
        assert not [word for word in ("Somebody", "registry-01", "deaf", "secret", "dev-9", "r-9") if word in told], (
            kind
        )


def test_an_agency_hears_of_its_own_alone() -> None:
    fact = a_fact(FactKind.ISSUED)
    assert event_of(fact, 3, Wish(EVERYTHING, AgencyId("police")), lambda: CATALOGUE) is None
    mine = event_of(fact, 3, Wish(EVERYTHING, AgencyId("registry")), lambda: CATALOGUE)
    assert mine is not None
    assert (mine.sequence, mine.previous, mine.agency, mine.details) == (7, 3, "registry", {"ticket": "A-001"})
