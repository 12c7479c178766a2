"""How long a service takes: its norm at first, then what is seen."""

from __future__ import annotations

import pytest

from server.domain.pace import Pace
from tests.support.builders import KK, KTP, minutes

STANDARD = {KTP: 10, KK: 20}


def test_before_anybody_came_the_norm_holds() -> None:
    assert Pace(STANDARD).minutes(KTP) == 10


def test_a_morning_that_is_slower_than_the_norm_shows_soon() -> None:
    pace = Pace(STANDARD)
    for _ in range(9):
        pace.saw(KTP, minutes(18))
    assert pace.minutes(KTP) == pytest.approx(16)
    assert pace.minutes(KK) == 20


def test_earlier_days_count_but_do_not_drown_today() -> None:
    pace = Pace(STANDARD, {KTP: (5000, minutes(5000 * 6))})
    assert pace.minutes(KTP) == pytest.approx((12 * 6 + 3 * 10) / 15)
    for _ in range(60):
        pace.saw(KTP, minutes(18))
    assert pace.minutes(KTP) > 15


@pytest.mark.parametrize("lasted", [-1, 181])
def test_a_leg_that_somebody_forgot_to_finish_teaches_nothing(lasted: int) -> None:
    pace = Pace(STANDARD)
    pace.saw(KTP, minutes(lasted))
    assert pace == Pace(STANDARD)
