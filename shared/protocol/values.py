"""What messages are made of: bounded texts, identifiers, minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, dataclass_transform

import msgspec
from msgspec import Meta

from shared.vocabulary import LegState, PauseReason, Words

PROTOCOL = 1  # raised when an older program could misunderstand a newer one
MAX_FRAME_IN = 16_384  # bytes that the server accepts in one frame; the largest honest command is under 1 kB
MOST_STOPS = 8  # services on one number that any hall may allow; a slip and a phone list them on one page
MOST_PAPERS = 12  # requirements that a catalogue may name for a service
MAX_FRAME_OUT = 4_194_304  # bytes that a program accepts: a kiosk's snapshot carries the whole catalogue

# Identifiers of the catalogue and of devices; ids made by programs. Bounded at the edge, so that what
# SQLite would accept and PostgreSQL refuse (NUL) never reaches a database. `\Z`, because `$` lets a newline follow.
Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+\Z")]
Key = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+\Z")]
FollowUpKey = Annotated[str, Meta(min_length=22, max_length=22, pattern=r"^[A-Za-z0-9_-]+\Z")]  # 128 bits
Series = Annotated[str, Meta(pattern=r"^[A-Z]{1,3}\Z")]
Moment = Annotated[datetime, Meta(tz=True)]
Pin = Annotated[str, Meta(min_length=4, max_length=12, pattern=r"^[0-9]+\Z")]
# Nothing that ends a line, turns the text round, or cannot be seen at all.
HIDDEN = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
SHOWN = rf"[^{HIDDEN}]"
ShortText = Annotated[str, Meta(max_length=120, pattern=rf"^{SHOWN}*\Z")]
PaperLine = Annotated[str, Meta(min_length=1, max_length=160, pattern=rf"^{SHOWN}*\Z")]  # as a catalogue has it
PersonName = Annotated[str, Meta(max_length=60, pattern=rf"^{SHOWN}*\Z")]
PhoneNumber = Annotated[str, Meta(max_length=24, pattern=r"^[0-9+(). /-]*\Z")]  # as people write them
ShownBooking = Annotated[str, Meta(pattern=r"^([A-Za-z0-9_-]{22}|[A-Z0-9]{6})\Z")]  # the key, or the short code
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]  # what every database keeps as an integer
PauseAhead = Annotated[int, Meta(ge=0, le=720)]  # minutes until an announced pause begins
PauseMinutes = Annotated[int, Meta(ge=1, le=240)]
Fact = str | int | float | bool | None


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """The parent of every message: immutable, told apart by `type`.

    Of what the server says, a program overlooks fields that it does not know: the server is updated first, and the
    programs of a hall one by one.
    """


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Asked(Message, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type"):
    """The parent of everything that a program says. The server is strict: it never guesses at what was meant."""


class NextPause(msgspec.Struct, frozen=True):
    """A pause announced for a counter. It begins when its officer takes it."""

    reason: PauseReason
    starts_at: datetime
    minutes: int


class OpenDay(msgspec.Struct, frozen=True):
    """A day on which a service opens: from its first opening to its last closing."""

    opens_at: datetime
    closes_at: datetime


class Minutes(msgspec.Struct, frozen=True, omit_defaults=False):
    """How long a wait will be, in whole minutes: about half of such waits end between `low` and `high`, both included.

    `at_most` >= `high` >= `low` >= 0.
    """

    low: int
    high: int
    at_most: int | None = None
    """Nineteen of twenty such waits are over by then."""


class Stop(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """One of several services on one number, in the order of the path."""

    service: str
    name: Words
    agency: Words
    zones: tuple[Words, ...]
    """Where it is served; once it is called, where that counter stands."""
    state: LegState
    """`booked`: waits until what stands before it is done."""
    counter: str | None = None
    ahead: int = 0
    minutes: Minutes | None = None
