"""Commands: what a program asks the server to do. Each runs once, however often its request is repeated."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from shared.protocol.opinions import Told
from shared.protocol.steering import Steered
from shared.protocol.values import (
    MOST_PAPERS,
    MOST_STOPS,
    Asked,
    Count,
    FollowUpKey,
    Id,
    Key,
    Moment,
    PaperLine,
    PauseAhead,
    PauseMinutes,
    PersonName,
    PhoneNumber,
    Pin,
    Series,
    ShortText,
    ShownBooking,
)
from shared.vocabulary import (
    CallReason,
    CancelReason,
    Language,
    Need,
    Outcome,
    PauseReason,
    PrinterFault,
    PrintState,
    Priority,
    ReceiptStep,
)

MERGED_AT_ONCE = 20  # tickets: some 6 kB, well within one frame

# --- kiosk ---


class IssueTicket(Asked, tag="issue_ticket"):
    """Put a visitor into the line of a service. Answered by `Issued`."""

    service: Id
    language: Language
    priority: Priority = Priority.REGULAR
    needs: Annotated[tuple[Need, ...], Meta(max_length=len(Need))] = ()
    further: Annotated[tuple[Id, ...], Meta(max_length=MOST_STOPS - 1)] = ()
    """More services on the same number: ALREADY_CHOSEN for a double, TOO_MANY_STOPS (fact `allowed`) for too many."""


class CheckIn(Asked, tag="check_in"):
    """A visitor with a booking is in the hall: the key of its QR code, or its short code. Too late counts as a walk-in.
    Refused (TOO_EARLY, WRONG_DAY, UNKNOWN_BOOKING, BOOKING_USED, BOOKING_OVER). Answered by `Issued`."""

    booking: ShownBooking
    language: Language | None = None
    """None: as the booking says."""
    priority: Priority = Priority.REGULAR
    needs: Annotated[tuple[Need, ...], Meta(max_length=len(Need))] = ()
    """Said in the hall: a booking asks nobody for them, and keeps none."""


class ReportPrint(Asked, tag="report_print"):
    """Say what became of a visit's slip; `copy` counts reprints (0 is the first paper)."""

    visit: Id
    state: PrintState
    fault: PrinterFault | None = None
    copy: Count = 0


class ReportPrinter(Asked, tag="report_printer"):
    """Say how the kiosk's printer is; `fault` None clears the alert."""

    fault: PrinterFault | None
    paper_low: bool = False


class IslandTicket(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A number that a kiosk gave from its block without the server; `key` was made there, `request` is the press."""

    request: Id
    series: Series
    number: Annotated[int, Meta(ge=1, le=99_999)]
    key: FollowUpKey
    service: Id
    language: Language
    arrived_at: Moment
    priority: Priority = Priority.REGULAR
    needs: Annotated[tuple[Need, ...], Meta(max_length=len(Need))] = ()
    print_state: PrintState = PrintState.PENDING


class LeaseNumbers(Asked, tag="lease_numbers"):
    """Fill this kiosk's blocks of numbers for the time without the server; asked again, nothing more is given.
    `journal` names the kiosk's memory of what it gave. Answered by `Leased`."""

    journal: Id


class MergeTickets(Asked, tag="merge_tickets"):
    """Hand in what was given without the server on one service date. Each ticket counts once, however often it is
    handed in. Answered by `Merged`."""

    service_date: date
    tickets: Annotated[tuple[IslandTicket, ...], Meta(min_length=1, max_length=MERGED_AT_ONCE)]


# --- counter ---


class SignIn(Asked, tag="sign_in"):
    """Sit an officer down at a counter. COUNTER_TAKEN names who is there, unless `take_over`. Answered by
    `SignedIn`."""

    officer: Id
    pin: Pin
    counter: Id
    take_over: bool = False


class SignOut(Asked, tag="sign_out"):
    """Leave the counter; it closes. Refused (COUNTER_BUSY) with a leg in hand."""


class OpenCounter(Asked, tag="open_counter"):
    """Open the officer's counter, or end its pause."""


class PauseCounter(Asked, tag="pause_counter"):
    reason: PauseReason


class AnnouncePause(Asked, tag="announce_pause"):
    """Say ahead that the officer's counter will pause, in place of what was announced before: estimates know it from
    now on. The pause begins with `PauseCounter`."""

    reason: PauseReason
    in_minutes: PauseAhead
    minutes: PauseMinutes


class CallOffPause(Asked, tag="call_off_pause"):
    """The announced pause will not be taken. Refused (WRONG_STATE) when none is announced."""


class CloseCounter(Asked, tag="close_counter"):
    """Close the officer's counter. Refused (COUNTER_BUSY) with a leg in hand."""


class CallNext(Asked, tag="call_next"):
    """Call whom the calling rule picks.

    `in_hand` names the leg that the officer believes to have in hand, or None; anything else is refused with
    HAND_MISMATCH, so a double press never skips a person. A leg that is being served is finished as `solved`
    first; one that is only called must be served or marked missed before. Answered by `Called`.
    """

    in_hand: Id | None = None


class CallTicket(Asked, tag="call_ticket"):
    """Call a given leg out of its order; the reason is recorded and counted. Answered by `Called`."""

    leg: Id
    reason: CallReason
    in_hand: Id | None = None


class Recall(Asked, tag="recall"):
    """Announce a called leg once more."""

    leg: Id


class Serve(Asked, tag="serve"):
    """The visitor has come to the counter."""

    leg: Id


class Finish(Asked, tag="finish"):
    leg: Id
    outcome: Outcome = Outcome.SOLVED
    missing: Annotated[tuple[PaperLine, ...], Meta(max_length=MOST_PAPERS)] = ()
    """With `papers_incomplete`: which of the service's requirements were missing, in Indonesian as the hand shows them.
    A line that the service does not have (any more) is not kept; nor is any with another outcome."""


class Park(Asked, tag="park"):
    """Put the leg in hand aside; the counter is free and can resume it later."""

    leg: Id
    note: ShortText = ""


class Resume(Asked, tag="resume"):
    """Take a parked leg in hand again and announce it."""

    leg: Id


class Transfer(Asked, tag="transfer"):
    """Send the visit on to a service, or to one counter for it: same number, arrival kept."""

    leg: Id
    service: Id
    counter: Id | None = None


class AddStop(Asked, tag="add_stop"):
    """A further service on the number in hand: it waits in that line too, and is held while the visitor is here."""

    leg: Id
    service: Id


class MarkMissed(Asked, tag="mark_missed"):
    """The called visitor did not come."""

    leg: Id


class Return(Asked, tag="return"):
    """Put a missed leg back into its line, with its arrival kept."""

    leg: Id


class Cancel(Asked, tag="cancel"):
    """End an open visit that no counter has in hand."""

    visit: Id
    reason: CancelReason


# --- display ---


class Acknowledge(Asked, tag="acknowledge"):
    """Say that an announcement was shown or spoken `after` milliseconds from its arrival at the display."""

    announcement: Id
    step: ReceiptStep
    after: Count


class ReportVoice(Asked, tag="report_voice"):
    """Say whether the display can speak; `fault` empty clears the alert."""

    fault: ShortText = ""


# --- phone ---


class CancelOwnVisit(Asked, tag="cancel_own_visit"):
    """The visitor gives the number up, from the phone page. Refused (VISIT_IN_HAND) while being called or served."""

    key: Key


class GiveWay(Asked, tag="give_way"):
    """The visitor lets the next few go first, once. Refused (USED_UP, NOBODY_BEHIND). Answered by `Placed`."""

    key: Key


# --- phone and kiosk ---


class ComeBack(Asked, tag="come_back"):
    """A missed visitor is here after all: one tap on the phone, or the slip shown to a kiosk. Refused (USED_UP).
    Answered by `Placed`."""

    key: Key


# --- booking pages ---


class Book(Asked, tag="book"):
    """Take a place in the slot of a service that begins at `starts_at`. Name and phone number may be left out.
    Refused (NOT_BOOKABLE, UNKNOWN_SLOT, SLOT_FULL, ALREADY_BOOKED, BAD_PHONE). Answered by `Booked`."""

    service: Id
    starts_at: Moment
    language: Language
    name: PersonName = ""
    phone: PhoneNumber = ""


class ChangeBooking(Asked, tag="change_booking"):
    """Another slot of the same service; key and code stay, the old place is free then. Answered by `Booked`."""

    key: Key
    starts_at: Moment


class CancelBooking(Asked, tag="cancel_booking"):
    """Give the place back. Refused (BOOKING_USED, BOOKING_OVER)."""

    key: Key


Command = (
    IssueTicket
    | CheckIn
    | ReportPrint
    | ReportPrinter
    | LeaseNumbers
    | MergeTickets
    | SignIn
    | SignOut
    | OpenCounter
    | PauseCounter
    | AnnouncePause
    | CallOffPause
    | CloseCounter
    | CallNext
    | CallTicket
    | Recall
    | Serve
    | Finish
    | Park
    | Resume
    | Transfer
    | AddStop
    | MarkMissed
    | Return
    | Cancel
    | Acknowledge
    | ReportVoice
    | CancelOwnVisit
    | GiveWay
    | ComeBack
    | Steered
    | Told
    | Book
    | ChangeBooking
    | CancelBooking
)
