"""What QML is given for each page: frozen values, nothing but texts, counts and switches."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec


class Shape(StrEnum):
    """A standing 1080 x 1920 screen, or a lying 1280 x 800 one."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Surroundings(msgspec.Struct, frozen=True):
    """What is not the kiosk's state: the wall clock (UTC), the site's zone, the shape of the window."""

    now: datetime
    zone: ZoneInfo
    shape: Shape


class Frame(msgspec.Struct, frozen=True):
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
    basket: str
    """What was chosen before, while more is being chosen; empty when there is nothing."""
    asks_again: bool
    """The visitor may have left: "Masih di sana?" with the seconds."""
    seconds: int
    settled: bool
    """The page has stood long enough to be touched: a finger that still taps meant the page before."""


class Invitation(msgspec.Struct, frozen=True):
    """What the idle page says, in one language."""

    language: str
    name: str
    welcome: str
    headline: str
    begin: str
    hours: str


class IdleScreen(msgspec.Struct, frozen=True):
    """Both languages at once: none is chosen yet."""

    open: bool = True
    indonesian: Invitation = Invitation("id", "", "", "", "", "")
    english: Invitation = Invitation("en", "", "", "", "", "")
    booking: str = ""
    """What the key says for those with a booking; empty where nothing can be booked."""


class Tile(msgspec.Struct, frozen=True):
    id: str
    name: str
    short: str
    detail: str
    open: bool


class Turns(msgspec.Struct, frozen=True):
    """Where in a list of several screenfuls."""

    text: str = ""
    previous: bool = False
    next: bool = False


class AgenciesScreen(msgspec.Struct, frozen=True):
    tiles: tuple[Tile, ...] = ()
    turns: Turns = Turns()


class Row(msgspec.Struct, frozen=True):
    id: str
    name: str
    under: str
    detail: str
    open: bool


class ServicesScreen(msgspec.Struct, frozen=True):
    agency: str = ""
    rows: tuple[Row, ...] = ()
    turns: Turns = Turns()


class SearchScreen(msgspec.Struct, frozen=True):
    query: str = ""
    rows: tuple[Row, ...] = ()
    nothing: bool = False
    """Something was typed and no service matches."""


class ServiceScreen(msgspec.Struct, frozen=True):
    name: str = ""
    agency: str = ""
    requirements: tuple[str, ...] = ()
    more: str = ""
    fee: str = ""
    standard: str = ""
    ahead: str = ""
    estimate: str = ""
    rarely: str = ""
    """What hardly anybody waits longer than, beneath the estimate."""
    open: bool = False
    closed: str = ""
    none_left: bool = False
    """Open, but today's numbers are used up: other days can be looked at."""
    take: str = ""
    """What the key says that gives the number: on paper, or without."""
    may_add: bool = False
    """Whether a further service may be put on the same number."""


class NeedRow(msgspec.Struct, frozen=True):
    id: str
    name: str
    detail: str


class PriorityScreen(msgspec.Struct, frozen=True):
    title: str = ""
    hint: str = ""
    service: str = ""
    needs: tuple[NeedRow, ...] = ()
    regular: str = ""
    """On the key of who needs none; empty where that was asked on the page before."""


class DayRow(msgspec.Struct, frozen=True):
    """A day on which the service opens, and its hours."""

    day: str
    hours: str


class OtherDaysScreen(msgspec.Struct, frozen=True):
    """Today comes too late, or is full."""

    title: str = ""
    service: str = ""
    why: str = ""
    days: tuple[DayRow, ...] = ()
    take: str = ""
    """What the key says that gives a number all the same; empty where there is none left."""
    qr: str = ""
    """Where a time of this service can be booked; empty where that cannot be."""
    book_at: str = ""
    """The same to be read and typed, without the scheme."""


class StopRow(msgspec.Struct, frozen=True):
    """One of several services of the number."""

    name: str
    detail: str


class NumberScreen(msgspec.Struct, frozen=True):
    """The number; `paper` says where to find it, `qr` is the text of the code when the screen shows it."""

    ticket: str = ""
    service: str = ""
    agency: str = ""
    ahead: str = ""
    estimate: str = ""
    rarely: str = ""
    alone: str = ""
    """In the place of both, of a number given without the server."""
    stops: tuple[StopRow, ...] = ()
    """In the place of all that, of a number with several services: the path."""
    paper: bool = True
    headline: str = ""
    note: str = ""
    qr: str = ""
    seconds: int = 0


class MessageScreen(msgspec.Struct, frozen=True):
    """One thing to know: a wait, a refusal, a fault."""

    title: str = ""
    text: str = ""
    tone: str = "calm"
    """`calm`, `busy` (something moves), `good`, `sorry`."""
    seconds: int = -1
    """Counted down in large figures; -1: nothing to count."""
    button: bool = False
    mine: str = ""
    """With `another`, the answers to "is this number yours?"; empty where nothing is asked."""
    another: str = ""
    ready: bool = True
    """Whether `another` can be touched already."""


class PairingScreen(msgspec.Struct, frozen=True):
    code: str = ""
    hint: str = ""


class PinScreen(msgspec.Struct, frozen=True):
    dots: int = 0
    note: str = ""
    ready: bool = True


class Slip(msgspec.Struct, frozen=True):
    visit: str
    ticket: str
    detail: str


class BookingScreen(msgspec.Struct, frozen=True):
    """The short code of a booking is typed; a blank in `letters` is one still to come."""

    title: str = ""
    hint: str = ""
    letters: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    enter: str = ""
    ready: bool = False


class StaffScreen(msgspec.Struct, frozen=True):
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
    | OtherDaysScreen
    | NumberScreen
    | MessageScreen
    | PairingScreen
    | PinScreen
    | StaffScreen
    | BookingScreen
)

EMPTY: dict[str, Screen] = {
    "idle": IdleScreen(),
    "agencies": AgenciesScreen(),
    "services": ServicesScreen(),
    "search": SearchScreen(),
    "service": ServiceScreen(),
    "priority": PriorityScreen(),
    "otherDays": OtherDaysScreen(),
    "number": NumberScreen(),
    "message": MessageScreen(),
    "pairing": PairingScreen(),
    "pin": PinScreen(),
    "staff": StaffScreen(),
    "booking": BookingScreen(),
}
"""Every page by its name, before it was ever shown: QML binds to its fields from the start."""
