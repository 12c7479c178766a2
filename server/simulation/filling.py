"""Simulated days written into a database, as if they had been: for trying reports, and for training people."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from server.db import Store, open_store
from server.domain.changes import Changes
from server.domain.facts import Fact
from server.domain.visit import Leg, Period, Visit
from server.simulation.day import Day
from server.simulation.rules import LobbyMaker
from server.simulation.running import run_in_turn
from shared.vocabulary import FollowKey, LegId, VisitId

LAST_OFFICE_DAY = 4  # Friday


def days_before(today: date, count: int) -> list[date]:
    """The last `count` office days, oldest first."""
    found: list[date] = []
    day = today
    while len(found) < count:
        day -= timedelta(days=1)
        if day.weekday() <= LAST_OFFICE_DAY:
            found.append(day)
    return found[::-1]


def fill(url: str, catalogue: Path, days: Sequence[Day], rule: LobbyMaker) -> int:
    """How many visits were written. The catalogue is published where none was. No server may run there.

    Raises StorageError, also where one of these days has numbers already; then nothing of that day is kept."""
    with open_store(url) as store:
        if not store.catalogues.newest_version():
            store.catalogues.publish_catalogue(catalogue.read_text("utf-8"), datetime.now(UTC))
        written = _Written(store)
        run_in_turn(days, rule, written.keep)
        return written.visits


class _Written:
    def __init__(self, store: Store) -> None:
        self._store = store
        self.visits = 0

    def keep(self, on: date, changes: Changes) -> None:
        self._store.lobbies.commit(on, _unique(changes, f"{on:%Y%m%d}"), ())
        self.visits += len(changes.new_visits)


def _unique(changes: Changes, day: str) -> Changes:
    """With identities that no other day has."""
    visits = [_visit(visit, day) for visit in changes.visits.values()]
    legs = [_leg(leg, day) for leg in changes.legs.values()]
    return replace(
        changes,
        visits={visit.id: visit for visit in visits},
        legs={leg.id: leg for leg in legs},
        new_visits={_visit_id(visit, day) for visit in changes.new_visits},
        new_legs={_leg_id(leg, day) for leg in changes.new_legs},
        periods=[_period(period, day) for period in changes.periods],
        facts=[_fact(fact, day) for fact in changes.facts],
    )


def _visit(visit: Visit, day: str) -> Visit:
    legs = tuple(_leg(leg, day) for leg in visit.legs)
    return replace(visit, id=_visit_id(visit.id, day), key=FollowKey(secrets.token_urlsafe(16)), legs=legs)


def _leg(leg: Leg, day: str) -> Leg:
    return replace(leg, id=_leg_id(leg.id, day), visit=_visit_id(leg.visit, day))


def _period(period: Period, day: str) -> Period:
    return replace(period, visit=_visit_id(period.visit, day), leg=_leg_id(period.leg, day))


def _fact(fact: Fact, day: str) -> Fact:
    visit = None if fact.visit is None else _visit_id(fact.visit, day)
    return replace(fact, visit=visit, leg=None if fact.leg is None else _leg_id(fact.leg, day))


def _visit_id(visit: VisitId, day: str) -> VisitId:
    return VisitId(f"s_{day}_{visit}")


def _leg_id(leg: LegId, day: str) -> LegId:
    return LegId(f"s_{day}_{leg}")
