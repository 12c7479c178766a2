"""The kiosk's states: one page at a time, and what the kiosk remembers across pages. All values, all frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.catalogue_view import Catalogue
from kiosk.corners import Corners
from shared.protocol.messages import SiteInfo
from shared.protocol.replies import Issued
from shared.protocol.values import Fact, Minutes
from shared.protocol.views import AgencyItem, ServiceItem
from shared.vocabulary import ErrorCode, Language, Need, PrinterFault, PrintState, Priority, RequestId


@dataclass(frozen=True, slots=True)
class Ticket:
    """A number that was issued here, with all that its slip says."""

    issued: Issued
    service: ServiceItem
    agency: AgencyItem
    language: Language
    priority: Priority
    copies: int = 0
    paper: PrintState = PrintState.PENDING
    alone: bool = False
    """Given without the server: nobody knows how many wait."""
    left_out: tuple[ServiceItem, ...] = ()
    """Further services that were chosen, and that a kiosk without its server cannot put on the number."""
    late: datetime | None = None
    """When the service closes today, where the number was taken though it will probably be called after that."""


# --- pages: nobody is here ---


@dataclass(frozen=True, slots=True)
class Starting:
    """The program runs; the server has not answered yet."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The server does not know this kiosk yet: an administrator approves the code."""

    code: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The server will not talk to this kiosk, and why."""

    code: ErrorCode
    facts: dict[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Idle:
    """Invites; touching a language starts."""


# --- pages: a visitor chooses ---


@dataclass(frozen=True, slots=True)
class ChoosingAgency:
    turn: int = 0
    """Which screenful of the list is shown."""


@dataclass(frozen=True, slots=True)
class Searching:
    came_from: ChoosingAgency | ChoosingService
    query: str = ""


@dataclass(frozen=True, slots=True)
class ChoosingService:
    agency: str
    came_from: ChoosingAgency
    turn: int = 0


@dataclass(frozen=True, slots=True)
class ReadingService:
    """Requirements, fee, waiting; and the question whether the visitor needs priority."""

    service: str
    came_from: ChoosingService | Searching


@dataclass(frozen=True, slots=True)
class AskingPriority:
    came_from: ReadingService


@dataclass(frozen=True, slots=True)
class AskingAgain:
    """A number of this service was taken here just now: is it this visitor's, or is this another one?"""

    came_from: ReadingService
    ticket: Ticket
    priority: Priority
    needs: tuple[Need, ...]
    on_paper: bool
    """Whether its paper may come once more: not where one number follows the other."""

    def prints(self, kiosk: Kiosk) -> bool:
        return self.on_paper and not self.ticket.copies and kiosk.printer is None


@dataclass(frozen=True, slots=True)
class OfferingOtherDays:
    """A number of today comes too late, or there is none left: other days, or a number all the same."""

    came_from: ReadingService
    service: str
    """The one of the services wanted that this is about."""
    priority: Priority
    needs: tuple[Need, ...]


Choosing = (
    ChoosingAgency | Searching | ChoosingService | ReadingService | AskingPriority | AskingAgain | OfferingOtherDays
)

# --- pages: a number is being made ---


@dataclass(frozen=True, slots=True)
class Issuing:
    service: str
    priority: Priority
    needs: tuple[Need, ...]
    further: tuple[str, ...] = ()
    """More services on the same number; those that a kiosk without its server leaves out."""
    request: RequestId | None = None
    here: bool = False
    """The number is taken from the own block now."""


@dataclass(frozen=True, slots=True)
class Printing:
    ticket: Ticket
    deadline: float


@dataclass(frozen=True, slots=True)
class TakeTicket:
    """The paper is out; or nobody can say (`sure` false), and the QR code stands on the screen as well."""

    ticket: Ticket
    sure: bool
    until: float


@dataclass(frozen=True, slots=True)
class ShowNumber:
    """No paper: the number is valid all the same, and stands large on the screen."""

    ticket: Ticket
    fault: PrinterFault | None
    """None while the printer may still be at it: nobody waits long before a screen without a number."""
    until: float


# --- pages: it did not work ---


@dataclass(frozen=True, slots=True)
class Refused:
    code: ErrorCode
    facts: dict[str, Fact]
    service: str
    until: float


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The request was given up: no number exists."""

    until: float


@dataclass(frozen=True, slots=True)
class Cooldown:
    """Too many numbers from this kiosk; the server said how long to wait."""

    came_from: ReadingService
    until: float


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The server is away; the kiosk comes back by itself, to `resume` when the visitor is still there."""

    resume: Choosing | None


# --- pages: a missed visitor comes back ---


@dataclass(frozen=True, slots=True)
class ComingBack:
    """The slip was shown; the server is asked."""

    request: RequestId | None = None


@dataclass(frozen=True, slots=True)
class BackInLine:
    ticket: str
    ahead: int
    minutes: Minutes | None
    until: float


@dataclass(frozen=True, slots=True)
class NotBack:
    code: ErrorCode | None
    """None while the server is away."""
    until: float


# --- pages: staff ---


@dataclass(frozen=True, slots=True)
class StaffPin:
    digits: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class StaffMenu:
    pass


Page = (
    Starting
    | Pairing
    | TurnedAway
    | Idle
    | Choosing
    | Issuing
    | Printing
    | TakeTicket
    | ShowNumber
    | Refused
    | NoAnswer
    | Cooldown
    | Disconnected
    | ComingBack
    | BackInLine
    | NotBack
    | StaffPin
    | StaffMenu
)


@dataclass(frozen=True, slots=True)
class Hold:
    """A service whose next number from this kiosk has to wait. Times are the kiosk's monotonic clock, in seconds."""

    service: str
    until: float


@dataclass(frozen=True, slots=True)
class Kiosk:
    page: Page = field(default_factory=Starting)
    language: Language = Language.INDONESIAN
    basket: tuple[str, ...] = ()
    """Services that the visitor wants besides the one being read, in the order in which they were chosen."""
    large: bool = False
    """The visitor asked for larger letters and stronger contrast."""
    site: SiteInfo | None = None
    catalogue: Catalogue = field(default_factory=Catalogue)
    connected: bool = False
    lost_at: float | None = None
    can_go_on: bool = False
    """Numbers are at hand for a time without the server."""
    alone: bool = False
    """The server is gone for longer than one waits for it, and the kiosk goes on."""
    printer: PrinterFault | None = None
    paper_low: bool = False
    confirms: bool = True
    """Whether the printer can say that a slip is out."""
    touched_at: float = 0.0
    shown_at: float = 0.0
    hold: Hold | None = None
    given: tuple[float, ...] = ()
    """When the last numbers were given, newest first; as many as tell haste."""
    tickets: tuple[Ticket, ...] = ()
    """The last numbers of this kiosk, newest first: what staff can print again."""
    corners: Corners = field(default_factory=Corners)
    wrong_pins: int = 0
    pin_from: float = 0.0
    """No PIN is heard before this moment."""
