"""Staff at the kiosk: the gesture, the PIN, the reprint."""

from __future__ import annotations

import pytest

from kiosk import events
from kiosk.corners import ORDER, Corner, Corners, corner_at
from kiosk.effects import CheckPin, Quit, ShowInWindow
from kiosk.pin import hash_pin, is_pin
from kiosk.states import StaffPin
from shared.protocol.commands import ReportPrint
from shared.vocabulary import PrintState
from tests.unit.kiosk.walking import Walk


def gesture(walk: Walk, *corners: Corner | None, every: float = 1.0) -> None:
    for corner in corners:
        walk.now += every
        walk.happen(events.Touched(corner))


def to_menu(walk: Walk) -> None:
    gesture(walk, *ORDER)
    walk.happen(events.PinChecked(right=True))
    walk.now += 1


def test_the_four_corners_in_turn_open_the_pin_pad() -> None:
    walk = Walk()
    gesture(walk, *ORDER)
    assert walk.page == "StaffPin"


@pytest.mark.parametrize(
    "touches",
    [
        ORDER[:3],
        (ORDER[0], ORDER[2], ORDER[1], ORDER[3]),
        (ORDER[0], ORDER[1], None, ORDER[2], ORDER[3]),
        tuple(reversed(ORDER)),
    ],
)
def test_any_other_order_opens_nothing(touches: tuple[Corner | None, ...]) -> None:
    walk = Walk()
    gesture(walk, *touches)
    assert walk.page == "Idle"


def test_a_slow_hand_opens_nothing() -> None:
    walk = Walk()
    gesture(walk, *ORDER, every=2.5)
    assert walk.page == "Idle"


def test_a_finger_that_taps_a_corner_twice_is_forgiven() -> None:
    corners = Corners()
    for corner in (ORDER[0], ORDER[0], ORDER[1], ORDER[1], ORDER[2], ORDER[3]):
        corners = corners.after(corner, 1.0)
    assert corners.complete


@pytest.mark.parametrize(
    ("x", "y", "corner"),
    [
        (5, 5, Corner.TOP_LEFT),
        (1075, 5, Corner.TOP_RIGHT),
        (1075, 1915, Corner.BOTTOM_RIGHT),
        (5, 1915, Corner.BOTTOM_LEFT),
        (540, 960, None),
        (540, 5, None),
        (200, 200, None),
    ],
)
def test_a_corner_is_a_square_in_the_corner(x: float, y: float, corner: Corner | None) -> None:
    assert corner_at(x, y, 1080, 1920) is corner


def test_the_pin_is_checked_when_it_is_entered() -> None:
    walk = Walk()
    gesture(walk, *ORDER)
    walk.choose(*(events.PressDigit(d) for d in "24689"), events.EraseDigit(), events.EnterPin())
    assert [effect.pin for effect in walk.effects if isinstance(effect, CheckPin)] == ["2468"]


def test_three_digits_are_not_a_pin() -> None:
    walk = Walk()
    gesture(walk, *ORDER)
    walk.choose(*(events.PressDigit(d) for d in "246"), events.EnterPin())
    assert [effect for effect in walk.effects if isinstance(effect, CheckPin)] == []


def test_each_wrong_pin_costs_more_time_also_over_a_new_gesture() -> None:
    walk = Walk()
    waits = []
    for _ in range(4):
        gesture(walk, *ORDER, every=0.5)
        walk.happen(events.PinChecked(right=False))
        waits.append(walk.kiosk.pin_from - walk.now)
        walk.choose(events.Back())
    assert waits == [2, 4, 8, 16]
    gesture(walk, *ORDER, every=0.1)
    walk.choose(events.PressDigit("1"))
    assert walk.kiosk.page == StaffPin()


def test_no_staff_menu_without_the_pin_page() -> None:
    walk = Walk()
    walk.happen(events.PinChecked(right=True))
    assert walk.page == "Idle"


def test_a_reprint_is_a_numbered_copy_of_the_same_number_and_is_reported() -> None:
    walk = Walk()
    walk.take("A-042")
    walk.happen(events.PaperOut("v-A-042", 0, sure=True))
    walk.choose(events.Finished())
    to_menu(walk)
    walk.forget_effects()
    walk.choose(events.PrintAgain("v-A-042"), events.PrintAgain("v-A-042"))
    assert walk.printed == [("A-042", 1), ("A-042", 2)]
    walk.happen(events.PaperOut("v-A-042", 1, sure=True))
    assert ReportPrint(visit="v-A-042", state=PrintState.PRINTED, copy=1) in walk.reported
    assert walk.page == "StaffMenu"


def test_only_numbers_of_this_kiosk_are_printed_again() -> None:
    walk = Walk()
    to_menu(walk)
    walk.choose(events.PrintAgain("v-B-001"))
    assert walk.printed == []


def test_staff_reach_the_desktop_and_end_the_program_a_visitor_does_not() -> None:
    walk = Walk()
    walk.choose(events.LeaveFullScreen(), events.EndProgram())
    assert [e for e in walk.effects if isinstance(e, ShowInWindow | Quit)] == []
    to_menu(walk)
    walk.choose(events.LeaveFullScreen(), events.EndProgram())
    assert [e for e in walk.effects if isinstance(e, ShowInWindow | Quit)] == [ShowInWindow(), Quit()]


def test_the_staff_menu_leaves_by_itself() -> None:
    walk = Walk()
    to_menu(walk)
    walk.wait(46)
    assert walk.page == "Idle"


def test_staff_at_the_kiosk_do_not_interrupt_a_number_in_the_making() -> None:
    walk = Walk()
    walk.ask()
    gesture(walk, *ORDER)
    assert walk.page == "Issuing"


def test_a_pin_is_kept_as_a_hash() -> None:
    hashed = hash_pin("2468")
    assert "2468" not in hashed
    assert is_pin(hashed, "2468")
    assert not is_pin(hashed, "2469")


@pytest.mark.parametrize("damaged", ["", "2468", "$argon2id$v=19$broken"])
def test_without_a_sound_hash_no_pin_is_right(damaged: str) -> None:
    assert not is_pin(damaged, "2468")
