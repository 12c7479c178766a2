"""The history of a number that more than one agency served: its head reads of each agency what is of the own one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from server.app.catalogue_file import read_catalogue
from server.app.history import History, WentBefore
from server.domain.facts import Actor, Fact, FactKind
from server.web.audit.routes import part_of
from shared.vocabulary import AgencyId, CounterId, OfficerId, ServiceId
from tests.support.people import PEOPLE

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CATALOGUE = read_catalogue(PEOPLE, version=1, today=NOW.date())
REGISTRY, POLICE = AgencyId("registry"), AgencyId("police")


def a_fact(kind: FactKind, agency: AgencyId | None, *, at_counter: bool = False) -> Fact:
    counter = next((one.id for one in CATALOGUE.counters.values() if one.agency == agency), CounterId(""))
    service = next((one.id for one in CATALOGUE.services.values() if one.agency == agency), ServiceId(""))
    where = counter if at_counter else None
    return Fact(kind, NOW, Actor(officer=OfficerId("x")), service=None if agency is None else service, counter=where)


STORY = (
    a_fact(FactKind.ISSUED, REGISTRY),
    a_fact(FactKind.STOP_ADDED, POLICE),
    a_fact(FactKind.CALLED, REGISTRY, at_counter=True),
    a_fact(FactKind.PRINT_REPORTED, None),
    a_fact(FactKind.CALLED, POLICE, at_counter=True),
)
HISTORY = History("A-001", date(2026, 11, 24), STORY, (WentBefore("A-002", NOW, NOW, NOW, {}),))


def test_what_happened_at_another_agency_is_not_told() -> None:
    told = part_of(HISTORY, POLICE, CATALOGUE)
    assert list(told.facts) == [STORY[1], STORY[3], STORY[4]]
    assert not told.went_before  # they stood at the other agency


def test_who_went_before_at_the_own_agency_is() -> None:
    told = part_of(HISTORY, REGISTRY, CATALOGUE)
    assert list(told.facts) == [STORY[0], STORY[2], STORY[3]]
    assert told.went_before == HISTORY.went_before
