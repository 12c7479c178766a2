"""What the counter program knows, what can happen to it, and what it wants done: frozen values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum, auto

from counter.keys import Verb
from shared.notices import Notice
from shared.protocol.commands import Command
from shared.protocol.values import Fact
from shared.protocol.views import DeskItem, HandItem, Item
from shared.vocabulary import ErrorCode, Language, PauseReason, Words

# --- the link ---


class Line(Enum):
    """How the program stands with the server."""

    CONNECTING = auto()
    """Not connected since the start."""
    LIVE = auto()
    LOST = auto()
    PAIRING = auto()
    TURNED_AWAY = auto()


@dataclass(frozen=True, slots=True)
class Link:
    line: Line = Line.CONNECTING
    since: datetime | None = None
    code: str = ""
    """The one-time code while pairing."""
    refused: ErrorCode | None = None


# --- where the program stands ---


class Entry(StrEnum):
    COUNTER = "counter"
    OFFICER = "officer"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class Picker:
    """A type-ahead list: what was typed, and which of the matches is marked."""

    query: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class SigningIn:
    entry: Entry = Entry.COUNTER
    counters: Picker = Picker()
    officers: Picker = Picker()
    counter: str = ""
    officer: str = ""
    pin: str = field(default="", repr=False)
    taken_by: str | None = None
    """The counter is in use: the name of who is there, "" when not known. The officer is asked to take over."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Kept in memory for the shift: the server forgets who speaks whenever the connection breaks."""

    officer: str
    counter: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AtDesk:
    credentials: Credentials
    stream: str
    known: bool = True
    """The server knows on this connection who speaks; False from a lost connection until signed in again."""
    signing_in: bool = False
    """The sign-in after a lost connection is on its way."""
    unsent: Command | None = None
    """Was in flight when the connection broke and was refused for want of a sign-in: sent again after it."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    number: str
    by: str
    moved_to: str = ""
    """The officer signed in at another counter: its number."""


Place = SigningIn | AtDesk | TakenOver

# --- questions over the desk ---


class Ask(StrEnum):
    OUTCOME = "outcome"
    PAPERS = "papers"
    PAUSE = "pause"
    NEXT_PAUSE = "next_pause"
    PAUSE_STARTS = "pause_starts"
    PAUSE_LASTS = "pause_lasts"
    NOTE = "note"
    TRANSFER = "transfer"
    ADD_STOP = "add_stop"
    TRANSFER_COUNTER = "transfer_counter"
    CALL_TICKET = "call_ticket"
    CALL_REASON = "call_reason"
    CANCEL = "cancel"
    CANCEL_REASON = "cancel_reason"
    ASIDE = "aside"
    SIGN_OUT = "sign_out"
    CLOSE = "close"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Question:
    """A list or a yes/no over the desk; nothing happened yet."""

    ask: Ask
    leg: str = ""
    visit: str = ""
    ticket: str = ""
    service: str = ""
    query: str = ""
    """What was typed: a search, or the note."""
    at: int = 0
    of_hand: bool = False
    """It is about the leg in hand, and falls with it."""
    missing: tuple[str, ...] = ()
    """The papers that were marked as missing so far."""
    pause: PauseReason | None = None
    """Of the pause to be announced."""
    in_minutes: int = 0
    """Until it begins."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the last command was not done; `word` where it is not a refusal."""

    code: ErrorCode | None
    facts: Mapping[str, Fact]
    at: datetime
    word: str = ""


# --- everything ---


@dataclass(frozen=True, slots=True)
class Desk:
    link: Link = Link()
    place: Place = SigningIn()
    counters: Mapping[str, Item] = field(default_factory=dict)
    """The stream `counters`: counters and officers to sign in as."""
    table: Mapping[str, Item] = field(default_factory=dict)
    """The stream of the desk; the last one known while the connection is lost."""
    question: Question | None = None
    asked: Command | None = None
    """The command in flight. While there is one, no key sends another."""
    problem: Problem | None = None
    language: Language = Language.INDONESIAN
    last_counter: str = ""
    site: Words = field(default_factory=lambda: Words("", ""))
    time_zone: str = "UTC"

    @property
    def hand(self) -> HandItem | None:
        item = self.table.get("hand")
        return item if isinstance(item, HandItem) else None

    @property
    def status(self) -> DeskItem | None:
        item = self.table.get("desk")
        return item if isinstance(item, DeskItem) else None


# --- what happens ---


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key: `key` as Qt names it without `Key_`, `text` what it types."""

    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class VerbChosen:
    """A button was clicked: the same as its key."""

    verb: Verb


@dataclass(frozen=True, slots=True)
class OptionChosen:
    """A line of a list was clicked."""

    index: int


@dataclass(frozen=True, slots=True)
class EntryChosen:
    """An entry of the sign-in page was clicked."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time has passed."""


Event = KeyPressed | VerbChosen | OptionChosen | EntryChosen | Ticked | Notice

# --- what is wanted ---


@dataclass(frozen=True, slots=True)
class Send:
    command: Command


@dataclass(frozen=True, slots=True)
class Follow:
    stream: str


@dataclass(frozen=True, slots=True)
class Unfollow:
    stream: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Make the officer look up: a sound, and the window asks for attention."""


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep over restarts what this PC was used for."""

    counter: str
    language: Language


Effect = Send | Follow | Unfollow | Alarm | Remember
Step = tuple[Desk, tuple[Effect, ...]]
