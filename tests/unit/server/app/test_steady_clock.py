"""The steady clock: follows the machine's as long as it only goes on, and counts by itself when it jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from server.app.steady_clock import SteadyClock
from tests.support.builders import NINE
from tests.support.turned_clock import TurnedClock

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    "to", [NINE - timedelta(hours=1), NINE + timedelta(days=1), datetime(2000, 1, 1, tzinfo=UTC), NINE + 6 * MINUTE]
)
def test_a_jump_is_not_followed(to: datetime) -> None:
    machine = TurnedClock(NINE)
    clock = SteadyClock(machine.wall, machine.seconds)
    machine.set(to)
    assert clock() == NINE
    machine.goes_on(MINUTE)
    assert clock() == NINE + MINUTE
    assert clock.off == to - NINE
    machine.set(NINE + MINUTE)
    assert clock() == NINE + MINUTE
    assert not clock.off


def test_a_small_step_of_a_time_server_is_followed() -> None:
    machine = TurnedClock(NINE)
    clock = SteadyClock(machine.wall, machine.seconds)
    machine.set(NINE - 2 * MINUTE)
    assert clock() == NINE - 2 * MINUTE
    machine.set(NINE + 2 * MINUTE)
    assert clock() == NINE + 2 * MINUTE
    assert not clock.off


def test_hours_that_pass_are_no_jump() -> None:
    machine = TurnedClock(NINE)
    clock = SteadyClock(machine.wall, machine.seconds)
    machine.goes_on(timedelta(hours=14))
    assert clock() == NINE + timedelta(hours=14)
    assert not clock.off
