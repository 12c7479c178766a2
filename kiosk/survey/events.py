"""What can happen to the tablet: news of the server, touches, a slip before the scanner, the clock."""

from __future__ import annotations

from dataclasses import dataclass

from shared.protocol.messages import SiteInfo
from shared.protocol.opinions import Told
from shared.protocol.replies import Refusal, Result
from shared.vocabulary import ErrorCode, Language, RequestId


@dataclass(frozen=True, slots=True)
class Connected:
    site: SiteInfo


@dataclass(frozen=True, slots=True)
class ConnectionLost: ...


@dataclass(frozen=True, slots=True)
class CodeShown:
    code: str


@dataclass(frozen=True, slots=True)
class ServerRefused:
    code: ErrorCode


@dataclass(frozen=True, slots=True)
class Asked:
    """The request that the last wish became."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class Replied:
    request: RequestId
    result: Result | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class GivenUp:
    request: RequestId


@dataclass(frozen=True, slots=True)
class VoiceKnown:
    can_speak: bool


@dataclass(frozen=True, slots=True)
class Ticked: ...


@dataclass(frozen=True, slots=True)
class SlipScanned:
    key: str


@dataclass(frozen=True, slots=True)
class Begin:
    """Type the number, in this language."""

    language: Language


@dataclass(frozen=True, slots=True)
class Type:
    letter: str


@dataclass(frozen=True, slots=True)
class Erase: ...


@dataclass(frozen=True, slots=True)
class Clear: ...


@dataclass(frozen=True, slots=True)
class GoOn:
    """Look the number up, or send what was answered."""


@dataclass(frozen=True, slots=True)
class Score:
    score: int


@dataclass(frozen=True, slots=True)
class Skip: ...


@dataclass(frozen=True, slots=True)
class Back: ...


@dataclass(frozen=True, slots=True)
class Listen: ...


@dataclass(frozen=True, slots=True)
class SwitchLanguage: ...


@dataclass(frozen=True, slots=True)
class StartOver: ...


News = Connected | ConnectionLost | CodeShown | ServerRefused | Asked | Replied | GivenUp | VoiceKnown | Ticked
Touch = Begin | Type | Erase | Clear | GoOn | Score | Skip | Back | Listen | SwitchLanguage | StartOver
Event = News | Touch | SlipScanned


@dataclass(frozen=True, slots=True)
class Ask:
    """A wish of the flow: ask the server."""

    command: Told


@dataclass(frozen=True, slots=True)
class Speak:
    """A wish of the flow: say this, and nothing else any more."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Hush: ...


Effect = Ask | Speak | Hush
