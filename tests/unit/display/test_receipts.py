"""Receipts: "shown" is said once, for a frame that was drawn."""

from __future__ import annotations

from display.receipts import REMEMBERED, Receipts


def test_an_announcement_is_shown_when_a_frame_with_it_was_drawn() -> None:
    receipts = Receipts()
    receipts.arrived("n1", 10.0)
    receipts.visible({"n1"})
    receipts.frame_begun()
    assert receipts.frame_drawn(10.25) == [("n1", 250)]


def test_a_frame_that_began_before_does_not_count() -> None:
    receipts = Receipts()
    receipts.frame_begun()
    receipts.arrived("n1", 10.0)
    receipts.visible({"n1"})
    assert receipts.frame_drawn(10.1) == []


def test_what_has_no_place_on_the_screen_is_not_shown() -> None:
    receipts = Receipts()
    receipts.arrived("n1", 10.0)
    receipts.visible(set())
    receipts.frame_begun()
    assert receipts.frame_drawn(10.1) == []


def test_it_is_said_once() -> None:
    receipts = Receipts()
    receipts.arrived("n1", 10.0)
    for _ in range(3):
        receipts.visible({"n1"})
        receipts.frame_begun()
        receipts.frame_drawn(10.1)
    receipts.visible({"n1"})
    receipts.frame_begun()
    assert receipts.frame_drawn(10.2) == []


def test_a_long_day_is_forgotten_bit_by_bit() -> None:
    receipts = Receipts()
    for number in range(REMEMBERED + 1):
        receipts.arrived(f"n{number}", float(number))
    assert receipts.age("n0", 500.0) == 0
    assert receipts.age("n1", 500.0) == 499_000
