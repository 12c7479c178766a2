"""How a catalogue file says that a service is booked, and what is wrong with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.app.catalogue_file import check
from server.domain.booking_slots import BookingRules
from shared.vocabulary import ServiceId
from tests.support.small_catalogue import SMALL, changed, read

CARD = ServiceId("card")


def with_card(booking: str) -> str:
    return changed('keywords = "ktp e-ktp"', f'keywords = "ktp e-ktp"\nbooking = {booking}')


def test_a_service_is_not_booked_unless_the_file_says_so() -> None:
    assert read(SMALL).services[CARD].booking is None


def test_a_service_says_how_it_is_booked() -> None:
    rules = read(with_card("{ slot_minutes = 20, per_slot = 3, days_ahead = 7, check_in_before = 15 }"))
    expected = BookingRules(timedelta(minutes=20), 3, 7, timedelta(minutes=15))
    assert rules.services[CARD].booking == expected
    usual = read(with_card("{ slot_minutes = 20, per_slot = 3 }")).services[CARD].booking
    assert usual == BookingRules(timedelta(minutes=20), 3, 14, timedelta(minutes=30))


@pytest.mark.parametrize(
    ("booking", "message"),
    [
        ("true", "booking: a table is expected, not true or false"),
        ("{ per_slot = 1 }", '"slot_minutes" is missing'),
        ("{ slot_minutes = 10 }", '"per_slot" is missing'),
        ("{ slot_minutes = 3, per_slot = 1 }", "slot_minutes: 3 is not between 5 and 480"),
        ("{ slot_minutes = 10, per_slot = 0 }", "per_slot: 0 is not between 1 and 200"),
        ("{ slot_minutes = 10, per_slot = 1, days = 2 }", 'unknown key "days"'),
    ],
)
def test_a_mistake_is_named(booking: str, message: str) -> None:
    [mistake] = [mistake for mistake in check(with_card(booking)) if mistake not in check(SMALL)]
    assert message in mistake.message
    assert 'service "card"' in mistake.message


def test_hours_shorter_than_a_slot_are_warned_about() -> None:
    mistakes = check(with_card("{ slot_minutes = 480, per_slot = 1 }"))
    assert any("no opening hours are as long as one slot" in mistake.message for mistake in mistakes)
