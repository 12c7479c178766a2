"""A small hall where KTP can be booked: slots of 15 minutes for two, a fortnight ahead, from half an hour before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from server.domain.booking_slots import BookingRules
from server.domain.calling_order import CallingOrder
from server.domain.catalogue import Catalogue
from tests.support.builders import KTP, a_catalogue

RULES = BookingRules(timedelta(minutes=15), per_slot=2, days_ahead=14, check_in_before=timedelta(minutes=30))


def a_bookable_hall(rules: BookingRules | None = RULES) -> Catalogue:
    hall = a_catalogue(calling=CallingOrder(recall_gap=timedelta(0), grace=timedelta(0)))
    return replace(hall, services={**hall.services, KTP: replace(hall.services[KTP], booking=rules)})
