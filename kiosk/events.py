"""What can happen to the kiosk: touches, news of the link, outcomes of the printer, the passing of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.corners import Corner
from shared.protocol.commands import IssueTicket
from shared.protocol.messages import SiteInfo
from shared.protocol.replies import Issued, Refusal, Result
from shared.protocol.values import Fact
from shared.protocol.views import Item
from shared.vocabulary import ErrorCode, Language, Need, PrinterFault, RequestId

# --- choices: a touch on something that is there to be touched ---


@dataclass(frozen=True, slots=True)
class Start:
    """On the idle page: begin, in this language."""

    language: Language


@dataclass(frozen=True, slots=True)
class SwitchLanguage:
    pass


@dataclass(frozen=True, slots=True)
class SwitchSize:
    """Larger letters and stronger contrast, or back."""


@dataclass(frozen=True, slots=True)
class ChooseAgency:
    agency: str


@dataclass(frozen=True, slots=True)
class ChooseService:
    service: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Turn the pages of a list, forward (1) or back (-1)."""

    by: int


@dataclass(frozen=True, slots=True)
class OpenSearch:
    pass


@dataclass(frozen=True, slots=True)
class Type:
    letter: str


@dataclass(frozen=True, slots=True)
class Erase:
    pass


@dataclass(frozen=True, slots=True)
class Clear:
    pass


@dataclass(frozen=True, slots=True)
class TakeNumber:
    """No priority needed: a number, please."""


@dataclass(frozen=True, slots=True)
class AskForPriority:
    pass


@dataclass(frozen=True, slots=True)
class ChooseNeed:
    need: Need


@dataclass(frozen=True, slots=True)
class Back:
    pass


@dataclass(frozen=True, slots=True)
class StartOver:
    pass


@dataclass(frozen=True, slots=True)
class Stay:
    """Yes, I am still here."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The visitor has read the page and is done with it."""


@dataclass(frozen=True, slots=True)
class PressDigit:
    digit: str


@dataclass(frozen=True, slots=True)
class EraseDigit:
    pass


@dataclass(frozen=True, slots=True)
class EnterPin:
    pass


@dataclass(frozen=True, slots=True)
class PrintAgain:
    visit: str


@dataclass(frozen=True, slots=True)
class LeaveFullScreen:
    pass


@dataclass(frozen=True, slots=True)
class EndProgram:
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
    | AskForPriority
    | ChooseNeed
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


@dataclass(frozen=True, slots=True)
class Touched:
    """A finger anywhere on the glass; `corner` when it was in one."""

    corner: Corner | None = None


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class PinChecked:
    right: bool


@dataclass(frozen=True, slots=True)
class Connected:
    site: SiteInfo


@dataclass(frozen=True, slots=True)
class ConnectionLost:
    pass


@dataclass(frozen=True, slots=True)
class CodeShown:
    """The server does not know this kiosk and gave a pairing code."""

    code: str


@dataclass(frozen=True, slots=True)
class ServerRefused:
    code: ErrorCode
    facts: dict[str, Fact]


@dataclass(frozen=True, slots=True)
class CatalogueChanged:
    table: Mapping[str, Item]


@dataclass(frozen=True, slots=True)
class Asked:
    """The request for the number is on its way, under this id."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class Replied:
    request: RequestId
    result: Result | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class RequestGivenUp:
    request: RequestId


@dataclass(frozen=True, slots=True)
class ReserveChanged:
    """Whether numbers are at hand for a time without the server."""

    can_go_on: bool


@dataclass(frozen=True, slots=True)
class GivenHere:
    """A number of the own block; None when there is none."""

    issued: Issued | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """The program's earlier life was about to show this number, and its visitor is still there."""

    command: IssueTicket
    issued: Issued
    alone: bool


@dataclass(frozen=True, slots=True)
class PaperOut:
    """The slip of a visit is printed; `sure` when the printer confirmed it."""

    visit: str
    copy: int
    sure: bool


@dataclass(frozen=True, slots=True)
class PaperFailed:
    visit: str
    copy: int
    fault: PrinterFault


@dataclass(frozen=True, slots=True)
class PrinterSeen:
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
    | ReserveChanged
    | GivenHere
    | Remembered
    | PaperOut
    | PaperFailed
    | PrinterSeen
)
