"""Simulated days in a database: read again they are the days that were run, and none is written twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.app.ports import StorageError
from server.db import open_store
from server.domain import service_day
from server.simulation.demand import a_day
from server.simulation.filling import days_before, fill
from server.simulation.rules import following
from server.simulation.running import run
from shared.vocabulary import LegState
from tests.support.small_catalogue import SMALL, read

TUESDAY = date(2026, 11, 24)


def test_the_office_days_before_a_tuesday_leave_the_weekend_out() -> None:
    assert days_before(TUESDAY, 3) == [date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23)]


def test_filled_days_are_kept_whole_and_written_once(url: str, tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(SMALL, "utf-8")
    catalogue = read(SMALL)
    days = [a_day(catalogue, on, visits=40, seed=1) for on in days_before(TUESDAY, 2)]
    assert fill(url, file, days, following(None)) == sum(len(day.arrivals) for day in days)
    with open_store(url) as store:
        stored = store.lobbies.read_lobby(days[0].date)
        states = Counter(leg.state for visit in stored.visits for leg in visit.legs)
        outcome = run(days[0], following(None))
        assert states.total() == len(outcome.waits)
        assert states[LegState.MISSED] <= outcome.missed
        ticket = stored.visits[0].ticket
        start, end = service_day.bounds(days[0].date, catalogue.site.time_zone)
        history = store.histories.of(days[0].date, ticket, start, end + timedelta(hours=1))
        assert history is not None
        assert history.facts
        assert store.audit.verify().broken == ""
    with pytest.raises(StorageError):
        fill(url, file, days, following(None))
