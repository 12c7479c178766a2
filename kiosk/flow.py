"""The kiosk's flow: state + event -> state + effects. Pure: time comes in, wishes go out.

    idle -> agency (or search) -> service -> read it, priority? -> issuing -> printing -> take the paper

`now` is a monotonic clock in seconds.
"""

from __future__ import annotations

from msgspec.structs import replace

from kiosk import alone, checking_in, returning, staff
from kiosk.answers import paper_failed, paper_out, replied, tell_printer
from kiosk.catalogue_view import catalogue_of
from kiosk.choosing import chosen
from kiosk.events import (
    Asked,
    BookingShown,
    CatalogueChanged,
    CodeShown,
    Connected,
    ConnectionLost,
    Event,
    GivenHere,
    OpenBooking,
    PaperFailed,
    PaperOut,
    PinChecked,
    PrinterSeen,
    Remembered,
    Replied,
    RequestGivenUp,
    ReserveChanged,
    ServerRefused,
    SlipScanned,
    Stay,
    Ticked,
    Touched,
)
from kiosk.pages import Step, checked, go_idle, show
from kiosk.patience import PATIENCE, SETTLE, ticked, touched
from kiosk.states import (
    AskingNeeds,
    CheckingIn,
    ComingBack,
    Disconnected,
    EnteringCode,
    Issuing,
    Kiosk,
    NotCheckedIn,
    Pairing,
    Printing,
    ShowNumber,
    StaffMenu,
    StaffPin,
    Starting,
    TakeTicket,
    TurnedAway,
)
from shared.vocabulary import ErrorCode


def step(kiosk: Kiosk, event: Event, now: float) -> Step:
    """What becomes of the kiosk. An event that means nothing on the present page changes nothing."""
    match event:
        case Ticked():
            return alone.overdue(ticked(alone.looked_up(kiosk, now), now), now)
        case ReserveChanged(can_go_on=can_go_on):
            return alone.looked_up(replace(kiosk, can_go_on=can_go_on), now), ()
        case GivenHere(issued=issued):
            return alone.given_here(kiosk, issued, now)
        case Remembered():
            return alone.remembered(kiosk, event, now)
        case Touched(corner=corner):
            return touched(replace(kiosk, corners=kiosk.corners.after(corner, now)), now), ()
        case Connected(site=site):
            here = replace(kiosk, site=site, connected=True, lost_at=None, alone=False)
            return _connected(here, now), tell_printer(here)
        case ConnectionLost():
            return _lost(kiosk, now), ()
        case CodeShown() | ServerRefused():
            return _turned_away(kiosk, event, now), ()
        case CatalogueChanged(table=table):
            return checked(replace(kiosk, catalogue=catalogue_of(table, kiosk.catalogue)), now), ()
        case Asked(request=request):
            asking = kiosk.page
            if isinstance(asking, Issuing | ComingBack | CheckingIn):
                return replace(kiosk, page=replace(asking, request=request)), ()
            return kiosk, ()
        case Replied() if isinstance(kiosk.page, ComingBack):
            return returning.answered(kiosk, kiosk.page, event, now)
        case Replied() if isinstance(kiosk.page, CheckingIn):
            return checking_in.answered(kiosk, kiosk.page, event, now)
        case Replied():
            return replied(kiosk, event, now)
        case RequestGivenUp(request=request) if isinstance(kiosk.page, ComingBack):
            return returning.unanswered(kiosk, kiosk.page, request, now)
        case RequestGivenUp(request=request) if isinstance(kiosk.page, CheckingIn):
            return checking_in.unanswered(kiosk, kiosk.page, request, now)
        case RequestGivenUp(request=request):
            return alone.unanswered(kiosk, request, now)
        case BookingShown():
            return checking_in.shown(replace(kiosk, touched_at=now), event, now)
        case SlipScanned(key=key):
            return returning.shown(replace(kiosk, touched_at=now), key, now)
        case PaperOut():
            return paper_out(kiosk, event, now)
        case PaperFailed(visit=visit, copy=copy, fault=fault):
            return paper_failed(kiosk, visit, copy, fault, now)
        case PrinterSeen(fault=fault, paper_low=low, confirms=confirms):
            seen = replace(kiosk, printer=fault, paper_low=low, confirms=confirms)
            return seen, (tell_printer(seen) if (fault, low) != (kiosk.printer, kiosk.paper_low) else ())
        case PinChecked(right=right) if isinstance(kiosk.page, StaffPin):
            known = staff.pin_checked(kiosk, right, now)
            return (show(known, StaffMenu(), now) if right else known), ()
        case PinChecked():
            return kiosk, ()
        case Stay():
            return replace(kiosk, touched_at=now, shown_at=now), ()
        case _:
            if now - kiosk.shown_at < SETTLE:
                return kiosk, ()
            touching = replace(kiosk, touched_at=now)
            if isinstance(event, OpenBooking) or isinstance(kiosk.page, EnteringCode | AskingNeeds | NotCheckedIn):
                return checking_in.chosen(touching, event, now)
            return chosen(touching, event, now)


def _connected(kiosk: Kiosk, now: float) -> Kiosk:
    match kiosk.page:
        case Disconnected(resume=resume) if resume is not None and now - kiosk.touched_at < PATIENCE:
            return checked(show(kiosk, resume, now), now)
        case Starting() | Pairing() | TurnedAway() | Disconnected():
            return go_idle(kiosk, now)
        case _:
            return kiosk


def _turned_away(kiosk: Kiosk, event: CodeShown | ServerRefused, now: float) -> Kiosk:
    """The server says it again and again: a number that is being read may be read to its end."""
    if isinstance(kiosk.page, Printing | TakeTicket | ShowNumber | StaffPin | StaffMenu):
        return kiosk
    match event:
        case CodeShown(code=code):
            return show(kiosk, Pairing(code), now)
        case ServerRefused(code=ErrorCode.OVERLOADED):
            return kiosk  # it will have time for us soon
        case ServerRefused(code=code, facts=facts):
            return show(kiosk, TurnedAway(code, facts), now)


def _lost(kiosk: Kiosk, now: float) -> Kiosk:
    first = kiosk.lost_at if kiosk.lost_at is not None else now
    lost = replace(kiosk, connected=False, lost_at=first)
    if isinstance(kiosk.page, Starting | Pairing) and not kiosk.can_go_on:
        return show(lost, Disconnected(None), now)
    return lost
