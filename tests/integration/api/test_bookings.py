"""Bookings by another system: a slot is found, booked, changed, given back, and used in the hall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from shared.protocol import commands as c
from shared.vocabulary import ErrorCode, Language, Program, Role
from tests.support.kept import everything_kept
from tests.support.other_system import OtherSystem, with_key
from tests.support.running_server import RunningServer
from tests.support.small_catalogue import changed

BOOKABLE = changed(
    "daily_quota = 50",
    "booking = { slot_minutes = 60, per_slot = 2, days_ahead = 7, check_in_before = 120 }",
)
MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # a Monday, half past eight in the hall
NAME, PHONE = "Nama Yang Dicari", "081234567890"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("bookings"), BOOKABLE, generous=True, clock=lambda: MORNING) as running:
        yield running


@pytest.fixture(scope="module")
def website(server: RunningServer) -> OtherSystem:
    return with_key(server, Role.KIOSK)


def free(website: OtherSystem) -> list[dict[str, str]]:
    found = website.get("/services/card/slots")
    assert found.status == 200
    return [one for one in found.json["items"] if one["free"]]


def book(website: OtherSystem, starts_at: str, **more: str) -> dict[str, str]:
    booked = website.post("/bookings", {"service": "card", "starts_at": starts_at, "language": "id", **more})
    assert booked.status == 201, booked.text
    found: dict[str, str] = booked.json
    return found


def test_a_booking_from_slot_to_number(server: RunningServer, website: OtherSystem) -> None:
    slot = free(website)[0]
    booked = book(website, slot["starts_at"])
    assert booked["starts_at"] == slot["starts_at"]
    read = website.get(f"/bookings/{booked['key']}").json
    assert (read["state"], read["starts_at"], read["code"]) == ("booked", slot["starts_at"], booked["code"])
    issued = website.post("/check-ins", {"booking": booked["code"]})
    assert issued.status == 201, issued.text
    assert issued.json["key"] == booked["key"], "one page for both"
    read = website.get(f"/bookings/{booked['key']}").json
    assert (read["state"], read["visit"]) == ("checked_in", issued.json["visit"])
    elsewhere = with_key(server, Role.KIOSK, agency="police")
    assert elsewhere.get(f"/bookings/{booked['key']}").code == "unknown_booking"
    again = website.post("/bookings/cancel", {"key": booked["key"]})
    assert (again.status, again.code) == (409, "booking_used")


def test_a_booking_is_moved_and_given_back(website: OtherSystem) -> None:
    first, second = free(website)[-2:]
    booked = book(website, first["starts_at"])
    moved = website.post("/bookings/change", {"key": booked["key"], "starts_at": second["starts_at"]})
    assert (moved.status, moved.json["starts_at"], moved.json["code"]) == (200, second["starts_at"], booked["code"])
    assert website.post("/bookings/cancel", {"key": booked["key"]}).status == 200
    assert website.post("/bookings/cancel", {"key": "none"}).code == "unknown_booking"
    assert second in free(website), "the place is free again"


def test_what_somebody_says_of_themselves_goes_into_the_bookings_and_nowhere_else(
    server: RunningServer, website: OtherSystem
) -> None:
    booked = book(website, free(website)[-1]["starts_at"], name=NAME, phone=PHONE)
    assert NAME not in str(booked)
    kept = everything_kept(server.url)
    holding = {table for table, rows in kept.items() if any(NAME in row or PHONE[1:] in row for row in rows)}
    assert holding == {"bookings"}
    auditor = with_key(server, Role.AUDITOR)
    told = "".join(auditor.get(path).text for path in ("/history?limit=200", "/visits", "/audit?limit=200"))
    assert NAME not in told
    assert PHONE[1:] not in told


def test_neither_another_agencys_key_nor_the_kiosk_in_the_hall_books(
    server: RunningServer, website: OtherSystem
) -> None:
    slot = free(website)[-1]
    theirs = with_key(server, Role.KIOSK, agency="police")
    wanted = {"service": "card", "starts_at": slot["starts_at"], "language": "id"}
    assert theirs.post("/bookings", wanted).code == "forbidden"
    kiosk = server.program(Program.KIOSK, "kiosk")
    starts_at = datetime.fromisoformat(slot["starts_at"])
    refused = kiosk.ask(c.Book(service="card", starts_at=starts_at, language=Language.INDONESIAN)).refusal
    kiosk.close()
    assert refused is not None
    assert refused.code is ErrorCode.FORBIDDEN


def test_a_service_without_bookings_offers_no_slots(website: OtherSystem) -> None:
    assert website.get("/services/birth/slots").json["items"] == []
    assert website.get("/services/none/slots").code == "unknown_service"
