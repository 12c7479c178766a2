"""What QML is given for each page: frozen values, nothing but texts, counts and switches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Shape(StrEnum):
    """A standing 1080 x 1920 screen, or a lying 1280 x 800 one."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is not the kiosk's state: the wall clock (UTC), the site's zone, the shape of the window."""

    now: datetime
    zone: ZoneInfo
    shape: Shape


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page."""

    page: str
    site: str
    clock: str
    day: str
    language: str
    large: bool
    can_go_back: bool
    can_start_over: bool
    can_switch: bool
    notice: str
    """What to expect of a kiosk without its server or its printer; in both languages while none is chosen."""
    notice_icon: str
    asks_again: bool
    """The visitor may have left: "Masih di sana?" with the seconds."""
    seconds: int
    settled: bool
    """The page has stood long enough to be touched: a finger that still taps meant the page before."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the idle page says, in one language."""

    language: str
    name: str
    welcome: str
    headline: str
    begin: str
    hours: str


@dataclass(frozen=True, slots=True)
class IdleScreen:
    """Both languages at once: none is chosen yet."""

    open: bool = True
    indonesian: Invitation = Invitation("id", "", "", "", "", "")
    english: Invitation = Invitation("en", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Tile:
    id: str
    name: str
    short: str
    detail: str
    open: bool


@dataclass(frozen=True, slots=True)
class Turns:
    """Where in a list of several screenfuls."""

    text: str = ""
    previous: bool = False
    next: bool = False


@dataclass(frozen=True, slots=True)
class AgenciesScreen:
    tiles: tuple[Tile, ...] = ()
    turns: Turns = Turns()


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    name: str
    under: str
    detail: str
    open: bool


@dataclass(frozen=True, slots=True)
class ServicesScreen:
    agency: str = ""
    rows: tuple[Row, ...] = ()
    turns: Turns = Turns()


@dataclass(frozen=True, slots=True)
class SearchScreen:
    query: str = ""
    rows: tuple[Row, ...] = ()
    nothing: bool = False
    """Something was typed and no service matches."""


@dataclass(frozen=True, slots=True)
class ServiceScreen:
    name: str = ""
    agency: str = ""
    requirements: tuple[str, ...] = ()
    more: str = ""
    fee: str = ""
    standard: str = ""
    ahead: str = ""
    estimate: str = ""
    open: bool = False
    closed: str = ""
    take: str = ""
    """What the key says that gives the number: on paper, or without."""


@dataclass(frozen=True, slots=True)
class NeedRow:
    id: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class PriorityScreen:
    service: str = ""
    needs: tuple[NeedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberScreen:
    """The number; `paper` says where to find it, `qr` is the text of the code when the screen shows it."""

    ticket: str = ""
    service: str = ""
    agency: str = ""
    ahead: str = ""
    estimate: str = ""
    alone: str = ""
    """In the place of both, of a number given without the server."""
    paper: bool = True
    headline: str = ""
    note: str = ""
    qr: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class MessageScreen:
    """One thing to know: a wait, a refusal, a fault."""

    title: str = ""
    text: str = ""
    tone: str = "calm"
    """`calm`, `busy` (something moves), `sorry`."""
    seconds: int = -1
    """Counted down in large figures; -1: nothing to count."""
    button: bool = False


@dataclass(frozen=True, slots=True)
class PairingScreen:
    code: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PinScreen:
    dots: int = 0
    note: str = ""
    ready: bool = True


@dataclass(frozen=True, slots=True)
class Slip:
    visit: str
    ticket: str
    detail: str


@dataclass(frozen=True, slots=True)
class StaffScreen:
    printer: str = ""
    printer_well: bool = True
    slips: tuple[Slip, ...] = ()


Screen = (
    IdleScreen
    | AgenciesScreen
    | ServicesScreen
    | SearchScreen
    | ServiceScreen
    | PriorityScreen
    | NumberScreen
    | MessageScreen
    | PairingScreen
    | PinScreen
    | StaffScreen
)

EMPTY: dict[str, Screen] = {
    "idle": IdleScreen(),
    "agencies": AgenciesScreen(),
    "services": ServicesScreen(),
    "search": SearchScreen(),
    "service": ServiceScreen(),
    "priority": PriorityScreen(),
    "number": NumberScreen(),
    "message": MessageScreen(),
    "pairing": PairingScreen(),
    "pin": PinScreen(),
    "staff": StaffScreen(),
}
"""Every page by its name, before it was ever shown: QML binds to its fields from the start."""
