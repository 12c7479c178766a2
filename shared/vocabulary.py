"""The words both sides speak: states, roles, languages, reasons and refusals.

Standard library only: the server's domain imports this module and nothing else of `shared`.
Every value is stored and sent as its string; a value is never renamed once it was released.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

SiteId = NewType("SiteId", str)
ZoneId = NewType("ZoneId", str)
AgencyId = NewType("AgencyId", str)
ServiceId = NewType("ServiceId", str)
CounterId = NewType("CounterId", str)
OfficerId = NewType("OfficerId", str)
VisitId = NewType("VisitId", str)
LegId = NewType("LegId", str)
BookingId = NewType("BookingId", str)
DeviceId = NewType("DeviceId", str)
RequestId = NewType("RequestId", str)
AnnouncementId = NewType("AnnouncementId", str)
FollowKey = NewType("FollowKey", str)
"""The unguessable part of a visit's address on the phone page: 128 bits, base64url, 22 characters."""


def island_visit(day: date, series: str, number: int) -> VisitId:
    """The identity of a visit whose number a kiosk gave without the server: both sides know it before they meet."""
    return VisitId(f"i_{day:%Y%m%d}_{series}-{number}")


class Language(StrEnum):
    """ISO 639-1 codes of the languages that screens, slips and the voice speak."""

    INDONESIAN = "id"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in every language of the site."""

    id: str
    en: str

    def in_(self, language: Language) -> str:
        return self.en if language is Language.ENGLISH else self.id


class Element(StrEnum):
    """The nine elements of the satisfaction survey (Permenpan-RB 14/2017). The codes are ours and stable: sources
    disagree on the numbers of the last two."""

    REQUIREMENTS = "persyaratan"
    PROCEDURE = "prosedur"
    TIME = "waktu"
    FEE = "biaya"
    PRODUCT = "produk"
    COMPETENCE = "kompetensi"
    CONDUCT = "perilaku"
    COMPLAINTS = "pengaduan"
    FACILITIES = "sarana"


class Channel(StrEnum):
    """Where a visitor was asked."""

    PHONE = "phone"
    TABLET = "tablet"
    COUNTER = "counter"
    """By the code on the counter, on the visitor's own phone."""


class Denied(StrEnum):
    """Why the survey does not ask a visitor."""

    UNKNOWN = "unknown"
    """No such visit today."""
    NOT_FINISHED = "not_finished"
    NOT_INVITED = "not_invited"
    ALREADY = "already"


class LegState(StrEnum):
    BOOKED = "booked"
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    SERVED = "served"
    TRANSFERRED = "transferred"
    MISSED = "missed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    is_open: bool
    is_in_hand: bool
    """Whether the leg occupies a counter."""

    def __init__(self, word: str) -> None:  # plain attributes: they are asked for some hundred times a command
        self.is_open = word in ("booked", "waiting", "called", "serving", "parked")
        self.is_in_hand = word in ("called", "serving")


class BookingState(StrEnum):
    """What became of a place in a slot."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    """The visitor came: there is a number for it."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Its day is over, and nobody came."""


class Outcome(StrEnum):
    """How a served leg ended."""

    SOLVED = "solved"
    PAPERS_INCOMPLETE = "papers_incomplete"
    REFERRED = "referred"
    NOT_ENTITLED = "not_entitled"


class CounterState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class PauseReason(StrEnum):
    REST = "rest"
    PRAYER = "prayer"
    MEAL = "meal"
    MEETING = "meeting"
    EQUIPMENT = "equipment"
    OTHER = "other"


class CallReason(StrEnum):
    """Why an officer called a given ticket out of its order."""

    URGENT_NEED = "urgent_need"
    PAPERS_BROUGHT = "papers_brought"
    OFFICERS_MISTAKE = "officers_mistake"
    SUPERVISOR = "supervisor"
    OTHER = "other"


class PassedReason(StrEnum):
    """Why somebody who stood before, or came before, was passed over by a call."""

    HEAD_START = "head_start"
    """Came earlier, but the one called counts as earlier still."""
    BOOKED = "booked"
    """Came earlier, but the one called counts from the time for which they had booked."""
    OTHER_COUNTER = "other_counter"
    """Is kept for another counter."""
    NEEDS = "needs"
    """Asks what this counter does not have."""
    ELSEWHERE = "elsewhere"
    """Is at a counter just now, for another stop of the visit."""
    OWN_FIRST = "own_first"
    """Would be helped out here, but the counter's own come first."""
    BY_TICKET = "by_ticket"
    """An officer called a given ticket."""


class TooLate(StrEnum):
    """Why a number taken now will probably not be called today."""

    CLOSING = "closing"
    """With the counters that are open now, its turn comes after closing."""
    CAPACITY = "capacity"
    """Not even all counters of the service together could serve before closing whoever waits: the day is full."""


class CancelReason(StrEnum):
    BY_VISITOR = "by_visitor"
    LEFT = "left"
    ISSUED_BY_MISTAKE = "issued_by_mistake"
    OTHER = "other"


class Priority(StrEnum):
    REGULAR = "regular"
    PRIORITY = "priority"


class Need(StrEnum):
    """Groups that Indonesian law puts first (UU 25/2009 art. 29, PP 42/2020 art. 18), and what somebody needs of the
    counter; chosen by the visitor."""

    ELDERLY = "elderly"
    PREGNANT = "pregnant"
    INFANT = "infant"
    DISABILITY = "disability"
    WHEELCHAIR = "wheelchair"
    """A counter that a wheelchair reaches."""
    DEAF = "deaf"
    """An officer who signs or writes."""
    COMPANION = "companion"
    """Room for somebody who comes along, or somebody who goes along."""
    OTHER = "other"


class Role(StrEnum):
    """Who speaks: a device by its kind, a person by their office."""

    KIOSK = "kiosk"
    DISPLAY = "display"
    COUNTER = "counter"
    """A counter program before an officer has signed in."""
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    AGENCY_HEAD = "agency_head"
    """A supervisor of one agency alone."""
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    """Reads what was decided and what came of it; changes nothing, sits at no counter."""
    VISITOR = "visitor"


class Program(StrEnum):
    """The programs that introduce themselves on the device socket."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    DISPLAY = "display"


class PrintState(StrEnum):
    """What is known of a visit's paper; apart from the state of the queue."""

    PENDING = "pending"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """Sent to a printer that cannot confirm."""


class PrinterFault(StrEnum):
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    SILENT = "silent"
    """Connected, but gives no answer in time."""
    CUTTER = "cutter"
    ERROR = "error"


class ReceiptStep(StrEnum):
    """What a display did with an announcement."""

    SHOWN = "shown"
    SPOKEN = "spoken"
    MUTE = "mute"
    """It could not be spoken there: no sound device, or the voice failed."""


class ErrorCode(StrEnum):
    """Why something was refused. The sentence for people is made on the screen."""

    # on the socket; the connection is closed after these
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    CLIENT_TOO_OLD = "client_too_old"
    SERVER_TOO_OLD = "server_too_old"
    NOT_INTRODUCED = "not_introduced"
    REVOKED = "revoked"
    TAKEN_OVER = "taken_over"
    # of a program that does not believe the server; never sent
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_UNKNOWN = "certificate_unknown"
    # of a request
    FORBIDDEN = "forbidden"
    REQUEST_REUSED = "request_reused"
    UNKNOWN_STREAM = "unknown_stream"
    STORAGE_UNAVAILABLE = "storage_unavailable"
    CLOCK_BEHIND = "clock_behind"
    OVERLOADED = "overloaded"
    WITHDRAWN = "withdrawn"
    # of signing in
    WRONG_PIN = "wrong_pin"
    PIN_LOCKED = "pin_locked"
    COUNTER_TAKEN = "counter_taken"
    PIN_NEEDED = "pin_needed"
    # of the trade
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_COUNTER = "unknown_counter"
    UNKNOWN_VISIT = "unknown_visit"
    SERVICE_CLOSED = "service_closed"
    SERVICE_REMOVED = "service_removed"
    QUOTA_REACHED = "quota_reached"
    COOLDOWN = "cooldown"
    COUNTER_NOT_OPEN = "counter_not_open"
    COUNTER_BUSY = "counter_busy"
    HAND_MISMATCH = "hand_mismatch"
    NOBODY_WAITING = "nobody_waiting"
    NOT_IN_PROFILE = "not_in_profile"
    WRONG_STATE = "wrong_state"
    VISIT_IN_HAND = "visit_in_hand"
    """The visit stands at a counter already."""
    REASON_NEEDED = "reason_needed"
    RECALL_LIMIT = "recall_limit"
    """It was announced as often as the hall allows (fact `allowed`)."""
    TOO_SOON = "too_soon"
    """The visitor still has time to come (fact `seconds`)."""
    USED_UP = "used_up"
    """The visitor did that as often as the hall allows (fact `allowed`)."""
    NOBODY_BEHIND = "nobody_behind"
    """There is nobody to give way to."""
    ALREADY_CHOSEN = "already_chosen"
    """The number waits for that service already (fact `service`)."""
    TOO_MANY_STOPS = "too_many_stops"
    """The number has as many services as the hall allows (fact `allowed`)."""
    # of the survey
    NOT_ASKED = "not_asked"
    """This visitor is not asked (fact `why`: a word of Denied)."""
    # of bookings
    NOT_BOOKABLE = "not_bookable"
    """The service takes no bookings, or not for that day."""
    UNKNOWN_SLOT = "unknown_slot"
    """No slot of the service begins then, or it has begun."""
    SLOT_FULL = "slot_full"
    ALREADY_BOOKED = "already_booked"
    """The phone number has a booking of that service and day."""
    BAD_PHONE = "bad_phone"
    UNKNOWN_BOOKING = "unknown_booking"
    BOOKING_USED = "booking_used"
    """It was checked in before (fact `ticket`, where the number is of today)."""
    BOOKING_OVER = "booking_over"
    """It was cancelled, or has expired (fact `state`)."""
    TOO_EARLY = "too_early"
    """One may check in only shortly before the slot (fact `from`: ISO 8601)."""
    WRONG_DAY = "wrong_day"
    """The booking is for another day (fact `starts_at`: ISO 8601)."""
    # of merging what a kiosk gave without the server
    NOT_LEASED = "not_leased"
    NUMBER_TAKEN = "number_taken"
    DAY_OVER = "day_over"
