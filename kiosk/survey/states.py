"""The tablet's states: one page at a time. All values, all frozen. What was answered lives here until it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.protocol.messages import SiteInfo
from shared.protocol.opinions import VisitFound
from shared.vocabulary import Element, ErrorCode, Language, RequestId


@dataclass(frozen=True, slots=True)
class Starting:
    """The program runs; the server has not answered yet, or is away."""


@dataclass(frozen=True, slots=True)
class Pairing:
    code: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    code: ErrorCode


@dataclass(frozen=True, slots=True)
class Idle:
    """Invites: show the slip, or type its number."""


@dataclass(frozen=True, slots=True)
class Typing:
    """The number on the slip, key by key."""

    ticket: str = ""
    unknown: bool = False
    """The number before was nobody's."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Whose slip is this?"""

    visit: str
    typed: bool
    request: RequestId | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    visit: str
    found: VisitFound
    at: int = 0
    scores: Mapping[Element, int] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """After the nine: a suggestion, if there is one."""

    asking: Asking


@dataclass(frozen=True, slots=True)
class Rating:
    """Not invited: one tap about the officer."""

    visit: str
    found: VisitFound


@dataclass(frozen=True, slots=True)
class Sending:
    came_from: Writing | Rating
    request: RequestId | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, and back to the start."""

    key: str
    until: float
    happy: bool = False


Page = Starting | Pairing | TurnedAway | Idle | Typing | Looking | Asking | Writing | Rating | Sending | Said


@dataclass(frozen=True, slots=True)
class Tablet:
    page: Page = field(default_factory=Starting)
    language: Language = Language.INDONESIAN
    site: SiteInfo | None = None
    connected: bool = False
    can_speak: bool = False
    touched_at: float = 0.0
    shown_at: float = 0.0
