"""Staff at the kiosk: the PIN pad, and what stands behind it. Pure, as the rest of the flow."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.effects import CheckPin, Effect, Print, Quit, ShowInWindow
from kiosk.events import Choice, EndProgram, EnterPin, EraseDigit, LeaveFullScreen, PressDigit, PrintAgain
from kiosk.states import Kiosk, StaffMenu, StaffPin

SHORTEST, LONGEST = 4, 12  # digits of a PIN
FIRST_DELAY = 2.0  # seconds after a wrong PIN; doubled each time
LONGEST_DELAY = 300.0


def chosen(kiosk: Kiosk, choice: Choice, now: float) -> tuple[Kiosk, tuple[Effect, ...]]:
    """A touch on the PIN pad or in the staff's menu."""
    match kiosk.page, choice:
        case StaffPin(), _ if now < kiosk.pin_from:
            return kiosk, ()
        case StaffPin(digits=digits), PressDigit(digit=digit) if len(digits) < LONGEST:
            return replace(kiosk, page=StaffPin(digits + digit)), ()
        case StaffPin(digits=digits), EraseDigit():
            return replace(kiosk, page=StaffPin(digits[:-1])), ()
        case StaffPin(digits=digits), EnterPin() if len(digits) >= SHORTEST:
            return replace(kiosk, page=StaffPin()), (CheckPin(digits),)
        case StaffMenu(), PrintAgain(visit=visit):
            return print_again(kiosk, visit)
        case StaffMenu(), LeaveFullScreen():
            return kiosk, (ShowInWindow(),)
        case StaffMenu(), EndProgram():
            return kiosk, (Quit(),)
        case _:
            return kiosk, ()


def pin_checked(kiosk: Kiosk, right: bool, now: float) -> Kiosk:
    """A wrong PIN costs time, more at each; the count outlives the page."""
    if right:
        return replace(kiosk, wrong_pins=0, pin_from=0.0)
    delay = min(LONGEST_DELAY, FIRST_DELAY * float(2 ** min(kiosk.wrong_pins, 16)))
    return replace(kiosk, page=StaffPin(wrong=True), wrong_pins=kiosk.wrong_pins + 1, pin_from=now + delay)


def print_again(kiosk: Kiosk, visit: str) -> tuple[Kiosk, tuple[Effect, ...]]:
    """The same number once more; the copy is counted before it is printed, so that no two papers are alike."""
    ticket = next((ticket for ticket in kiosk.tickets if ticket.issued.visit == visit), None)
    if ticket is None:
        return kiosk, ()
    counted = replace(ticket, copies=ticket.copies + 1)
    tickets = tuple(counted if other is ticket else other for other in kiosk.tickets)
    return replace(kiosk, tickets=tickets), (Print(counted, counted.copies),)
