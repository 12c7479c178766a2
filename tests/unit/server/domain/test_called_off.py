"""Bookings that the hall takes back: by a holiday, other hours, or a service that is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.domain.called_off import CalledOff, Promise, Struck, called_off, later_today, refuse_called_off, struck
from server.domain.catalogue import Catalogue
from server.domain.errors import RefusedError
from server.domain.hours import Calendar, Span
from shared.vocabulary import ErrorCode
from tests.support.bookable import a_bookable_hall
from tests.support.builders import KK, KTP, NINE, TODAY

TEN, ELEVEN = NINE + timedelta(hours=1), NINE + timedelta(hours=2)
HALL = a_bookable_hall()


def with_special_day(*spans: Span) -> Catalogue:
    return replace(HALL, calendar=Calendar({TODAY: spans}))


def without_ktp() -> Catalogue:
    return replace(HALL, services={KK: HALL.services[KK]}, removed={KTP: HALL.services[KTP]})


def test_what_stays_open_calls_nothing_off() -> None:
    assert called_off(KTP, TEN, HALL) is None
    refuse_called_off(KTP, TEN, HALL)
    not_booked_any_more = a_bookable_hall(rules=None)
    assert called_off(KTP, TEN, not_booked_any_more) is None, "it takes those that it has"


def test_a_short_day_calls_off_what_begins_after_it() -> None:
    short = with_special_day(Span(time(8), time(10, 30)))
    assert called_off(KTP, TEN, short) is None
    assert called_off(KTP, ELEVEN, short) is CalledOff.CLOSED


@pytest.mark.parametrize(
    ("after", "why", "code"),
    [
        (with_special_day(), CalledOff.CLOSED, ErrorCode.SERVICE_CLOSED),
        (without_ktp(), CalledOff.REMOVED, ErrorCode.SERVICE_REMOVED),
    ],
)
def test_a_holiday_and_a_service_that_is_gone_refuse_what_was_promised(
    after: Catalogue, why: CalledOff, code: ErrorCode
) -> None:
    assert called_off(KTP, TEN, after) is why
    with pytest.raises(RefusedError) as refused:
        refuse_called_off(KTP, TEN, after)
    assert refused.value.code is code


def test_before_publishing_one_sees_how_many_go_on_which_day() -> None:
    tomorrow = TEN + timedelta(days=1)
    promises = [Promise(KTP, TEN, 2), Promise(KTP, ELEVEN), Promise(KTP, tomorrow, 4), Promise(KK, TEN, 3)]
    holiday = with_special_day()
    assert struck(promises, HALL, holiday) == [
        Struck(TODAY, KK, CalledOff.CLOSED, 3),
        Struck(TODAY, KTP, CalledOff.CLOSED, 3),
    ]
    assert struck(promises, holiday, holiday) == [], "what was called off before is not told again"
    assert struck(promises, holiday, HALL) == [], "a holiday that is taken back gives them back"


def test_closing_a_service_now_calls_off_what_is_left_of_today_alone() -> None:
    promises = [Promise(KTP, NINE, 5), Promise(KTP, TEN, 2), Promise(KTP, ELEVEN), Promise(KK, ELEVEN)]
    promises.append(Promise(KTP, TEN + timedelta(days=1), 9))
    assert later_today(promises, ZoneInfo("Asia/Makassar"), TEN) == {KTP: 3, KK: 1}
