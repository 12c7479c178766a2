"""Numbers of a day: every gap has a reason, and one without is seen."""

from __future__ import annotations

from server.app.numbers import NumbersOfDay, gaps
from server.domain.leases import Lease, LeaseEnd
from shared.vocabulary import DeviceId
from tests.support.builders import NINE, TODAY


def a_day(given: dict[str, set[int]], last: dict[str, int], *leases: Lease, **too_late: str) -> NumbersOfDay:
    refused = {(name[0], int(name[1:])): code for name, code in too_late.items()}
    return NumbersOfDay(TODAY, given, last, leases, refused)


def said(day: NumbersOfDay) -> list[str]:
    return [f"{gap.series} {gap.first}-{gap.last} {gap.reason}" for gap in gaps(day)]


def a_lease(first: int, last: int, end: LeaseEnd | None = None) -> Lease:
    return Lease("A", first, last, DeviceId("4"), "j1", NINE, None if end is None else NINE, end)


def test_a_whole_day_has_no_gaps() -> None:
    assert said(a_day({"A": {1, 2, 3}}, {"A": 3})) == []


def test_a_hole_that_nothing_explains_stands_out() -> None:
    assert said(a_day({"A": {1, 4}}, {"A": 4})) == ["A 2-3 "]


def test_the_range_of_the_islands_is_no_hole_in_a_long_day() -> None:
    given = {*range(1, 501), 1000}
    assert said(a_day({"A": given}, {"A": 1000})) == []


def test_what_a_kiosk_holds_or_held_is_explained() -> None:
    day = a_day({"A": {501}}, {}, a_lease(501, 503), a_lease(504, 506, LeaseEnd.DAY_OVER))
    assert said(day) == ["A 502-503 held by 4", "A 504-506 day_over, held by 4"]


def test_a_ticket_handed_in_after_its_day_says_so() -> None:
    day = a_day({}, {}, a_lease(501, 502, LeaseEnd.DAY_OVER), A501="day_over")
    assert said(day) == ["A 501-501 handed in and refused: day_over", "A 502-502 day_over, held by 4"]
