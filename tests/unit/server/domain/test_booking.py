"""Bookings: slots lie inside the hours, no slot is ever fuller than its capacity, and when one may check in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.booking import (
    CODE_LETTERS,
    Booking,
    Person,
    free_place,
    new_code,
    refuse_closed,
    refuse_not_now,
    refuse_second,
)
from server.domain.booking_slots import BookingRules, Slot, bookable_days, free_places, offers, slots_on
from server.domain.errors import RefusedError
from server.domain.hours import MIDNIGHT, Calendar, Hours, Span, is_open
from server.domain.phone_numbers import normalised
from shared.vocabulary import BookingId, BookingState, ErrorCode, FollowKey, Language, ServiceId, VisitId
from tests.support.builders import NINE, TODAY, weekdays

MAKASSAR = ZoneInfo("Asia/Makassar")
RULES = BookingRules(timedelta(minutes=15), 2, 14, timedelta(minutes=30))
MONDAY = Hours({0: (Span(time(8), time(11, 30)), Span(time(13), time(15, 10)))})


def a_booking(slot: Slot, place: int = 0, number: int = 1, phone: str = "") -> Booking:
    return Booking(
        id=BookingId(f"b{number}"),
        key=FollowKey(f"k{number}"),
        code=f"AAAA{number:02d}",
        service=ServiceId("KTP"),
        service_date=TODAY,
        starts_at=slot.start,
        ends_at=slot.end,
        place=place,
        language=Language.INDONESIAN,
        booked_at=NINE,
        changed_at=NINE,
        person=Person("Sari", phone),
    )


def clock(slot: Slot) -> str:
    return f"{slot.start.astimezone(MAKASSAR):%H:%M}-{slot.end.astimezone(MAKASSAR):%H:%M}"


# --- slots ---


def test_hours_are_cut_into_whole_slots() -> None:
    found = [
        clock(slot) for slot in slots_on(TODAY, MONDAY, Calendar(), replace(RULES, slot=timedelta(hours=1)), MAKASSAR)
    ]
    assert found == ["08:00-09:00", "09:00-10:00", "10:00-11:00", "13:00-14:00", "14:00-15:00"]


def test_a_holiday_has_no_slot_and_a_short_day_has_fewer() -> None:
    closed = Calendar({TODAY: ()})
    assert slots_on(TODAY, MONDAY, closed, RULES, MAKASSAR) == ()
    short = Calendar({TODAY: (Span(time(9), time(10)),)})
    assert [clock(s) for s in slots_on(TODAY, MONDAY, short, RULES, MAKASSAR)] == [
        "09:00-09:15",
        "09:15-09:30",
        "09:30-09:45",
        "09:45-10:00",
    ]


def test_a_night_that_the_clock_is_changed_in_has_no_slot_of_another_length() -> None:
    whole_day = Hours({6: (Span(time.min, MIDNIGHT),)})
    slots = slots_on(
        date(2026, 3, 29), whole_day, Calendar(), replace(RULES, slot=timedelta(hours=2)), ZoneInfo("Europe/Berlin")
    )
    assert all(slot.end - slot.start == timedelta(hours=2) for slot in slots)
    assert len(slots) == 11


spans = st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True).map(
    lambda quarters: tuple(
        Span(time(start // 4, start % 4 * 15), time(end // 4, end % 4 * 15))
        for start, end in zip(sorted(quarters)[::2], sorted(quarters)[1::2], strict=False)
    )
)


@given(usual=spans, special=st.none() | spans, minutes=st.integers(5, 480))
def test_slots_lie_inside_the_hours_and_apart(
    usual: tuple[Span, ...], special: tuple[Span, ...] | None, minutes: int
) -> None:
    hours = Hours({TODAY.weekday(): usual})
    calendar = Calendar({} if special is None else {TODAY: special})
    rules = replace(RULES, slot=timedelta(minutes=minutes))
    slots = slots_on(TODAY, hours, calendar, rules, MAKASSAR)
    for slot in slots:
        local = slot.start.astimezone(MAKASSAR)
        assert local.date() == TODAY
        assert all(is_open(local + timedelta(minutes=m), hours, calendar) for m in range(0, minutes, 5))
        assert is_open((slot.end - timedelta(seconds=1)).astimezone(MAKASSAR), hours, calendar)
    for slot, following in pairwise(slots):
        assert slot.end <= following.start


# --- capacity ---

steps = st.lists(
    st.one_of(
        st.tuples(st.just("book"), st.integers(0, 13)),
        st.tuples(st.just("cancel"), st.integers(0, 30)),
        st.tuples(st.just("move"), st.integers(0, 30), st.integers(0, 13)),
        st.tuples(st.just("rules"), st.integers(1, 4), st.sampled_from([10, 15, 30, 45])),
    ),
    max_size=60,
)


@given(steps)
def test_no_place_is_taken_twice_and_no_moment_is_booked_beyond_what_was_offered(
    wishes: list[tuple[str, int] | tuple[str, int, int]],
) -> None:
    """Also while the catalogue changes capacity and length under the bookings that are there already."""
    rules, bookings = RULES, dict[int, Booking]()
    for number, wish in enumerate(wishes):
        day_slots = slots_on(TODAY, MONDAY, Calendar(), rules, MAKASSAR)
        match wish:
            case ("book", which):
                _try_to_book(bookings, number, day_slots[which % len(day_slots)], rules)
            case ("cancel", which) if bookings:
                key = sorted(bookings)[which % len(bookings)]
                bookings[key] = bookings[key].cancelled(NINE)
            case ("move", which, to) if bookings:
                key = sorted(bookings)[which % len(bookings)]
                _try_to_move(bookings, key, day_slots[to % len(day_slots)], rules)
            case ("rules", per_slot, minutes):
                rules = replace(rules, per_slot=per_slot, slot=timedelta(minutes=minutes))
        active = [(b.starts_at, b.place) for b in bookings.values() if b.has_place]
        assert len(active) == len(set(active)), "law: a place belongs to one booking"


def _try_to_book(bookings: dict[int, Booking], number: int, slot: Slot, rules: BookingRules) -> None:
    free = free_places(slot, [b for b in bookings.values() if b.has_place], rules)
    if not free:
        with pytest.raises(RefusedError, match="slot_full"):
            free_place(slot, bookings.values(), rules)
        return
    place = free_place(slot, bookings.values(), rules)
    assert place < rules.per_slot
    bookings[number] = a_booking(slot, place, number)
    in_it = [b for b in bookings.values() if b.has_place and b.starts_at < slot.end and slot.start < b.ends_at]
    assert len(in_it) <= rules.per_slot


def _try_to_move(bookings: dict[int, Booking], key: int, slot: Slot, rules: BookingRules) -> None:
    if not bookings[key].has_place:
        return
    others = [b for number, b in bookings.items() if number != key]
    try:
        place = free_place(slot, others, rules)
    except RefusedError:
        return
    bookings[key] = bookings[key].moved(slot, TODAY, place, NINE, NINE)


def test_only_slots_that_have_not_begun_are_offered() -> None:
    slots = slots_on(TODAY, MONDAY, Calendar(), RULES, MAKASSAR)
    taken = [a_booking(slots[5]), a_booking(slots[5], 1, 2), a_booking(slots[6], 0, 3)]
    offered = offers(slots, taken, RULES, NINE)
    assert [(clock(offer.slot), offer.free) for offer in offered[:2]] == [("09:15-09:30", 0), ("09:30-09:45", 1)]


def test_days_are_offered_from_today_to_the_last_one() -> None:
    assert bookable_days(TODAY, replace(RULES, days_ahead=2)) == (TODAY, TODAY + timedelta(1), TODAY + timedelta(2))


# --- one visitor, one booking ---


def test_a_phone_number_has_one_active_booking_of_a_service_and_day() -> None:
    slot = Slot(NINE, NINE + RULES.slot)
    mine = a_booking(slot, phone="+628123456789")
    with pytest.raises(RefusedError, match="already_booked"):
        refuse_second(Person("", "+628123456789"), [mine])
    refuse_second(Person("", "+628999999999"), [mine])
    refuse_second(Person(), [a_booking(slot, phone="")])
    refuse_second(Person("", "+628123456789"), [mine.cancelled(NINE)])
    refuse_second(Person("", "+628123456789"), [replace(mine, state=BookingState.CHECKED_IN)])


@pytest.mark.parametrize(
    "written",
    [
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "+62 (0)812 3456 7890",
        "81234567890",
        "006281234567890",
        "+62 00812.3456.7890",
        "62-0812/3456/7890",
    ],
)
def test_a_phone_number_is_the_same_however_it_is_written(written: str) -> None:
    assert normalised(written) == "+6281234567890"


def test_fixed_lines_and_other_countries_have_theirs() -> None:
    assert normalised("(0361) 123 456") == "+62361123456"
    assert normalised("+65 6123 4567") == "+6561234567"


@pytest.mark.parametrize("written", ["0812", "hello", "+0812345678", "1234567", "+62812345678901234", "08123456789x"])
def test_what_is_no_phone_number_is_refused(written: str) -> None:
    with pytest.raises(RefusedError, match="bad_phone"):
        normalised(written)


# --- the kiosk's door ---


def test_one_may_check_in_shortly_before_the_slot_and_any_time_after() -> None:
    booking = a_booking(Slot(NINE, NINE + RULES.slot))
    with pytest.raises(RefusedError, match="too_early") as refused:
        refuse_not_now(booking, RULES, TODAY, NINE - timedelta(minutes=31))
    assert refused.value.facts == {"from": (NINE - timedelta(minutes=30)).isoformat()}
    refuse_not_now(booking, RULES, TODAY, NINE - timedelta(minutes=30))
    refuse_not_now(booking, RULES, TODAY, NINE + timedelta(hours=3))
    refuse_not_now(booking, None, TODAY, NINE - timedelta(hours=1))


def test_another_day_is_refused_with_the_right_one() -> None:
    booking = a_booking(Slot(NINE, NINE + RULES.slot))
    with pytest.raises(RefusedError, match="wrong_day") as refused:
        refuse_not_now(booking, RULES, TODAY - timedelta(days=1), NINE - timedelta(days=1))
    assert refused.value.facts == {"starts_at": NINE.isoformat()}


@pytest.mark.parametrize(
    ("state", "day", "refusal"),
    [
        (BookingState.CHECKED_IN, TODAY, ErrorCode.BOOKING_USED),
        (BookingState.CANCELLED, TODAY, ErrorCode.BOOKING_OVER),
        (BookingState.EXPIRED, TODAY, ErrorCode.BOOKING_OVER),
        (BookingState.BOOKED, TODAY + timedelta(days=1), ErrorCode.BOOKING_OVER),
    ],
)
def test_what_is_over_is_over(state: BookingState, day: date, refusal: ErrorCode) -> None:
    booking = replace(a_booking(Slot(NINE, NINE + RULES.slot)), state=state)
    with pytest.raises(RefusedError) as refused:
        refuse_closed(booking, day)
    assert refused.value.code is refusal


def test_law_12_a_booking_forgets_who_it_was_for_with_its_use_and_its_end() -> None:
    booking = a_booking(Slot(NINE, NINE + RULES.slot), phone="+628123456789")
    assert booking.cancelled(NINE).person == Person()
    assert booking.checked_in(VisitId("v1"), NINE).person == Person()


# --- the short code ---


def test_a_code_has_no_letters_that_look_alike() -> None:
    assert not set("0OQUD1IL5S2Z8B6G") & (set(CODE_LETTERS) - {"D"})
    code = new_code()
    assert len(code) == 6
    assert set(code) <= set(CODE_LETTERS)


def test_the_clock_of_a_slot_is_utc() -> None:
    assert slots_on(TODAY, MONDAY, Calendar(), RULES, MAKASSAR)[0].start == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert weekdays().week[0][0].start == time(8)
