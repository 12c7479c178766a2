"""Time and touches without a choice: who is still there, which page leaves by itself. Pure."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from kiosk.answers import READ_SCREEN
from kiosk.corners import Corners
from kiosk.pages import go_idle, is_gone, show
from kiosk.states import (
    AskingAgain,
    AskingNeeds,
    AskingPriority,
    BackInLine,
    CheckingIn,
    Choosing,
    ChoosingAgency,
    ChoosingService,
    ComingBack,
    Cooldown,
    Disconnected,
    EnteringCode,
    Hold,
    Idle,
    Issuing,
    Kiosk,
    NoAnswer,
    NotBack,
    NotCheckedIn,
    OfferingOtherDays,
    Pairing,
    Printing,
    ReadingService,
    Refused,
    Searching,
    ShowNumber,
    StaffMenu,
    StaffPin,
    Starting,
    TakeTicket,
    TurnedAway,
)

SETTLE = 0.3  # a finger that is still tapping must not press what has just appeared under it
PATIENCE = 45.0  # without a touch, the visitor is taken to have left
ASK_AGAIN = 15.0  # of it, the last seconds are counted aloud: "still there?"
STILL_TAPPING = 5.0  # a touch during the wait lengthens what is left of it to this


def touched(kiosk: Kiosk, now: float) -> Kiosk:
    # The question is answered by its own button: would any touch take it away, it would press what lies beneath.
    if not asks_again(kiosk, now):
        kiosk = replace(kiosk, touched_at=now)
    if kiosk.corners.complete and not isinstance(kiosk.page, Issuing | ComingBack | CheckingIn | Printing | StaffMenu):
        return show(replace(kiosk, corners=Corners()), StaffPin(), now)
    page = kiosk.page
    if isinstance(page, Cooldown) and now - kiosk.shown_at >= SETTLE:
        until = max(page.until, now + STILL_TAPPING)
        return replace(kiosk, page=replace(page, until=until), hold=Hold(page.came_from.service, until))
    return kiosk


def ticked(kiosk: Kiosk, now: float) -> Kiosk:
    page = kiosk.page
    gone = is_gone(kiosk, now) and not kiosk.can_go_on
    match page:
        case Starting() | Disconnected() if kiosk.alone:
            return go_idle(kiosk, now)
        case Idle() if gone:
            return show(kiosk, Disconnected(None), now)
        case (
            ChoosingAgency()
            | Searching()
            | ChoosingService()
            | ReadingService()
            | AskingPriority()
            | AskingAgain()
            | OfferingOtherDays()
        ):
            if now - kiosk.touched_at >= PATIENCE:
                return go_idle(kiosk, now)
            return show(kiosk, Disconnected(page), now) if gone else kiosk
        case StaffPin() | StaffMenu() | EnteringCode() | AskingNeeds() if now - kiosk.touched_at >= PATIENCE:
            return go_idle(kiosk, now)
        case Printing(ticket=ticket, deadline=deadline) if now >= deadline:
            return show(kiosk, ShowNumber(ticket, None, now + READ_SCREEN), now)
        case TakeTicket(until=until) | ShowNumber(until=until) | Refused(until=until) | NoAnswer(until=until) if (
            now >= until
        ):
            return go_idle(kiosk, now)
        case BackInLine(until=until) | NotBack(until=until) | NotCheckedIn(until=until) if now >= until:
            return go_idle(kiosk, now)
        case Cooldown(came_from=reading, until=until) if now >= until:
            return show(replace(kiosk, touched_at=now), reading, now)
        case _:
            return kiosk


def seconds_left(kiosk: Kiosk, now: float) -> float | None:
    """Until the page leaves by itself; None for a page that stays."""
    match kiosk.page:
        case (
            ChoosingAgency()
            | Searching()
            | ChoosingService()
            | ReadingService()
            | AskingPriority()
            | AskingAgain()
            | OfferingOtherDays()
            | StaffPin()
            | StaffMenu()
            | EnteringCode()
            | AskingNeeds()
        ):
            return max(0.0, kiosk.touched_at + PATIENCE - now)
        case (
            TakeTicket(until=until)
            | ShowNumber(until=until)
            | Refused(until=until)
            | NoAnswer(until=until)
            | Cooldown(until=until)
            | BackInLine(until=until)
            | NotBack(until=until)
            | NotCheckedIn(until=until)
        ):
            return max(0.0, until - now)
        case Starting() | Pairing() | TurnedAway() | Idle() | Issuing() | Printing() | Disconnected():
            return None
        case ComingBack() | CheckingIn():
            return None
        case _ as unknown:
            assert_never(unknown)


def asks_again(kiosk: Kiosk, now: float) -> bool:
    """Whether the visitor may have left: the page asks, and counts down."""
    return isinstance(kiosk.page, Choosing | AskingNeeds) and now - kiosk.touched_at >= PATIENCE - ASK_AGAIN
