"""What can happen to the kiosk: touches, news of the link, outcomes of the printer, the passing of time."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from kiosk.corners import Corner
from shared.protocol.commands import IssueTicket
from shared.protocol.messages import SiteInfo
from shared.protocol.replies import Issued, Refusal, Result
from shared.protocol.values import Fact
from shared.protocol.views import Item
from shared.vocabulary import ErrorCode, Language, Need, PrinterFault, RequestId

# --- choices: a touch on something that is there to be touched ---


class Start(msgspec.Struct, frozen=True):
    """On the idle page: begin, in this language."""

    language: Language


class SwitchLanguage(msgspec.Struct, frozen=True):
    pass


class SwitchSize(msgspec.Struct, frozen=True):
    """Larger letters and stronger contrast, or back."""


class ChooseAgency(msgspec.Struct, frozen=True):
    agency: str


class ChooseService(msgspec.Struct, frozen=True):
    service: str


class Turn(msgspec.Struct, frozen=True):
    """Turn the pages of a list, forward (1) or back (-1)."""

    by: int


class OpenSearch(msgspec.Struct, frozen=True):
    pass


class Type(msgspec.Struct, frozen=True):
    letter: str


class Erase(msgspec.Struct, frozen=True):
    pass


class Clear(msgspec.Struct, frozen=True):
    pass


class TakeNumber(msgspec.Struct, frozen=True):
    """No priority needed: a number, please."""


class AddAnother(msgspec.Struct, frozen=True):
    """This service, and a further one on the same number."""


class LookAtBasket(msgspec.Struct, frozen=True):
    """Enough chosen: back to the last of them, where the number is taken."""


class AskForPriority(msgspec.Struct, frozen=True):
    pass


class ChooseNeed(msgspec.Struct, frozen=True):
    need: Need


class TakeAnother(msgspec.Struct, frozen=True):
    """The number of just now is somebody else's: a further one, please."""


class TakeAllTheSame(msgspec.Struct, frozen=True):
    """A number for today, though it comes too late."""


class LookAtOtherDays(msgspec.Struct, frozen=True):
    """There are no numbers left today: when may I come?"""


class PrintMine(msgspec.Struct, frozen=True):
    """The number of just now is mine: its paper once more."""


class OpenBooking(msgspec.Struct, frozen=True):
    """I have a booking."""


class EnterCode(msgspec.Struct, frozen=True):
    """The code of a booking is typed."""


class Back(msgspec.Struct, frozen=True):
    pass


class StartOver(msgspec.Struct, frozen=True):
    pass


class Stay(msgspec.Struct, frozen=True):
    """Yes, I am still here."""


class Finished(msgspec.Struct, frozen=True):
    """The visitor has read the page and is done with it."""


class PressDigit(msgspec.Struct, frozen=True):
    digit: str


class EraseDigit(msgspec.Struct, frozen=True):
    pass


class EnterPin(msgspec.Struct, frozen=True):
    pass


class PrintAgain(msgspec.Struct, frozen=True):
    visit: str


class LeaveFullScreen(msgspec.Struct, frozen=True):
    pass


class EndProgram(msgspec.Struct, frozen=True):
    pass


Choice = (
    Start
    | SwitchLanguage
    | SwitchSize
    | ChooseAgency
    | ChooseService
    | Turn
    | OpenSearch
    | Type
    | Erase
    | Clear
    | TakeNumber
    | AddAnother
    | LookAtBasket
    | AskForPriority
    | ChooseNeed
    | TakeAnother
    | TakeAllTheSame
    | LookAtOtherDays
    | PrintMine
    | OpenBooking
    | EnterCode
    | Back
    | StartOver
    | Stay
    | Finished
    | PressDigit
    | EraseDigit
    | EnterPin
    | PrintAgain
    | LeaveFullScreen
    | EndProgram
)


# --- everything else ---


class Touched(msgspec.Struct, frozen=True):
    """A finger anywhere on the glass; `corner` when it was in one."""

    corner: Corner | None = None


class Ticked(msgspec.Struct, frozen=True):
    """Time has passed."""


class PinChecked(msgspec.Struct, frozen=True):
    right: bool


class Connected(msgspec.Struct, frozen=True):
    site: SiteInfo


class ConnectionLost(msgspec.Struct, frozen=True):
    pass


class CodeShown(msgspec.Struct, frozen=True):
    """The server does not know this kiosk and gave a pairing code."""

    code: str


class ServerRefused(msgspec.Struct, frozen=True):
    code: ErrorCode
    facts: dict[str, Fact]


class CatalogueChanged(msgspec.Struct, frozen=True):
    table: Mapping[str, Item]


class Asked(msgspec.Struct, frozen=True):
    """The request for the number is on its way, under this id."""

    request: RequestId


class Replied(msgspec.Struct, frozen=True):
    request: RequestId
    result: Result | None
    refusal: Refusal | None


class BookingShown(msgspec.Struct, frozen=True):
    """Somebody held a booking before the scanner; `key` is what its QR code names."""

    key: str


class SlipScanned(msgspec.Struct, frozen=True):
    """Somebody held a slip before the scanner; `key` is what its QR code names."""

    key: str


class RequestGivenUp(msgspec.Struct, frozen=True):
    request: RequestId


class ReserveChanged(msgspec.Struct, frozen=True):
    """Whether numbers are at hand for a time without the server."""

    can_go_on: bool


class GivenHere(msgspec.Struct, frozen=True):
    """A number of the own block; None when there is none."""

    issued: Issued | None


class Remembered(msgspec.Struct, frozen=True):
    """The program's earlier life was about to show this number, and its visitor is still there."""

    command: IssueTicket
    issued: Issued
    alone: bool


class PaperOut(msgspec.Struct, frozen=True):
    """The slip of a visit is printed; `sure` when the printer confirmed it."""

    visit: str
    copy: int
    sure: bool


class PaperFailed(msgspec.Struct, frozen=True):
    visit: str
    copy: int
    fault: PrinterFault


class PrinterSeen(msgspec.Struct, frozen=True):
    """The printer was asked how it is; without a fault it prints."""

    fault: PrinterFault | None
    paper_low: bool = False
    confirms: bool = True
    """Whether this model can say that a slip is out."""


Event = (
    Choice
    | Touched
    | Ticked
    | PinChecked
    | Connected
    | ConnectionLost
    | CodeShown
    | ServerRefused
    | CatalogueChanged
    | Asked
    | Replied
    | RequestGivenUp
    | SlipScanned
    | BookingShown
    | ReserveChanged
    | GivenHere
    | Remembered
    | PaperOut
    | PaperFailed
    | PrinterSeen
)
