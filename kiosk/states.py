"""The kiosk's states: one page at a time, and what the kiosk remembers across pages. All values, all frozen."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field

from kiosk.catalogue_view import Catalogue
from kiosk.corners import Corners
from shared.protocol.messages import SiteInfo
from shared.protocol.replies import Issued
from shared.protocol.values import Fact, Minutes
from shared.protocol.views import AgencyItem, ServiceItem
from shared.vocabulary import ErrorCode, Language, Need, PrinterFault, PrintState, Priority, RequestId


class Ticket(Struct, frozen=True):
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


class Starting(Struct, frozen=True):
    """The program runs; the server has not answered yet."""


class Pairing(Struct, frozen=True):
    """The server does not know this kiosk yet: an administrator approves the code."""

    code: str


class TurnedAway(Struct, frozen=True):
    """The server will not talk to this kiosk, and why."""

    code: ErrorCode
    facts: dict[str, Fact] = field(default_factory=dict)


class Idle(Struct, frozen=True):
    """Invites; touching a language starts."""


# --- pages: a visitor chooses ---


class ChoosingAgency(Struct, frozen=True):
    turn: int = 0
    """Which screenful of the list is shown."""


class Searching(Struct, frozen=True):
    came_from: ChoosingAgency | ChoosingService
    query: str = ""


class ChoosingService(Struct, frozen=True):
    agency: str
    came_from: ChoosingAgency
    turn: int = 0


class ReadingService(Struct, frozen=True):
    """Requirements, fee, waiting; and the question whether the visitor needs priority."""

    service: str
    came_from: ChoosingService | Searching


class AskingPriority(Struct, frozen=True):
    came_from: ReadingService


class AskingAgain(Struct, frozen=True):
    """A number of this service was taken here just now: is it this visitor's, or is this another one?"""

    came_from: ReadingService
    ticket: Ticket
    priority: Priority
    needs: tuple[Need, ...]
    on_paper: bool
    """Whether its paper may come once more: not where one number follows the other."""

    def prints(self, kiosk: Kiosk) -> bool:
        return self.on_paper and not self.ticket.copies and kiosk.printer is None


class OfferingOtherDays(Struct, frozen=True):
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


class Issuing(Struct, frozen=True):
    service: str
    priority: Priority
    needs: tuple[Need, ...]
    further: tuple[str, ...] = ()
    """More services on the same number; those that a kiosk without its server leaves out."""
    request: RequestId | None = None
    here: bool = False
    """The number is taken from the own block now."""


class Printing(Struct, frozen=True):
    ticket: Ticket
    deadline: float


class TakeTicket(Struct, frozen=True):
    """The paper is out; or nobody can say (`sure` false), and the QR code stands on the screen as well."""

    ticket: Ticket
    sure: bool
    until: float


class ShowNumber(Struct, frozen=True):
    """No paper: the number is valid all the same, and stands large on the screen."""

    ticket: Ticket
    fault: PrinterFault | None
    """None while the printer may still be at it: nobody waits long before a screen without a number."""
    until: float


# --- pages: it did not work ---


class Refused(Struct, frozen=True):
    code: ErrorCode
    facts: dict[str, Fact]
    service: str
    until: float


class NoAnswer(Struct, frozen=True):
    """The request was given up: no number exists."""

    until: float


class Cooldown(Struct, frozen=True):
    """Too many numbers from this kiosk; the server said how long to wait."""

    came_from: ReadingService
    until: float


class Disconnected(Struct, frozen=True):
    """The server is away; the kiosk comes back by itself, to `resume` when the visitor is still there."""

    resume: Choosing | None


# --- pages: a missed visitor comes back ---


class ComingBack(Struct, frozen=True):
    """The slip was shown; the server is asked."""

    request: RequestId | None = None


class BackInLine(Struct, frozen=True):
    ticket: str
    ahead: int
    minutes: Minutes | None
    until: float


class NotBack(Struct, frozen=True):
    code: ErrorCode | None
    """None while the server is away."""
    until: float


# --- pages: a visitor has a booking ---


class EnteringCode(Struct, frozen=True):
    """The short code is typed on the screen, or the QR code held before the scanner."""

    code: str = ""


class AskingNeeds(Struct, frozen=True):
    """The code is here; whether its visitor needs priority is asked as it is of everybody."""

    booking: str
    language: Language | None = None
    """None: the visitor chose none here."""


class CheckingIn(Struct, frozen=True):
    """The server is asked."""

    request: RequestId | None = None
    priority: Priority = Priority.REGULAR


class NotCheckedIn(Struct, frozen=True):
    code: ErrorCode | None
    """None while the server is away."""
    facts: dict[str, Fact]
    until: float


# --- pages: staff ---


class StaffPin(Struct, frozen=True):
    digits: str = ""
    wrong: bool = False


class StaffMenu(Struct, frozen=True):
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
    | EnteringCode
    | AskingNeeds
    | CheckingIn
    | NotCheckedIn
    | StaffPin
    | StaffMenu
)


class Hold(Struct, frozen=True):
    """A service whose next number from this kiosk has to wait. Times are the kiosk's monotonic clock, in seconds."""

    service: str
    until: float


class Kiosk(Struct, frozen=True):
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
