"""Instants are exact: what comes back is what went in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.db.instants import from_micros, to_micros


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_comes_back_to_the_microsecond(at: datetime) -> None:
    assert from_micros(to_micros(at)) == at


def test_instants_come_back_in_utc_whatever_zone_they_had() -> None:
    wita = timezone(timedelta(hours=8))
    assert from_micros(to_micros(datetime(2026, 11, 23, 9, 0, tzinfo=wita))) == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_order_is_kept() -> None:
    before_the_epoch = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert to_micros(before_the_epoch) == -1
    assert to_micros(before_the_epoch + timedelta(microseconds=1)) == 0


def test_no_instant_stays_none() -> None:
    assert to_micros(None) is None
    assert from_micros(None) is None


def test_an_instant_without_a_zone_is_not_guessed() -> None:
    with pytest.raises(TypeError):
        to_micros(datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001  # that is the case
